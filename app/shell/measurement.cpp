// The stages of a measurement, what each finds out, and what is promised.
#include "app/shell/measurement.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::shell {
namespace {

constexpr double kSettleSeconds = 2;  // fonts, textures and caches
constexpr double kRestSeconds = 5, kRunSeconds = 10, kPatience = 30;
constexpr int kAnswers = 21;  // of controls; odd, so that there is a middle one
constexpr int kStride = 8;    // from place to place of the run, in shares of so many: forth and back, each once

// What PRODUCT promises.
constexpr double kStart = 800, kControl = 50, kCancel = 100, kReset = 1000, kStall = 100;  // ms
constexpr double kFrames = 30, kIdle = 0.01;
constexpr double kScrub = 33;   // ms: two frames
constexpr double kGrowth = 96;  // MB: the history may fill its 64, and allocators keep some of what was given back

constexpr double kAny = 1e300;

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// The numbers of a file of /proc, as far as they go.
std::vector<double> numbers_of(const char* file) {
  std::ifstream in(file);
  std::vector<double> numbers;
  for (double number = 0; in >> number;) numbers.push_back(number);
  return numbers;
}

double resident_megabytes() {
  const std::vector<double> pages = numbers_of("/proc/self/statm");
  return pages.size() < 2 ? 0 : pages[1] * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

// Seconds since this process was started: the machine's uptime, less that of the start.
double age() {
  std::ifstream stat("/proc/self/stat");
  std::string text;
  std::getline(stat, text);
  const std::size_t name_end = text.rfind(')');  // a program's name may have spaces
  if (name_end == text.npos) return 0;
  constexpr int kStartField = 20;  // behind the name
  std::size_t at = name_end + 1;
  for (int field = 1; field < kStartField && at != text.npos; ++field) at = text.find(' ', at + 1);
  const auto ticks =
      at == text.npos ? std::nullopt : parse_integer(text.substr(at, text.find(' ', at + 1) - at).substr(1));
  const std::vector<double> uptime = numbers_of("/proc/uptime");
  if (!ticks || uptime.empty()) return 0;
  return uptime[0] - static_cast<double>(*ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double at_share(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

// Another value for a control that can be set back and forth while training goes on.
std::optional<std::pair<std::string, std::pair<work::Value, work::Value>>> knob(const work::ControlTable& table,
                                                                                const void* settings) {
  for (const work::Control& control : table.rows()) {
    const bool usable = control.kind == work::Control::Kind::real && !control.trained &&
                        !(control.disabled && !control.disabled(settings).empty());
    if (!usable) continue;
    const work::Value now = control.get(settings);
    const double number = std::get<double>(now), half = (number + control.range.low) / 2;
    return std::pair{control.id, std::pair{work::Value(half), now}};
  }
  return std::nullopt;
}

}  // namespace

Measurement::Measurement(App& app, MeasurementOptions options) : app_(app), options_(std::move(options)) {
  stretch(0, {}, [this] {
    now_found_ = {.exhibit = "gallery", .figures = {}};
    found("start_ms", 1000 * age(), 0, kStart);
    options_.found(now_found_);
  });
  if (const views::Exhibit* only = views::find_exhibit(options_.only)) {
    plan(*only, options_.minutes);
    return;
  }
  const auto all = views::exhibits();
  for (const views::Exhibit& exhibit : all) plan(exhibit, options_.minutes / static_cast<double>(all.size()));
}

void Measurement::tell(work::Command command) {
  if (app_.opened()) command_ = app_.opened()->side.drive->post(std::move(command));
}

void Measurement::ask_hash(std::shared_ptr<std::string> answer) {
  tell(work::command::Call{[answer](work::Runner& runner) { *answer = work::state_hash(runner.session()).hex(); }});
}

void Measurement::found(std::string name, double value, double least, double most) {
  now_found_.figures.push_back({.name = std::move(name), .value = value, .least = least, .most = most});
}

// Asks so many times, and waits each time until the answer is on screen.
void Measurement::answered_in(const std::string& name, double most, std::function<void()> ask,
                              std::function<bool()> answered, int times) {
  stages_.push_back(
      {.begin =
           [this, ask] {
             answers_.clear();
             times_ = 0;
             ask();
             asked_ = now_;
           },
       .over =
           [this, ask, answered, times] {
             if (!answered()) return false;
             answers_.push_back(1000 * (now_ - asked_));
             if (++times_ == times) return true;
             ask();
             asked_ = now_;
             return false;
           },
       .end = [this, name,
               most] { found(name, answers_.empty() ? 1000 * kPatience : at_share(answers_, 0.5), 0, most); },
       .seconds = kPatience});
}

// The newest snapshot has taken up the last command.
bool Measurement::handled() const {
  return app_.opened() && app_.opened()->side.shown && app_.opened()->side.shown->handled >= command_;
}

std::int64_t Measurement::shown_step() const {
  return app_.opened() && app_.opened()->side.shown ? app_.opened()->side.shown->step : 0;
}

void Measurement::stretch(double seconds, std::function<void()> begin, std::function<void()> end) {
  stages_.push_back({.begin = std::move(begin), .over = {}, .end = std::move(end), .seconds = seconds});
}

void Measurement::turn_knob() {
  const Side& side = app_.opened()->side;
  if (!side.shown) return;
  const auto found_knob = knob(side.controls.table(), side.shown->settings.get());
  if (!found_knob) return;
  const auto& [path, values] = *found_knob;
  tell(work::command::Set{path, values.first, true});
  tell(work::command::Undo{});
}

void Measurement::plan(const views::Exhibit& exhibit, double minutes) {
  const auto fresh = std::make_shared<std::string>(), again = std::make_shared<std::string>();
  const auto is_handled = [this] { return handled(); };
  const auto open = [this, &exhibit, fresh] {
    now_found_ = {.exhibit = std::string(exhibit.id), .figures = {}};
    app_.open(exhibit);
    if (!options_.settings.empty()) tell(work::command::SetAll{options_.settings});
    ask_hash(fresh);
  };
  answered_in("open_ms", kAny, open, is_handled, 1);
  if (!options_.settings.empty())  // or something else would be measured
    stretch(0, {}, [this] { found("settings_taken", handled() && app_.opened()->side.shown->failed.empty(), 1, 1); });
  plan_rest();
  plan_run();
  answered_in(
      "control_ms", kControl, [this] { turn_knob(); }, is_handled, kAnswers);
  answered_in(
      "cancel_ms", kCancel, [this] { tell(work::command::Pause{}); },
      [this] { return handled() && !app_.opened()->side.shown->playing; }, 1);
  plan_scrub();
  plan_growth(minutes);
  const auto reset = [this, again] {
    tell(work::command::Reset{});
    ask_hash(again);
  };
  answered_in("reset_ms", kReset, reset, is_handled, 1);
  stretch(0, {}, [this, fresh, again] {
    found("reset_same", *fresh == *again ? 1 : 0, 1, 1);
    options_.found(now_found_);
  });
}

void Measurement::plan_rest() {
  stretch(kSettleSeconds, {}, [this] { processor_ = processor_seconds(); });
  stretch(kRestSeconds, {},
          [this] { found("idle_share", (processor_seconds() - processor_) / (now_ - began_), 0, kIdle); });
}

void Measurement::plan_run() {
  const auto play = [this] {
    tell(work::command::Speed{0});
    tell(work::command::Play{});
  };
  stretch(kSettleSeconds, play, [this] {
    frames_.clear();
    step_ = shown_step();
  });
  stretch(kRunSeconds, {}, [this] {
    found("frames_per_second", static_cast<double>(frames_.size()) / (now_ - began_), kFrames, kAny);
    found("steps_per_second", static_cast<double>(shown_step() - step_) / (now_ - began_), 0, kAny);
    found("frame_p50_ms", at_share(frames_, 0.5), 0, kAny);
    found("frame_p99_ms", at_share(frames_, 0.99), 0, kStall);
  });
}

void Measurement::plan_growth(double minutes) {
  const auto play = [this] {
    tell(work::command::Play{});
    memory_ = resident_megabytes();
  };
  stretch(60 * minutes, play, [this, minutes] {
    found("growth_mb", resident_megabytes() - memory_, -kAny, kGrowth);
    found("growth_minutes", minutes, 0, kAny);
  });
}

// Looks back all over the run that was trained until now, at last to where it stands, so that training goes on from
// there.
void Measurement::plan_scrub() {
  const auto look_back = [this] {
    const std::int64_t head = app_.opened()->side.shown->head;
    tell(work::command::Seek{head - head * ((times_ + 1) * kStride % kAnswers) / kAnswers});
  };
  stretch(0, {}, [this] { frames_.clear(); });
  answered_in(
      "scrub_ms", kAny, look_back, [this] { return handled() && !app_.opened()->side.shown->travels; }, kAnswers);
  stretch(0, {}, [this] {
    const work::Snapshot& shown = *app_.opened()->side.shown;
    found("scrub_frame_ms", at_share(frames_, 0.5), 0, kScrub);
    found("history_steps", static_cast<double>(shown.head), 0, kAny);
    found("history_mb", static_cast<double>(shown.history_bytes) / 1e6, 0,
          static_cast<double>(limits::kHistoryBytes) / 1e6);
  });
}

void Measurement::drawn(double now) {
  if (begun_) frames_.push_back(1000 * (now - now_));
  now_ = now;
  while (!done()) {
    Stage& stage = stages_[stage_];
    if (!std::exchange(begun_, true)) {
      began_ = now;
      due_ = now + stage.seconds;
      if (stage.begin) stage.begin();
    }
    const bool late = now >= began_ + stage.seconds;
    if (!late && !(stage.over && stage.over())) return;
    if (stage.end) stage.end();
    begun_ = false;
    ++stage_;
  }
}

}  // namespace vitrine::shell
