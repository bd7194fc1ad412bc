// A topology is what model files say of a model's layers: class names, configs and who is wired to whom, as
// TensorFlow.js and Keras write it (both generations). Reading one gives a Model; whatever is wrong with it is a
// UsageError that names the layer.
#pragma once

#include "engine/nn/model.h"

namespace vitrine::models {

// Of {"class_name": .., "config": ..}, or of what has that under "model_config".
nn::Model model_of(const nn::Config& topology);
// Whose defaults an argument has that a topology leaves out: those of TensorFlow.js where it wrote the file.
nn::Convention convention_of(const nn::Config& topology);

}  // namespace vitrine::models
