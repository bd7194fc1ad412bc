// In which order a file keeps what an optimiser holds. Names in files carry numbers that mean nothing there, so places
// decide: they are those that TensorFlow.js gives the weights of a model, layers by their depth.
#pragma once

#include "engine/learn/trainer.h"

namespace vitrine::models {

std::vector<learn::Moved> moved_in_file_order(const nn::Model& model, const nn::Weights& weights);

}  // namespace vitrine::models
