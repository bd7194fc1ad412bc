// Arrangements of elements, made of the layout ops.
#include "engine/ops/arrange.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

constexpr std::int64_t kMostEmptyParts = 4096;  // everything divides an axis without extent

[[noreturn]] void refuse(std::string_view op, std::string_view argument, std::string fact, std::string expected,
                         std::string got, std::string remedy) {
  throw ShapeError({"[" + std::string(op) + "] " + std::string(argument), std::move(fact), std::move(expected),
                    std::move(got), std::move(remedy)});
}

std::string counted(std::size_t n) {
  return to_text(static_cast<std::int64_t>(n));
}

void expect_count(std::string_view op, std::string_view argument, const Integers& list, std::size_t count) {
  if (list.size() == count) return;
  refuse(op, argument, "has the wrong length", counted(count), counted(list.size()), "Give one number for each axis.");
}

Tensor cut(const Tensor& x, std::size_t axis, std::int64_t from, std::int64_t count) {
  Integers size = extents_of(x.shape()), begin(size.size(), 0);
  begin[axis] = from;
  size[axis] = count;
  return slice(x, begin, size);
}

}  // namespace

Tensor stack(std::span<const Tensor> tensors, std::int64_t axis) {
  if (tensors.empty()) throw UsageError({"[stack]", "got no tensor", "1 or more", "0", "Give the tensors to stack."});
  const std::int64_t along = resolved_axis("stack", tensors[0].shape().rank() + 1, axis);
  std::vector<Tensor> layers;
  for (const Tensor& x : tensors) layers.push_back(expand_dims(x, along));
  return concat(layers, along);
}

std::vector<Tensor> unstack(const Tensor& x, std::int64_t axis) {
  const std::int64_t along = resolved_axis("unstack", x, axis);
  std::vector<Tensor> layers;
  for (std::int64_t i = 0; i < x.shape()[static_cast<int>(along)]; ++i) {
    layers.push_back(squeeze(cut(x, static_cast<std::size_t>(along), i, 1), {along}));
  }
  return layers;
}

std::vector<Tensor> split(const Tensor& x, const Integers& sizes, std::int64_t axis) {
  const auto along = static_cast<std::size_t>(resolved_axis("split", x, axis));
  const std::int64_t whole = x.shape()[static_cast<int>(along)];
  std::int64_t given = 0;
  for (const std::int64_t size : sizes) {
    if (size < -1 || size > whole)
      refuse("split", "sizes", "are out of range", "0 to " + to_text(whole), to_text(size), "Cut inside.");
    given += std::max<std::int64_t>(size, 0);
  }
  const auto open = std::ranges::count(sizes, std::int64_t{-1});
  if (open > 1 || given > whole || (open == 0 && given != whole)) {
    refuse("split", "sizes", "do not add up", to_text(whole), to_text(given), "Let at most one be -1, for the rest.");
  }
  std::vector<Tensor> parts;
  std::int64_t from = 0;
  for (const std::int64_t size : sizes) {
    const std::int64_t own = size == -1 ? whole - given : size;
    parts.push_back(cut(x, along, from, own));
    from += own;
  }
  return parts;
}

std::vector<Tensor> split(const Tensor& x, std::int64_t parts, std::int64_t axis) {
  const std::int64_t whole = x.shape()[static_cast<int>(resolved_axis("split", x, axis))];
  const std::int64_t most = std::max(whole, kMostEmptyParts);
  if (parts < 1 || parts > most || whole % parts != 0) {
    refuse("split", "parts", "do not divide the axis", "a divisor of " + to_text(whole), to_text(parts), "Give sizes.");
  }
  return split(x, Integers(static_cast<std::size_t>(parts), whole / parts), axis);
}

Tensor tile(const Tensor& x, const Integers& repeats) {
  Integers extents = extents_of(x.shape());
  expect_count("tile", "repeats", repeats, extents.size());
  Tensor y = x;
  for (std::size_t axis = extents.size(); axis-- > 0;) {
    if (repeats[axis] < 0 || (extents[axis] > 0 && repeats[axis] > limits::kElements / extents[axis])) {
      refuse("tile", "repeats", "are out of range", "0 or more, for a tensor that fits", to_text(repeats[axis]),
             "Check them.");
    }
    if (repeats[axis] == 1) continue;
    const std::int64_t outer = product(extents, 0, axis), inner = product(extents, axis, extents.size());
    extents[axis] *= repeats[axis];
    y = reshape(broadcast(reshape(y, {outer, 1, inner}), {outer, repeats[axis], inner}), shape_of(extents));
  }
  return y;
}

