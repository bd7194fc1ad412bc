// GLFW's callbacks: each only notes what happened, so nothing can throw through C.
#include "app/shell/glfw_input.h"

#include <array>
#include <utility>

namespace vitrine::shell {
namespace {

using ui::Key;

GlfwInput& of(GLFWwindow* window) {
  auto& input = *static_cast<GlfwInput*>(glfwGetWindowUserPointer(window));
  input.came = true;
  return input;
}

Key plus(Key first, int offset) {
  return static_cast<Key>(static_cast<int>(first) + offset);
}

Key key_of(int code, int scan) {
  // A letter is what is printed on the key, wherever the layout has it.
  if (code >= GLFW_KEY_A && code <= GLFW_KEY_Z)
    if (const char* name = glfwGetKeyName(code, scan); name && name[0] >= 'a' && name[0] <= 'z' && name[1] == 0)
      code = GLFW_KEY_A + (name[0] - 'a');
  if (code >= GLFW_KEY_A && code <= GLFW_KEY_Z) return plus(Key::a, code - GLFW_KEY_A);
  if (code >= GLFW_KEY_0 && code <= GLFW_KEY_9) return plus(Key::n0, code - GLFW_KEY_0);
  if (code >= GLFW_KEY_KP_0 && code <= GLFW_KEY_KP_9) return plus(Key::n0, code - GLFW_KEY_KP_0);
  if (code >= GLFW_KEY_F1 && code <= GLFW_KEY_F12) return plus(Key::f1, code - GLFW_KEY_F1);
  static constexpr std::pair<int, Key> kOthers[] = {
      {GLFW_KEY_TAB, Key::tab},
      {GLFW_KEY_LEFT, Key::left},
      {GLFW_KEY_RIGHT, Key::right},
      {GLFW_KEY_UP, Key::up},
      {GLFW_KEY_DOWN, Key::down},
      {GLFW_KEY_PAGE_UP, Key::page_up},
      {GLFW_KEY_PAGE_DOWN, Key::page_down},
      {GLFW_KEY_HOME, Key::home},
      {GLFW_KEY_END, Key::end},
      {GLFW_KEY_INSERT, Key::insert},
      {GLFW_KEY_DELETE, Key::remove},
      {GLFW_KEY_BACKSPACE, Key::backspace},
      {GLFW_KEY_SPACE, Key::space},
      {GLFW_KEY_ENTER, Key::enter},
      {GLFW_KEY_KP_ENTER, Key::enter},
      {GLFW_KEY_ESCAPE, Key::escape},
      {GLFW_KEY_LEFT_CONTROL, Key::ctrl},
      {GLFW_KEY_RIGHT_CONTROL, Key::ctrl},
      {GLFW_KEY_LEFT_SHIFT, Key::shift},
      {GLFW_KEY_RIGHT_SHIFT, Key::shift},
      {GLFW_KEY_LEFT_ALT, Key::alt},
      {GLFW_KEY_RIGHT_ALT, Key::alt},
      {GLFW_KEY_LEFT_SUPER, Key::super},
      {GLFW_KEY_RIGHT_SUPER, Key::super},
      {GLFW_KEY_EQUAL, Key::plus},
      {GLFW_KEY_KP_ADD, Key::plus},
      {GLFW_KEY_MINUS, Key::minus},
      {GLFW_KEY_KP_SUBTRACT, Key::minus},
      {GLFW_KEY_SLASH, Key::slash},
      {GLFW_KEY_COMMA, Key::comma},
      {GLFW_KEY_PERIOD, Key::period},
      {GLFW_KEY_LEFT_BRACKET, Key::bracket_left},
      {GLFW_KEY_RIGHT_BRACKET, Key::bracket_right},
  };
  for (const auto& [glfw, key] : kOthers)
    if (glfw == code) return key;
  return Key::none;
}

}  // namespace

void GlfwInput::install(GLFWwindow* window) {
  glfwSetWindowUserPointer(window, this);
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
    GlfwInput& in = of(w);
    in.queue.push(
        ui::input::move(static_cast<float>(x) * in.pixels_per_point, static_cast<float>(y) * in.pixels_per_point));
  });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
    constexpr float kNowhere = -1e6f;  // nothing is hovered there
    if (GlfwInput& in = of(w); !entered) in.queue.push(ui::input::move(kNowhere, kNowhere));
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) {
    of(w).queue.push(ui::input::button(button, action == GLFW_PRESS));
  });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) {
    of(w).queue.push(ui::input::wheel(static_cast<float>(x), static_cast<float>(y)));
  });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int code, int scan, int action, int) {
    GlfwInput& in = of(w);  // a repeat is Dear ImGui's own business: it only needs the frame
    if (const Key key = key_of(code, scan); key != Key::none && action != GLFW_REPEAT)
      in.queue.push(ui::input::key(key, action == GLFW_PRESS));
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned character) { of(w).queue.push(ui::input::text(character)); });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int has) { of(w).queue.push(ui::input::focus(has != 0)); });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    GlfwInput& in = of(w);
    for (int i = 0; i < count; ++i) in.dropped.emplace_back(paths[i]);
  });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { of(w); });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { of(w); });
  glfwSetWindowContentScaleCallback(window, [](GLFWwindow* w, float, float) { of(w); });
}

}  // namespace vitrine::shell
