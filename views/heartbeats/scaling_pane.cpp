// Two plots of one time axis. A scaling is affine at each step, so the band before it is the band after it, taken back.
#include "views/heartbeats/scaling_pane.h"

#include <algorithm>
#include <cmath>

#include "app/ui/number.h"
#include "app/ui/offers.h"
#include "views/heartbeats/beat_csv.h"
#include "views/heartbeats/curves.h"
#include "views/heartbeats/time_axis.h"

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {

constexpr float kBetweenPlots = 12;       // units
constexpr float kStripLabel = 5;          // units: with the labels of the axis room for "weight"
constexpr std::size_t kNamesOfHalf = 5;   // of fields, under one of the two
constexpr float kNormalKeyShare = 0.22f;  // of ink, for so small a mark
constexpr double kAlike = 1.05;           // times as much: rounding

struct ScaledSide {
  const char* id;
  std::string_view heading, strip;  // the word beside the strip
  std::string words, unit;
  LegendKey key;  // besides the beat's
  std::vector<float> beat, zero, one, strip_values;
  Band normal;
};

float number_of(std::span<const float> values, std::size_t step, float otherwise) {
  if (values.empty()) return otherwise;
  return values.size() == 1 ? values.front() : values[step];
}

std::string range_words(const std::vector<float>& values) {
  const auto [least, most] = std::ranges::minmax_element(values);
  const std::string low = number_text(static_cast<double>(*least)), high = number_text(static_cast<double>(*most));
  return low == high ? low : low + " … " + high;
}

Axis height_of_side(const ScaledSide& side) {
  float low = 0, high = 0;
  const auto widen = [&](float value) {
    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  };
  for (const std::vector<float>* curve : {&side.beat, &side.zero, &side.one, &side.normal.low, &side.normal.high})
    std::ranges::for_each(*curve, widen);
  return settled({.low = static_cast<double>(low), .high = static_cast<double>(high), .title = side.unit});
}

std::string csv_of_side(const Snapshot& s, const ScaledSide& side) {
  const NamedCurve curves[] = {{"recorded", side.beat},          {"becomes 0", side.zero},
                               {"becomes 1", side.one},          {side.strip, side.strip_values},
                               {"normal from", side.normal.low}, {"normal to", side.normal.high}};
  return curves_csv(s, curves);
}

void draw_scaled(Ui& ui, Rect rect, const ScaledSide& side, const Snapshot& s, const TimeAxis& time,
                 LinePlotState& state, Brush& brush) {
  const Theme& theme = ui.theme;
  const Export out{.name = side.id,
                   .rect = rect,
                   .csv = [&] { return csv_of_side(s, side); },
                   .draw =
                       [&](Ui& page, const Rect& whole) {
                         LinePlotState at_rest;
                         Brush none;
                         draw_scaled(page, whole, side, s, time, at_rest, none);
                       }};
  rect.take_left(theme.u(kStripLabel));
  const Rect words = rect.take_bottom(theme.line(Type::small));
  rect.take_bottom(theme.u(kStripGap));
  const Rect strip = rect.take_bottom(theme.u(kStrip));
  rect.take_bottom(theme.u(kStripGap));
  const Axis y = height_of_side(side);
  Rect body = rect;
  body.take_top(plot_heading_height(ui));
  const Plane shown = plane_in(ui, body, time.axis(), y);
  const Plane plane{time.steps(), y, shown.area};
  {
    const Clip clip(ui, plane.area);
    fill_band(ui, plane, side.normal);
    for (const std::vector<float>* fitted : {&side.zero, &side.one}) draw_dashed(ui, plane, *fitted, theme->ink2);
  }
  const Series series[] = {{.label = "recorded", .values = side.beat, .colour = theme->ink}};
  const Series read_as_well[] = {{.label = "becomes 0", .values = side.zero},
                                 {.label = "becomes 1", .values = side.one},
                                 {.label = std::string(side.strip), .values = side.strip_values}};
  LinePlot plot = time.plot();
  plot.heading = side.heading, plot.series = series, plot.read_as_well = read_as_well;
  plot.more_keys = std::span(&side.key, 1);
  plot.part_of = &out;
  plot.y_title = y.title, plot.y_low = y.low, plot.y_high = y.high;
  line_plot(ui, side.id, rect, plot, state, brush);
  draw_strip(ui, plane, {plane.area.x, strip.y, plane.area.w, strip.h}, side.strip, side.strip_values);
  text(ui, {plane.area.x, words.y, plane.area.w, words.h}, side.words,
       {.type = Type::small, .colour = theme->ink2, .may_cut = true});
}

}  // namespace

FittedPairs fitted_pairs(const Beats& beats) {
  FittedPairs pairs;
  for (std::size_t i = 0; i < beats.width; ++i) {
    pairs.centre.push_back(number_of(beats.scaling.offsets(), i, 0));
    pairs.spread.push_back(1 / number_of(beats.scaling.factors(), i, 1));
  }
  return pairs;
}

std::vector<float> FittedPairs::weights() const {
  const float least = *std::ranges::min_element(spread);
  std::vector<float> all;
  for (const float each : spread) all.push_back(least * least / (each * each));
  return all;
}

std::string words_of(const FittedPairs& pairs) {
  return "centre " + range_words(pairs.centre) + ", spread " + range_words(pairs.spread);
}

std::string words_of_weights(const FittedPairs& pairs) {
  const auto [least, most] = std::ranges::minmax_element(pairs.spread);
  const double times = static_cast<double>(*most) / static_cast<double>(*least);
  if (times * times < kAlike) return "every place counts alike";
  return "one place counts up to " + number_text(times * times, {.digits = 2}) + " times as much as another";
}

void ScalingPane::draw(Ui& ui, Rect rect, const Snapshot& s, std::span<const float> beat) {
  const Beats& beats = *s.beats;
  const FittedPairs pairs = fitted_pairs(beats);
  ScaledSide after{.id = "scaling-after",
                   .heading = "To the network",
                   .strip = "weight",
                   .words = words_of_weights(pairs),
                   .unit = unit_of(settings_of(s)),
                   .key = {.label = "normal ± 2 σ", .area = true, .colour = ui.theme.ink_share(kNormalKeyShare)},
                   .beat = {beat.begin(), beat.end()},
                   .zero = std::vector<float>(beats.width, 0),
                   .one = std::vector<float>(beats.width, 1),
                   .strip_values = pairs.weights(),
                   .normal = normal_band(beats)};
  ScaledSide before{.id = "scaling-before",
                    .heading = "In the data",
                    .strip = "spread",
                    .words = words_of(pairs),
                    .unit = {},
                    .key = {.label = "becomes 0 and 1", .dashed = true, .colour = ui.theme->ink2},
                    .beat = after.beat,
                    .zero = pairs.centre,
                    .one = after.one,
                    .strip_values = pairs.spread,
                    .normal = after.normal};
  for (std::vector<float>* curve : {&before.beat, &before.one, &before.normal.low, &before.normal.high})
    beats.scaling.undo(*curve);
  const TimeAxis time(s, kNamesOfHalf);
  const float half = (rect.w - ui.theme.u(kBetweenPlots)) / 2;
  draw_scaled(ui, rect.take_left(snap(half)), before, s, time, before_, brush_);
  rect.take_left(ui.theme.u(kBetweenPlots));
  draw_scaled(ui, rect, after, s, time, after_, brush_);
}

}  // namespace vitrine::views::heartbeats