Tensor mirror_pad(const Tensor& x, const Integers& before, const Integers& after, Mirror mirror) {
  const auto rank = static_cast<std::size_t>(x.shape().rank());
  expect_count("mirror_pad", "before", before, rank);
  expect_count("mirror_pad", "after", after, rank);
  const std::int64_t edge = mirror == Mirror::reflect ? 1 : 0;
  Tensor y = x;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const std::int64_t n = x.shape()[static_cast<int>(axis)];
    for (const std::int64_t width : {before[axis], after[axis]}) {
      if (width < 0 || width > std::max<std::int64_t>(n - edge, 0)) {
        refuse("mirror_pad", "width", "is out of range", "0 to " + to_text(std::max<std::int64_t>(n - edge, 0)),
               to_text(width), "A mirror shows each element once.");
      }
    }
    std::vector<Tensor> pieces;
    const Integers turned{static_cast<std::int64_t>(axis)};
    if (before[axis] > 0) pieces.push_back(reverse(cut(y, axis, edge, before[axis]), turned));
    pieces.push_back(y);
    if (after[axis] > 0) pieces.push_back(reverse(cut(y, axis, n - edge - after[axis], after[axis]), turned));
    y = concat(pieces, turned[0]);
  }
  return y;
}

Tensor squeeze(const Tensor& x, Integers axes) {
  const bool any = axes.empty();
  axes = resolved_axes("squeeze", x, std::move(axes));
  Integers extents;
  for (int axis = 0; axis < x.shape().rank(); ++axis) {
    const bool named = any ? x.shape()[axis] == 1 : std::ranges::find(axes, axis) != axes.end();
    if (!named) extents.push_back(x.shape()[axis]);
    if (named && x.shape()[axis] != 1) {
      refuse("squeeze", "axes", "name one that is not of extent 1", "1", to_text(x.shape()[axis]), "Leave it out.");
    }
  }
  return reshape(x, shape_of(extents));
}

Tensor expand_dims(const Tensor& x, std::int64_t axis) {
  Integers extents = extents_of(x.shape());
  extents.insert(extents.begin() + resolved_axis("expand_dims", x.shape().rank() + 1, axis), 1);
  return reshape(x, shape_of(extents));
}

Tensor reshaped(const Tensor& x, Integers extents) {
  const auto open = std::ranges::find(extents, -1);
  if (open != extents.end()) {
    *open = 1;
    const std::int64_t others = shape_of(extents).elements();  // refuses a second -1
    if (others == 0 || x.shape().elements() % others != 0) {
      refuse("reshape", "shape", "leaves no whole extent for -1", "a divisor of " + to_text(x.shape().elements()),
             to_text(others), "Choose extents that divide it.");
    }
    *open = x.shape().elements() / others;
  }
  return reshape(x, shape_of(extents));
}

Tensor ensure_shape(const Tensor& x, const Integers& extents) {
  const Integers own = extents_of(x.shape());
  const bool fits = std::ranges::equal(own, extents, [](std::int64_t a, std::int64_t b) { return b == -1 || a == b; });
  if (fits) return x;
  std::string expected;
  for (const std::int64_t extent : extents)
    expected += (expected.empty() ? "[" : ", ") + (extent == -1 ? "any" : to_text(extent));
  refuse("ensure_shape", "x", "has another shape", expected.empty() ? "[]" : expected + "]", text_of(x.shape()),
         "Check what made it.");
}

std::vector<Tensor> meshgrid(std::span<const Tensor> axes, bool matrix_order) {
  std::vector<Tensor> grids;
  const std::size_t count = axes.size();
  Integers extents;
  for (const Tensor& axis : axes) extents.push_back(axis.shape().elements());
  const auto place = [&](std::size_t i) { return !matrix_order && count > 1 && i < 2 ? 1 - i : i; };
  Integers whole(count);
  for (std::size_t i = 0; i < count; ++i) whole[place(i)] = extents[i];
  for (std::size_t i = 0; i < count; ++i) {
    Integers own(count, 1);
    own[place(i)] = extents[i];
    grids.push_back(broadcast(reshape(axes[i], shape_of(own)), shape_of(whole)));
  }
  return grids;
}

Tensor part_of(const Tensor& x, Integers begin, Integers size) {
  const Integers whole = extents_of(x.shape());
  begin.resize(whole.size(), 0);
  size.resize(whole.size(), -1);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (size[i] == -1) size[i] = std::max<std::int64_t>(whole[i] - std::max<std::int64_t>(begin[i], 0), 0);
  }
  return slice(x, begin, size);
}

