// Directions of the code, the points along two of them, the trail, the choices.
#include "views/heartbeats/bottleneck.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/ui/controls.h"
#include "engine/core/number.h"
#include "views/heartbeats/controls.h"
#include "views/heartbeats/numbers.h"

namespace vitrine::views::heartbeats {

using namespace ui;
using work::command::Set;

namespace {

constexpr float kChoicePadding = 10;     // units beside the chosen word: its chevron, and air
constexpr double kSameDirection = 1e-6;  // square of the sine between two
constexpr double kMargin = 0.05;         // of the range, round the points

const std::string kVerdicts[] = {"normal", "anomaly"};

std::size_t units_of(const Snapshot& s) {
  const std::size_t rows = s.beats->validation.count();
  return rows == 0 ? 0 : s.validation->rebuilt.codes.size() / rows;
}

struct CodeRange {
  double low = -1, high = 1;
};
CodeRange range_of(const std::vector<float>& values) {
  double low = INFINITY, high = -INFINITY;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, static_cast<double>(value)), high = std::max(high, static_cast<double>(value));
  }
  if (!(low <= high)) return {};
  const double margin = std::max(1e-3, kMargin * (high - low));
  return {low - margin, high + margin};
}

// Two numbers of every beat's code; with a code of one number, the error stands in for the second.
struct CodePicture {
  CodeDirection across, up;
  std::size_t units = 0;
  std::vector<float> x, y;
  Extent range;
  std::optional<ScatterPlace> handle;  // the point of the code that is decoded
  std::vector<ScatterPlace> trail;

  bool one() const { return units == 1; }
  ScatterPlace place(std::span<const float> code) const {
    return {static_cast<double>(across.of(code)), one() ? range.y_low : static_cast<double>(up.of(code))};
  }
};

// Of one beat, up to where the run stands.
std::vector<ScatterPlace> trail_of(const Snapshot& s, const CodePicture& picture, std::int64_t beat) {
  std::vector<ScatterPlace> trail;
  if (beat < 0 || picture.one()) return trail;
  const std::size_t first = static_cast<std::size_t>(beat) * picture.units;
  for (const Waypoint& each : *s.trail) {
    if (each.step > s.step || first + picture.units > each.codes->size()) continue;
    trail.push_back(picture.place(std::span(*each.codes).subspan(first, picture.units)));
  }
  return trail;
}

CodePicture code_picture(const Snapshot& s, std::int64_t chosen) {
  CodePicture p;
  p.units = units_of(s);
  if (p.units == 0) return p;
  p.across = code_direction(s, settings_of(s).across, p.units);
  p.up = code_direction(s, settings_of(s).up, p.units);
  for (std::size_t i = 0; i < s.beats->validation.count(); ++i) {
    const auto code = std::span(s.validation->rebuilt.codes).subspan(i * p.units, p.units);
    p.x.push_back(p.across.of(code));
    p.y.push_back(p.one() ? s.validation->rebuilt.scores[i] : p.up.of(code));
  }
  if (p.one()) p.up.name = "error";
  const CodeRange across = range_of(p.x), up = range_of(p.y);
  p.range = {across.low, across.high, up.low, up.high};
  if (settings_of(s).shows == Shows::point && s.probe && s.probe->code.size() == p.units)
    p.handle = p.place(s.probe->code);
  p.trail = trail_of(s, p, chosen);
  return p;
}

// The point that is decoded with its places along both directions moved, by the least movement of the code that does.
// Both directions are 1 long; a unit and a component may lean on each other, and where they are the same the one
// upwards follows.
std::string moved_point(const Snapshot& s, const CodePicture& picture, const ScatterPlace& to) {
  const std::vector<float>&a = picture.across.weights, &b = picture.up.weights;
  std::vector<float> code = s.probe->code;
  const double across = to.x - static_cast<double>(picture.across.of(code));
  const double up = picture.one() ? 0 : to.y - static_cast<double>(picture.up.of(code));
  const double lean = std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  const double apart = 1 - lean * lean;
  const bool two = !picture.one() && apart > kSameDirection;
  const double along_a = two ? (across - lean * up) / apart : across, along_b = two ? (up - lean * across) / apart : 0;
  for (std::size_t i = 0; i < code.size(); ++i)
    code[i] += static_cast<float>(along_a * static_cast<double>(a[i]) + along_b * static_cast<double>(b[i]));
  return write_numbers(code);
}

