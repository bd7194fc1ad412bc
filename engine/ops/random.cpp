// Entries of the random ops.
#include "engine/ops/random.h"

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/rounding.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

constexpr std::string_view kNoSlope = "random numbers depend on nothing but their place";
constexpr std::string_view kNoRandomShader = "a device promises no equal bits, and these numbers must be equal";

void expect_step(ShapeRule& rule) {
  expect_types(rule, 0, kNumber);
  if (rule.input(0).shape.elements() == 1) return;
  rule.refuse("step", "is not one number", "1 element", text_of(rule.input(0).shape), "Give a counter.");
}

void random_shape(ShapeRule& rule) {
  expect_step(rule);
  rule.output({DType::float32, Shape(std::span<const std::int64_t>(rule.attr<Integers>(1)))});
}

void gamma_shape(ShapeRule& rule) {
  const double alpha = rule.attr<double>(2);
  if (!(alpha > 1e-3) || !(alpha < 1e6)) {
    rule.refuse("alpha", "is out of range", "0.001 to 1000000", to_text(static_cast<float>(alpha)), "Choose another.");
  }
  random_shape(rule);
}

void multinomial_shape(ShapeRule& rule) {
  expect_step(rule);
  expect_types(rule, 1, kFloat);
  const Shape& logits = rule.input(1).shape;
  const std::int64_t count = rule.attr<std::int64_t>(1);
  if (logits.rank() != 2 || logits[1] < 1) {
    rule.refuse("logits", "is no matrix of classes", "[rows, classes]", text_of(logits), "Reshape it.");
  }
  if (count < 0) rule.refuse("count", "is negative", "0 or more", to_text(count), "Ask for some.");
  rule.output({DType::int32, {logits[0], count}});
}

const AttrSpec kUniformAttrs[] = {{"key", std::int64_t{0}}, {"shape", Integers{}}, {"low", 0.0}, {"high", 1.0}};
const AttrSpec kNormalAttrs[] = {{"key", std::int64_t{0}}, {"shape", Integers{}}, {"mean", 0.0}, {"deviation", 1.0}};
const AttrSpec kGammaAttrs[] = {{"key", std::int64_t{0}}, {"shape", Integers{}}, {"alpha", 1.0}, {"scale", 1.0}};
const AttrSpec kMultinomialAttrs[] = {{"key", std::int64_t{0}}, {"count", std::int64_t{1}}};

std::vector<Sample> random_samples() {
  const Spec step{DType::float32, {}};
  return {{.inputs = {step}, .attrs = {std::int64_t{7}, Integers{13}, 0.5, 2.0}, .low = 0, .high = 9},
          {.inputs = {{DType::int32, {1}}}, .attrs = {std::int64_t{-1}, Integers{3, 0}, 0.5, 2.0}, .low = 0, .high = 9},
          {.inputs = {step}, .attrs = {std::int64_t{8}, Integers{5, 7, 3}, 1.5, 0.5}, .low = 0, .high = 9}};
}
std::vector<Sample> multinomial_samples() {
  return {{.inputs = {{DType::float32, {}}, {DType::float32, {3, 5}}}, .attrs = {std::int64_t{7}, std::int64_t{17}}},
          {.inputs = {{DType::float32, {}}, {DType::float32, {1, 1}}}, .attrs = {std::int64_t{7}, std::int64_t{2}}}};
}

constexpr Op random_op(std::string_view name, std::string_view formula, std::span<const AttrSpec> attrs,
                       void (*shape)(ShapeRule&)) {
  return {.name = name,
          .formula = formula,
          .attrs = attrs,
          .shape = shape,
          .gradient = no_gradient(kNoSlope),
          .samples = random_samples,
          .cpu_only = kNoRandomShader};
}

Tensor drawn(const Op& op, const Draws& draws, const Shape& shape, double a, double b) {
  return apply(op, {draws.step}, {draws.key, Integers(shape.extents().begin(), shape.extents().end()), a, b});
}

}  // namespace

const Op kRandomUniform = random_op("random_uniform", "evenly from low to below high", kUniformAttrs, random_shape);
const Op kRandomNormal =
    random_op("random_normal", "mean + deviation × a standard normal number", kNormalAttrs, random_shape);
const Op kRandomTruncatedNormal =
    random_op("random_truncated_normal", "the same, drawn anew beyond two deviations", kNormalAttrs, random_shape);
const Op kRandomGamma = random_op("random_gamma", "scale × a gamma number of shape alpha", kGammaAttrs, gamma_shape);
const Op kRandomMultinomial{.name = "random_multinomial",
                            .formula = "classes drawn with the probabilities softmax(b)",
                            .least_inputs = 2,
                            .most_inputs = 2,
                            .attrs = kMultinomialAttrs,
                            .shape = multinomial_shape,
                            .gradient = no_gradient("a choice has no slope"),
                            .samples = multinomial_samples,
                            .cpu_only = kNoRandomShader};

Tensor random_uniform(const Draws& draws, const Shape& shape, double low, double high) {
  return drawn(kRandomUniform, draws, shape, low, high);
}
Tensor random_integers(const Draws& draws, const Shape& shape, std::int32_t low, std::int32_t high) {
  if (low >= high || static_cast<std::int64_t>(high) - low > (1 << 24)) {
    throw UsageError({"[random_integers]", "has no such range", "low below high, at most 16777216 apart",
                      to_text(std::int64_t{low}) + " and " + to_text(std::int64_t{high}), "Choose other bounds."});
  }
  // Rounding may reach the bound itself.
  const auto count = static_cast<float>(high - low);
  const Tensor number = floor(drawn(kRandomUniform, draws, shape, 0, static_cast<double>(count)));
  const Tensor offset = cast(minimum(number, like(number, count - 1)), DType::int32);
  return offset + cast(like(number, static_cast<float>(low)), DType::int32);
}
Tensor random_normal(const Draws& draws, const Shape& shape, double mean, double deviation) {
  return drawn(kRandomNormal, draws, shape, mean, deviation);
}
Tensor random_truncated_normal(const Draws& draws, const Shape& shape, double mean, double deviation) {
  return drawn(kRandomTruncatedNormal, draws, shape, mean, deviation);
}
Tensor random_gamma(const Draws& draws, const Shape& shape, double alpha, double scale) {
  return drawn(kRandomGamma, draws, shape, alpha, scale);
}
Tensor random_multinomial(const Draws& draws, const Tensor& logits, std::int64_t count) {
  return apply(kRandomMultinomial, {draws.step, logits}, {draws.key, count});
}
Tensor dropout_mask(const Draws& draws, const Shape& shape, float rate) {
  if (!(0 <= rate && rate < 1)) {
    throw UsageError({"[dropout_mask] rate", "is out of range", "0 to below 1", to_text(rate), "Choose another rate."});
  }
  const Tensor number = random_uniform(draws, shape);
  return where(greater_equal(number, like(number, rate)), like(number, 1 / (1 - rate)), like(number, 0));
}

}  // namespace vitrine::ops
