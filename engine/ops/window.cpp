// Placing windows, and the checks that every op with windows shares.
#include "engine/ops/window.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"

namespace vitrine::ops {
namespace {

// So large that nobody means it, so small that no product with an extent overflows.
constexpr std::int64_t kLargestStep = 1 << 24;

std::string subject(std::string_view op, std::string_view argument) {
  return "[" + std::string(op) + "] " + std::string(argument);
}

// One number for each axis, from one for all.
Integers each_axis(std::string_view op, std::string_view argument, const Integers& list, std::size_t axes,
                   std::int64_t least) {
  if (list.size() != axes && list.size() != 1) {
    throw ShapeError({subject(op, argument), "has the wrong length", to_text(static_cast<std::int64_t>(axes)),
                      to_text(static_cast<std::int64_t>(list.size())), "Give one number, or one for each axis."});
  }
  for (const std::int64_t number : list) {
    if (number < least || number > kLargestStep) {
      throw ShapeError({subject(op, argument), "is out of range", to_text(least) + " to " + to_text(kLargestStep),
                        to_text(number), "Choose another number."});
    }
  }
  return list.size() == axes ? list : Integers(axes, list[0]);
}

}  // namespace

Attrs place(std::string_view op, const Window& window, const Integers& extents, const Integers& frame) {
  const std::size_t axes = extents.size();
  const Integers strides = each_axis(op, "strides", window.strides, axes, 1);
  const Integers dilations = each_axis(op, "dilations", window.dilations, axes, 1);
  each_axis(op, "window", frame, axes, 1);  // a check only
  Integers before(axes, 0), after(axes, 0);
  const Padding& padding = window.padding;
  if (padding.kind == Padding::Kind::given) {
    before = each_axis(op, "padding", padding.before, axes, 0);
    after = each_axis(op, "padding", padding.after, axes, 0);
  }
  for (std::size_t i = 0; i < axes; ++i) {
    const std::int64_t reach = (frame[i] - 1) * dilations[i] + 1;
    // What the last of so many frames reaches beyond the tensor.
    const auto missing = [&](std::int64_t count) { return (count - 1) * strides[i] + reach - extents[i]; };
    if (padding.kind == Padding::Kind::same) {
      const std::int64_t count = (extents[i] + strides[i] - 1) / strides[i];
      const std::int64_t cells = std::max<std::int64_t>(missing(count), 0);
      before[i] = cells / 2;
      after[i] = cells - before[i];
    }
    const std::int64_t room = extents[i] + before[i] + after[i] - reach;
    if (padding.kind == Padding::Kind::given && padding.round_up && room >= 0) {
      after[i] = missing((room + strides[i] - 1) / strides[i] + 1) - before[i];
      after[i] = std::max<std::int64_t>(after[i], 0);
    }
  }
  return {strides, before, after, dilations};
}

Integers placements(const ShapeRule& rule, const Integers& extents, const Integers& frame) {
  constexpr std::string_view kNames[] = {"strides", "before", "after", "dilations"};
  for (int i = 0; i < 4; ++i) {
    const auto& list = rule.attr<Integers>(i);
    const std::int64_t least = i == 0 || i == 3 ? 1 : 0;
    if (list.size() != extents.size()) {
      rule.refuse(kNames[i], "has the wrong length", to_text(static_cast<std::int64_t>(extents.size())),
                  to_text(static_cast<std::int64_t>(list.size())), "Give one number for each spatial axis.");
    }
    for (const std::int64_t number : list) {
      if (number >= least && number <= kLargestStep) continue;
      rule.refuse(kNames[i], "is out of range", to_text(least) + " to " + to_text(kLargestStep), to_text(number),
                  "Choose another number.");
    }
  }
  if (frame.size() != extents.size()) {
    rule.refuse("window", "has the wrong length", to_text(static_cast<std::int64_t>(extents.size())),
                to_text(static_cast<std::int64_t>(frame.size())), "Give one extent for each spatial axis.");
  }
  Integers counts;
  for (std::size_t i = 0; i < extents.size(); ++i) {
    if (frame[i] < 1 || frame[i] > kLargestStep) {
      rule.refuse("window", "is out of range", "1 to " + to_text(kLargestStep), to_text(frame[i]),
                  "Choose another extent.");
    }
    const std::int64_t reach = (frame[i] - 1) * rule.attr<Integers>(3)[i] + 1;
    const std::int64_t room = extents[i] + rule.attr<Integers>(1)[i] + rule.attr<Integers>(2)[i];
    if (room < reach) {
      rule.refuse("window", "is larger than the tensor",
                  "at most " + to_text(room) + " cells along spatial axis " + to_text(static_cast<std::int64_t>(i)),
                  to_text(reach), "Pad the tensor, or use a smaller window.");
    }
    counts.push_back((room - reach) / rule.attr<Integers>(0)[i] + 1);
  }
  return counts;
}

Integers spatial_extents(const ShapeRule& rule, int input, std::string_view argument) {
  rule.expect_dtype(input, DType::float32);
  const Shape& shape = rule.input(input).shape;
  if (shape.rank() < 3 || shape.rank() > 5) {
    rule.refuse(argument, "has the wrong number of axes", "[batch, one to three spatial axes, channels]",
                text_of(shape), "Reshape it.");
  }
  const auto extents = shape.extents().subspan(1, static_cast<std::size_t>(shape.rank() - 2));
  return {extents.begin(), extents.end()};
}

Shape image_shape(std::int64_t batch, const Integers& spatial, std::int64_t channels) {
  Integers extents{batch};
  extents.insert(extents.end(), spatial.begin(), spatial.end());
  extents.push_back(channels);
  return shape_of(extents);
}

Tensor Batched::result(const Tensor& y) const {
  if (!added) return y;
  return reshape(y, Shape(y.shape().extents().subspan(1)));
}

Batched batched(std::string_view op, const Tensor& x, std::size_t spatial) {
  const auto rank = static_cast<std::size_t>(x.shape().rank());
  if (spatial < 1 || spatial > 3 || (rank != spatial + 1 && rank != spatial + 2)) {
    const auto axes = static_cast<std::int64_t>(spatial);
    throw ShapeError({subject(op, "x"), "has the wrong number of axes",
                      to_text(axes + 2) + ", or " + to_text(axes + 1) + " without a batch", text_of(x.shape()),
                      "Reshape it."});
  }
  if (rank == spatial + 2) return {x, false};
  Integers extents{1};
  for (const std::int64_t extent : x.shape().extents()) extents.push_back(extent);
  return {reshape(x, shape_of(extents)), true};
}

Integers spatial_extents(const Tensor& x) {
  const auto extents = x.shape().extents().subspan(1, static_cast<std::size_t>(x.shape().rank() - 2));
  return {extents.begin(), extents.end()};
}

}  // namespace vitrine::ops
