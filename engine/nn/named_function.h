// Activations by the names of model files, "hard_sigmoid", and by those of TensorFlow.js's code, "hardSigmoid".
#pragma once

#include "engine/ops/activation.h"

namespace vitrine::nn {

ops::Activation activation_named(std::string_view name);  // null when there is none
Tensor activate(const Tensor& x, std::string_view name);  // which is one

}  // namespace vitrine::nn
