// A Scatter shows items as points: few are drawn as shapes of their category, many arrive as a Splat that the worker
// counted, so that a hundred thousand cost one picture. Any of them can be pointed at and chosen.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/plot_axes.h"
#include "app/ui/rows.h"
#include "app/ui/selection.h"
#include "app/ui/texture.h"

namespace vitrine::ui {

inline constexpr std::size_t kDirectPoints = 5000;  // above, points are a picture

// How much of which category lies on each pixel of a plane. Plain data: the worker makes it.
struct Splat {
  int width = 0, height = 0;
  std::uint64_t version = 0;
  std::vector<float> weight;           // of all points, rows from the top
  std::vector<std::uint8_t> category;  // the one with most of it
};
// What part of the plane is seen.
struct Extent {
  double x_low = 0, x_high = 1, y_low = 0, y_high = 1;
};
Splat splat(std::span<const float> x, std::span<const float> y, std::span<const std::uint8_t> category,
            const Extent& range, int width, int height, std::uint64_t version);

struct ScatterPlace {
  double x = 0, y = 0;
};

struct Scatter {
  std::string_view heading = {}, caption = {};       // "Bottleneck", "3 units"
  bool legend = true;                                // false: a neighbour has the same
  std::span<const float> x = {}, y = {};             // one each per item; what is not finite is left out
  std::span<const std::uint8_t> category = {};       // empty: all of the first
  std::span<const std::string> category_names = {};  // legend and read-out
  Extent range = {};
  std::string_view x_title = {}, y_title = {};
  const Splat* splat = nullptr;              // over the same range; needed above kDirectPoints
  std::span<const ScatterPlace> trail = {};  // the way that one of the items has come
  std::optional<ScatterPlace> handle = {};   // a place of the plane that the hand or the arrows move
};

struct ScatterState {
  bool inside = false;
  std::size_t cursor = 0;
  Texture picture;
  std::optional<Look> look;
  std::optional<ScatterPlace> moved;  // where the handle is wanted, in this frame
  Edit edit = Edit::none;             // changed while it is held, committed when let go
};

// True when an item was chosen just now: it is selection.chosen.
bool scatter(Ui& ui, std::string_view id, const Rect& rect, const Scatter& plot, ScatterState& state,
             Selection& selection);
std::string csv(const Scatter& plot);

}  // namespace vitrine::ui
