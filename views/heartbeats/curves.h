// What Heartbeats draws of beats over a plane: curves, areas between them, the band of what is usual, and a strip with
// a colour for each step.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/plot_axes.h"
#include "views/heartbeats/beats.h"
#include "views/heartbeats/settings.h"

namespace vitrine::views::heartbeats {

inline constexpr float kStrip = 5, kStripGap = 2;  // units

// What numbers of the network count in, where that has a name: deviations, of the beat itself or of its step.
std::string unit_of(const Settings& settings);
// Rounding may widen again what was rounded; plots round as well, and all must come to the same ends.
ui::Axis settled(ui::Axis axis);

void draw_curve(ui::Ui& ui, const ui::Plane& plane, std::span<const float> values, ui::Colour colour, float width);
void draw_dashed(ui::Ui& ui, const ui::Plane& plane, std::span<const float> values, ui::Colour colour);
void fill_between(ui::Ui& ui, const ui::Plane& plane, std::span<const float> a, std::span<const float> b,
                  ui::Colour colour);
struct Band {
  std::vector<float> low, high;
};
Band normal_band(const Beats& beats);  // two deviations to each side of the mean normal beat
void fill_band(ui::Ui& ui, const ui::Plane& plane, const Band& band);
// A colour for each step as a share of the largest, above zero and below; a word at the left.
void draw_strip(ui::Ui& ui, const ui::Plane& plane, const ui::Rect& strip, std::string_view label,
                std::span<const float> values);

}  // namespace vitrine::views::heartbeats
