// Places, sizes and what to say where there is no display.
#include "app/shell/glfw_window.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/shell/placement.h"
#include "engine/core/error.h"

namespace vitrine::shell {
namespace {

constexpr int kLeastWindowWidth = 480, kLeastWindowHeight = 320;

std::string glfw_reason() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text ? text : "";
}

[[noreturn]] void no_display(const char* what, const char* expected) {
  throw DisplayError({what, "cannot be opened", expected, glfw_reason(),
                      "`vitrine screenshot` and all other commands work without a display."});
}

}  // namespace

Library::Library() {
  if (!glfwInit()) no_display("the display", "a running X11 or Wayland session");
}

Library::~Library() {
  glfwTerminate();
}

Window::Window(const Settings& settings) {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "vitrine");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "vitrine");
  int x = 0, y = 0, width = settings.width, height = settings.height;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
  handle_ =
      glfwCreateWindow(std::min(settings.width, width), std::min(settings.height, height), "Vitrine", nullptr, nullptr);
  if (!handle_) no_display("a window with OpenGL", "OpenGL 3.2 or newer");
  glfwSetWindowSizeLimits(handle_, kLeastWindowWidth, kLeastWindowHeight, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwMakeContextCurrent(handle_);
  glfwSwapInterval(1);
}

Window::~Window() {
  glfwDestroyWindow(handle_);
}

float Window::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(handle_, &x, &y);
  return x;
}

void Window::full_screen(bool wanted) {
  if (wanted == full_) return;
  full_ = wanted;
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (wanted && monitor) {
    glfwGetWindowPos(handle_, &x_, &y_);
    glfwGetWindowSize(handle_, &width_, &height_);
    const GLFWvidmode* mode = glfwGetVideoMode(monitor);
    glfwSetWindowMonitor(handle_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  } else if (!wanted) {
    glfwSetWindowMonitor(handle_, nullptr, x_, y_, width_, height_, 0);
  }
}

void Window::remember_place(Settings& settings) const {
  if (full_) return;
  int width = 0, height = 0, x = 0, y = 0;
  glfwGetWindowSize(handle_, &width, &height);
  settings.width = static_cast<int>(std::lround(static_cast<float>(width) / content_scale()));
  settings.height = static_cast<int>(std::lround(static_cast<float>(height) / content_scale()));
  glfwGetWindowPos(handle_, &x, &y);
  settings.x = x, settings.y = y;
}

void Window::put_back(const Settings& settings) {
  if (!settings.x || !settings.y) return;
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  std::vector<Place> screens(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < screens.size(); ++i)
    glfwGetMonitorWorkarea(monitors[i], &screens[i].x, &screens[i].y, &screens[i].width, &screens[i].height);
  Place now{*settings.x, *settings.y, 0, 0};
  glfwGetWindowSize(handle_, &now.width, &now.height);
  if (const auto place = placed(now, screens)) glfwSetWindowPos(handle_, place->x, place->y);
}

float screen_scale() {
  float x = 1, y = 1;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) glfwGetMonitorContentScale(monitor, &x, &y);
  return x;
}

}  // namespace vitrine::shell
