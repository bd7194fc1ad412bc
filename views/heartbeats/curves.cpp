// Soft edges are left where a curve ends, never inside an area.
#include "views/heartbeats/curves.h"

#include <algorithm>
#include <cmath>

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {

constexpr float kBandShare = 0.10f;  // of ink: the band is ground, not data
constexpr float kDeviations = 2;
constexpr int kRoundings = 4;  // after two or three nothing moves

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

std::vector<Point> points_of(const Plane& plane, std::span<const float> values) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) points.push_back(plane.at(static_cast<double>(i), static_cast<double>(values[i])));
  }
  return points;
}

}  // namespace

std::string unit_of(const Settings& s) {
  const bool deviations =
      s.scaling == datasets::ScalingKind::standard || (s.scaling == datasets::ScalingKind::none && s.generated());
  return deviations ? "σ" : "";
}

Axis settled(Axis axis) {
  for (int i = 0; i < kRoundings; ++i) axis = rounded(axis);
  return axis;
}

void draw_curve(Ui& ui, const Plane& plane, std::span<const float> values, Colour colour, float width) {
  polyline(ui, points_of(plane, values), colour, width);
}

void draw_dashed(Ui& ui, const Plane& plane, std::span<const float> values, Colour colour) {
  const Theme& theme = ui.theme;
  dashed(ui, points_of(plane, values), colour, theme.stroke(measure::stroke_axis), theme.px(measure::dash_on),
         theme.px(measure::dash_off));
}

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

Band normal_band(const Beats& beats) {
  Band band;
  for (std::size_t i = 0; i < beats.width; ++i) {
    band.low.push_back(beats.mean[i] - kDeviations * beats.deviation[i]);
    band.high.push_back(beats.mean[i] + kDeviations * beats.deviation[i]);
  }
  return band;
}

void fill_band(Ui& ui, const Plane& plane, const Band& band) {
  fill_between(ui, plane, band.high, band.low, ui.theme.ink_share(kBandShare));
}

void draw_strip(Ui& ui, const Plane& plane, const Rect& strip, std::string_view label, std::span<const float> values) {
  const Theme& theme = ui.theme;
  float most = 0;
  for (const float value : values) most = std::max(most, std::fabs(value));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = static_cast<double>(i);
    const float left = snap(plane.at(std::max(plane.x.low, x - 0.5), 0).x);
    const float right = snap(plane.at(std::min(plane.x.high, x + 0.5), 0).x);
    fill(ui, {left, strip.y, right - left, strip.h}, theme.diverging(most > 0 ? values[i] / most : 0));
  }
  const float width = text_width(ui, Type::small, label);
  const Rect words{strip.x - theme.u(1) - width, strip.y, width, strip.h};
  text(ui, words, label, {.type = Type::small, .colour = theme->ink3, .align = Align::right});
}

}  // namespace vitrine::views::heartbeats
