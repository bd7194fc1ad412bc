// Adapters of convolutions, pools, image functions and box suppression.
#include "engine/ops/convolution.h"
#include "engine/ops/detection.h"
#include "engine/ops/image.h"
#include "engine/ops/morphology.h"
#include "engine/ops/pooling.h"
#include "tests/conformance/finish.h"
#include "tests/conformance/runner.h"

namespace vitrine::conformance {
namespace {

// Padding is a word, a number, or rows of before and after for each axis of the image.
ops::Padding padding_of(const Case& c) {
  ops::Padding padding;
  if (c.is_text("pad")) {
    if (c.text("pad") == "same") padding = ops::Padding::same();
  } else if (c.is_list("pad")) {
    const std::vector<Integers> rows = c.rows("pad");
    Integers before, after;
    for (std::size_t i = 1; i + 1 < rows.size(); ++i) {
      before.push_back(rows[i].at(0));
      after.push_back(rows[i].at(1));
    }
    padding = ops::Padding::sides(before, after);
  } else {
    padding = ops::Padding::around(c.integer("pad"));
  }
  padding.round_up = c.text("dimRoundingMode", "floor") == "ceil";
  return padding;
}

ops::Window window_of(const Case& c) {
  const Integers one{1};
  return {c.integers(c.has("stride") ? "stride" : "strides", one),
          c.integers(c.has("dilation") ? "dilation" : "dilations", one), padding_of(c)};
}

Tensors convolution(const Case& c) {
  return {ops::convolution(c.inputs[0], c.inputs[1], window_of(c))};
}
Tensors depthwise(const Case& c) {
  return {ops::depthwise_convolution(c.inputs[0], c.inputs[1], window_of(c))};
}
Tensors separable(const Case& c) {
  return {ops::separable_convolution(c.inputs[0], c.inputs[1], c.inputs[2], window_of(c))};
}
Tensors transposed(const Case& c) {
  return {ops::transposed_convolution(c.inputs[0], c.inputs[1], shape_of(c.integers("outputShape")), window_of(c))};
}

Tensors fused_convolution(const Case& c) {
  return finished(c, convolution(c).front());
}
Tensors fused_depthwise(const Case& c) {
  return finished(c, depthwise(c).front());
}

Tensors dilate(const Case& c) {
  return {ops::dilate(c.inputs[0], c.inputs[1], window_of(c))};
}

// One number stands for all axes.
template <int axes>
Integers frame_of(const Case& c, std::string_view name) {
  Integers frame = c.integers(name);
  if (frame.size() == 1) frame.assign(axes, frame[0]);
  return frame;
}

template <int axes>
Tensors max_pool(const Case& c) {
  return {ops::max_pool(c.inputs[0], frame_of<axes>(c, "filterSize"), window_of(c))};
}
template <int axes>
Tensors average_pool(const Case& c) {
  return {ops::average_pool(c.inputs[0], frame_of<axes>(c, "filterSize"), window_of(c))};
}
Tensors max_pool_with_winners(const Case& c) {
  const Integers frame = frame_of<2>(c, "filterSize");
  return {ops::max_pool(c.inputs[0], frame, window_of(c)),
          ops::max_pool_winners(c.inputs[0], frame, window_of(c), c.boolean("includeBatchInIndex", false))};
}
Tensors pool(const Case& c) {
  const auto pool = c.text("poolingType") == "max" ? ops::max_pool : ops::average_pool;
  return {pool(c.inputs[0], frame_of<2>(c, "windowShape"), window_of(c))};
}

template <ops::Interpolation interpolation>
Tensors resize(const Case& c) {
  const Integers size = c.integers("size");
  return {ops::resize(c.inputs[0], size.at(0), size.at(1),
                      {interpolation, c.boolean("alignCorners", false), c.boolean("halfPixelCenters", false)})};
}

ops::Interpolation interpolation_of(const Case& c, std::string_view name, std::string fallback) {
  const bool nearest = c.text(name, std::move(fallback)) == "nearest";
  return nearest ? ops::Interpolation::nearest : ops::Interpolation::bilinear;
}

Tensors crop_and_resize(const Case& c) {
  const Integers size = c.integers("cropSize");
  return {ops::crop_and_resize(c.inputs[0], c.inputs[1], c.inputs[2], size.at(0), size.at(1),
                               interpolation_of(c, "method", "bilinear"), c.number("extrapolationValue", 0))};
}

Tensors rotate(const Case& c) {
  const Reals center = c.numbers("center", Reals{0.5});
  return {
      ops::rotate(c.inputs[0], c.number("radians"), c.numbers("fillValue", Reals{0}), center.front(), center.back())};
}

Tensors transform(const Case& c) {
  const std::string word = c.text("fillMode", "constant");
  const Integers size = c.integers("outputShape", Integers{c.inputs[0].shape()[1], c.inputs[0].shape()[2]});
  const ops::FillMode mode = word == "reflect"   ? ops::FillMode::reflect
                             : word == "wrap"    ? ops::FillMode::wrap
                             : word == "nearest" ? ops::FillMode::nearest
                                                 : ops::FillMode::constant;
  return {ops::transform(c.inputs[0], c.inputs[1], size.at(0), size.at(1),
                         interpolation_of(c, "interpolation", "nearest"), mode, c.number("fillValue", 0))};
}

ops::Suppression suppress(const Case& c) {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  return ops::suppress_overlaps(c.inputs[0], c.inputs[1],
                                {.most = c.integer("maxOutputSize"),
                                 .overlap = c.number("iouThreshold", 0.5),
                                 .least_score = c.number("scoreThreshold", kNone),
                                 .soft_sigma = c.number("softNmsSigma", 0),
                                 .padded = c.boolean("padToMaxOutputSize", false)});
}
Tensors suppress_for_indices(const Case& c) {
  return {suppress(c).indices};
}
Tensors suppress_with_scores(const Case& c) {
  const ops::Suppression kept = suppress(c);
  return {kept.indices, kept.scores};
}
Tensors suppress_and_count(const Case& c) {
  const ops::Suppression kept = suppress(c);
  const auto valid = static_cast<std::int32_t>(kept.valid);
  return {kept.indices, tensor(c.backend, {DType::int32, {}}, std::as_bytes(std::span(&valid, 1)))};
}

const Family image_family{
    {"conv1d", convolution},
    {"conv2d", convolution},
    {"conv3d", convolution},
    {"depthwiseConv2d", depthwise},
    {"separableConv2d", separable},
    {"conv2dTranspose", transposed},
    {"conv3dTranspose", transposed},
    {"fused.conv2d", fused_convolution},
    {"fused.depthwiseConv2d", fused_depthwise},
    {"dilation2d", dilate},
    {"maxPool", max_pool<2>},
    {"avgPool", average_pool<2>},
    {"maxPool3d", max_pool<3>},
    {"avgPool3d", average_pool<3>},
    {"maxPoolWithArgmax", max_pool_with_winners},
    {"pool", pool},
    {"image.resizeBilinear", resize<ops::Interpolation::bilinear>},
    {"image.resizeNearestNeighbor", resize<ops::Interpolation::nearest>},
    {"image.cropAndResize", crop_and_resize},
    {"image.rotateWithOffset", rotate},
    {"image.transform", transform},
    {"image.nonMaxSuppression", suppress_for_indices},
    {"image.nonMaxSuppressionWithScore", suppress_with_scores},
    {"image.nonMaxSuppressionPadded", suppress_and_count},
};

}  // namespace
}  // namespace vitrine::conformance
