// The person's hands, in numbers.
#include "app/shell/driver.h"

#include "engine/core/error.h"

namespace vitrine::shell {
namespace {

constexpr int kSettleFrames = 4;   // extra heights are known after one, navigation and popups after two more
constexpr int kMostFrames = 1000;  // a script's input ends long before
constexpr float kDragY = 0.7f;     // of a row's height: where its track is

AppOptions app_options(const DriverOptions& options) {
  AppOptions app{.device = options.device, .threads = options.threads, .seed = options.seed};
  app.threaded = false;
  app.alive = false;
  app.settings.look = options.look;
  app.settings.reduce_motion = true;
  app.documents = options.documents;
  app.cache = options.cache;
  app.data = options.data;
  app.state = options.state;
  return app;
}

}  // namespace

Driver::Driver(DriverOptions options)
    : fonts_(options.fonts ? options.fonts : std::make_shared<ui::Fonts>(options.scale)),
      width_(options.width),
      height_(options.height),
      scale_(options.scale),
      app_(app_options(options)),
      window_(options.width, options.height, ui::Theme(options.look, options.scale), fonts_) {}

void Driver::open(std::string_view exhibit) {
  const views::Exhibit* found = views::find_exhibit(exhibit);
  if (!found)
    throw UsageError(
        {"the driver", "knows no such exhibit", "an id of the registry", std::string(exhibit), "Ask the registry."});
  app_.open(*found);
}

void Driver::frame() {
  window_.resize(width_, height_);  // also makes its context the current one
  app_.prepare(window_.ui(), *fonts_, scale_);
  window_.frame([this](ui::Ui& ui) { app_.frame(ui); });
}

void Driver::frames(int count) {
  for (int i = 0; i < count; ++i) frame();
}

void Driver::settle() {
  for (int i = 0; i < kMostFrames && window_.input_waits(); ++i) frame();
  frames(kSettleFrames);
}

ui::Rect Driver::where(std::string_view item) const {
  for (const ui::Audit::Item& each : window_.audit().items())
    if (each.name == item) return each.rect;
  throw UsageError({"the driver", "sees no such item", "one that is on screen", std::string(item),
                    "Open its exhibit and let a frame pass."});
}

void Driver::click(std::string_view item) {
  const ui::Rect rect = where(item);
  window_.click(rect.middle_x(), rect.middle_y());
  settle();
}

void Driver::drag(std::string_view item, float from, float to) {
  const ui::Rect rect = where(item);
  const float y = rect.y + rect.h * kDragY;
  window_.push(ui::input::move(rect.x + rect.w * from, y));
  settle();
  window_.push(ui::input::button(0, true));
  settle();
  window_.push(ui::input::move(rect.x + rect.w * to, y));
  settle();
  window_.push(ui::input::button(0, false));
  settle();
}

void Driver::tell(work::Command command) {
  if (app_.opened()) app_.opened()->side.drive->post(std::move(command));
}

void Driver::expect_ok() {
  std::exception_ptr failure;  // carried out of the runner, which would keep it for its snapshot
  tell(work::command::Call{[&](work::Runner& runner) {
    try {
      runner.expect_ok();
    } catch (...) {
      failure = std::current_exception();
    }
  }});
  if (failure) std::rethrow_exception(failure);
}

std::shared_ptr<const work::Snapshot> Driver::snapshot() {
  return app_.opened() ? app_.opened()->side.drive->snapshot() : nullptr;
}

work::Document Driver::document() {
  work::Document result;
  tell(work::command::Call{[&](work::Runner& runner) { result = runner.document(); }});
  return result;
}

std::string Driver::state_hash() {
  std::string result;
  tell(work::command::Call{[&](work::Runner& runner) { result = work::state_hash(runner.session()).hex(); }});
  return result;
}

}  // namespace vitrine::shell
