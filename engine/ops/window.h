// A Window says how a frame of a few cells moves over the spatial axes of a tensor [batch, spatial.., channels], of
// which there are one to three: how far it steps, how far apart its cells lie, and what lies around the tensor. Lists
// hold one number for each spatial axis, or one for all. Placed on extents it becomes plain numbers, which are the
// first four attributes of every op that has windows.
#pragma once

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

struct Padding {
  enum class Kind : std::uint8_t { valid, same, given };
  Kind kind = Kind::valid;
  Integers before, after;  // where given
  bool round_up = false;   // where given: a last frame that is cut off counts too

  static Padding same() { return {Kind::same, {}, {}}; }
  static Padding around(std::int64_t cells) { return {Kind::given, {cells}, {cells}}; }
  static Padding sides(Integers before, Integers after) { return {Kind::given, std::move(before), std::move(after)}; }
};

struct Window {
  Integers strides{1};
  Integers dilations{1};
  Padding padding;
};

// Strides, cells before, cells after, dilations: for an op on these spatial extents with a frame of these extents.
Attrs place(std::string_view op, const Window& window, const Integers& extents, const Integers& frame);

// How often the frame fits along each axis; refuses attributes (the first four of the op) that mean nothing.
Integers placements(const ShapeRule& rule, const Integers& extents, const Integers& frame);

// The spatial extents of [batch, spatial.., channels]; the tensor has one to three of them.
Integers spatial_extents(const ShapeRule& rule, int input, std::string_view argument);
// [batch, spatial.., channels]
Shape image_shape(std::int64_t batch, const Integers& spatial, std::int64_t channels);

// A public function with windows accepts a tensor without a batch axis: it is given one, and the result loses it.
struct Batched {
  Tensor x;
  bool added = false;
  Tensor result(const Tensor& y) const;
};
Batched batched(std::string_view op, const Tensor& x, std::size_t spatial);
Integers spatial_extents(const Tensor& x);  // of a batched tensor

}  // namespace vitrine::ops
