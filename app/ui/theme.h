// A Theme is everything about the look that is a number: one table of colours for each look (dark, light, high
// contrast), the type sizes, the unit and the measures, at one scale. It is a value that is passed along; what follows
// from the table (contrast, colour-blind distance, text colour on a cell) is computed here and tested against it.
#pragma once

#include <array>
#include <cstdint>

namespace vitrine::ui {

using Colour = std::uint32_t;  // red in the low byte, alpha in the high one: as a draw list takes it

constexpr Colour rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
  return (alpha << 24) | ((hex & 0xFF) << 16) | (hex & 0xFF00) | (hex >> 16 & 0xFF);
}
constexpr int red(Colour c) {
  return static_cast<int>(c & 0xFF);
}
constexpr int green(Colour c) {
  return static_cast<int>(c >> 8 & 0xFF);
}
constexpr int blue(Colour c) {
  return static_cast<int>(c >> 16 & 0xFF);
}
constexpr int alpha(Colour c) {
  return static_cast<int>(c >> 24);
}
Colour fade(Colour c, float opacity);              // the same colour, its alpha times opacity
Colour mix(Colour a, Colour b, float share_of_b);  // between two opaque colours, in sRGB
Colour over(Colour top, Colour ground);            // what is seen when top is blended onto an opaque ground
float luminance(Colour c);                         // WCAG relative luminance, 0 … 1
float contrast(Colour a, Colour b);                // WCAG contrast ratio, 1 … 21
Colour text_on(Colour cell);                       // black or white, whichever reads on a coloured cell
enum class Sight { normal, protan, deutan, tritan };
float oklab_distance(Colour a, Colour b, Sight sight);  // how far apart two colours look, to that sight

enum class Look { dark, light, contrast };
inline constexpr int kLooks = 3;
inline constexpr int kCategories = 8;

struct Tokens {
  Colour wall, pane, ink, ink2, ink3, hair, accent, on_accent, warning, error, raised;
  Colour segment;                   // ground of the chosen segment and of a switched-off knob where white is meant
  float overlay_gain;               // ink overlays are this much stronger in high contrast
  float error_overlay;              // banner ground
  float raised_edge;                // ink share of the edge of raised parts
  bool pane_edge;                   // the pane has a hair line round it
  std::array<Colour, 9> diverging;  // −1 … +1
  std::array<Colour, kCategories> categories;
  Colour point1, point2, point_test, point_casing;
};

// The only table of colours. Everything else asks it.
const Tokens& tokens(Look look);

// Ink overlays, as shares of ink composited over what lies beneath.
enum class Overlay { hovered_row, tray, quiet, bar_track, area, track, quiet_hover, segment, future, axis, hair_line };
inline constexpr float kDisabledOpacity = 0.40f;  // of a disabled button
inline constexpr float kPresented = 1.25f;        // lines, marks and tiles are so much heavier before an audience
inline constexpr float kFieldRange = 0.68f;       // the big field uses this much of the diverging range

// The type table: nine faces for the seven names (body and small also have a medium weight for values).
enum class Type { display, title, big, section, body, value, small, small_value, mono };
inline constexpr int kTypes = 9;
struct TypeSize {
  float size, line;  // px at 100 %
};
TypeSize type_size(Type type);

// Measures in px at 100 %; Theme::px scales them. Distances that are not here are whole units.
namespace measure {
inline constexpr float unit = 4;
inline constexpr float top_bar = 12 * unit, run_bar = 19 * unit, run_bar_compact = 16 * unit;
inline constexpr float controls = 68 * unit, controls_compact = 58 * unit, story = 76 * unit;
inline constexpr float column_padding = 5 * unit, column_padding_compact = 4 * unit, story_padding = 6 * unit;
inline constexpr float plot_gap_across = 15 * unit, plot_gap_down = 18 * unit;
inline constexpr float heading_gap = 4 * unit, group_gap = 8 * unit;
inline constexpr float slider_pitch = 48, slider_pitch_compact = 39, choice_pitch = 36, choice_pitch_compact = 31;
inline constexpr float track_below = 16, track_below_compact = 13;  // slider track under the label's baseline
inline constexpr float segmented_height = 30, button_height = 34, menu_row = 34, table_row = 32, table_row_compact = 28;
inline constexpr float radius_pane = 10, radius_button = 8, radius_segmented = 7, radius_tile = 5, radius_cell = 4,
                       radius_bar = 2;
inline constexpr float stroke_icon = 1.5f, stroke_curve = 1.75f, stroke_chosen = 2.25f, stroke_track = 2,
                       stroke_axis = 1, stroke_ring = 2;
inline constexpr float knob = 6, knob_focused = 7, knob_ring = 11, point = 3.7f, point_casing = 1.4f,
                       point_hollow = 1.5f;
inline constexpr float toggle_width = 30, toggle_height = 17, icon = 16, icon_bar = 18, icon_pitch = 36;
inline constexpr float play_radius = 22, scrollbar = 6, focus_gap = 3;
inline constexpr float readout_padding = 7, readout_row = 20, readout_away = 14;
inline constexpr float dash_on = 4, dash_off = 3, legend_lift = 4.5f;
inline constexpr float help_width = 300, banner_bar = 3, work_bar = 3, modified_dot = 2;
inline constexpr float toggle_gap = 2.5f, segment_gap = 2, chevron = 13, empty_icon = 24;
}  // namespace measure

class Theme {
 public:
  Theme(Look look, float scale, bool compact = false, bool presenting = false)
      : look_(look), scale_(scale), compact_(compact), presenting_(presenting) {}

  Look look() const { return look_; }
  float scale() const { return scale_; }
  bool compact() const { return compact_; }
  bool presenting() const { return presenting_; }
  const Tokens& t() const { return tokens(look_); }
  const Tokens* operator->() const { return &tokens(look_); }  // theme->ink

  float px(float at_100) const { return at_100 * scale_; }                                  // radii, optical shifts
  float stroke(float at_100) const { return px(at_100) * (presenting_ ? kPresented : 1); }  // widths of lines
  float mark(float at_100) const { return px(at_100) * (presenting_ ? kPresented : 1); }    // points, rings, tiles
  float u(float units = 1) const;  // distances: whole device pixels
  float size(Type type) const;     // of the font, px
  float line(Type type) const;     // of its line, px
  float slider_pitch() const;
  float choice_pitch() const;

  Colour overlay(Overlay which) const;                 // translucent ink, to draw with
  Colour overlay(Overlay which, Colour ground) const;  // what it looks like on that ground
  Colour ink_share(float share) const;                 // translucent ink of any share, gain applied
  Colour diverging(float v) const;                     // −1 … +1, clamped; NaN is the error colour
  Colour sequential(float v) const;                    // 0 … 1: the positive half
  Colour category(int i) const;                        // 0 … 7; beyond: ink 3
  Colour inverse_quiet() const;                        // names on an ink ground (read-outs, toasts)
  Colour signed_ink(float v) const;                    // a signed number in a table: the map's end mixed with ink

 private:
  Look look_;
  float scale_;
  bool compact_, presenting_;
};

}  // namespace vitrine::ui
