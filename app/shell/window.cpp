// Opens the window and keeps it drawn, as seldom as possible.
#include "app/shell/window.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <iostream>

#include "app/shell/app.h"
#include "app/shell/crash.h"
#include "app/shell/glfw_input.h"
#include "app/shell/glfw_window.h"
#include "app/shell/measurement.h"
#include "app/shell/places.h"
#include "app/shell/screen.h"
#include "app/work/words.h"
#include "engine/core/error.h"

namespace vitrine::shell {
namespace {

constexpr double kFrameSeconds = 1.0 / 60;  // where the display does not set the pace
constexpr double kLongWait = 3600;          // s; to GLFW "forever" would be a call of another name
constexpr int kFramesAfterInput = 3;        // Dear ImGui finishes focus and popups in the frames after

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

// When frames are drawn: after input, when somebody wakes the window, when something changes by itself. Otherwise it
// sleeps.
class Frames {
 public:
  Frames(Window& window, Screen& screen, ui::Fonts& fonts, GlfwInput& input, App& app)
      : window_(window),
        screen_(screen),
        fonts_(fonts),
        input_(input),
        app_(app),
        ui_{.theme = ui::Theme(app.settings().look, fonts.scale()), .fonts = &fonts, .textures = &screen.textures()} {
    ui::apply_style(ui_.theme);
  }

  // Waits for what comes next; whether a frame is to be drawn now.
  bool wait(std::atomic<bool>& woken) {
    const double now = glfwGetTime();
    const double wait = frames_ > 0 && visible(window_.handle()) ? turn_ - now : std::min(due_ - now, kLongWait);
    if (wait > 0)
      glfwWaitEventsTimeout(wait);
    else
      glfwPollEvents();
    if (std::exchange(input_.came, false) || !input_.queue.empty()) frames_ = kFramesAfterInput;
    if (woken.exchange(false) || glfwGetTime() >= due_) frames_ = std::max(frames_, 1);
    for (const std::filesystem::path& dropped : std::exchange(input_.dropped, {})) app_.open_file(dropped);
    if (frames_ == 0 || glfwGetTime() < turn_) return false;

    measure_display(window_.handle(), input_);
    if (visible(window_.handle())) return true;
    due_ = glfwGetTime() + kLongWait;
    frames_ = 0;
    return false;
  }

  void draw() {
    app_.prepare(ui_, fonts_, window_.content_scale());
    input_.queue.deliver();
    const double now = glfwGetTime();
    ImGui::GetIO().DeltaTime = static_cast<float>(std::max(now - last_, 1e-4));
    last_ = now;
    turn_ = std::max(turn_ + kFrameSeconds, now);  // after one that came late the next may come at once
    fonts_.atlas()->SetTexID(screen_.textures().id(fonts_.texture()));
    ImGui::NewFrame();
    ui::begin_frame(ui_);
    app_.frame(ui_);
    ui::end_frame(ui_);
    ImGui::Render();
    screen_.draw(*ImGui::GetDrawData(), ui_.theme->wall);
    glfwSwapBuffers(window_.handle());
    --frames_;
    due_ = glfwGetTime() + app_.redraw_after(ui_);
  }

  void draw_by(double time) { due_ = std::min(due_, time); }

 private:
  Window& window_;
  Screen& screen_;
  ui::Fonts& fonts_;
  GlfwInput& input_;
  App& app_;
  ui::Ui ui_;
  int frames_ = kFramesAfterInput;  // still to be drawn
  double last_ = glfwGetTime(), due_ = last_, turn_ = last_;
};

AppOptions app_options(const WindowOptions& options, const Settings& settings, std::function<void()> wake) {
  return {.device = options.device,
          .threads = options.threads,
          .seed = options.seed,
          .threaded = true,
          .alive = true,
          .wake = std::move(wake),
          .settings = settings,
          .home = home_folder(options.environment),
          .documents = documents_folder(options.environment),
          .cache = cache_folder(options.environment),
          .bus = bus_address(options.environment),
          .data = data_folder(options.environment),
          .state = options.measurement ? std::filesystem::path() : state_folder(options.environment)};
}

// A window being moved is no reason to write at every frame.
bool differ_beside_place(Settings before, const Settings& now) {
  before.width = now.width, before.height = now.height, before.x = now.x, before.y = now.y;
  return before != now;
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
  window.put_back(settings);
  const std::unique_ptr<ui::Fonts> fonts = letters.get();
  const Context context(fonts->atlas());
  ui::imgui_compat::bind_keys();
  set_clipboard(window.handle());
  const std::unique_ptr<Screen> screen = open_screen();
  GlfwInput input;
  input.install(window.handle());
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;

  std::atomic<bool> woken = true;
  App app(app_options(options, settings, [&woken] {
    woken.store(true);
    glfwPostEmptyEvent();
  }));
  Frames frames(window, *screen, *fonts, input, app);
  open_first(app, options);
  std::optional<Measurement> measurement;
  if (options.measurement) measurement.emplace(app, *options.measurement);

  while (!glfwWindowShouldClose(window.handle()) && !app.wants_to_quit()) {
    if (!frames.wait(woken)) continue;
    frames.draw();
    if (measurement) {
      measurement->drawn(glfwGetTime());
      frames.draw_by(measurement->due());
      if (measurement->done()) return 0;
    }
    window.full_screen(app.wants_full_screen());
    Settings now = app.settings();
    window.remember_place(now);
    if (differ_beside_place(settings, now)) remember(file, now);
    settings = now;
  }
  if (options.measurement) return 0;
  app.clean_end();
  remember(file, settings);
  return 0;
}

}  // namespace vitrine::shell
