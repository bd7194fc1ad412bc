// Convolutions: plain, causal and grouped ones, transposed, depthwise, separable; over one to three axes.
#include "engine/ops/convolution.h"

#include <algorithm>

#include "engine/nn/images.h"
#include "engine/nn/layers.h"
#include "engine/nn/named_function.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"

namespace vitrine::nn {
namespace {

constexpr Argument kFilters = Argument{"filters", Takes::whole, kRequired, "how many channels it answers"}.at_least(1);
constexpr Argument kKernelSize = Argument{"kernel_size", Takes::wholes, kRequired, "extents of the window"}.at_least(1);
constexpr Argument kStrides = Argument{"strides", Takes::wholes, 1.0, "steps of the window"}.at_least(1);
constexpr Argument kDilation =
    Argument{"dilation_rate", Takes::wholes, 1.0, "how far apart the cells of the window lie"}.at_least(1);
constexpr Argument kGroups =
    Argument{"groups", Takes::whole, 1.0, "into how many parts the channels fall, each with filters of its own"}
        .at_least(1);
constexpr Argument kDepthMultiplier =
    Argument{"depth_multiplier", Takes::whole, 1.0, "how many channels come of each"}.at_least(1);
constexpr Argument kPadding{"padding", Takes::choice, "valid",
                            "what lies around: nothing, enough zeros for every place, or zeros before only",
                            "valid same causal"};
constexpr Argument kOutputPadding =
    Argument{"output_padding", Takes::wholes, kNone, "cells added behind, to choose among the possible extents"}
        .at_least(0);

constexpr auto kDepthwiseArguments = weight_arguments("depthwise_initializer", "depthwise_regularizer",
                                                      "depthwise_constraint", "glorot_normal", "glorot_uniform");
constexpr auto kSeparableDepthwise = weight_arguments("depthwise_initializer", "depthwise_regularizer",
                                                      "depthwise_constraint", "glorot_uniform", "glorot_uniform");
constexpr auto kPointwiseArguments = weight_arguments("pointwise_initializer", "pointwise_regularizer",
                                                      "pointwise_constraint", "glorot_uniform", "glorot_uniform");

constexpr auto kWindowArguments =
    rows(kKernelSize, kStrides, kPadding, kDataFormat, kDilation, kActivationArgument, kUseBias);
constexpr auto kConvArguments = join(rows(kFilters), kWindowArguments, kKernelArguments, kBiasArguments, rows(kGroups));
constexpr auto kTransposeArguments =
    join(rows(kFilters), kWindowArguments, kKernelArguments, kBiasArguments, rows(kOutputPadding));
constexpr auto kDepthwiseConvArguments =
    join(kWindowArguments, rows(kDepthMultiplier), kDepthwiseArguments, kBiasArguments);
constexpr auto kSeparableArguments = join(rows(kFilters), kWindowArguments, rows(kDepthMultiplier), kSeparableDepthwise,
                                          kPointwiseArguments, kBiasArguments);

ops::Window window_of(const Arguments& a, std::size_t axes) {
  ops::Window window{a.wholes("strides", axes), a.wholes("dilation_rate", axes), {}};
  if (a.text("padding") == "same") window.padding = ops::Padding::same();
  if (a.text("padding") == "causal") {
    if (axes != 1) a.refuse("padding", "looks back along more than one axis", "valid or same", "Choose one of them.");
    window.padding = ops::Padding::sides({(a.wholes("kernel_size", 1)[0] - 1) * window.dilations[0]}, {0});
  }
  return window;
}

Shape kernel_shape(const Arguments& a, std::size_t axes, std::int64_t in, std::int64_t out) {
  Integers extents = a.wholes("kernel_size", axes);
  extents.insert(extents.end(), {in, out});
  return ops::shape_of(extents);
}

// What bends the answer sees it as it is told: a softmax goes along the last axis, whatever that is.
void finish(Call& call, Tensor y) {
  if (const Tensor bias = call.weight("bias")) y = y + bias;
  call.output(activate(turned_back(call.arguments(), y), call.arguments().text("activation")));
}

void bias_weight(Build& build, std::int64_t channels) {
  if (build.arguments().truth("use_bias")) build.weight("bias", {channels}, "bias");
}

template <std::size_t axes>
void convolution_weights(Build& build) {
  build.expect_rank(axes + 2);
  const Arguments& a = build.arguments();
  const std::int64_t filters = a.whole("filters"), groups = a.whole("groups"), channels = build.channels();
  if (channels % groups != 0 || filters % groups != 0) {
    a.refuse("groups", "does not divide the channels and filters", "a divisor of both", "Choose another number.");
  }
  build.weight("kernel", kernel_shape(a, axes, channels / groups, filters), "kernel");
  bias_weight(build, filters);
}
template <std::size_t axes>
void convolution(Call& call) {
  const Arguments& a = call.arguments();
  finish(call, ops::convolution(channels_last(call), call.weight("kernel"), window_of(a, axes), a.whole("groups")));
}

template <std::size_t axes>
void transpose_weights(Build& build) {
  build.expect_rank(axes + 2);
  const Arguments& a = build.arguments();
  if (a.text("padding") == "causal") a.refuse("padding", "is not known here", "valid or same", "Choose one of them.");
  build.weight("kernel", kernel_shape(a, axes, a.whole("filters"), build.channels()), "kernel");
  bias_weight(build, a.whole("filters"));
}

// How long an axis becomes: the longest extent that the window would bring back to `in`, unless padding chooses one.
std::int64_t stretched(const Arguments& a, std::size_t axis, std::size_t axes, std::int64_t in) {
  const std::int64_t stride = a.wholes("strides", axes)[axis];
  const std::int64_t reach = (a.wholes("kernel_size", axes)[axis] - 1) * a.wholes("dilation_rate", axes)[axis] + 1;
  const bool same = a.text("padding") == "same";
  if (a.has("output_padding")) {
    return (in - 1) * stride + reach - (same ? reach / 2 * 2 : 0) + a.wholes("output_padding", axes)[axis];
  }
  return same ? in * stride : in * stride + std::max<std::int64_t>(reach - stride, 0);
}

template <std::size_t axes>
void transpose(Call& call) {
  const Arguments& a = call.arguments();
  const Tensor x = channels_last(call);
  Integers extents{x.shape()[0]};
  for (std::size_t axis = 0; axis < axes; ++axis) {
    extents.push_back(stretched(a, axis, axes, x.shape()[static_cast<int>(axis) + 1]));
  }
  extents.push_back(a.whole("filters"));
  const Shape shape = ops::shape_of(extents);
  finish(call, ops::transposed_convolution(x, call.weight("kernel"), shape, window_of(a, axes)));
}

template <std::size_t axes>
void depthwise_weights(Build& build) {
  build.expect_rank(axes + 2);
  const Arguments& a = build.arguments();
  const std::int64_t channels = build.channels(), multiplier = a.whole("depth_multiplier");
  build.weight("depthwise_kernel", kernel_shape(a, axes, channels, multiplier), "depthwise");
  bias_weight(build, channels * multiplier);
}
template <std::size_t axes>
void depthwise(Call& call) {
  const Tensor kernel = call.weight("depthwise_kernel");
  finish(call, ops::depthwise_convolution(channels_last(call), kernel, window_of(call.arguments(), axes)));
}

template <std::size_t axes>
void separable_weights(Build& build) {
  build.expect_rank(axes + 2);
  const Arguments& a = build.arguments();
  const std::int64_t channels = build.channels(), multiplier = a.whole("depth_multiplier"),
                     filters = a.whole("filters");
  build.weight("depthwise_kernel", kernel_shape(a, axes, channels, multiplier), "depthwise");
  Integers across(axes, 1);
  across.insert(across.end(), {channels * multiplier, filters});
  build.weight("pointwise_kernel", ops::shape_of(across), "pointwise");
  bias_weight(build, filters);
}
template <std::size_t axes>
void separable(Call& call) {
  finish(call, ops::separable_convolution(channels_last(call), call.weight("depthwise_kernel"),
                                          call.weight("pointwise_kernel"), window_of(call.arguments(), axes)));
}

template <std::size_t axes>
constexpr LayerKind plain_kind(std::string_view name, std::string_view aliases) {
  return {.name = name,
          .meaning = "filters that move over the input: a pattern is found wherever it is",
          .aliases = aliases,
          .arguments = kConvArguments,
          .weights = convolution_weights<axes>,
          .call = convolution<axes>};
}
template <std::size_t axes>
constexpr LayerKind transpose_kind(std::string_view name, std::string_view aliases) {
  return {.name = name,
          .meaning = "a convolution turned round: each cell is spread over a window",
          .aliases = aliases,
          .arguments = kTransposeArguments,
          .weights = transpose_weights<axes>,
          .call = transpose<axes>};
}
template <std::size_t axes>
constexpr LayerKind depthwise_kind(std::string_view name) {
  return {.name = name,
          .meaning = "filters of single channels",
          .arguments = kDepthwiseConvArguments,
          .weights = depthwise_weights<axes>,
          .call = depthwise<axes>};
}
template <std::size_t axes>
constexpr LayerKind separable_kind(std::string_view name, std::string_view aliases) {
  return {.name = name,
          .meaning = "filters of single channels, then across the channels",
          .aliases = aliases,
          .arguments = kSeparableArguments,
          .weights = separable_weights<axes>,
          .call = separable<axes>};
}

}  // namespace

namespace layers {
const LayerKind Conv1D = plain_kind<1>("Conv1D", "Convolution1D");
const LayerKind Conv2D = plain_kind<2>("Conv2D", "Convolution2D");
const LayerKind Conv3D = plain_kind<3>("Conv3D", "Convolution3D");
const LayerKind Conv1DTranspose = transpose_kind<1>("Conv1DTranspose", "Convolution1DTranspose");
const LayerKind Conv2DTranspose = transpose_kind<2>("Conv2DTranspose", "Convolution2DTranspose Deconvolution2D");
const LayerKind Conv3DTranspose = transpose_kind<3>("Conv3DTranspose", "Convolution3DTranspose Deconvolution3D");
const LayerKind DepthwiseConv1D = depthwise_kind<1>("DepthwiseConv1D");
const LayerKind DepthwiseConv2D = depthwise_kind<2>("DepthwiseConv2D");
const LayerKind SeparableConv1D = separable_kind<1>("SeparableConv1D", "SeparableConvolution1D");
const LayerKind SeparableConv2D = separable_kind<2>("SeparableConv2D", "SeparableConvolution2D");
}  // namespace layers

}  // namespace vitrine::nn
