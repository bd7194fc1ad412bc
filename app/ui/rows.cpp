// Rows that slide: real and integer settings. Both move a place on the track, 0 … 1; the scale says what it means.
#include "app/ui/rows.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "app/ui/draw.h"
#include "app/ui/fonts.h"
#include "app/ui/row_parts.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace {

constexpr double kKeyStep = 0.01;  // of the track, where the scale names no step
constexpr int kDragDigits = 2;     // significant, on logarithmic tracks: what a hand can mean
constexpr int kKeyDigits = 3;
constexpr double kDragSteps = 200;  // a linear track has at least so many places, at round numbers

// To a multiple of a power of ten, by division where it is a fraction, so that 0.06 is the nearest double to 0.06.
double round_to_power(double v, int power) {
  double scale = std::pow(10.0, std::abs(power));
  return power < 0 ? std::round(v * scale) / scale : std::round(v / scale) * scale;
}
double round_to_digits(double v, int digits) {
  return v == 0 ? 0 : round_to_power(v, static_cast<int>(std::floor(std::log10(std::abs(v)))) - digits + 1);
}

// What a slider needs to know of either scale.
struct Track {
  double low, high, most;
  bool logarithmic;
  double step;
  bool whole;

  double place(double v) const {
    double p = logarithmic ? std::log(v / low) / std::log(high / low) : (v - low) / (high - low);
    return high == low ? 0 : std::clamp(p, 0.0, 1.0);
  }
  double value(double p) const { return logarithmic ? low * std::pow(high / low, p) : low + (high - low) * p; }
  double limited(double v) const { return std::clamp(v, low, std::max(high, most)); }

  double dragged(double p) const { return std::min(rounded(p), high); }  // a hand stays on the track
  double rounded(double p) const {
    if (p <= 0) return low;
    if (p >= 1) return high;
    double v = value(p);
    if (whole) return limited(std::round(v / step) * step);
    if (logarithmic) return limited(round_to_digits(v, kDragDigits));
    if (step > 0) return limited(low + std::round((v - low) / step) * step);
    return limited(round_to_power(v, static_cast<int>(std::floor(std::log10((high - low) / kDragSteps)))));
  }
  double stepped(double v, double steps) const {
    if (whole) {
      double by = std::max(1.0, std::round(step * std::abs(steps)));
      return limited(v + (steps < 0 ? -by : by));
    }
    if (logarithmic) return limited(round_to_digits(value(place(v) + kKeyStep * steps), kKeyDigits));
    double by = step > 0 ? step * steps : round_to_digits((high - low) * kKeyStep, 1) * steps;
    int power = static_cast<int>(std::floor(std::log10(std::abs(by)))) - 2;  // clears the dust of the sum
    return limited(round_to_power(v + by, power));
  }
};

struct Drawn {
  std::string text;
  std::string_view unit;
};

void draw_track(Ui& ui, const Rect& rect, float y, const Track& track, double value, const Row& row, const Item& it) {
  const Theme& theme = ui.theme;
  float width = snap(theme.stroke(measure::stroke_track)), knob = theme.px(measure::knob);
  fill(ui, {rect.x, y - width / 2, rect.w, width}, theme.overlay(Overlay::track));
  if (!row.disabled.empty()) return;
  float from = rect.x + knob, span = rect.w - 2 * knob;
  float x = from + span * static_cast<float>(track.place(value));
  bool zero_inside = !track.logarithmic && track.low < 0 && track.high > 0;
  float origin = zero_inside ? from + span * static_cast<float>(track.place(0)) : rect.x;
  fill(ui, {std::min(origin, x), y - width / 2, std::abs(x - origin), width}, theme->ink);
  Colour colour = it.focused ? theme->accent : theme->ink;
  ui.canvas()->AddCircleFilled({x, y}, it.focused ? theme.px(measure::knob_focused) : knob, colour);
  if (it.focused)
    ui.canvas()->AddCircle({x, y}, theme.px(measure::knob_ring), theme->accent, 0, theme.stroke(measure::stroke_ring));
}

