// An Svg is a drawing written down as marks instead of pixels: while a Ui carries one, the drawing functions tell it
// what they draw, so every widget can be saved as vectors by the code that draws it on screen. Text stays text.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/ui/layout.h"
#include "app/ui/texture.h"
#include "app/ui/theme.h"

namespace vitrine::ui {

struct SvgText {
  std::string_view family;  // "Inter"
  float size = 0;
  int weight = 400;
  float width = 0;  // what it takes on screen: another font is spaced to it
};

class Svg {
 public:
  // Coordinates are device pixels at a scale; the page's size is given as at 100 %.
  Svg(const Rect& page, float scale);

  void box(const Rect& rect, Colour colour, float radius);
  void frame(const Rect& rect, Colour colour, float width, float radius);
  void path(std::span<const Point> points, Colour colour, float width, bool closed = false);
  void dashes(std::span<const Point> points, Colour colour, float width, float on, float off);
  void polygon(std::span<const Point> points, Colour colour);
  void disc(Point at, float radius, Colour colour);
  void ring(Point at, float radius, Colour colour, float width);
  void picture(const Texture& texture, const Rect& rect, float radius, float opacity);
  void text(Point baseline, std::string_view text, Colour colour, const SvgText& style);
  void push_clip(const Rect& rect);
  void pop_clip();

  std::string finish();  // the whole document; open clips are closed

 private:
  void clip_path(const Rect& rect, float radius);

  std::string out_;
  int clips_ = 0, open_ = 0;  // clip paths so far; groups that are open
};

}  // namespace vitrine::ui