Tensor depth_to_space(const Tensor& x, std::int64_t block) {
  const Shape& s = x.shape();
  if (s.rank() != 4 || block < 1 || block > s[3] || s[3] % (block * block) != 0) {
    refuse("depth_to_space", "x", "does not fit the block", "4 axes, the last divisible by " + to_text(block) + "²",
           text_of(s), "Use another block.");
  }
  const std::int64_t depth = s[3] / (block * block);
  const Tensor blocks = reshape(x, {s[0], s[1], s[2], block, block, depth});
  return reshape(transpose(blocks, {0, 1, 3, 2, 4, 5}), {s[0], s[1] * block, s[2] * block, depth});
}

Tensor space_to_batch(const Tensor& x, const Integers& block, const Integers& before, const Integers& after) {
  const auto rank = static_cast<std::size_t>(x.shape().rank());
  if (block.size() >= rank)
    refuse("space_to_batch", "block", "has too many axes", "fewer than x", counted(block.size()), "Check it.");
  expect_count("space_to_batch", "before", before, block.size());
  expect_count("space_to_batch", "after", after, block.size());
  Integers low(rank, 0), high(rank, 0);
  std::copy(before.begin(), before.end(), low.begin() + 1);
  std::copy(after.begin(), after.end(), high.begin() + 1);
  Tensor y = pad(x, low, high);
  Integers extents = extents_of(y.shape());
  for (std::size_t i = block.size(); i-- > 0;) {  // the place within a block goes in front of the batch
    const std::size_t axis = i + 1;
    if (block[i] < 1 || extents[axis] % block[i] != 0) {
      refuse("space_to_batch", "block", "does not divide the padded axis", "a divisor of " + to_text(extents[axis]),
             to_text(block[i]), "Pad more.");
    }
    const std::int64_t outer = product(extents, 0, axis), inner = product(extents, axis + 1, rank);
    y = transpose(reshape(y, {outer, extents[axis] / block[i], block[i], inner}), {2, 0, 1, 3});
    extents[axis] /= block[i];
    extents[0] *= block[i];
    y = reshape(y, shape_of(extents));
  }
  return y;
}

Tensor batch_to_space(const Tensor& x, const Integers& block, const Integers& before, const Integers& after) {
  Integers extents = extents_of(x.shape());
  const std::size_t rank = extents.size();
  if (block.size() >= rank)
    refuse("batch_to_space", "block", "has too many axes", "fewer than x", counted(block.size()), "Check it.");
  expect_count("batch_to_space", "before", before, block.size());
  expect_count("batch_to_space", "after", after, block.size());
  Tensor y = x;
  Integers begin(rank, 0);
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::size_t axis = i + 1;
    if (block[i] < 1 || extents[0] % block[i] != 0) {
      refuse("batch_to_space", "block", "does not divide the batch", "a divisor of " + to_text(extents[0]),
             to_text(block[i]), "Check it.");
    }
    extents[0] /= block[i];
    const std::int64_t outer = product(extents, 0, axis), inner = product(extents, axis + 1, rank);
    y = transpose(reshape(y, {block[i], outer, extents[axis], inner}), {1, 2, 0, 3});
    extents[axis] *= block[i];
    y = reshape(y, shape_of(extents));
  }
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (before[i] < 0 || after[i] < 0 || before[i] > extents[i + 1] || after[i] > extents[i + 1] - before[i]) {
      refuse("batch_to_space", "crops", "are out of range", "0 to " + to_text(extents[i + 1]),
             to_text(before[i]) + " and " + to_text(after[i]), "Crop less.");
    }
    begin[i + 1] = before[i];
    extents[i + 1] -= before[i] + after[i];
  }
  return slice(y, begin, extents);
}

Tensor flip_left_right(const Tensor& images) {
  if (images.shape().rank() != 4)
    refuse("flip_left_right", "images", "have other axes", "4", text_of(images.shape()), "Reshape them.");
  return reverse(images, {2});
}

Tensor grayscale_to_rgb(const Tensor& images) {
  const Shape& shape = images.shape();
  if (shape.rank() < 2 || shape[shape.rank() - 1] != 1) {
    refuse("grayscale_to_rgb", "images", "are not gray", "1 along the last axis", text_of(shape), "Take one channel.");
  }
  Shape colored = shape;
  colored[shape.rank() - 1] = 3;
  return broadcast(images, colored);
}

Tensor rgb_to_grayscale(const Tensor& images) {
  const Shape& shape = images.shape();
  if (shape.rank() < 2 || shape[shape.rank() - 1] != 3) {
    refuse("rgb_to_grayscale", "images", "have no three channels", "3 along the last axis", text_of(shape),
           "Drop alpha.");
  }
  const auto channels = split(at_least(images, DType::float32), Integers{1, 1, 1}, -1);
  const Tensor gray = 0.2989f * channels[0] + 0.5870f * channels[1] + 0.1140f * channels[2];
  return cast(gray, images.dtype());
}

}  // namespace vitrine::ops
