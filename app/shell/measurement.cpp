// The stages of a measurement and what each finds out.
#include "app/shell/measurement.h"

#include <sys/resource.h>

#include <chrono>

namespace vitrine::shell {
namespace {

constexpr double kSettleSeconds = 2;  // fonts, textures and caches
constexpr double kRunSeconds = 10, kRestSeconds = 10;

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

void Measurement::next(Stage stage, double now, double seconds) {
  stage_ = stage;
  began_ = now;
  due_ = now + seconds;
}

void Measurement::drawn(App& app, double now) {
  ++frames_;
  if (now < due_ || done()) return;
  const auto tell = [&](work::Command command) {
    if (app.opened()) app.opened()->drive->post(std::move(command));
  };
  switch (stage_) {
    case Stage::first:
      result_.first_frame = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
      app.open(*views::find_exhibit("playground"));
      return next(Stage::settling, now, kSettleSeconds);
    case Stage::settling:
      tell(work::command::Speed{0});
      tell(work::command::Play{});
      frames_ = 0;
      return next(Stage::running, now, kRunSeconds);
    case Stage::running:
      result_.frames_per_second = frames_ / (now - began_);
      tell(work::command::Pause{});
      return next(Stage::calming, now, kSettleSeconds);
    case Stage::calming:
      processor_ = processor_seconds();
      return next(Stage::resting, now, kRestSeconds);
    case Stage::resting:
      result_.idle_share = (processor_seconds() - processor_) / (now - began_);
      stage_ = Stage::done;
      return;
    case Stage::done:
      return;
  }
}

}  // namespace vitrine::shell