Edit move_by_keys(const Item& it, const Track& track, double& value) {
  if (!it.has_keys) return Edit::none;
  imgui_compat::keep_sideways(it.id);
  if (imgui_compat::pressed(Key::remove)) return Edit::reset;
  double steps = imgui_compat::pressed(Key::right, true) - imgui_compat::pressed(Key::left, true);
  if (imgui_compat::held(Key::shift)) steps *= 10;
  if (imgui_compat::held(Key::alt)) steps /= 10;
  double next = value;
  if (steps != 0) next = track.stepped(value, steps);
  if (imgui_compat::pressed(Key::home)) next = track.low;
  if (imgui_compat::pressed(Key::end)) next = track.high;
  if (next == value) return Edit::none;
  value = next;
  return Edit::committed;
}

Edit move_by_pointer(Ui& ui, const Item& it, const Rect& rect, const Track& track, double& value) {
  if (!it.held) {
    bool released = ui.dragging == it.id;
    if (released) ui.dragging = 0;
    return released && ui.drag_changed ? Edit::committed : Edit::none;
  }
  if (ui.dragging != it.id) ui.dragging = it.id, ui.drag_changed = false;
  float knob = ui.theme.px(measure::knob);
  double p = (ImGui::GetIO().MousePos.x - rect.x - knob) / std::max(1.0f, rect.w - 2 * knob);
  double next = track.dragged(p);
  if (next == value) return Edit::none;
  value = next;
  ui.drag_changed = true;
  return Edit::changed;
}

Edit slide(Ui& ui, const Rect& rect, const Row& row, double& value, const Track& track, double shown_factor,
           const NumberFormat& format, std::string_view unit) {
  const Theme& theme = ui.theme;
  bool enabled = row.disabled.empty();
  float baseline = slider_baseline(ui, rect);
  float below = theme.px(theme.compact() ? measure::track_below_compact : measure::track_below);
  Edit edit = modified_dot(ui, rect, baseline, row) ? Edit::reset : Edit::none;
  if (editing(ui, row)) {
    Typing typing = value_field(ui, rect, baseline, row);
    auto typed = parse_typed(ui.editing.text, unit);
    if (typing == Typing::accepted && typed) {
      double next = track.limited(*typed / shown_factor);
      if (track.whole) next = std::round(next);
      if (next != value) value = next, edit = Edit::committed;
    }
    row_label(ui, rect, baseline, row, false);
    draw_track(ui, rect, snap(baseline + below), track, value, row, {});
    return edit;
  }
  Item it =
      item(ui, row.id, rect, {.help = &row.help, .disabled = row.disabled, .on_press = true, .enter_presses = false});
  if (enabled) {
    if (Edit moved = move_by_keys(it, track, value); moved != Edit::none) edit = moved;
    if (Edit moved = move_by_pointer(ui, it, rect, track, value); moved != Edit::none) edit = moved;
    bool enter = it.has_keys && imgui_compat::pressed(Key::enter);
    // The first click of a double click may have moved the knob: the field shows what is there now.
    if (enter || it.double_clicked) open_field(ui, it.id, to_text(value * shown_factor));
  }
  if (!it.visible) return edit;
  Ground ground(ui, row_ground(ui, rect, row, it));
  row_label(ui, rect, baseline, row, it.hovered);
  std::string shown = number_text(value * shown_factor, format);
  number(ui, rect.x, rect.right(), baseline, shown,
         {.colour = enabled ? theme->ink : theme->ink3,
          .unit = unit,
          .unit_colour = enabled && it.hovered ? theme->ink2 : theme->ink3});
  draw_track(ui, rect, snap(baseline + below), track, value, row, it);
  if (!enabled && it.focused) focus_ring(ui, rect.inset(0, theme.u(1)), theme.px(measure::radius_cell));
  return edit;
}

}  // namespace

Edit slider_row(Ui& ui, const Rect& rect, const Row& row, double& value, const RealScale& scale) {
  return slide(ui, rect, row, value, {scale.low, scale.high, scale.most, scale.logarithmic, scale.step, false},
               scale.shown_factor, scale.format, scale.unit);
}

Edit integer_row(Ui& ui, const Rect& rect, const Row& row, std::int64_t& value, const IntegerScale& scale) {
  double real = static_cast<double>(value);
  Track track{static_cast<double>(scale.low),
              static_cast<double>(scale.high),
              static_cast<double>(scale.most),
              scale.logarithmic,
              static_cast<double>(std::max<std::int64_t>(1, scale.step)),
              true};
  Edit edit = slide(ui, rect, row, real, track, 1, {.decimals = 0}, scale.unit);
  value = static_cast<std::int64_t>(std::llround(real));
  return edit;
}

}  // namespace vitrine::ui
