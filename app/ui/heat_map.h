// A HeatMap is a grid of numbers seen as colours, one picture (a field, a loss surface) with iso-lines and points on
// top. It tells where the pointer is in values, so that a person can take hold of a place.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/plane_view.h"
#include "app/ui/texture.h"

namespace vitrine::ui {

enum class ColourMap { diverging, sequential };

struct MapMark {  // a data point on the map
  double x = 0, y = 0;
  int category = 0;     // class 1 and 2 in their point colours, lighter than the field
  bool hollow = false;  // a test point
};

struct HeatMap {
  int width = 0, height = 0;
  std::span<const float> values = {};  // row after row from the top (where y is high); each is the middle of its cell
  std::uint64_t version = 0;           // grows whenever the values change
  float low = -1, high = 1;            // at the ends of the map
  ColourMap map = ColourMap::diverging;
  float share = 1;      // of the map's colours that is used; kFieldRange below points
  bool smooth = true;   // false: pixels that mean something
  Axis x = {}, y = {};  // labelled when labels is set
  bool labels = true;
  std::span<const float> levels = {};  // of iso-lines; 0 is the thick one
  std::span<const MapMark> marks = {};
  std::function<void(Ui&, const Plane&)> over = {};  // what the view draws on top, also when it is saved
  std::string_view value_name = "value";             // in the read-out; empty: there is none
  bool can_drag = false;                             // the arrows and the pointer take hold of a place
  double cursor_x = 0, cursor_y = 0;                 // that place, when can_drag
  std::optional<PlaneView> view = {};                // which part this is, when others can be looked at
  PlaneViewLimits limits = {};
  Rect heading_line = {};  // what is left of the line above it, to offer itself on; empty: it offers nothing
};

struct IsoLine {
  float level;
  std::vector<Point> points;  // 0 … 1 across and down the area; closed when the last equals the first
};
// Marching squares over the middles of cells, continued flat to the edges; segments joined into lines.
std::vector<IsoLine> iso_lines(std::span<const float> values, int width, int height, std::span<const float> levels);

struct HeatMapState {  // what the view remembers of it: the picture and the lines of the last version
  bool inside = false;
  Texture picture;
  std::vector<IsoLine> lines;
  std::optional<Look> look;
  std::uint64_t version = 0;
  double x = 0, y = 0;  // the keyboard's cursor while nothing can be dragged
  PlaneViewState view;
};

struct HeatMapEvents {
  bool hovered = false, clicked = false;
  bool dragging = false;  // held, or moved by arrows
  bool held = false;      // by the pointer
  bool let_go = false;    // just now
  double x = 0, y = 0;    // where, in values, while one of the above
  PlaneViewEdit view;     // another part is wanted
};

// The area is the map itself; labels hang outside it: kept free by heat_map_margins at the left and below.
HeatMapEvents heat_map(Ui& ui, std::string_view id, const Rect& area, const HeatMap& map, HeatMapState& state);
struct Margins {
  float left = 0, bottom = 0;
};
Margins heat_map_margins(const Ui& ui, const HeatMap& map);

std::string csv(const HeatMap& map);

// The colours of a map as a bar of 150 × 8 at the right of the line, its ends named.
struct ColourScale {
  std::string_view low = "−1", high = "+1";
  ColourMap map = ColourMap::diverging;
  float share = 1;
};
void colour_scale(Ui& ui, const Rect& line, const ColourScale& scale, Texture& bar);

// The colours of a map in 511 steps, found once and then looked up: for many values, or many pictures of them.
class Palette {
 public:
  Palette(const Theme& theme, ColourMap map, float share);

  // One pixel a value; what is no number has the colour of errors.
  void paint(std::span<const float> values, float low, float high, Image& image) const;

 private:
  std::vector<Colour> colours_;
  Colour none_;
};

// What a texture of the map holds, for tiles filled elsewhere: one pixel a value.
void colour_values(const Theme& theme, std::span<const float> values, float low, float high, ColourMap map, float share,
                   Image& image);

}  // namespace vitrine::ui
