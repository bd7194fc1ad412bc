// Normalisation: mean 0 and variance 1, over the batch, over each sample, over groups of channels, or by numbers known
// beforehand.
#include <algorithm>

#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/exponential.h"
#include "engine/ops/layout.h"
#include "engine/ops/normal.h"

namespace vitrine::nn {
namespace {

constexpr Argument kEpsilon =
    Argument{"epsilon", Takes::real, 1e-3, "added to the variance, so that nothing is divided by 0"}.at_least(0);
constexpr Argument kCenter{"center", Takes::truth, true, "whether a learned offset, beta, is added"};
constexpr Argument kScale{"scale", Takes::truth, true, "whether it is multiplied with a learned gamma"};
constexpr auto kBetaArguments =
    weight_arguments("beta_initializer", "beta_regularizer", "beta_constraint", "zeros", "zeros");
constexpr auto kGammaArguments =
    weight_arguments("gamma_initializer", "gamma_regularizer", "gamma_constraint", "ones", "ones");

constexpr auto kBatchArguments = join(
    rows(Argument{"axis", Takes::wholes, -1.0, "of the channels: each has its own mean and variance"},
         Argument{"momentum", Takes::real, 0.99, "how much of the moving statistics stays at each step"}.between(0, 1),
         kEpsilon, kCenter, kScale),
    kBetaArguments, kGammaArguments,
    rows(Argument{"moving_mean_initializer", Takes::initialiser, "zeros", "what the moving mean begins with"},
         Argument{"moving_variance_initializer", Takes::initialiser, "ones", "what the moving variance begins with"}));

// Gamma and beta, as far as they are wanted.
void scale_and_offset(Build& build, const Shape& shape) {
  if (build.arguments().truth("scale")) build.weight("gamma", shape, "gamma");
  if (build.arguments().truth("center")) build.weight("beta", shape, "beta");
}

std::int64_t from_front(std::int64_t axis, std::size_t rank) {
  return ops::resolved_axis("axis", static_cast<int>(rank), axis);
}

void batch_weights(Build& build) {
  const Integers axes = build.arguments().wholes("axis");
  if (axes.size() != 1) build.arguments().refuse("axis", "names several axes", "one axis", "Choose one.");
  const Shape shape{build.extent(axes[0])};
  scale_and_offset(build, shape);
  build.statistic("moving_mean", shape, "moving_mean");
  build.statistic("moving_variance", shape, "moving_variance");
}

// A weight with one number for each channel, shaped to stand beside x.
Tensor beside(const Tensor& w, const Tensor& x, std::int64_t axis) {
  if (!w || axis == x.shape().rank() - 1) return w;
  Integers extents(static_cast<std::size_t>(x.shape().rank()), 1);
  extents[static_cast<std::size_t>(axis)] = x.shape()[static_cast<int>(axis)];
  return ops::reshape(w, ops::shape_of(extents));
}

void batch_normalisation(Call& call) {
  const Arguments& a = call.arguments();
  const Tensor& x = call.input();
  const std::int64_t axis = from_front(a.wholes("axis")[0], static_cast<std::size_t>(x.shape().rank()));
  ops::Moments use{call.weight("moving_mean"), call.weight("moving_variance")};
  if (call.training() && !call.frozen()) {
    Integers others;
    for (int i = 0; i < x.shape().rank(); ++i) {
      if (i != axis) others.push_back(i);
    }
    const ops::Moments batch = ops::moments(x, others);
    const auto keep = static_cast<float>(a.real("momentum"));
    call.update("moving_mean", keep * use.mean + (1 - keep) * batch.mean);
    call.update("moving_variance", keep * use.variance + (1 - keep) * batch.variance);
    use = batch;
  }
  call.output(ops::batch_norm(x, beside(use.mean, x, axis), beside(use.variance, x, axis),
                              beside(call.weight("beta"), x, axis), beside(call.weight("gamma"), x, axis),
                              static_cast<float>(a.real("epsilon"))));
}

constexpr auto kLayerArguments =
    join(rows(Argument{"axis", Takes::wholes, -1.0, "over which the mean is taken; gamma and beta have their extents"},
              kEpsilon, kCenter, kScale),
         kBetaArguments, kGammaArguments);

Integers sorted_axes(const Arguments& a, std::size_t rank) {
  Integers axes = a.wholes("axis");
  for (std::int64_t& axis : axes) axis = from_front(axis, rank);
  std::ranges::sort(axes);
  if (axes.empty() || std::ranges::adjacent_find(axes) != axes.end()) {
    a.refuse("axis", "names no axis, or one twice", "each once", "Check the list.");
  }
  return axes;
}

void layer_weights(Build& build) {
  Integers extents;
  for (const std::int64_t axis : sorted_axes(build.arguments(), build.input().rank())) {
    extents.push_back(build.extent(axis));
  }
  scale_and_offset(build, ops::shape_of(extents));
}

void layer_normalisation(Call& call) {
  const Tensor& x = call.input();
  const Integers axes = sorted_axes(call.arguments(), static_cast<std::size_t>(x.shape().rank()));
  const ops::Moments moments = ops::moments(x, axes, true);
  Integers extents(static_cast<std::size_t>(x.shape().rank()), 1);
  for (const std::int64_t axis : axes) extents[static_cast<std::size_t>(axis)] = x.shape()[static_cast<int>(axis)];
  const Shape shape = ops::shape_of(extents);
  const auto shaped = [&](const Tensor& w) { return w ? ops::reshape(w, shape) : w; };
  call.output(ops::batch_norm(x, moments.mean, moments.variance, shaped(call.weight("beta")),
                              shaped(call.weight("gamma")), static_cast<float>(call.arguments().real("epsilon"))));
}

constexpr auto kGroupArguments = join(
    rows(Argument{"groups", Takes::whole, 32.0, "into how many the channels fall; -1: one for each channel"}.at_least(
             -1),
         kEpsilon, kCenter, kScale),
    kBetaArguments, kGammaArguments);

void group_weights(Build& build) {
  scale_and_offset(build, {build.extent(-1)});
}

// Channels last: [batch, places, groups, channels of a group], normalised over places and channels of a group.
void group_normalisation(Call& call) {
  const Tensor& x = call.input();
  const int rank = x.shape().rank();
  const std::int64_t batch = x.shape()[0], channels = x.shape()[rank - 1];
  const std::int64_t wanted = call.arguments().whole("groups"), groups = wanted == -1 ? channels : wanted;
  if (groups == 0 || channels % groups != 0) {
    call.arguments().refuse("groups", "does not divide the channels", "a divisor of the channels",
                            "Choose another number.");
  }
  const std::int64_t places = ops::product(ops::extents_of(x.shape()), 1, static_cast<std::size_t>(rank) - 1);
  const Tensor split = ops::reshape(x, {batch, places, groups, channels / groups});
  const ops::Moments moments = ops::moments(split, {1, 3}, true);
  const auto epsilon = static_cast<float>(call.arguments().real("epsilon"));
  Tensor y = ops::reshape(ops::batch_norm(split, moments.mean, moments.variance, {}, {}, epsilon), x.shape());
  if (const Tensor gamma = call.weight("gamma")) y = y * gamma;
  if (const Tensor beta = call.weight("beta")) y = y + beta;
  call.output(y);
}

constexpr auto kKnownArguments =
    rows(Argument{"axis", Takes::wholes, -1.0, "each place along it has its own mean and variance"},
         Argument{"mean", Takes::reals, kNone, "of what comes in; a weight where nothing is said"},
         Argument{"variance", Takes::reals, kNone, "of what comes in; a weight where nothing is said"}.at_least(0),
         Argument{"invert", Takes::truth, false, "whether it goes back: from normalised numbers to what came in"});

void known_weights(Build& build) {
  const Shape shape{build.extent(build.arguments().wholes("axis", 1)[0])};
  if (!build.arguments().has("mean")) build.statistic("mean", shape, "mean");
  if (!build.arguments().has("variance")) build.statistic("variance", shape, "variance");
}

// One number for all channels, or one for each, as tensors that also a trace can take.
Tensor listed(const Call& call, std::string_view name) {
  if (!call.arguments().has(name)) return call.weight(name);
  std::vector<Tensor> numbers;
  for (const double number : call.arguments().reals(name)) {
    numbers.push_back(ops::broadcast(like(call.input(), static_cast<float>(number)), {1}));
  }
  return ops::concat(numbers, 0);
}

void known_normalisation(Call& call) {
  constexpr float kLeastDeviation = 1e-7f;  // what never varied stays as it is
  const Tensor& x = call.input();
  const std::int64_t axis =
      from_front(call.arguments().wholes("axis", 1)[0], static_cast<std::size_t>(x.shape().rank()));
  const auto shaped = [&](const Tensor& w) { return w.shape() == Shape{1} ? w : beside(w, x, axis); };
  const Tensor mean = shaped(listed(call, "mean"));
  const Tensor root = ops::sqrt(shaped(listed(call, "variance")));
  const Tensor deviation = ops::maximum(root, like(root, kLeastDeviation));
  call.output(call.arguments().truth("invert") ? x * deviation + mean : (x - mean) / deviation);
}

}  // namespace

namespace layers {
const LayerKind BatchNormalization{.name = "BatchNormalization",
                                   .meaning = "by the batch while training, by moving statistics afterwards",
                                   .aliases = "BatchNormalizationV1 BatchNormalizationV2",
                                   .arguments = kBatchArguments,
                                   .weights = batch_weights,
                                   .call = batch_normalisation,
                                   .masks = Masks::pass};
const LayerKind LayerNormalization{.name = "LayerNormalization",
                                   .meaning = "each sample by itself",
                                   .arguments = kLayerArguments,
                                   .weights = layer_weights,
                                   .call = layer_normalisation,
                                   .masks = Masks::pass};
const LayerKind GroupNormalization{.name = "GroupNormalization",
                                   .meaning = "each sample by itself, in groups of channels",
                                   .arguments = kGroupArguments,
                                   .weights = group_weights,
                                   .call = group_normalisation,
                                   .masks = Masks::pass};
const LayerKind Normalization{.name = "Normalization",
                              .meaning = "by a mean and a variance that are known beforehand",
                              .arguments = kKnownArguments,
                              .weights = known_weights,
                              .call = known_normalisation,
                              .masks = Masks::pass};
}  // namespace layers

}  // namespace vitrine::nn
