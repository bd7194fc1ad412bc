// Entries of the convolutions.
#include "engine/ops/convolution.h"

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"

namespace vitrine::ops {
namespace {

// Attributes: the four of the window, groups, and for the gradients the extents that the inputs do not tell.
constexpr int kGroups = 4, kExtents = 5;

std::int64_t last(const Shape& shape) {
  return shape[shape.rank() - 1];
}

Integers leading(const Shape& shape, int axes) {
  const auto extents = shape.extents().first(static_cast<std::size_t>(axes));
  return {extents.begin(), extents.end()};
}

Shape filter_shape(const Integers& frame, std::int64_t in, std::int64_t out) {
  Integers extents = frame;
  extents.push_back(in);
  extents.push_back(out);
  return shape_of(extents);
}

void check_groups(const ShapeRule& rule, std::int64_t in, std::int64_t out) {
  const auto groups = rule.attr<std::int64_t>(kGroups);
  if (groups >= 1 && in % groups == 0 && out % groups == 0) return;
  rule.refuse("groups", "do not divide the channels", "a divisor of " + to_text(in) + " and " + to_text(out),
              to_text(groups), "Choose another number of groups or filters.");
}

Integers frame_of(const ShapeRule& rule, std::size_t spatial) {
  rule.expect_dtype(1, DType::float32);
  const Shape& filter = rule.input(1).shape;
  const auto axes = static_cast<std::int64_t>(spatial) + 2;
  if (filter.rank() != axes) {
    rule.refuse("filter", "has the wrong number of axes", to_text(axes), to_text(std::int64_t{filter.rank()}),
                "Give [frame.., channels, filters].");
  }
  return leading(filter, static_cast<int>(spatial));
}

void convolution_shape(ShapeRule& rule) {
  const Integers extents = spatial_extents(rule, 0, "x");
  const Integers frame = frame_of(rule, extents.size());
  const Shape& x = rule.input(0).shape;
  const Shape& filter = rule.input(1).shape;
  check_groups(rule, last(x), last(filter));
  const std::int64_t channels = last(x) / rule.attr<std::int64_t>(kGroups);
  if (filter[filter.rank() - 2] != channels) {
    rule.refuse("filter", "does not fit the channels of x", to_text(channels), to_text(filter[filter.rank() - 2]),
                "Its last axes are channels of x (of one group) and filters.");
  }
  rule.output({DType::float32, image_shape(x[0], placements(rule, extents, frame), last(filter))});
}

// Whether dy is what a convolution of these extents answers.
void check_counts(const ShapeRule& rule, const Integers& counts, const Integers& got) {
  if (counts == got) return;
  rule.refuse("dy", "is not where the window stops", text_of(shape_of(counts)), text_of(shape_of(got)),
              "Use the window and extents of the convolution.");
}

void input_gradient_shape(ShapeRule& rule) {
  const Integers counts = spatial_extents(rule, 0, "dy");
  const Integers frame = frame_of(rule, counts.size());
  const Shape& dy = rule.input(0).shape;
  const Shape& filter = rule.input(1).shape;
  if (last(filter) != last(dy)) {
    rule.refuse("filter", "does not fit the channels of dy", to_text(last(dy)), to_text(last(filter)),
                "Its last axis is that of dy.");
  }
  const auto& extents = rule.attr<Integers>(kExtents);
  if (extents.size() != counts.size()) {
    rule.refuse("extents", "have the wrong length", to_text(static_cast<std::int64_t>(counts.size())),
                to_text(static_cast<std::int64_t>(extents.size())), "Give one for each spatial axis.");
  }
  const auto groups = rule.attr<std::int64_t>(kGroups);
  check_groups(rule, groups, last(dy));
  const Shape shape = image_shape(dy[0], extents, filter[filter.rank() - 2] * groups);  // checks the extents
  check_counts(rule, placements(rule, extents, frame), counts);
  rule.output({DType::float32, shape});
}

void filter_gradient_shape(ShapeRule& rule) {
  const Integers extents = spatial_extents(rule, 0, "x");
  const Integers counts = spatial_extents(rule, 1, "dy");
  const Shape& x = rule.input(0).shape;
  const Shape& dy = rule.input(1).shape;
  if (x[0] != dy[0] || counts.size() != extents.size()) {
    rule.refuse("dy", "does not belong to x", "as many axes and images as " + text_of(x), text_of(dy),
                "Use the result of the convolution.");
  }
  check_groups(rule, last(x), last(dy));
  const auto& frame = rule.attr<Integers>(kExtents);
  check_counts(rule, placements(rule, extents, frame), counts);
  rule.output({DType::float32, filter_shape(frame, last(x) / rule.attr<std::int64_t>(kGroups), last(dy))});
}

Attrs with_extents(const Attrs& attrs, Integers extents) {
  Attrs own(attrs.begin(), attrs.begin() + kExtents);
  own.push_back(std::move(extents));
  return own;
}

Tensor forward(const Tensor& x, const Tensor& filter, const Attrs& attrs) {
  return apply(kConvolution, {x, filter}, Attrs(attrs.begin(), attrs.begin() + kExtents));
}
Tensor input_gradient(const Tensor& dy, const Tensor& filter, const Attrs& attrs, Integers extents) {
  // The same filter, lying so in memory that the kernel reads it in one run along the channels it writes.
  const Tensor turned = transpose(copy(transpose(filter)));
  return apply(kConvolutionInputGradient, {dy, turned}, with_extents(attrs, std::move(extents)));
}
Tensor filter_gradient(const Tensor& x, const Tensor& dy, const Attrs& attrs, const Shape& filter) {
  return apply(kConvolutionFilterGradient, {x, dy}, with_extents(attrs, leading(filter, filter.rank() - 2)));
}

std::vector<Tensor> convolution_gradient(const GradientCall& call) {
  const Tensor &x = call.inputs[0], &filter = call.inputs[1], &dy = call.cotangents[0];
  return {call.wanted[0] ? input_gradient(dy, filter, call.attrs, spatial_extents(x)) : Tensor(),
          call.wanted[1] ? filter_gradient(x, dy, call.attrs, filter.shape()) : Tensor()};
}

std::vector<Tensor> input_gradient_gradient(const GradientCall& call) {
  const Tensor &dy = call.inputs[0], &filter = call.inputs[1], &cotangent = call.cotangents[0];
  return {call.wanted[0] ? forward(cotangent, filter, call.attrs) : Tensor(),
          call.wanted[1] ? filter_gradient(cotangent, dy, call.attrs, filter.shape()) : Tensor()};
}

std::vector<Tensor> filter_gradient_gradient(const GradientCall& call) {
  const Tensor &x = call.inputs[0], &dy = call.inputs[1], &cotangent = call.cotangents[0];
  return {call.wanted[0] ? input_gradient(dy, cotangent, call.attrs, spatial_extents(x)) : Tensor(),
          call.wanted[1] ? forward(x, cotangent, call.attrs) : Tensor()};
}

// One call, as each of the three sees it.
struct Example {
  Shape x, filter, y;
  Integers strides, before, after, dilations;
  std::int64_t groups = 1;
};

std::vector<Example> examples() {
  return {{{1, 5, 1}, {3, 1, 1}, {1, 3, 1}, {1}, {0}, {0}, {1}},
          {{2, 7, 5, 3}, {3, 2, 3, 4}, {2, 4, 3, 4}, {2, 2}, {1, 0}, {1, 1}, {1, 1}},
          {{1, 9, 8, 1}, {3, 3, 1, 19}, {1, 5, 7, 19}, {1, 1}, {0, 2}, {0, 1}, {2, 2}},
          {{1, 1, 17, 17}, {1, 1, 17, 3}, {1, 1, 9, 3}, {1, 2}, {0, 0}, {0, 0}, {1, 1}},
          {{1, 4, 6, 6}, {3, 3, 2, 9}, {1, 4, 6, 9}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, 3},
          {{2, 5, 4, 18}, {2, 3, 1, 18}, {2, 3, 4, 18}, {2, 1}, {0, 1}, {1, 1}, {1, 1}, 18},
          {{1, 4, 4, 3}, {3, 3, 1, 6}, {1, 2, 2, 6}, {1, 1}, {0, 0}, {0, 0}, {1, 1}, 3},
          {{2, 5, 4, 3}, {3, 1, 3, 5}, {2, 5, 4, 5}, {1, 1}, {1, 0}, {1, 0}, {1, 1}},
          {{1, 3, 4, 5, 2}, {2, 2, 3, 2, 3}, {1, 2, 2, 4, 3}, {2, 2, 1}, {1, 0, 1}, {0, 0, 0}, {1, 1, 1}},
          {{0, 4, 4, 2}, {3, 3, 2, 3}, {0, 2, 2, 3}, {1, 1}, {0, 0}, {0, 0}, {1, 1}}};
}

Sample sample_of(const Example& e, const Shape& a, const Shape& b, const Integers* extents) {
  Sample sample{.inputs = {{DType::float32, a}, {DType::float32, b}},
                .attrs = {e.strides, e.before, e.after, e.dilations, e.groups}};
  if (extents != nullptr) sample.attrs.push_back(*extents);
  return sample;
}

std::vector<Sample> convolution_samples() {
  std::vector<Sample> samples;
  for (const Example& e : examples()) samples.push_back(sample_of(e, e.x, e.filter, nullptr));
  return samples;
}
std::vector<Sample> input_gradient_samples() {
  std::vector<Sample> samples;
  for (const Example& e : examples()) {
    const auto spatial = e.x.extents().subspan(1, static_cast<std::size_t>(e.x.rank() - 2));
    const Integers extents(spatial.begin(), spatial.end());
    samples.push_back(sample_of(e, e.y, e.filter, &extents));
  }
  return samples;
}
std::vector<Sample> filter_gradient_samples() {
  std::vector<Sample> samples;
  for (const Example& e : examples()) {
    const Integers frame = leading(e.filter, e.filter.rank() - 2);
    samples.push_back(sample_of(e, e.x, e.y, &frame));
  }
  return samples;
}

const AttrSpec kWindowAttrs[] = {{"strides", Integers{}},   {"before", Integers{}},      {"after", Integers{}},
                                 {"dilations", Integers{}}, {"groups", std::int64_t{1}}, {"extents", Integers{}}};

constexpr std::string_view kCpuOnly = "the kernel for graphics processors comes with the fast convolutions";

}  // namespace

const Op kConvolution{.name = "convolution",
                      .formula = "Σ x[stride · o + dilation · k − before, i] w[k, i, j]",
                      .least_inputs = 2,
                      .most_inputs = 2,
                      .attrs = std::span(kWindowAttrs).first(5),
                      .shape = convolution_shape,
                      .gradient = {convolution_gradient, {}},
                      .samples = convolution_samples,
                      .cpu_only = kCpuOnly};
const Op kConvolutionInputGradient{.name = "convolution_input_gradient",
                                   .formula = "the convolution's cotangent, carried back to its input",
                                   .least_inputs = 2,
                                   .most_inputs = 2,
                                   .attrs = kWindowAttrs,
                                   .shape = input_gradient_shape,
                                   .gradient = {input_gradient_gradient, {}},
                                   .samples = input_gradient_samples,
                                   .cpu_only = kCpuOnly};
const Op kConvolutionFilterGradient{.name = "convolution_filter_gradient",
                                    .formula = "the convolution's cotangent, carried back to its filter",
                                    .least_inputs = 2,
                                    .most_inputs = 2,
                                    .attrs = kWindowAttrs,
                                    .shape = filter_gradient_shape,
                                    .gradient = {filter_gradient_gradient, {}},
                                    .samples = filter_gradient_samples,
                                    .cpu_only = kCpuOnly};

namespace {

std::size_t spatial_axes(std::string_view op, const Tensor& filter) {
  if (filter.shape().rank() >= 3 && filter.shape().rank() <= 5) {
    return static_cast<std::size_t>(filter.shape().rank() - 2);
  }
  throw ShapeError({"[" + std::string(op) + "] filter", "has the wrong number of axes", "3 to 5",
                    text_of(filter.shape()), "Give [one to three frame axes, channels, filters]."});
}

}  // namespace

Tensor convolution(const Tensor& x, const Tensor& filter, const Window& window, std::int64_t groups) {
  const std::size_t axes = spatial_axes("convolution", filter);
  const Batched image = batched("convolution", x, axes);
  Attrs attrs = place("convolution", window, spatial_extents(image.x), leading(filter.shape(), static_cast<int>(axes)));
  attrs.emplace_back(groups);
  return image.result(apply(kConvolution, {image.x, filter}, std::move(attrs)));
}

Tensor depthwise_convolution(const Tensor& x, const Tensor& filter, const Window& window) {
  const auto axes = static_cast<int>(spatial_axes("depthwise_convolution", filter));
  const std::int64_t channels = filter.shape()[axes], multiplier = filter.shape()[axes + 1];
  const std::int64_t given = last(batched("depthwise_convolution", x, static_cast<std::size_t>(axes)).x.shape());
  if (channels != given) {
    throw ShapeError({"[depthwise_convolution] filter", "does not fit the channels of x", to_text(given),
                      to_text(channels), "Give [frame.., channels, multiplier]."});
  }
  return convolution(x, reshape(filter, filter_shape(leading(filter.shape(), axes), 1, channels * multiplier)), window,
                     channels);
}

Tensor separable_convolution(const Tensor& x, const Tensor& depthwise, const Tensor& across, const Window& window) {
  return convolution(depthwise_convolution(x, depthwise, window), across);
}

Tensor transposed_convolution(const Tensor& x, const Tensor& filter, const Shape& shape, const Window& window) {
  constexpr std::string_view kName = "transposed_convolution";
  const std::size_t axes = spatial_axes(kName, filter);
  const Batched image = batched(kName, x, axes);
  if (shape.rank() != x.shape().rank()) {
    throw ShapeError({"[transposed_convolution] shape", "has the wrong number of axes", text_of(x.shape()),
                      text_of(shape), "Give as many axes as x has."});
  }
  const auto own = shape.extents().subspan(image.added ? 0 : 1, axes);
  const Integers extents(own.begin(), own.end());
  Attrs attrs = place(kName, window, extents, leading(filter.shape(), static_cast<int>(axes)));
  attrs.emplace_back(std::int64_t{1});
  const Tensor y = image.result(input_gradient(image.x, filter, attrs, extents));
  if (y.shape() != shape) {
    throw ShapeError({"[transposed_convolution] shape", "does not fit x and the filter", text_of(y.shape()),
                      text_of(shape), "Its batch is that of x, its channels are the filter's last but one axis."});
  }
  return y;
}

}  // namespace vitrine::ops
