// Draws the run bar: buttons from the left, read-outs from the right, history in between.
#include "app/shell/run_bar.h"

#include <algorithm>
#include <array>

#include "app/ui/button.h"
#include "app/ui/draw.h"
#include "app/ui/history_bar.h"
#include "app/ui/number.h"
#include "app/ui/offers.h"
#include "app/ui/read_out.h"
#include "app/ui/rows.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr double kReadOutSeconds = 0.1;
constexpr double kSpeedSeconds = 0.5;  // long enough for a steady figure
constexpr std::size_t kPresenterReadOuts = 3;
constexpr float kLeastHistory = 60;  // units: read-outs give way before the history gets narrower

struct SpeedOption {
  const char* label;
  std::int64_t steps_per_frame;
};
constexpr std::array<SpeedOption, 3> kSpeeds = {{{"1×", 1}, {"10×", 10}, {"max", 0}}};

std::string text_of(const work::ReadOut& out) {
  return out.digits == 0 ? number_text(out.value, {.decimals = 0}) : number_text(out.value, {.digits = out.digits});
}

// Any value of that many characters is this wide: digits share one cell.
std::string shape_of(std::string text) {
  for (char& c : text)
    if (c >= '0' && c <= '9') c = '0';
  return text;
}

}  // namespace

// How fast is the shell's to say: a session has no clock.
void RunBar::measure_speed(const work::Snapshot& snapshot, double now) {
  const bool goes_on = snapshot.playing && speed_since_ >= 0 && snapshot.step >= speed_from_;
  if (goes_on && now - speed_since_ < kSpeedSeconds) return;
  if (goes_on) speed_ = static_cast<double>(snapshot.step - speed_from_) / (now - speed_since_);
  speed_since_ = snapshot.playing ? now : -1;
  speed_from_ = snapshot.step;
  if (snapshot.head == 0) speed_ = 0;
}

void RunBar::refresh(const work::Snapshot& snapshot, std::string_view step_word) {
  const double now = ImGui::GetTime();
  measure_speed(snapshot, now);
  if (snapshot.playing && !shown_.empty() && now - since_ < kReadOutSeconds) return;
  shown_ = snapshot.read_outs;
  since_ = now;
  if (speed_ > 0)  // before what it holds, which is the last
    shown_.insert(shown_.empty() ? shown_.end() : shown_.end() - 1,
                  {.caption = "speed", .value = speed_, .unit = std::string(step_word) + "s/s"});
  for (const work::ReadOut& out : shown_) {
    std::string& widest = widest_[out.caption];
    if (std::string shape = shape_of(text_of(out)); shape.size() > widest.size()) widest = std::move(shape);
  }
}

void RunBar::draw_read_outs(Ui& ui, Rect& bar, std::size_t most) {
  const float gap = ui.theme.u(ui.theme.compact() ? 6 : 8);
  float used = 0;
  std::size_t count = 0;
  std::vector<float> widths;
  for (const work::ReadOut& out : shown_) {
    const float width = read_out_width(
        ui, {.caption = out.caption, .value = text_of(out), .unit = out.unit, .widest = widest_[out.caption]});
    if (count == most || bar.w - used - width - gap < ui.theme.u(kLeastHistory)) break;
    widths.push_back(width);
    used += width + gap;
    ++count;
  }
  Rect place = bar.take_right(used);
  for (std::size_t i = 0; i < count; ++i) {
    place.take_left(gap);
    const work::ReadOut& out = shown_[i];
    const std::string value = text_of(out);
    read_out(ui, place.take_left(widths[i]),
             {.caption = out.caption, .value = value, .unit = out.unit, .widest = widest_[out.caption]});
  }
}

// "run 2 of 3" between the ways to its neighbours.
std::optional<Deed> RunBar::draw_runs(Ui& ui, Rect& bar, const work::Snapshot& snapshot) {
  const Theme& theme = ui.theme;
  const float button = theme.u(9);
  const std::string words = "run " + std::to_string(snapshot.run + 1) + " of " + std::to_string(snapshot.runs);
  const std::string most = std::to_string(snapshot.runs);
  const float width = text_width(ui, Type::small, "run " + most + " of " + most);
  std::optional<Deed> asked;
  bar.take_left(theme.u(2));
  if (icon_button(ui, bar.take_left(button).centre(), "run.previous", Icon::back, "Previous run",
                  "Shows the run that was kept before this one.", snapshot.run == 0 ? "This is the first run." : "",
                  measure::chevron))
    asked = Deed::previous_run;
  text(ui, bar.take_left(width + 1), words, {.type = Type::small, .colour = theme->ink2, .align = Align::centre});
  if (icon_button(ui, bar.take_left(button).centre(), "run.next", Icon::right, "Next run",
                  "Shows the run that was kept after this one.",
                  snapshot.run + 1 == snapshot.runs ? "This is the last run." : "", measure::chevron))
    asked = Deed::next_run;
  return asked;
}

