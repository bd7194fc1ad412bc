// The rules. Where frameworks differ, ours are those of TensorFlow.js: epsilon stands inside the root of RMSProp and
// Adagrad, Adadelta divides by the accumulator of the step before, and the rate is outside the momentum's sum.
#include "engine/learn/optimiser.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/exponential.h"
#include "engine/ops/rounding.h"

namespace vitrine::learn {
namespace {

using nn::Argument;
using nn::rows;
using nn::Takes;
using Usual = nn::Usual;

constexpr double kBelowOne = 0.9999999;  // a share of the past: with 1 nothing new would ever count

constexpr Argument rate(double usual) {
  return Argument{kRate, Takes::real, usual, "how far a step goes"}.at_least(0);
}
constexpr Argument share(std::string_view name, double usual, std::string_view meaning) {
  return Argument{name, Takes::real, usual, meaning}.between(0, kBelowOne);
}
constexpr Argument kMomentumShare = share("momentum", 0.9, "share of the last step that is kept");
constexpr Argument kEpsilon = Argument{"epsilon", Takes::real, 1e-7, "keeps quotients finite"}.at_least(0);
constexpr Argument kBeta1 = share("beta1", 0.9, "share of the past in the mean of gradients");
constexpr Argument kBeta2 = share("beta2", 0.999, "share of the past in the mean of squares");
constexpr Argument weight_decay(double usual) {
  return Argument{"weight_decay", Takes::real, usual, "pulls weights towards 0, past the gradients"}.at_least(0);
}

Tensor one_minus(const Tensor& x) {
  return like(x, 1) - x;
}
// A running mean: share × old + (1 - share) × now.
Tensor mean(const Tensor& share, const Tensor& old, const Tensor& now) {
  return old * share + now * one_minus(share);
}
Tensor root(const Tensor& x) {
  return ops::sqrt(x);
}

constexpr auto kSgdHypers = rows(rate(0.01));
Tensor sgd(Update& u) {
  return u.weight() - u[kRate] * u.gradient();
}

constexpr auto kMomentumHypers =
    rows(rate(0.01), kMomentumShare, Argument{"use_nesterov", Takes::truth, false, "looks where the momentum leads"});
constexpr Slot kMomentumSlots[] = {{"momentum"}};
Tensor momentum(Update& u) {
  const Tensor m = u.keep("momentum", u["momentum"] * u.slot("momentum") + u.gradient());
  const Tensor direction = u.chosen("use_nesterov") ? u.gradient() + m * u["momentum"] : m;
  return u.weight() - u[kRate] * direction;
}

constexpr auto kRmsPropHypers =
    rows(rate(0.001), share("decay", 0.9, "share of the past in the mean of squares"),
         share("momentum", 0, "share of the last step that is kept"), kEpsilon,
         Argument{"centered", Takes::truth, false, "divides by the deviation, not by the root of the mean square"});
constexpr Slot kRmsPropSlots[] = {{"rms"}, {"momentum"}, {"mg", "", "centered"}};
Tensor rms_prop(Update& u) {
  const Tensor& g = u.gradient();
  Tensor spread = u.keep("rms", mean(u["decay"], u.slot("rms"), g * g));
  if (u.chosen("centered")) {
    const Tensor centre = u.keep("mg", mean(u["decay"], u.slot("mg"), g));
    spread = spread - (centre * centre + u["epsilon"]);
  } else {
    spread = spread + u["epsilon"];
  }
  const Tensor m = u.keep("momentum", u["momentum"] * u.slot("momentum") + u[kRate] * g / root(spread));
  return u.weight() - m;
}

constexpr auto kAdagradHypers =
    rows(rate(0.01), Argument{"initial_accumulator_value", Takes::real, 0.1, "sum of squares at first"}.at_least(0),
         kEpsilon);
constexpr Slot kAdagradSlots[] = {{"accumulator", "initial_accumulator_value"}};
Tensor adagrad(Update& u) {
  const Tensor sum = u.keep("accumulator", u.slot("accumulator") + u.gradient() * u.gradient());
  return u.weight() - u[kRate] * u.gradient() / root(sum + u["epsilon"]);
}

constexpr auto kAdadeltaHypers =
    rows(rate(1), share("rho", 0.95, "share of the past in the means of squares"), kEpsilon);
constexpr Slot kAdadeltaSlots[] = {{"accum_grad"}, {"accum_var"}};
Tensor adadelta(Update& u) {
  const Tensor &g = u.gradient(), &epsilon = u["epsilon"];
  const Tensor step = root(u.slot("accum_var") + epsilon) / root(u.slot("accum_grad") + epsilon) * g;
  u.keep("accum_grad", mean(u["rho"], u.slot("accum_grad"), g * g));
  u.keep("accum_var", mean(u["rho"], u.slot("accum_var"), step * step));
  return u.weight() - u[kRate] * step;
}

constexpr auto kAdamHypers = rows(rate(0.001), kBeta1, kBeta2, kEpsilon);
constexpr Slot kMoments[] = {{"m"}, {"v"}};
Tensor adam_step(Update& u) {
  const Tensor& g = u.gradient();
  const Tensor m = u.keep("m", mean(u["beta1"], u.slot("m"), g)) / one_minus(u.power("beta1"));
  const Tensor v = u.keep("v", mean(u["beta2"], u.slot("v"), g * g)) / one_minus(u.power("beta2"));
  return m / (root(v) + u["epsilon"]);
}
Tensor adam(Update& u) {
  return u.weight() - u[kRate] * adam_step(u);
}

constexpr auto kAdamWHypers = rows(rate(0.001), kBeta1, kBeta2, kEpsilon, weight_decay(0.004));
Tensor adam_w(Update& u) {
  return u.weight() - u[kRate] * (adam_step(u) + u["weight_decay"] * u.weight());
}

constexpr auto kAdamaxHypers =
    rows(rate(0.002), kBeta1, kBeta2, kEpsilon,
         Argument{"decay", Takes::real, 0.0, "makes the rate fall as 1 / (1 + decay · steps)"}.at_least(0));
constexpr Slot kAdamaxSlots[] = {{"m"}, {"v"}};
Tensor adamax(Update& u) {
  const Tensor& g = u.gradient();
  const Tensor m = u.keep("m", mean(u["beta1"], u.slot("m"), g));
  const Tensor largest = u.keep("v", ops::maximum(u["beta2"] * u.slot("v"), ops::abs(g)));
  const Tensor rate = u[kRate] / (u["decay"] * u.step() + like(g, 1)) / one_minus(u.power("beta1"));
  return u.weight() - rate * (m / (largest + u["epsilon"]));
}

constexpr auto kLionHypers =
    rows(rate(0.0001), kBeta1, share("beta2", 0.99, "share of the past in what is kept"), weight_decay(0));
constexpr Slot kLionSlots[] = {{"m"}};
Tensor lion(Update& u) {
  const Tensor direction = ops::sign(mean(u["beta1"], u.slot("m"), u.gradient()));
  u.keep("m", mean(u["beta2"], u.slot("m"), u.gradient()));
  return u.weight() - u[kRate] * (direction + u["weight_decay"] * u.weight());
}

}  // namespace

namespace optimisers {

const OptimiserKind Sgd{
    .name = "SGD", .meaning = "down the gradient", .formula = "w ← w - r g", .hypers = kSgdHypers, .rule = sgd};
const OptimiserKind Momentum{.name = "Momentum",
                             .meaning = "a ball that rolls down: it keeps its speed",
                             .formula = "m ← μ m + g; w ← w - r m (Nesterov: w - r (g + μ m))",
                             .hypers = kMomentumHypers,
                             .slots = kMomentumSlots,
                             .rule = momentum};
const OptimiserKind RmsProp{.name = "RMSProp",
                            .meaning = "steps measured by the usual size of the gradient",
                            .formula = "s ← ρ s + (1 - ρ) g²; p ← μ p + r g / √(s + ε); w ← w - p",
                            .hypers = kRmsPropHypers,
                            .slots = kRmsPropSlots,
                            .rule = rms_prop};
const OptimiserKind Adagrad{.name = "Adagrad",
                            .meaning = "steps that shrink where much has moved already",
                            .formula = "a ← a + g²; w ← w - r g / √(a + ε)",
                            .hypers = kAdagradHypers,
                            .slots = kAdagradSlots,
                            .rule = adagrad};
const OptimiserKind Adadelta{
    .name = "Adadelta",
    .meaning = "steps as large as the last ones were",
    .formula = "u = g √(U + ε) / √(A + ε); A ← ρ A + (1 - ρ) g²; U ← ρ U + (1 - ρ) u²; w ← w - r u",
    .hypers = kAdadeltaHypers,
    .slots = kAdadeltaSlots,
    .rule = adadelta};
const OptimiserKind Adam{.name = "Adam",
                         .meaning = "momentum, measured by the usual size of the gradient",
                         .formula =
                             "m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; "
                             "w ← w - r m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε)",
                         .hypers = kAdamHypers,
                         .slots = kMoments,
                         .powers = "beta1 beta2",
                         .rule = adam};
const OptimiserKind Adamax{.name = "Adamax",
                           .meaning = "Adam, measured by the largest gradient",
                           .formula =
                               "m ← β₁ m + (1 - β₁) g; v ← max(β₂ v, |g|); "
                               "w ← w - r / (1 + d t) / (1 - β₁ᵗ) m / (v + ε)",
                           .hypers = kAdamaxHypers,
                           .slots = kAdamaxSlots,
                           .powers = "beta1",
                           .rule = adamax};
const OptimiserKind AdamW{.name = "AdamW",
                          .meaning = "Adam, with weights pulled towards 0 past the gradients",
                          .formula = "Adam's step u; w ← w - r (u + λ w)",
                          .hypers = kAdamWHypers,
                          .slots = kMoments,
                          .powers = "beta1 beta2",
                          .rule = adam_w};
const OptimiserKind Lion{.name = "Lion",
                         .meaning = "steps of one size; only the direction counts",
                         .formula = "u = sign(β₁ m + (1 - β₁) g); m ← β₂ m + (1 - β₂) g; w ← w - r (u + λ w)",
                         .hypers = kLionHypers,
                         .slots = kLionSlots,
                         .rule = lion};

}  // namespace optimisers

std::span<const OptimiserKind* const> all_optimisers() {
  using namespace optimisers;
  static constexpr const OptimiserKind* kAll[] = {&Sgd,  &Momentum, &RmsProp, &Adagrad, &Adadelta,
                                                  &Adam, &Adamax,   &AdamW,   &Lion};
  return kAll;
}

}  // namespace vitrine::learn
