// Head line, curves over their band, error strip.
#include "views/heartbeats/beat_pane.h"

#include <algorithm>
#include <cmath>

#include "app/ui/read_out.h"
#include "engine/core/number.h"

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {

namespace look {
constexpr float kStrip = 5, kStripGap = 2, kLabel = 4;  // units
constexpr float kBandShare = 0.10f;                     // of ink: the band is ground, not data
constexpr float kDifferenceShare = 0.45f;               // of the second category
constexpr float kBand = 2;                              // deviations to each side
}  // namespace look

struct Curves {
  std::span<const float> recorded, rebuilt;
};

Curves curves_of(const Snapshot& s, std::size_t beat) {
  const std::size_t width = s.beats->width;
  return {std::span(s.beats->validation.values).subspan(beat * width, width),
          std::span(s.validation->rebuilt.values).subspan(beat * width, width)};
}

Axis height_of(const Snapshot& s, const Curves& c) {
  float low = 0, high = 0;
  const auto widen = [&](float value) {
    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  };
  for (const float value : c.recorded) widen(value);
  for (const float value : c.rebuilt) widen(value);
  for (std::size_t i = 0; i < s.beats->width; ++i) {
    widen(s.beats->mean[i] + look::kBand * s.beats->deviation[i]);
    widen(s.beats->mean[i] - look::kBand * s.beats->deviation[i]);
  }
  // Rounding may widen again what was rounded; the plot rounds as well, and both must come to the same ends.
  Axis axis{.low = static_cast<double>(low), .high = static_cast<double>(high)};
  for (double before = 0; before != axis.high - axis.low;) {
    before = axis.high - axis.low;
    axis = rounded(axis);
  }
  return axis;
}

// Soft edges would show as seams where one piece of an area meets the next.
class NoSoftEdges {
 public:
  explicit NoSoftEdges(Ui& ui) : list_(ui.canvas()), before_(list_->Flags) {
    list_->Flags = before_ & ~ImDrawListFlags_AntiAliasedFill;
  }
  ~NoSoftEdges() { list_->Flags = before_; }
  NoSoftEdges(const NoSoftEdges&) = delete;
  NoSoftEdges& operator=(const NoSoftEdges&) = delete;

 private:
  ImDrawList* list_;
  ImDrawListFlags before_;
};

// Between two curves, step by step; where they cross, in two triangles.
void fill_between(Ui& ui, const Plane& plane, std::span<const float> a, std::span<const float> b, Colour colour) {
  const auto at = [&](double x, float y) { return plane.at(x, static_cast<double>(y)); };
  const NoSoftEdges hard(ui);
  for (std::size_t i = 0; i + 1 < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i]) || !std::isfinite(a[i + 1]) || !std::isfinite(b[i + 1])) continue;
    const auto x = static_cast<double>(i);
    const float here = a[i] - b[i], next = a[i + 1] - b[i + 1];
    if (here * next >= 0) {
      const Point corners[] = {at(x, a[i]), at(x + 1, a[i + 1]), at(x + 1, b[i + 1]), at(x, b[i])};
      polygon(ui, corners, colour);
      continue;
    }
    const float share = here / (here - next);
    const Point cross = at(x + static_cast<double>(share), a[i] + (a[i + 1] - a[i]) * share);
    const Point left[] = {at(x, a[i]), cross, at(x, b[i])};
    const Point right[] = {cross, at(x + 1, a[i + 1]), at(x + 1, b[i + 1])};
    polygon(ui, left, colour);
    polygon(ui, right, colour);
  }
}

void fill_band(Ui& ui, const Plane& plane, const Beats& beats) {
  std::vector<float> low, high;
  for (std::size_t i = 0; i < beats.width; ++i) {
    low.push_back(beats.mean[i] - look::kBand * beats.deviation[i]);
    high.push_back(beats.mean[i] + look::kBand * beats.deviation[i]);
  }
  fill_between(ui, plane, high, low, ui.theme.ink_share(look::kBandShare));
}

