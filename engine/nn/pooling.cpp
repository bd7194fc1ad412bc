// Pooling: the largest or the mean under a window, or of a whole picture.
#include "engine/ops/pooling.h"

#include "engine/nn/images.h"
#include "engine/nn/layers.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"

namespace vitrine::nn {
namespace {

constexpr auto kPoolArguments = rows(
    Argument{"pool_size", Takes::wholes, 2.0, "extents of the window"}.at_least(1),
    Argument{"strides", Takes::wholes, kNone, "steps of the window; as it is large where nothing is said"}.at_least(1),
    Argument{"padding", Takes::choice, "valid", "whether windows may reach over the edge", "valid same"}, kDataFormat);
constexpr auto kGlobalArguments =
    rows(kDataFormat, Argument{"keepdims", Takes::truth, false, "whether the pooled axes stay, with extent 1"});

using Pool = Tensor (*)(const Tensor& x, const Integers& extents, const ops::Window& window);

template <std::size_t axes, Pool pool>
void pooled(Call& call) {
  const Arguments& a = call.arguments();
  const Integers extents = a.wholes("pool_size", axes);
  ops::Window window;
  window.strides = a.has("strides") ? a.wholes("strides", axes) : extents;
  if (a.text("padding") == "same") window.padding = ops::Padding::same();
  answer(call, pool(channels_last(call), extents, window));
}

Integers spatial_axes(std::size_t axes) {
  Integers list;
  for (std::size_t axis = 1; axis <= axes; ++axis) list.push_back(static_cast<std::int64_t>(axis));
  return list;
}

void answer_global(Call& call, const Tensor& y) {
  if (call.arguments().truth("keepdims")) return answer(call, y);
  call.output(y);
}

template <std::size_t axes>
void global_max(Call& call) {
  answer_global(call, ops::max(channels_last(call), spatial_axes(axes), call.arguments().truth("keepdims")));
}

// Of a sequence with a mask, only the steps that count.
template <std::size_t axes>
void global_mean(Call& call) {
  const bool keep = call.arguments().truth("keepdims");
  const Tensor x = channels_last(call);
  if (axes != 1 || !call.mask()) return answer_global(call, ops::mean(x, spatial_axes(axes), keep));
  const Shape steps{x.shape()[0], x.shape()[1], 1};
  const Tensor counts = ops::reshape(ops::cast(call.mask(), DType::float32), steps);
  answer_global(call, ops::div_no_nan(ops::sum(x * counts, {1}, keep), ops::sum(counts, {1}, keep)));
}

template <std::size_t axes, Pool pool>
constexpr LayerKind pool_kind(std::string_view name, std::string_view meaning, std::string_view aliases) {
  return {
      .name = name, .meaning = meaning, .aliases = aliases, .arguments = kPoolArguments, .call = pooled<axes, pool>};
}
constexpr LayerKind global_kind(std::string_view name, std::string_view meaning, std::string_view aliases,
                                void (*call)(Call&)) {
  return {.name = name, .meaning = meaning, .aliases = aliases, .arguments = kGlobalArguments, .call = call};
}

Tensor largest(const Tensor& x, const Integers& extents, const ops::Window& window) {
  return ops::max_pool(x, extents, window);
}
Tensor average(const Tensor& x, const Integers& extents, const ops::Window& window) {
  return ops::average_pool(x, extents, window);
}
constexpr std::string_view kLargest = "the largest under each window", kMean = "the mean under each window";
constexpr std::string_view kLargestOfAll = "the largest of each channel", kMeanOfAll = "the mean of each channel";

}  // namespace

namespace layers {
const LayerKind MaxPooling1D = pool_kind<1, largest>("MaxPooling1D", kLargest, "MaxPool1D");
const LayerKind MaxPooling2D = pool_kind<2, largest>("MaxPooling2D", kLargest, "MaxPool2D");
const LayerKind MaxPooling3D = pool_kind<3, largest>("MaxPooling3D", kLargest, "MaxPool3D");
const LayerKind AveragePooling1D = pool_kind<1, average>("AveragePooling1D", kMean, "AvgPool1D");
const LayerKind AveragePooling2D = pool_kind<2, average>("AveragePooling2D", kMean, "AvgPool2D");
const LayerKind AveragePooling3D = pool_kind<3, average>("AveragePooling3D", kMean, "AvgPool3D");
const LayerKind GlobalMaxPooling1D = global_kind("GlobalMaxPooling1D", kLargestOfAll, "GlobalMaxPool1D", global_max<1>);
const LayerKind GlobalMaxPooling2D = global_kind("GlobalMaxPooling2D", kLargestOfAll, "GlobalMaxPool2D", global_max<2>);
const LayerKind GlobalMaxPooling3D = global_kind("GlobalMaxPooling3D", kLargestOfAll, "GlobalMaxPool3D", global_max<3>);
const LayerKind GlobalAveragePooling1D =
    global_kind("GlobalAveragePooling1D", kMeanOfAll, "GlobalAvgPool1D", global_mean<1>);
const LayerKind GlobalAveragePooling2D =
    global_kind("GlobalAveragePooling2D", kMeanOfAll, "GlobalAvgPool2D", global_mean<2>);
const LayerKind GlobalAveragePooling3D =
    global_kind("GlobalAveragePooling3D", kMeanOfAll, "GlobalAvgPool3D", global_mean<3>);
}  // namespace layers

}  // namespace vitrine::nn
