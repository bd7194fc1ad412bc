// Adapters of elementwise functions, comparisons, conversions, constants and losses.
#include "engine/core/error.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/creation.h"
#include "engine/ops/exponential.h"
#include "engine/ops/loss.h"
#include "engine/ops/objective.h"
#include "engine/ops/reduction.h"
#include "engine/ops/rounding.h"
#include "engine/ops/trigonometry.h"
#include "engine/ops/types.h"
#include "tests/conformance/runner.h"

namespace vitrine::conformance {
namespace {

template <Tensor (*f)(const Tensor&)>
Tensors unary(const Case& c) {
  return {f(c.inputs[0])};
}
template <Tensor (*f)(const Tensor&, const Tensor&)>
Tensors binary(const Case& c) {
  return {f(c.inputs[0], c.inputs[1])};
}

float real_of(const Case& c, std::string_view name, std::optional<double> fallback = {}) {
  return static_cast<float>(c.number(name, fallback));
}

// Weights come last where there are any.
ops::LossOptions options(const Case& c, std::size_t weights = 2) {
  ops::LossOptions options;
  if (c.inputs.size() > weights) options.weights = c.inputs[weights];
  const std::string name = c.text("reduction", "SUM_BY_NONZERO_WEIGHTS");
  options.reduction = name == "NONE"   ? ops::Reduction::none
                      : name == "MEAN" ? ops::Reduction::mean
                      : name == "SUM"  ? ops::Reduction::sum
                                       : ops::Reduction::sum_by_nonzero_weights;
  return options;
}

Tensors activation(const Case& c) {
  const ops::Activation found = ops::find_activation(c.text("name"));
  if (found == nullptr) throw UsageError({c.text("name"), "is no activation", "", "", "Check the name."});
  return {found(c.inputs[0])};
}

Tensors constraint(const Case& c) {
  const Tensor& w = c.inputs[0];
  const std::string name = c.text("name");
  const int axis = c.axis(w.shape().rank(), "axis", 0);
  if (name == "maxNorm") return {ops::max_norm(w, real_of(c, "maxValue", 2), axis)};
  if (name == "unitNorm") return {ops::unit_norm(w, axis)};
  if (name == "nonNeg") return {ops::non_negative(w)};
  return {ops::min_max_norm(w, real_of(c, "minValue", 0), real_of(c, "maxValue", 1), real_of(c, "rate", 1), axis)};
}

Tensors objective(const Case& c, ops::Objective (*find)(std::string_view)) {
  const ops::Objective found = find(c.text("name"));
  if (found == nullptr) throw UsageError({c.text("name"), "is no objective", "", "", "Check the name."});
  return {found(c.inputs[0], c.inputs[1])};
}

const Family elementwise_family{
    {"abs", unary<ops::abs>},
    {"acos", unary<ops::acos>},
    {"acosh", unary<ops::acosh>},
    {"asin", unary<ops::asin>},
    {"asinh", unary<ops::asinh>},
    {"atan", unary<ops::atan>},
    {"atanh", unary<ops::atanh>},
    {"ceil", unary<ops::ceil>},
    {"cos", unary<ops::cos>},
    {"cosh", unary<ops::cosh>},
    {"elu", unary<ops::elu>},
    {"erf", unary<ops::erf>},
    {"exp", unary<ops::exp>},
    {"expm1", unary<ops::expm1>},
    {"floor", unary<ops::floor>},
    {"log", unary<ops::log>},
    {"log1p", unary<ops::log1p>},
    {"logSigmoid", unary<ops::log_sigmoid>},
    {"reciprocal", unary<ops::reciprocal>},
    {"relu6", unary<ops::relu6>},
    {"round", unary<ops::round>},
    {"rsqrt", unary<ops::rsqrt>},
    {"selu", unary<ops::selu>},
    {"sign", unary<ops::sign>},
    {"sin", unary<ops::sin>},
    {"sinh", unary<ops::sinh>},
    {"softplus", unary<ops::softplus>},
    {"sqrt", unary<ops::sqrt>},
    {"tan", unary<ops::tan>},
    {"isNaN", unary<ops::is_nan>},
    {"isInf", unary<ops::is_inf>},
    {"isFinite", unary<ops::is_finite>},
    {"onesLike", unary<ops::ones_like>},
    {"zerosLike", unary<ops::zeros_like>},
    {"step", [](const Case& c) { return Tensors{ops::step(c.inputs[0], real_of(c, "alpha", 0))}; }},
    {"leakyRelu", [](const Case& c) { return Tensors{ops::leaky_relu(c.inputs[0], real_of(c, "alpha", 0.2))}; }},
    {"clipByValue",
     [](const Case& c) {
       return Tensors{ops::clip(c.inputs[0], real_of(c, "clipValueMin"), real_of(c, "clipValueMax"))};
     }},
    {"prelu", binary<ops::prelu>},
    {"div", binary<ops::div>},
    {"divNoNan", binary<ops::div_no_nan>},
    {"floorDiv", binary<ops::floor_div>},
    {"maximum", binary<ops::maximum>},
    {"minimum", binary<ops::minimum>},
    {"mod", binary<ops::mod>},
    {"pow", binary<ops::pow>},
    {"atan2", binary<ops::atan2>},
    {"addN", [](const Case& c) { return Tensors{ops::add_n(c.inputs)}; }},
    {"equal", binary<ops::equal>},
    {"notEqual", binary<ops::not_equal>},
    {"greaterEqual", binary<ops::greater_equal>},
    {"less", binary<ops::less>},
    {"lessEqual", binary<ops::less_equal>},
    {"logicalAnd", binary<ops::logical_and>},
    {"logicalOr", binary<ops::logical_or>},
    {"logicalXor", binary<ops::logical_xor>},
    {"logicalNot", unary<ops::logical_not>},
    {"bitwiseAnd", binary<ops::bitwise_and>},
    {"cast", [](const Case& c) { return Tensors{ops::cast(c.inputs[0], ops::dtype_named(c.text("dtype")))}; }},
    {"fill",
     [](const Case& c) {
       const Integers shape = c.integers("shape");
       const Spec spec{ops::dtype_named(c.text("dtype", "float32")), Shape(shape)};
       return Tensors{ops::fill(c.backend, spec, c.number("value"))};
     }},
    {"eye",
     [](const Case& c) {
       const std::int64_t rows = c.integer("numRows");
       return Tensors{ops::eye(c.backend, rows, c.integer("numColumns", rows), c.integers("batchShape", Integers{}))};
     }},
    {"range",
     [](const Case& c) {
       return Tensors{ops::range(c.backend, c.number("start"), c.number("stop"), c.number("step", 1),
                                 ops::dtype_named(c.text("dtype", "float32")))};
     }},
    {"linspace",
     [](const Case& c) {
       return Tensors{ops::linspace(c.backend, c.number("start"), c.number("stop"), c.integer("num"))};
     }},
    {"complex", binary<ops::complex>},
    {"real", unary<ops::real>},
    {"imag", unary<ops::imag>},
    {"losses.absoluteDifference",
     [](const Case& c) { return Tensors{ops::absolute_difference(c.inputs[0], c.inputs[1], options(c))}; }},
    {"losses.meanSquaredError",
     [](const Case& c) { return Tensors{ops::mean_squared_error(c.inputs[0], c.inputs[1], options(c))}; }},
    {"losses.computeWeightedLoss",
     [](const Case& c) { return Tensors{ops::weighted_loss(c.inputs[0], options(c, 1))}; }},
    {"losses.cosineDistance",
     [](const Case& c) {
       const int axis = c.axis(c.inputs[0].shape().rank(), "axis", 0);
       return Tensors{ops::cosine_distance(c.inputs[0], c.inputs[1], axis, options(c))};
     }},
    {"losses.hingeLoss", [](const Case& c) { return Tensors{ops::hinge_loss(c.inputs[0], c.inputs[1], options(c))}; }},
    {"losses.huberLoss",
     [](const Case& c) {
       return Tensors{ops::huber_loss(c.inputs[0], c.inputs[1], real_of(c, "delta", 1), options(c))};
     }},
    {"losses.logLoss",
     [](const Case& c) {
       return Tensors{ops::log_loss(c.inputs[0], c.inputs[1], real_of(c, "epsilon", 1e-7), options(c))};
     }},
    {"losses.sigmoidCrossEntropy",
     [](const Case& c) {
       return Tensors{
           ops::sigmoid_cross_entropy(c.inputs[0], c.inputs[1], real_of(c, "labelSmoothing", 0), options(c))};
     }},
    {"losses.softmaxCrossEntropy",
     [](const Case& c) {
       const float smoothing = real_of(c, "labelSmoothing", 0);
       return Tensors{ops::weighted_loss(ops::softmax_cross_entropy(c.inputs[0], c.inputs[1], smoothing), options(c))};
     }},
    {"layers.activation", activation},
    {"layers.constraint", constraint},
    {"layers.regularizer",
     [](const Case& c) {
       const bool both = c.text("name") == "l1l2";
       const double fallback = both ? 0.01 : 0;
       return Tensors{ops::penalty(c.inputs[0], real_of(c, "l1", fallback), real_of(c, "l2", fallback))};
     }},
    {"layers.loss", [](const Case& c) { return objective(c, ops::find_loss); }},
    {"layers.metric", [](const Case& c) { return objective(c, ops::find_metric); }},
};

}  // namespace
}  // namespace vitrine::conformance
