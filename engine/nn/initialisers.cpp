// Initialisers: what a weight holds before anybody has trained it.
#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/nn/part.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/creation.h"
#include "engine/ops/gather.h"
#include "engine/ops/layout.h"
#include "engine/ops/linalg.h"
#include "engine/ops/reduction.h"
#include "engine/ops/rounding.h"

namespace vitrine::nn {
namespace {

constexpr Argument kSeed =
    Argument{"seed", Takes::whole, kNone, "fixes the numbers whatever the seed of the run is"}.between(-0x1p53, 0x1p53);
constexpr Argument kGain{"gain", Takes::real, 1.0, "times what it would be"};

constexpr auto kConstantArguments = rows(Argument{"value", Takes::real, 0.0, "of every number"});
constexpr auto kUniformArguments = rows(Argument{"minval", Takes::real, -0.05, "smallest number"},
                                        Argument{"maxval", Takes::real, 0.05, "largest number"}, kSeed);
constexpr auto kNormalArguments =
    rows(Argument{"mean", Takes::real, 0.0, "of the numbers"},
         Argument{"stddev", Takes::real, 0.05, "deviation of the numbers"}.at_least(0), kSeed);
constexpr auto kIdentityArguments = rows(kGain);
constexpr auto kOrthogonalArguments = rows(kGain, kSeed);
constexpr auto kSeedOnly = rows(kSeed);
constexpr auto kScalingArguments =
    rows(Argument{"scale", Takes::real, 1.0, "variance times the fan"}.at_least(0),
         Argument{"mode", Takes::choice, "fan_in", "the fan: inputs, outputs or their mean", "fan_in fan_out fan_avg"},
         Argument{"distribution", Takes::choice, "normal",
                  "normal is cut off at two deviations, which truncated_normal makes up for",
                  "normal uniform truncated_normal untruncated_normal"},
         kSeed);

// How many numbers lead into one output, and how many outputs one input leads to.
struct Fans {
  double in = 1, out = 1;
};
Fans fans_of(const Shape& shape) {
  const int rank = shape.rank();
  if (rank == 0) return {};
  if (rank == 1) return {static_cast<double>(shape[0]), static_cast<double>(shape[0])};
  double frame = 1;
  for (int axis = 0; axis < rank - 2; ++axis) frame *= static_cast<double>(shape[axis]);
  return {frame * static_cast<double>(shape[rank - 2]), frame * static_cast<double>(shape[rank - 1])};
}

Tensor filled(const ops::Draws& draws, const Shape& shape, double value) {
  return ops::broadcast(like(draws.step, static_cast<float>(value)), shape);
}

Tensor zeros(const Arguments&, const ops::Draws& draws, const Shape& shape) {
  return filled(draws, shape, 0);
}
Tensor ones(const Arguments&, const ops::Draws& draws, const Shape& shape) {
  return filled(draws, shape, 1);
}
Tensor constant(const Arguments& a, const ops::Draws& draws, const Shape& shape) {
  return filled(draws, shape, a.real("value"));
}

Tensor uniform(const Arguments& a, const ops::Draws& draws, const Shape& shape) {
  if (a.real("maxval") < a.real("minval")) a.refuse("maxval", "is below minval", "minval or more", "Swap them.");
  return ops::random_uniform(draws, shape, a.real("minval"), a.real("maxval"));
}
Tensor normal(const Arguments& a, const ops::Draws& draws, const Shape& shape) {
  return ops::random_normal(draws, shape, a.real("mean"), a.real("stddev"));
}
Tensor truncated_normal(const Arguments& a, const ops::Draws& draws, const Shape& shape) {
  return ops::random_truncated_normal(draws, shape, a.real("mean"), a.real("stddev"));
}

struct Scaling {
  double scale = 1;
  std::string_view mode = "fan_avg", distribution = "uniform";
};
Tensor scaled(const Scaling& scaling, const ops::Draws& draws, const Shape& shape) {
  // The deviation of a standard normal distribution that is cut off at two deviations.
  constexpr double kCutDeviation = 0.87962566103423978;
  const Fans fans = fans_of(shape);
  const double fan = scaling.mode == "fan_in"    ? fans.in
                     : scaling.mode == "fan_out" ? fans.out
                                                 : (fans.in + fans.out) / 2;
  const double variance = scaling.scale / std::max(fan, 1.0), deviation = std::sqrt(variance);
  if (scaling.distribution == "uniform") {
    const double limit = std::sqrt(3 * variance);
    return ops::random_uniform(draws, shape, -limit, limit);
  }
  if (scaling.distribution == "untruncated_normal") return ops::random_normal(draws, shape, 0, deviation);
  const double made_up = scaling.distribution == "truncated_normal" ? deviation / kCutDeviation : deviation;
  return ops::random_truncated_normal(draws, shape, 0, made_up);
}

Tensor variance_scaling(const Arguments& a, const ops::Draws& draws, const Shape& shape) {
  return scaled({a.real("scale"), a.text("mode"), a.text("distribution")}, draws, shape);
}
Tensor glorot_uniform(const Arguments&, const ops::Draws& draws, const Shape& shape) {
  return scaled({1, "fan_avg", "uniform"}, draws, shape);
}
Tensor glorot_normal(const Arguments&, const ops::Draws& draws, const Shape& shape) {
  return scaled({1, "fan_avg", "truncated_normal"}, draws, shape);
}
Tensor he_uniform(const Arguments&, const ops::Draws& draws, const Shape& shape) {
  return scaled({2, "fan_in", "uniform"}, draws, shape);
}
Tensor he_normal(const Arguments&, const ops::Draws& draws, const Shape& shape) {
  return scaled({2, "fan_in", "truncated_normal"}, draws, shape);
}
Tensor lecun_uniform(const Arguments&, const ops::Draws& draws, const Shape& shape) {
  return scaled({1, "fan_in", "uniform"}, draws, shape);
}
Tensor lecun_normal(const Arguments&, const ops::Draws& draws, const Shape& shape) {
  return scaled({1, "fan_in", "truncated_normal"}, draws, shape);
}

void expect_rank(const Arguments& a, const Shape& shape, int least, int most) {
  if (shape.rank() >= least && shape.rank() <= most) return;
  throw UsageError({a.path(), "does not fit the weight", "two axes", text_of(shape), "Choose another initialiser."});
}

Tensor identity(const Arguments& a, const ops::Draws& draws, const Shape& shape) {
  expect_rank(a, shape, 2, 2);
  return ops::band_part(filled(draws, shape, a.real("gain")), 0, 0);
}

// The orthonormal factor of a normal matrix, with signs such that every rotation is equally likely.
Tensor orthogonal(const Arguments& a, const ops::Draws& draws, const Shape& shape) {
  expect_rank(a, shape, 2, limits::kRank);
  const std::int64_t columns = shape[shape.rank() - 1];
  const std::int64_t rows_count = shape.elements() / std::max<std::int64_t>(columns, 1);
  const std::int64_t longer = std::max(rows_count, columns), shorter = std::min(rows_count, columns);
  const ops::Factors factors = ops::qr(ops::random_normal(draws, {longer, shorter}));
  const Tensor diagonal = ops::sum(ops::band_part(factors.r, 0, 0), {0}, true);
  const Tensor q = factors.q * ops::sign(diagonal);
  const Tensor turned = rows_count < columns ? ops::transpose(q) : q;
  return static_cast<float>(a.real("gain")) * ops::reshape(turned, shape);
}

constexpr auto kForgetArguments =
    rows(Argument{"bias_initializer", Takes::initialiser, "zeros", "of the other three quarters"});

// The bias of an LSTM: its gates are input, forget, new, output.
Tensor unit_forget_bias(const Arguments& a, const ops::Draws& draws, const Shape& shape) {
  const auto rest = initialiser_of(a.path(), a["bias_initializer"], Convention::ours);
  const Tensor bias = rest.part->make(rest.arguments, draws, shape);
  const std::int64_t units = shape.elements() / 4;
  return ops::concat(std::vector<Tensor>{ops::slice(bias, {0}, {units}), filled(draws, {units}, 1),
                                         ops::slice(bias, {2 * units}, {2 * units})},
                     0);
}

constexpr Initialiser kInitialisers[] = {
    {"Zeros", "0", {}, zeros},
    {"Ones", "1", {}, ones},
    {"Constant", "one number everywhere", kConstantArguments, constant},
    {"RandomUniform", "any number between two, equally likely", kUniformArguments, uniform},
    {"RandomNormal", "normally distributed", kNormalArguments, normal},
    {"TruncatedNormal", "the same, drawn anew beyond two deviations", kNormalArguments, truncated_normal},
    {"Identity", "1 on the diagonal, times a gain", kIdentityArguments, identity},
    {"Orthogonal", "a random rotation, times a gain", kOrthogonalArguments, orthogonal},
    {"VarianceScaling", "as large as the number of inputs and outputs asks for", kScalingArguments, variance_scaling},
    {"GlorotUniform", "uniform, variance 2 / (inputs + outputs)", kSeedOnly, glorot_uniform},
    {"GlorotNormal", "truncated normal, variance 2 / (inputs + outputs)", kSeedOnly, glorot_normal},
    {"HeUniform", "uniform, variance 2 / inputs", kSeedOnly, he_uniform},
    {"HeNormal", "truncated normal, variance 2 / inputs", kSeedOnly, he_normal},
    {"LecunUniform", "uniform, variance 1 / inputs", kSeedOnly, lecun_uniform},
    {"LecunNormal", "truncated normal, variance 1 / inputs", kSeedOnly, lecun_normal},
    {"UnitForgetBias", "1 for the forget gate of an LSTM, so that it begins by remembering", kForgetArguments,
     unit_forget_bias},
};

}  // namespace

std::span<const Initialiser> all_initialisers() {
  return kInitialisers;
}

}  // namespace vitrine::nn