std::optional<Deed> RunBar::draw(Ui& ui, const Rect& rect, const work::Snapshot& snapshot, std::string_view step_word,
                                 bool presenter, const views::Post& post) {
  const Theme& theme = ui.theme;
  const bool back = snapshot.step < snapshot.head;
  std::optional<Deed> asked;
  const HelpRow row(ui, rect);
  Rect bar = rect;
  bar.take_left(theme.u(theme.compact() ? 2 : 3));
  bar.take_right(theme.u(theme.compact() ? 5 : 7));
  const float small = theme.u(9), disc = theme.u(12);
  if (icon_button(ui, bar.take_left(small).centre(), "run.reset", Icon::reset, "Reset",
                  "Starts again with the same settings and seeds. R."))
    asked = Deed::reset;
  const std::string_view play = snapshot.playing ? "Pause" : back ? "Continue from here" : "Run";
  bar.take_left(theme.u(theme.compact() ? 1 : 3));
  if (play_button(ui, bar.take_left(disc).centre(), "run.play", snapshot.playing, play)) asked = Deed::run;
  bar.take_left(theme.u(theme.compact() ? 0 : 1));
  if (icon_button(ui, bar.take_left(small).centre(), "run.step", Icon::step, "One " + std::string(step_word),
                  "Takes one step and stops. Full stop; comma stops inside it."))
    asked = Deed::step;
  if (icon_button(ui, bar.take_left(small).centre(), "run.fork", Icon::fork, "Fork here",
                  "Keeps this run as it is and goes on in another that begins at this " + std::string(step_word) + ".",
                  snapshot.head == 0 ? "There is no run yet." : ""))
    asked = Deed::fork;
  bar.take_left(theme.u(theme.compact() ? 2 : 4));
  const std::array<std::string, 3> labels = {kSpeeds[0].label, kSpeeds[1].label, kSpeeds[2].label};
  const Rect tray = bar.take_left(theme.u(theme.compact() ? 29 : 37));
  const Row speed{.id = "run.speed",
                  .label = "",
                  .help = {.name = "Speed",
                           .range = "1×, 10×, max",
                           .meaning = "Steps taken for each picture.",
                           .rising = "More steps before you see the next one.",
                           .reason = {}}};
  if (segmented(ui, snap(tray.centred(tray.w, segmented_height(ui, false))), speed, pace_, labels) != Edit::none)
    post(work::command::Speed{kSpeeds[static_cast<std::size_t>(pace_)].steps_per_frame});
  if (snapshot.runs > 1)
    if (const auto other = draw_runs(ui, bar, snapshot)) asked = other;
  bar.take_left(theme.u(theme.compact() ? 5 : 7));
  refresh(snapshot, step_word);
  draw_read_outs(ui, bar, presenter ? kPresenterReadOuts : shown_.size());
  const Rect offered = bar.take_right(offers_width(ui) + theme.u(1));

  static const work::Curve kNone;
  const work::Curve& curve = snapshot.curve ? *snapshot.curve : kNone;
  const std::span<const float> values =
      curve.series.empty() ? std::span<const float>() : std::span<const float>(curve.series.front());
  const Help help{.name = "The run",
                  .range = {},
                  .meaning = "Drag to look back at any " + std::string(step_word) + " of this run.",
                  .rising = {},
                  .reason = {}};
  const HistoryEvents events = history_bar(ui, "run.history", snap(bar.centred(bar.w, bar.h - theme.u(8))),
                                           {.steps = curve.steps,
                                            .values = values,
                                            .keyframes = snapshot.keyframes,
                                            .forks = snapshot.forks,
                                            .step = snapshot.step,
                                            .head = snapshot.head,
                                            .help = &help,
                                            .heading_line = offered});
  if (events.step) post(work::command::Seek{*events.step});
  return asked;
}

}  // namespace vitrine::shell
