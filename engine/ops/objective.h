// Objectives: the losses and metrics that models are compiled with, one number for each sample (the last axis is
// averaged or summed away), and what holds weights in bounds: constraints and penalties.
#pragma once

#include <string_view>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

inline constexpr float kObjectiveEpsilon = 1e-7f;

// One number for each sample, of labels that are probabilities.
Tensor softmax_cross_entropy(const Tensor& labels, const Tensor& logits, float smoothing = 0);

using Objective = Tensor (*)(const Tensor& wanted, const Tensor& predicted);
Objective find_loss(std::string_view name);    // "meanSquaredError"; null when there is none
Objective find_metric(std::string_view name);  // "categoricalAccuracy"; precision, recall and r2Score are over all

Tensor max_norm(const Tensor& w, float largest, int axis);
Tensor unit_norm(const Tensor& w, int axis);
Tensor non_negative(const Tensor& w);
Tensor min_max_norm(const Tensor& w, float smallest, float largest, float rate, int axis);
Tensor penalty(const Tensor& w, float l1, float l2);  // l1 Σ|w| + l2 Σw²

}  // namespace vitrine::ops
