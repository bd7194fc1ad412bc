// Layers that only arrange: flatten, reshape, permute, repeat; borders of zeros, cropping, enlarging.
#include "engine/nn/images.h"
#include "engine/nn/layers.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/image.h"
#include "engine/ops/layout.h"

namespace vitrine::nn {
namespace {

constexpr auto kFlattenArguments = rows(kDataFormat);

void flatten(Call& call) {
  const Tensor x = channels_last(call);
  const Integers extents = ops::extents_of(x.shape());
  call.output(ops::reshape(x, {extents[0], ops::product(extents, 1, extents.size())}));
}

constexpr auto kReshapeArguments = rows(
    Argument{"target_shape", Takes::extents, kRequired, "of a sample; one extent may be -1: what the others leave"});

void reshape(Call& call) {
  Integers extents = call.arguments().wholes("target_shape");
  extents.insert(extents.begin(), call.input().shape()[0]);
  call.output(ops::reshaped(call.input(), extents));
}

constexpr auto kPermuteArguments = rows(
    Argument{"dims", Takes::wholes, kRequired, "which axis comes first, second and so on, counted from 1"}.at_least(1));

void permute(Call& call) {
  Integers axes = call.arguments().wholes("dims");
  axes.insert(axes.begin(), 0);
  call.output(ops::transpose(call.input(), axes));
}

constexpr auto kRepeatArguments = rows(Argument{"n", Takes::whole, kRequired, "how often"}.at_least(1));

// Each cell along the axis as often as asked.
Tensor repeated(const Tensor& x, int axis, std::int64_t times) {
  const Integers extents = ops::extents_of(x.shape());
  const auto at = static_cast<std::size_t>(axis);
  const std::int64_t before = ops::product(extents, 0, at), after = ops::product(extents, at + 1, extents.size());
  const Tensor apart = ops::reshape(x, {before, extents[at], 1, after});
  Shape shape = x.shape();
  shape[axis] *= times;
  return ops::reshape(ops::broadcast(apart, {before, extents[at], times, after}), shape);
}

void repeat_vector(Call& call) {
  call.output(repeated(ops::expand_dims(call.input(), 1), 1, call.arguments().whole("n")));
}

constexpr auto kZeroPaddingArguments =
    rows(Argument{"padding", Takes::pairs, 1.0, "zeros before and behind each axis"}.at_least(0), kDataFormat);
constexpr auto kCroppingArguments =
    rows(Argument{"cropping", Takes::pairs, 0.0, "cells cut off before and behind each axis"}.at_least(0).ours(1.0),
         kDataFormat);

template <std::size_t axes>
void zero_padding(Call& call) {
  Integers before{0}, behind{0};
  for (const auto& [first, last] : call.arguments().pairs("padding", axes)) {
    before.push_back(first);
    behind.push_back(last);
  }
  before.push_back(0);
  behind.push_back(0);
  answer(call, ops::pad(channels_last(call), before, behind));
}

template <std::size_t axes>
void cropping(Call& call) {
  const Tensor x = channels_last(call);
  Integers begin(axes + 2, 0), size = ops::extents_of(x.shape());
  const auto pairs = call.arguments().pairs("cropping", axes);
  for (std::size_t axis = 0; axis < axes; ++axis) {
    begin[axis + 1] = pairs[axis].first;
    size[axis + 1] -= pairs[axis].first + pairs[axis].second;
    if (size[axis + 1] < 1) {
      call.arguments().refuse("cropping", "leaves nothing", "less than " + text_of(x.shape()), "Crop less.");
    }
  }
  answer(call, ops::slice(x, begin, size));
}

constexpr Argument kSize = Argument{"size", Takes::wholes, 2.0, "how often each cell stands along an axis"}.at_least(1);
constexpr auto kUpSamplingArguments = rows(kSize, kDataFormat);
constexpr auto kUpSampling2DArguments =
    rows(kSize, kDataFormat,
         Argument{"interpolation", Takes::choice, "nearest", "what lies between cells", "nearest bilinear"},
         Argument{"half_pixel_centers", Takes::truth, false, "whether cells are squares, not points"}.ours(true));

template <std::size_t axes>
Tensor enlarged(const Tensor& x, const Integers& times) {
  Tensor y = x;
  for (std::size_t axis = 0; axis < axes; ++axis) y = repeated(y, static_cast<int>(axis) + 1, times[axis]);
  return y;
}
template <std::size_t axes>
void up_sampling(Call& call) {
  answer(call, enlarged<axes>(channels_last(call), call.arguments().wholes("size", axes)));
}
void up_sampling_2d(Call& call) {
  const Arguments& a = call.arguments();
  if (a.text("interpolation") == "nearest") return up_sampling<2>(call);
  const Tensor x = channels_last(call);
  const Integers times = a.wholes("size", 2);
  answer(call, ops::resize(x, x.shape()[1] * times[0], x.shape()[2] * times[1],
                           {.half_pixel_centers = a.truth("half_pixel_centers")}));
}

template <std::size_t axes>
void expect_axes(Build& build) {
  build.expect_rank(axes + 2);
}

template <std::size_t axes>
constexpr LayerKind padding_kind(std::string_view name) {
  return {.name = name,
          .meaning = "zeros around",
          .arguments = kZeroPaddingArguments,
          .weights = expect_axes<axes>,
          .call = zero_padding<axes>};
}
template <std::size_t axes>
constexpr LayerKind cropping_kind(std::string_view name) {
  return {.name = name,
          .meaning = "without its borders",
          .arguments = kCroppingArguments,
          .weights = expect_axes<axes>,
          .call = cropping<axes>};
}
template <std::size_t axes>
constexpr LayerKind up_sampling_kind(std::string_view name) {
  return {.name = name,
          .meaning = "each cell several times",
          .arguments = kUpSamplingArguments,
          .weights = expect_axes<axes>,
          .call = up_sampling<axes>};
}

}  // namespace

namespace layers {
const LayerKind Flatten{.name = "Flatten",
                        .meaning = "all numbers of a sample in one row",
                        .arguments = kFlattenArguments,
                        .call = flatten};
const LayerKind Reshape{
    .name = "Reshape", .meaning = "the same numbers in another shape", .arguments = kReshapeArguments, .call = reshape};
const LayerKind Permute{
    .name = "Permute", .meaning = "the axes in another order", .arguments = kPermuteArguments, .call = permute};
const LayerKind RepeatVector{.name = "RepeatVector",
                             .meaning = "the same vector at every step of a sequence",
                             .arguments = kRepeatArguments,
                             .call = repeat_vector};
const LayerKind ZeroPadding1D = padding_kind<1>("ZeroPadding1D");
const LayerKind ZeroPadding2D = padding_kind<2>("ZeroPadding2D");
const LayerKind ZeroPadding3D = padding_kind<3>("ZeroPadding3D");
const LayerKind Cropping1D = cropping_kind<1>("Cropping1D");
const LayerKind Cropping2D = cropping_kind<2>("Cropping2D");
const LayerKind Cropping3D = cropping_kind<3>("Cropping3D");
const LayerKind UpSampling1D = up_sampling_kind<1>("UpSampling1D");
const LayerKind UpSampling2D{.name = "UpSampling2D",
                             .meaning = "a picture enlarged",
                             .arguments = kUpSampling2DArguments,
                             .weights = expect_axes<2>,
                             .call = up_sampling_2d};
const LayerKind UpSampling3D = up_sampling_kind<3>("UpSampling3D");
}  // namespace layers

}  // namespace vitrine::nn
