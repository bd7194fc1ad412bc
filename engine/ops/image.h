// Images [batch, height, width, channels] (the batch axis may be missing) taken at other places: resized, cut out,
// turned, seen through a projection. All of it is one op, a linear map given as lists: so every gradient is exact, of
// any order.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kResample;

// For each place of the result: a constant, and what is taken from where with which weight.
struct SampleList {
  Integers starts{0};  // one more than places: the list of place o is from starts[o] to starts[o + 1]
  Integers sources;
  Reals weights;
  Reals constants;  // one for each place; none: all zero

  void take(std::int64_t source, double weight);
  void finish(double constant = 0);  // ends the list of a place
};
// x is [before, cells, after], the result [before, places, after].
Tensor resample(const Tensor& x, SampleList list);

enum class Interpolation : std::uint8_t { nearest, bilinear };

struct ResizeOptions {
  Interpolation interpolation = Interpolation::bilinear;
  bool align_corners = false;       // the corner cells stay in the corners
  bool half_pixel_centers = false;  // cells are squares, not points
};
Tensor resize(const Tensor& images, std::int64_t height, std::int64_t width, const ResizeOptions& options = {});

// Boxes are rows of y1, x1, y2, x2 from 0 to 1; box i is cut out of image box_indices[i]. What lies outside is
// `outside`. Boxes and indices must have numbers already, and get no gradient.
Tensor crop_and_resize(const Tensor& images, const Tensor& boxes, const Tensor& box_indices, std::int64_t height,
                       std::int64_t width, Interpolation interpolation = Interpolation::bilinear, double outside = 0);

// Turned by an angle around a centre, given in parts of width and height. `fill` is one number, or one for each
// channel (then a fourth channel, opacity, is filled with 255).
Tensor rotate(const Tensor& images, double radians, const Reals& fill = {0}, double center_x = 0.5,
              double center_y = 0.5);

enum class FillMode : std::uint8_t { constant, reflect, wrap, nearest };

// The result at (x, y) is the image at ((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k) with k = c0 x + c1 y + 1; a row
// of transforms is a0 a1 a2 b0 b1 b2 c0 c1, one for all images or one for each. Transforms must have numbers already,
// and get no gradient.
Tensor transform(const Tensor& images, const Tensor& transforms, std::int64_t height, std::int64_t width,
                 Interpolation interpolation = Interpolation::nearest, FillMode mode = FillMode::constant,
                 double fill = 0);

}  // namespace vitrine::ops
