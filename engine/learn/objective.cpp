// Finding losses and metrics by the names that people use.
#include "engine/learn/objective.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/nn/names.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"
#include "engine/ops/objective.h"
#include "engine/ops/reduction.h"

namespace vitrine::learn {
namespace {

struct Short {
  std::string_view name, full;
};
constexpr Short kShort[] = {
    {"mse", "meanSquaredError"},
    {"mae", "meanAbsoluteError"},
    {"mape", "meanAbsolutePercentageError"},
    {"MSE", "meanSquaredError"},
    {"MAE", "meanAbsoluteError"},
    {"MAPE", "meanAbsolutePercentageError"},
    {"msle", "meanSquaredLogarithmicError"},
    {"kld", "kullbackLeiblerDivergence"},
    {"cosine", "cosineProximity"},
    {"log_cosh", "logcosh"},
};

// As the engine's tables spell it.
std::string spelled(std::string_view name) {
  const auto* found = std::ranges::find(kShort, name, &Short::name);
  return found != std::end(kShort) ? std::string(found->full) : nn::camel_case(name);
}

[[noreturn]] void refuse(std::string_view what, const std::string& name) {
  throw UsageError({std::string(what), "is not known", "a name such as meanSquaredError", name, "Check the spelling."});
}

bool is_accuracy(std::string_view name) {
  return name == "accuracy" || name == "acc";
}

std::string_view accuracy_for(const Objective& loss, const nn::Form& predicted) {
  const std::string name = spelled(loss.name);
  if (predicted.extents.back() == 1 || name == "binaryCrossentropy") return "binaryAccuracy";
  return name == "sparseCategoricalCrossentropy" ? "sparseCategoricalAccuracy" : "categoricalAccuracy";
}

}  // namespace

Judge judge_of_loss(const Objective& loss) {
  if (loss.judge) return loss.judge;
  const ops::Objective found = ops::find_loss(spelled(loss.name));
  if (found == nullptr) refuse("loss", loss.name);
  return found;
}

Judge judge_of_metric(const Objective& metric, const Objective& loss, const nn::Form& predicted) {
  if (metric.judge) return metric.judge;
  const std::string name(is_accuracy(metric.name) ? std::string(accuracy_for(loss, predicted)) : spelled(metric.name));
  const ops::Objective found = ops::find_metric(name);
  if (found == nullptr) refuse("metric", metric.name);
  return found;
}

std::string history_name(const Objective& metric) {
  return is_accuracy(metric.name) ? "acc" : metric.name;
}

Tensor weighted_mean(const Tensor& per_sample, const Tensor& weights) {
  const int rank = per_sample.shape().rank();
  if (!weights || rank == 0) return ops::mean(per_sample);
  Integers extents(static_cast<std::size_t>(rank), 1);
  extents[0] = per_sample.shape()[0];
  return ops::mean(per_sample * ops::reshape(weights, Shape(extents)));
}

}  // namespace vitrine::learn
