// An Objective is a loss or a metric with the name under which people and histories know it: found by name, in the
// spelling of files or of Keras ("mean_squared_error", "mse"), or a function of one's own, which answers one number for
// each sample. A loss also has a weight among the losses of several outputs.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/nn/form.h"
#include "engine/tensor/tensor.h"

namespace vitrine::learn {

using Judge = std::function<Tensor(const Tensor& wanted, const Tensor& predicted)>;

struct Objective {
  Objective(const char* known) : name(known) {}
  Objective(std::string known) : name(std::move(known)) {}
  Objective(std::string own_name, Judge own) : name(std::move(own_name)), judge(std::move(own)) {}
  Objective times(double factor) const {
    Objective changed = *this;
    changed.weight = factor;
    return changed;
  }

  std::string name;
  Judge judge{};  // none: found by the name
  double weight = 1;
};

Judge judge_of_loss(const Objective& loss);  // UsageError where the name is not known
// "accuracy" is the one that goes with the loss and the form of what is predicted; histories call it "acc".
Judge judge_of_metric(const Objective& metric, const Objective& loss, const nn::Form& predicted);
std::string history_name(const Objective& metric);

// The mean over the samples of a batch, each times its weight (empty: 1).
Tensor weighted_mean(const Tensor& per_sample, const Tensor& weights);

}  // namespace vitrine::learn
