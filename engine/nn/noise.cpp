// Noise while training: dropping numbers or whole channels, adding and multiplying chance. Otherwise the input itself.
#include <cmath>

#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/comparison.h"
#include "engine/ops/types.h"

namespace vitrine::nn {
namespace {

constexpr Argument kRate = Argument{"rate", Takes::real, kRequired, "the share that is dropped"}.between(0, 0.999999);
constexpr Argument kNoiseShape{"noise_shape", Takes::extents, kNone,
                               "of the chances; extent 1 is shared, none is as the input"};
constexpr auto kDropoutArguments = rows(kRate, kNoiseShape, kIgnoredSeed);
constexpr auto kRateOnly = rows(kRate, kIgnoredSeed);
constexpr auto kSpatialArguments = rows(kRate, kNoiseShape, kIgnoredSeed,
                                        Argument{"data_format", Takes::choice, "channels_last",
                                                 "which axis has the channels", "channels_last channels_first"});
constexpr auto kStddevArguments =
    rows(Argument{"stddev", Takes::real, kRequired, "deviation of what is added"}.at_least(0), kIgnoredSeed);

Shape noise_shape(const Call& call) {
  Shape shape = call.input().shape();
  if (!call.arguments().has("noise_shape")) return shape;
  const Integers extents = call.arguments().wholes("noise_shape");
  if (static_cast<int>(extents.size()) != shape.rank()) {
    call.arguments().refuse("noise_shape", "has another number of axes", text_of(shape),
                            "Give one extent for each axis.");
  }
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const std::int64_t extent = extents[static_cast<std::size_t>(axis)];
    if (extent >= 0) shape[axis] = extent;
  }
  return shape;
}

// Whether nothing happens: then the input has been answered.
bool quiet(Call& call, std::string_view strength) {
  if (call.training() && call.arguments().real(strength) > 0) return false;
  call.output(call.input());
  return true;
}

void drop(Call& call, const Shape& shape) {
  const auto rate = static_cast<float>(call.arguments().real("rate"));
  call.output(call.input() * ops::dropout_mask(call.draws(), shape, rate));
}

void dropout(Call& call) {
  if (!quiet(call, "rate")) drop(call, noise_shape(call));
}

// Whole channels: one chance for all places.
void spatial_dropout(Call& call) {
  if (quiet(call, "rate")) return;
  Shape shape = call.input().shape();
  const bool first = call.arguments().text("data_format") == "channels_first";
  const int channel = first ? 1 : shape.rank() - 1;
  for (int axis = 1; axis < shape.rank(); ++axis) {
    if (axis != channel) shape[axis] = 1;
  }
  drop(call, shape);
}

void gaussian_noise(Call& call) {
  if (quiet(call, "stddev")) return;
  const double deviation = call.arguments().real("stddev");
  call.output(call.input() + ops::random_normal(call.draws(), call.input().shape(), 0, deviation));
}

void gaussian_dropout(Call& call) {
  if (quiet(call, "rate")) return;
  const double rate = call.arguments().real("rate");
  call.output(call.input() * ops::random_normal(call.draws(), call.input().shape(), 1, std::sqrt(rate / (1 - rate))));
}

// What is dropped becomes what selu answers far below 0, and mean and variance are put right.
void alpha_dropout(Call& call) {
  if (quiet(call, "rate")) return;
  constexpr double kFloor = -1.6732632423543772 * 1.0507009873554805;
  const double rate = call.arguments().real("rate");
  const double gain = 1 / std::sqrt((1 - rate) * (1 + rate * kFloor * kFloor));
  const Tensor chance = ops::random_uniform(call.draws(), noise_shape(call));
  const Tensor kept = ops::greater_equal(chance, like(chance, static_cast<float>(rate)));
  const Tensor y = ops::where(kept, call.input(), like(call.input(), static_cast<float>(kFloor)));
  call.output(static_cast<float>(gain) * y + like(y, static_cast<float>(-gain * kFloor * rate)));
}

constexpr LayerKind noise_kind(std::string_view name, std::string_view meaning, std::span<const Argument> arguments,
                               void (*call)(Call&)) {
  return {.name = name, .meaning = meaning, .arguments = arguments, .call = call, .masks = Masks::pass};
}
constexpr std::string_view kChannels = "whole channels become 0 while training, the others larger";

}  // namespace

namespace layers {
const LayerKind Dropout =
    noise_kind("Dropout", "numbers become 0 while training, the others larger", kDropoutArguments, dropout);
const LayerKind SpatialDropout1D = noise_kind("SpatialDropout1D", kChannels, kSpatialArguments, spatial_dropout);
const LayerKind SpatialDropout2D = noise_kind("SpatialDropout2D", kChannels, kSpatialArguments, spatial_dropout);
const LayerKind SpatialDropout3D = noise_kind("SpatialDropout3D", kChannels, kSpatialArguments, spatial_dropout);
const LayerKind GaussianNoise =
    noise_kind("GaussianNoise", "chance is added while training", kStddevArguments, gaussian_noise);
const LayerKind GaussianDropout =
    noise_kind("GaussianDropout", "chance is multiplied while training", kRateOnly, gaussian_dropout);
const LayerKind AlphaDropout = noise_kind("AlphaDropout", "dropout that keeps what selu keeps: mean and variance",
                                          kDropoutArguments, alpha_dropout);
}  // namespace layers

}  // namespace vitrine::nn
