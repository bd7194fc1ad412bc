// Entries of the pools.
#include "engine/ops/pooling.h"

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/axes.h"

namespace vitrine::ops {
namespace {

// Attributes: the four of the window, its extents, and what only some have.
constexpr int kFrame = 4, kLast = 5;

Shape pooled(const ShapeRule& rule) {
  const Integers extents = spatial_extents(rule, 0, "x");
  const Shape& x = rule.input(0).shape;
  return image_shape(x[0], placements(rule, extents, rule.attr<Integers>(kFrame)), x[x.rank() - 1]);
}

void expect_like(const ShapeRule& rule, std::string_view argument, const Shape& shape) {
  rule.expect_dtype(1, DType::float32);
  if (rule.input(1).shape == shape) return;
  rule.refuse(argument, "has another shape", text_of(shape), text_of(rule.input(1).shape),
              "Use the same window for both.");
}

void pool_shape(ShapeRule& rule) {
  rule.output({DType::float32, pooled(rule)});
}

void winners_shape(ShapeRule& rule) {
  constexpr std::int64_t kMost = INT32_MAX;
  if (rule.input(0).shape.elements() > kMost) {
    rule.refuse("x", "has more elements than an int32 counts", to_text(kMost), to_text(rule.input(0).shape.elements()),
                "Take fewer images at a time.");
  }
  rule.output({DType::int32, pooled(rule)});
}

void pick_shape(ShapeRule& rule) {
  expect_like(rule, "of", rule.input(0).shape);
  pool_shape(rule);
}

void spread_shape(ShapeRule& rule) {
  expect_like(rule, "dy", pooled(rule));
  rule.output({DType::float32, rule.input(0).shape});
}

void average_spread_shape(ShapeRule& rule) {
  const Integers counts = spatial_extents(rule, 0, "dy");
  const auto& extents = rule.attr<Integers>(kLast);
  const Shape& dy = rule.input(0).shape;
  if (extents.size() != counts.size() || placements(rule, extents, rule.attr<Integers>(kFrame)) != counts) {
    rule.refuse("extents", "do not lead to dy", text_of(dy), text_of(shape_of(extents)),
                "Use the window and extents of the pool.");
  }
  rule.output({DType::float32, image_shape(dy[0], extents, dy[dy.rank() - 1])});
}

Attrs with(const Attrs& attrs, Attr attr) {
  Attrs own(attrs.begin(), attrs.begin() + kLast);
  own.push_back(std::move(attr));
  return own;
}

std::vector<Tensor> max_gradient(const GradientCall& call) {
  return {apply(kMaxPoolSpread, {call.inputs[0], call.cotangents[0]}, call.attrs)};
}
// Which cell wins changes in jumps: no gradient flows to x.
std::vector<Tensor> pick_gradient(const GradientCall& call) {
  return {Tensor(), apply(kMaxPoolSpread, {call.inputs[0], call.cotangents[0]}, call.attrs)};
}
std::vector<Tensor> spread_gradient(const GradientCall& call) {
  return {Tensor(), apply(kMaxPoolPick, {call.inputs[0], call.cotangents[0]}, call.attrs)};
}
std::vector<Tensor> average_gradient(const GradientCall& call) {
  return {apply(kAveragePoolSpread, {call.cotangents[0]}, with(call.attrs, spatial_extents(call.inputs[0])))};
}
std::vector<Tensor> average_spread_gradient(const GradientCall& call) {
  return {apply(kAveragePool, {call.cotangents[0]}, Attrs(call.attrs.begin(), call.attrs.begin() + kLast))};
}

struct Example {
  Shape x, y;
  Integers strides, before, after, dilations, frame;
};

std::vector<Example> examples() {
  return {{{1, 7, 1}, {1, 3, 1}, {2}, {0}, {0}, {1}, {3}},
          {{2, 5, 5, 3}, {2, 3, 3, 3}, {2, 2}, {0, 0}, {1, 1}, {1, 1}, {2, 2}},
          {{1, 4, 6, 17}, {1, 4, 4, 17}, {1, 1}, {1, 0}, {1, 0}, {1, 2}, {3, 2}},
          {{1, 3, 4, 3, 2}, {1, 2, 2, 3, 2}, {1, 2, 1}, {0, 0, 1}, {0, 0, 0}, {1, 1, 1}, {2, 2, 2}},
          {{0, 4, 4, 2}, {0, 2, 2, 2}, {2, 2}, {0, 0}, {0, 0}, {1, 1}, {2, 2}}};
}

Attrs attrs_of(const Example& e) {
  return {e.strides, e.before, e.after, e.dilations, e.frame};
}

template <class Make>
std::vector<Sample> samples_of(Make make) {
  std::vector<Sample> samples;
  for (const Example& e : examples()) samples.push_back(make(e));
  return samples;
}
Spec floats(const Shape& shape) {
  return {DType::float32, shape};
}

std::vector<Sample> pool_samples() {
  return samples_of([](const Example& e) { return Sample{.inputs = {floats(e.x)}, .attrs = attrs_of(e)}; });
}
std::vector<Sample> winners_samples() {
  return samples_of(
      [](const Example& e) { return Sample{.inputs = {floats(e.x)}, .attrs = with(attrs_of(e), e.frame[0] == 2)}; });
}
std::vector<Sample> pick_samples() {
  return samples_of([](const Example& e) {
    return Sample{.inputs = {floats(e.x), floats(e.x)}, .attrs = attrs_of(e)};
  });
}
std::vector<Sample> spread_samples() {
  return samples_of([](const Example& e) {
    return Sample{.inputs = {floats(e.x), floats(e.y)}, .attrs = attrs_of(e)};
  });
}
std::vector<Sample> average_spread_samples() {
  return samples_of([](const Example& e) {
    const auto spatial = e.x.extents().subspan(1, static_cast<std::size_t>(e.x.rank() - 2));
    return Sample{.inputs = {floats(e.y)}, .attrs = with(attrs_of(e), Integers(spatial.begin(), spatial.end()))};
  });
}

const AttrSpec kPoolAttrs[] = {{"strides", Integers{}},
                               {"before", Integers{}},
                               {"after", Integers{}},
                               {"dilations", Integers{}},
                               {"window", Integers{}}};
const AttrSpec kWinnersAttrs[] = {{"strides", Integers{}},   {"before", Integers{}}, {"after", Integers{}},
                                  {"dilations", Integers{}}, {"window", Integers{}}, {"with_batch", false}};
const AttrSpec kAverageSpreadAttrs[] = {{"strides", Integers{}},   {"before", Integers{}}, {"after", Integers{}},
                                        {"dilations", Integers{}}, {"window", Integers{}}, {"extents", Integers{}}};

constexpr std::string_view kCpuOnly = "the kernel for graphics processors comes with the fast convolutions";

}  // namespace

const Op kMaxPool{.name = "max_pool",
                  .formula = "max of the cells under a window",
                  .attrs = kPoolAttrs,
                  .shape = pool_shape,
                  .gradient = {max_gradient, {}},
                  .samples = pool_samples,
                  .cpu_only = kCpuOnly};
const Op kMaxPoolPick{.name = "max_pool_pick",
                      .formula = "what another tensor has where x has the max of a window",
                      .least_inputs = 2,
                      .most_inputs = 2,
                      .attrs = kPoolAttrs,
                      .shape = pick_shape,
                      .gradient = {pick_gradient, {}},
                      .samples = pick_samples,
                      .cpu_only = kCpuOnly};
const Op kMaxPoolSpread{.name = "max_pool_spread",
                        .formula = "each number of dy, added where x has the max of its window",
                        .least_inputs = 2,
                        .most_inputs = 2,
                        .attrs = kPoolAttrs,
                        .shape = spread_shape,
                        .gradient = {spread_gradient, {}},
                        .samples = spread_samples,
                        .cpu_only = kCpuOnly};
const Op kMaxPoolWinners{.name = "max_pool_winners",
                         .formula = "where the max of a window is",
                         .attrs = kWinnersAttrs,
                         .shape = winners_shape,
                         .gradient = no_gradient("places are whole numbers"),
                         .samples = winners_samples,
                         .cpu_only = kCpuOnly};
const Op kAveragePool{.name = "average_pool",
                      .formula = "mean of the cells under a window",
                      .attrs = kPoolAttrs,
                      .shape = pool_shape,
                      .gradient = {average_gradient, {}},
                      .samples = pool_samples,
                      .cpu_only = kCpuOnly};
const Op kAveragePoolSpread{.name = "average_pool_spread",
                            .formula = "each number of dy, shared out among the cells of its window",
                            .attrs = kAverageSpreadAttrs,
                            .shape = average_spread_shape,
                            .gradient = {average_spread_gradient, {}},
                            .samples = average_spread_samples,
                            .cpu_only = kCpuOnly};

namespace {

struct Placed {
  Batched image;
  Attrs attrs;
};

Placed placed(std::string_view op, const Tensor& x, const Integers& extents, const Window& window) {
  Placed p{batched(op, x, extents.size()), {}};
  p.attrs = place(op, window, spatial_extents(p.image.x), extents);
  p.attrs.emplace_back(extents);
  return p;
}

}  // namespace

Tensor max_pool(const Tensor& x, const Integers& extents, const Window& window) {
  const Placed p = placed("max_pool", x, extents, window);
  return p.image.result(apply(kMaxPool, {p.image.x}, p.attrs));
}

Tensor average_pool(const Tensor& x, const Integers& extents, const Window& window) {
  const Placed p = placed("average_pool", x, extents, window);
  return p.image.result(apply(kAveragePool, {p.image.x}, p.attrs));
}

Tensor max_pool_winners(const Tensor& x, const Integers& extents, const Window& window, bool with_batch) {
  const Placed p = placed("max_pool_winners", x, extents, window);
  return p.image.result(apply(kMaxPoolWinners, {p.image.x}, with(p.attrs, with_batch)));
}

}  // namespace vitrine::ops
