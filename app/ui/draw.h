// Drawing is what every widget is made of: text that knows its baseline and its box, lines on whole pixels, dashes, the
// shapes that go with category colours, the focus ring, the read-out on hover, the legend. It reports text to the
// audit.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/number.h"
#include "app/ui/ui.h"

namespace vitrine::ui {

// --- text: always one face of the type table; never a format string -------------------------------------------------
float text_width(const Ui& ui, Type type, std::string_view text);
// The text, or as much of it as fits with an ellipsis behind.
std::string fitting(const Ui& ui, Type type, std::string_view text, float width);

struct TextStyle {
  Type type = Type::body;
  Colour colour = 0;  // 0 = ink
  Align align = Align::left;
  bool may_cut = false;  // user text: an ellipsis is no fault
};
// One line whose capitals are centred in the box; returns the width drawn.
float text(Ui& ui, const Rect& box, std::string_view text, TextStyle style = {});
// One line standing on a baseline between left and right.
float text_on(Ui& ui, float left, float right, float baseline, std::string_view text, TextStyle style = {});
// The baseline of a line centred in the box, for things that must stand beside each other.
float baseline_in(const Ui& ui, const Rect& box, Type type);
// Words wrapped into the box's width; returns the height used. With draw = false only measures.
float paragraph(Ui& ui, const Rect& box, std::string_view text, TextStyle style = {}, bool draw = true);

// What the two above are made of: glyphs at a pen position without a report; the whole run for a recording; and the
// report (ground and heights filled in here).
void glyphs(Ui& ui, float x, float baseline, std::string_view text, Type type, Colour colour);
void record_run(Ui& ui, float x, float baseline, float width, std::string_view text, Type type, Colour colour);
void report_run(Ui& ui, Audit::Run run, Type type, float baseline);
std::uint32_t audit_layer(const Ui& ui);  // what is drawn now: the window, a menu, or what lies over all of them
std::size_t next_character(std::string_view text, std::size_t at);  // of UTF-8

// --- geometry --------------------------------------------------------------------------------------------------------
float snap(float v);  // to a whole device pixel
Rect snap(const Rect& r);
void fill(Ui& ui, const Rect& rect, Colour colour, float radius = 0);
void outline(Ui& ui, const Rect& rect, Colour colour, float width = 1, float radius = 0);  // inside the rectangle
void line(Ui& ui, Point a, Point b, Colour colour, float width = 1);
void rule(Ui& ui, float x, float y, float w, Colour colour);     // 1 px across, on the pixel
void upright(Ui& ui, float x, float y, float h, Colour colour);  // 1 px down
void polyline(Ui& ui, std::span<const Point> points, Colour colour, float width, bool closed = false);
void dashed(Ui& ui, std::span<const Point> points, Colour colour, float width, float on, float off);
void area(Ui& ui, std::span<const Point> points, float base, Colour colour);  // between a curve and its base line
// Not on whole pixels: for the parts of small marks, which would bend.
void exact_box(Ui& ui, const Rect& rect, Colour colour, float radius = 0);
void exact_frame(Ui& ui, const Rect& rect, Colour colour, float width, float radius);
std::vector<Point> arc_points(Point centre, float radius, float from, float to);  // degrees, clockwise from the right
void polygon(Ui& ui, std::span<const Point> corners, Colour colour);              // convex
void patch(Ui& ui, std::span<const Point> corners, Colour colour);                // likewise, and no seam beside others
void disc(Ui& ui, Point at, float radius, Colour colour);
void ring(Ui& ui, Point at, float radius, Colour colour, float width);
void picture(Ui& ui, const Texture& texture, const Rect& rect, float radius = 0, float opacity = 1);

// Nothing is drawn outside the rectangle while this lives.
class Clip {
 public:
  Clip(Ui& ui, const Rect& rect);
  ~Clip();
  Clip(const Clip&) = delete;
  Clip& operator=(const Clip&) = delete;

 private:
  Ui& ui_;
};

// --- categories: colour and shape together ---------------------------------------------------------------------------
void shape(Ui& ui, int category, Point at, float radius, Colour colour, Colour casing = 0, float casing_width = 0);
inline void shape(Ui& ui, int category, Point at, float radius) {
  shape(ui, category, at, radius, ui.theme.category(category));
}
// Its outline, on a ground of its own when it has one.
void hollow_shape(Ui& ui, int category, Point at, float radius, Colour colour, Colour ground = 0);

// --- states
// ------------------------------------------------------------------------------------------------------------
void focus_ring(Ui& ui, const Rect& rect, float radius);   // 2 px accent, 3 outside, radius + 3
void chosen_ring(Ui& ui, const Rect& rect, float radius);  // ink, 2 px, 3 outside

// --- read-out on hover: inverse of the theme, beside the point, never over it, never outside the bounds
// -----------------
struct Reading {
  std::string name, value;
};
void readout(Ui& ui, Point at, const Rect& bounds, std::span<const Reading> rows);

// --- legend: right-aligned on a heading's line; returns its width
// --------------------------------------------------------
struct LegendKey {
  std::string label = {};
  int category = 0;
  bool dashed = false, points = false, area = false;  // an area has a square of its colour
  Colour colour = 0;                                  // 0 = the category's
};
float legend(Ui& ui, const Rect& heading, std::span<const LegendKey> keys);
float legend_width(const Ui& ui, std::span<const LegendKey> keys);

}  // namespace vitrine::ui
