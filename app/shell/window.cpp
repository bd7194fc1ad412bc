// Opens the window and keeps it drawn, as seldom as possible.
#include "app/shell/window.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <iostream>

#include "app/shell/app.h"
#include "app/shell/crash.h"
#include "app/shell/glfw_input.h"
#include "app/shell/measurement.h"
#include "app/shell/placement.h"
#include "app/shell/places.h"
#include "app/shell/screen.h"
#include "app/work/words.h"
#include "engine/core/error.h"

namespace vitrine::shell {
namespace {

constexpr double kFrameSeconds = 1.0 / 60;  // where the display does not set the pace
constexpr double kLongWait = 3600;          // s; to GLFW "forever" would be a call of another name
constexpr int kFramesAfterInput = 3;        // Dear ImGui finishes focus and popups in the frames after
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

// GLFW, from first to last.
class Library {
 public:
  Library() {
    if (!glfwInit()) no_display("the display", "a running X11 or Wayland session");
  }
  ~Library() { glfwTerminate(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

class Window {
 public:
  explicit Window(const Settings& settings) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "vitrine");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "vitrine");
    int x = 0, y = 0, width = settings.width, height = settings.height;
    if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
    handle_ = glfwCreateWindow(std::min(settings.width, width), std::min(settings.height, height), "Vitrine", nullptr,
                               nullptr);
    if (!handle_) no_display("a window with OpenGL", "OpenGL 3.2 or newer");
    glfwSetWindowSizeLimits(handle_, kLeastWindowWidth, kLeastWindowHeight, GLFW_DONT_CARE, GLFW_DONT_CARE);
    glfwMakeContextCurrent(handle_);
    glfwSwapInterval(1);
  }
  ~Window() { glfwDestroyWindow(handle_); }
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  GLFWwindow* handle() const { return handle_; }
  float content_scale() const {
    float x = 1, y = 1;
    glfwGetWindowContentScale(handle_, &x, &y);
    return x;
  }
  void full_screen(bool wanted) {
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
  void remember_place(Settings& settings) const {
    if (full_) return;
    int width = 0, height = 0, x = 0, y = 0;
    glfwGetWindowSize(handle_, &width, &height);
    settings.width = static_cast<int>(std::lround(static_cast<float>(width) / content_scale()));
    settings.height = static_cast<int>(std::lround(static_cast<float>(height) / content_scale()));
    glfwGetWindowPos(handle_, &x, &y);
    settings.x = x, settings.y = y;
  }
  // Where it stood before, if that can be seen.
  void put_back(const Settings& settings) {
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

 private:
  GLFWwindow* handle_ = nullptr;
  bool full_ = false;
  int x_ = 0, y_ = 0, width_ = 0, height_ = 0;  // before full screen
};

// Of the screen on which windows open.
float screen_scale() {
  float x = 1, y = 1;
  if (GLFWmonitor* monitor = glfwGetPrimaryMonitor()) glfwGetMonitorContentScale(monitor, &x, &y);
  return x;
}

class Context {
 public:
  explicit Context(ImFontAtlas* atlas) : context_(ImGui::CreateContext(atlas)) {}
  ~Context() { ImGui::DestroyContext(context_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

 private:
  ImGuiContext* context_;
};

void set_clipboard(GLFWwindow* window) {
  ImGuiIO& io = ImGui::GetIO();
  io.ClipboardUserData = window;
  io.GetClipboardTextFn = [](void* w) { return glfwGetClipboardString(static_cast<GLFWwindow*>(w)); };
  io.SetClipboardTextFn = [](void* w, const char* text) { glfwSetClipboardString(static_cast<GLFWwindow*>(w), text); };
}

// Sizes of this frame: everything in device pixels.
void measure_display(GLFWwindow* window, GlfwInput& input) {
  int width = 0, height = 0, across = 0, down = 0;
  glfwGetFramebufferSize(window, &width, &height);
  glfwGetWindowSize(window, &across, &down);
  ImGui::GetIO().DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  input.pixels_per_point = across > 0 ? static_cast<float>(width) / static_cast<float>(across) : 1;
}

bool visible(GLFWwindow* window) {
  return !glfwGetWindowAttrib(window, GLFW_ICONIFIED) && ImGui::GetIO().DisplaySize.x >= 1;
}

void remember(const std::filesystem::path& file, const Settings& settings) {
  try {
    save_settings(file, settings);
  } catch (const FileError& error) {
    std::cerr << error.what() << '\n';
  }
}

void open_first(App& app, const WindowOptions& options) {
  if (!options.exhibit.empty()) {
    const views::Exhibit* exhibit = views::find_exhibit(options.exhibit);
    std::vector<std::string> ids;
    for (const views::Exhibit& each : views::exhibits()) ids.emplace_back(each.id);
    if (!exhibit)
      throw UsageError(
          {"the exhibit", "is not known", "an exhibit's id", options.exhibit, work::hint(options.exhibit, ids)});
    app.open(*exhibit);
  }
  if (!options.open.empty()) app.open_file(options.open);
}

}  // namespace

int run_window(const WindowOptions& options) {
  const std::filesystem::path file = settings_file(options.environment);
  Settings settings = load_settings(file);
  report_crashes(state_folder(options.environment), options.version);

  const Library library;
  // Letters take as long to draw as a window takes to open.
  std::future<std::unique_ptr<ui::Fonts>> letters = std::async(
      std::launch::async,
      [scale = whole_percents(screen_scale() * settings.zoom)] { return std::make_unique<ui::Fonts>(scale); });
  Window window(settings);
  GLFWwindow* handle = window.handle();
  window.put_back(settings);
  const std::unique_ptr<ui::Fonts> drawn_letters = letters.get();
  ui::Fonts& fonts = *drawn_letters;
  const Context context(fonts.atlas());
  ui::imgui_compat::bind_keys();
  set_clipboard(handle);
  const std::unique_ptr<Screen> screen = open_screen();
  GlfwInput input;
  input.install(handle);
  ui::Ui ui{.theme = ui::Theme(settings.look, fonts.scale()), .fonts = &fonts, .textures = &screen->textures()};
  ui::apply_style(ui.theme);
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;

  std::atomic<bool> woken = true;
  App app({.device = options.device,
           .threads = options.threads,
           .seed = options.seed,
           .threaded = true,
           .alive = true,
           .wake =
               [&woken] {
                 woken.store(true);
                 glfwPostEmptyEvent();
               },
           .settings = settings,
           .home = home_folder(options.environment),
           .documents = documents_folder(options.environment),
           .cache = cache_folder(options.environment),
           .bus = bus_address(options.environment),
           .data = data_folder(options.environment),
           .state = options.measurement ? std::filesystem::path() : state_folder(options.environment)});
  open_first(app, options);

  std::optional<Measurement> measurement;
  if (options.measurement) measurement.emplace(app, *options.measurement);
  int frames = kFramesAfterInput;  // still to be drawn
  double last = glfwGetTime(), due = last;
  while (!glfwWindowShouldClose(handle) && !app.wants_to_quit()) {
    const double now = glfwGetTime(), next = last + kFrameSeconds;
    const double wait = frames > 0 && visible(handle) ? next - now : std::min(due - now, kLongWait);
    if (wait > 0)
      glfwWaitEventsTimeout(wait);
    else
      glfwPollEvents();
    if (std::exchange(input.came, false) || !input.queue.empty()) frames = kFramesAfterInput;
    if (woken.exchange(false)) frames = std::max(frames, 1);
    if (glfwGetTime() >= due) frames = std::max(frames, 1);
    for (const std::filesystem::path& dropped : std::exchange(input.dropped, {})) app.open_file(dropped);
    if (frames == 0 || glfwGetTime() < next) continue;

    measure_display(handle, input);
    if (!visible(handle)) {
      due = glfwGetTime() + kLongWait;
      frames = 0;
      continue;
    }
    app.prepare(ui, fonts, window.content_scale());
    input.queue.deliver();
    const double drawn = glfwGetTime();
    ImGui::GetIO().DeltaTime = static_cast<float>(std::max(drawn - last, 1e-4));
    last = drawn;
    fonts.atlas()->SetTexID(screen->textures().id(fonts.texture()));
    ImGui::NewFrame();
    ui::begin_frame(ui);
    app.frame(ui);
    ui::end_frame(ui);
    ImGui::Render();
    screen->draw(*ImGui::GetDrawData(), ui.theme->wall);
    glfwSwapBuffers(handle);
    --frames;
    due = glfwGetTime() + app.redraw_after(ui);
    if (measurement) {
      measurement->drawn(glfwGetTime());
      due = std::min(due, measurement->due());
      if (measurement->done()) return 0;
    }

    window.full_screen(app.wants_full_screen());
    Settings changed = app.settings();
    window.remember_place(changed);
    Settings moved = settings;  // a window being moved is no reason to write at every frame
    moved.width = changed.width, moved.height = changed.height, moved.x = changed.x, moved.y = changed.y;
    if (changed != moved) remember(file, changed);
    settings = changed;
  }
  if (options.measurement) return 0;
  app.clean_end();
  remember(file, settings);
  return 0;
}

}  // namespace vitrine::shell