// Which of the choices mean something to a code of so many units, by their place in the control's list.
std::vector<std::size_t> usable(const work::Control& control, std::size_t units) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < control.choices.size(); ++i) {
    const std::string& id = control.choices[i].id;
    const bool part = id[0] == 'h' || id[0] == 'p';
    if (!part || static_cast<std::size_t>(parse_integer(id.substr(1)).value_or(0)) <= units) found.push_back(i);
  }
  return found;
}

}  // namespace

float CodeDirection::of(std::span<const float> code) const {
  return std::inner_product(code.begin(), code.end(), weights.begin(), 0.0f);
}

CodeDirection code_direction(const Snapshot& s, const std::string& id, std::size_t units) {
  const auto number = static_cast<std::size_t>(std::max<std::int64_t>(1, parse_integer(id.substr(1)).value_or(1)));
  const auto& axes = s.validation->code_axes;
  CodeDirection direction{.name = {}, .weights = std::vector<float>(units)};
  std::string shown = id;
  if (id[0] == 'p' && number <= axes.size()) {
    for (std::size_t i = 0; i < units; ++i) direction.weights[i] = static_cast<float>(axes[number - 1][i]);
  } else {  // a unit that a smaller code does not have: its last one
    const std::size_t unit = std::min(number, units);
    direction.weights[unit - 1] = 1;
    shown = "h" + to_text(static_cast<std::int64_t>(unit));
  }
  const auto& choices = control_table().find("code.across")->choices;
  direction.name = std::ranges::find(choices, shown, &work::Choice::id)->label;
  return direction;
}

void Bottleneck::draw(Ui& ui, const Rect& rect, const Snapshot& s, const Post& post, Selection& selection) {
  const CodePicture picture = code_picture(s, selection.chosen);
  const bool kinds = settings_of(s).colours == Colours::kind;
  const std::string units = to_text(static_cast<std::int64_t>(picture.units)) + (picture.one() ? " unit" : " units");
  scatter(ui, "bottleneck", rect,
          {.heading = "Bottleneck",
           .caption = units,
           .legend = kinds,
           .x = picture.x,
           .y = picture.y,
           .category = kinds ? s.beats->validation.kinds : s.beats->validation.anomalous,
           .category_names = kinds ? std::span<const std::string>(s.beats->kinds) : kVerdicts,
           .range = picture.range,
           .x_title = picture.across.name,
           .y_title = picture.up.name,
           .trail = picture.trail,
           .handle = picture.handle},
          state_, selection);
  if (state_.moved) post(Set{"stage.point", moved_point(s, picture, *state_.moved), state_.edit == Edit::committed});
}

void Bottleneck::draw_choices(Ui& ui, Rect line, const Snapshot& s, const Post& post) {
  const Theme& theme = ui.theme;
  const std::size_t units = units_of(s);
  for (const std::string_view path : {"code.across", "code.up", "code.colours"}) {
    if (units < 2 && path != "code.colours") continue;
    const work::Control& control = *control_table().find(path);
    const std::vector<std::size_t> places = usable(control, units);
    const std::size_t now = as_choice(control, control.get(s.settings.get()));
    std::vector<std::string> labels;
    int chosen = 0;
    for (const std::size_t place : places) {
      if (place == now) chosen = static_cast<int>(labels.size());
      labels.push_back(control.choices[place].label);
    }
    const std::string& shown = labels[static_cast<std::size_t>(chosen)];
    const float width = text_width(ui, Type::value, shown) + theme.u(kChoicePadding);
    if (width > line.w) return;  // the palette has them all
    const Row row{.id = path, .label = "", .help = help_of(control)};
    if (choice_row(ui, line.take_left(width), row, chosen, labels) == Edit::committed)
      post(Set{std::string(path), control.choices[places[static_cast<std::size_t>(chosen)]].id});
    line.take_left(theme.u(2));
  }
}

}  // namespace vitrine::views::heartbeats