void draw_strip(Ui& ui, const Plane& plane, const Rect& strip, const Curves& c) {
  const Theme& theme = ui.theme;
  float most = 0;
  for (std::size_t i = 0; i < c.recorded.size(); ++i) most = std::max(most, std::fabs(c.recorded[i] - c.rebuilt[i]));
  for (std::size_t i = 0; i < c.recorded.size(); ++i) {
    const double x = static_cast<double>(i);
    const float left = snap(plane.at(std::max(plane.x.low, x - 0.5), 0).x);
    const float right = snap(plane.at(std::min(plane.x.high, x + 0.5), 0).x);
    const float share = most > 0 ? std::fabs(c.recorded[i] - c.rebuilt[i]) / most : 0;
    fill(ui, {left, strip.y, right - left, strip.h}, theme.diverging(-share));
  }
  const float width = text_width(ui, Type::small, "error");
  const Rect label{strip.x - theme.u(1) - width, strip.y, width, strip.h};
  text(ui, label, "error", {.type = Type::small, .colour = theme->ink3, .align = Align::right});
}

void draw_head(Ui& ui, Rect line, const Snapshot& s, std::size_t beat) {
  const Theme& theme = ui.theme;
  const bool strange = s.beats->validation.anomalous[beat] != 0;
  const std::string title = "Beat " + to_text(static_cast<std::int64_t>(beat));
  line.take_left(text(ui, line, title, {.type = Type::title}) + theme.u(4));
  const float radius = theme.px(measure::point);
  shape(ui, strange ? 1 : 0, {line.x + radius, line.middle_y()}, radius);
  line.take_left(2 * radius + theme.u(2));
  const std::size_t kind = s.beats->validation.kinds[beat];
  const std::string name = kind < s.beats->kinds.size() ? s.beats->kinds[kind] : "";
  const float score = s.validation->rebuilt.scores[beat];
  const bool flagged = static_cast<double>(score) > s.validation->threshold;
  line.take_left(text(ui, line, name, {.colour = theme->ink2, .may_cut = true}) + theme.u(6));
  const std::string verdict = std::string(flagged ? "flagged" : "passes") + ": error " + number_text(score) +
                              (flagged ? " above " : " up to ") + number_text(s.validation->threshold);
  if (text_width(ui, Type::body, verdict) < line.w) text(ui, line, verdict, {.colour = theme->ink2});
}

}  // namespace

void BeatPane::draw(Ui& ui, Rect rect, const Snapshot& s, std::size_t beat) {
  const Theme& theme = ui.theme;
  draw_head(ui, rect.take_top(theme.line(Type::title)), s, beat);
  rect.take_left(theme.u(look::kLabel));  // with the labels of the axis: room for "error"
  const Rect strip = rect.take_bottom(theme.u(look::kStrip));
  rect.take_bottom(theme.u(look::kStripGap));
  const Curves c = curves_of(s, beat);
  const Axis y = height_of(s, c);
  const auto last = static_cast<double>(s.beats->width - 1);
  std::vector<std::int64_t> steps(s.beats->width);
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i] = static_cast<std::int64_t>(i);
  const std::vector<Series> series{{.label = "recorded", .values = c.recorded, .category = 0},
                                   {.label = "rebuilt", .values = c.rebuilt, .category = 1}};
  const LinePlot plot{.steps = steps,
                      .series = series,
                      .x_name = "step",
                      .x_title = "steps",
                      .x_low = 0,
                      .x_high = last,
                      .y_low = y.low,
                      .y_high = y.high};
  Rect body = rect;
  body.take_top(plot_heading_height(ui));
  const Plane plane = plane_in(ui, body, {.low = 0, .high = last, .title = "steps", .whole = true}, y);
  {
    const Clip clip(ui, plane.area);
    fill_band(ui, plane, *s.beats);
    fill_between(ui, plane, c.recorded, c.rebuilt, fade(theme.category(1), look::kDifferenceShare));
  }
  line_plot(ui, "beat", rect, plot, plot_, brush_);
  draw_strip(ui, plane, {plane.area.x, strip.y, plane.area.w, strip.h}, c);
}

void BeatPane::picture(Ui& ui, const Rect& rect, const Snapshot& s, std::size_t beat) {
  const Curves c = curves_of(s, beat);
  const Plane plane{{.low = 0, .high = static_cast<double>(s.beats->width - 1)}, height_of(s, c), rect};
  const Clip clip(ui, rect);
  fill_band(ui, plane, *s.beats);
  fill_between(ui, plane, c.recorded, c.rebuilt, fade(ui.theme.category(1), look::kDifferenceShare));
  const auto curve = [&](std::span<const float> values, Colour colour) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isfinite(values[i])) points.push_back(plane.at(static_cast<double>(i), static_cast<double>(values[i])));
    }
    polyline(ui, points, colour, ui.theme.px(measure::stroke_curve));
  };
  curve(c.recorded, ui.theme->ink);
  curve(c.rebuilt, ui.theme.category(0));
}

}  // namespace vitrine::views::heartbeats
