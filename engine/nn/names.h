// The names that layers get when nobody named them: "dense", "dense_1", as Keras writes its classes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/nn/layer.h"

namespace vitrine::nn {

std::string snake_case(std::string_view class_name);  // "Conv2D" is "conv2d", "LeakyReLU" is "leaky_re_lu"
std::string camel_case(std::string_view name);        // "mean_squared_error" is "meanSquaredError"
// Gives the layers, and those of models among them, names that differ; keeps those that their makers gave. UsageError
// where two layers of one model were given the same.
void give_names(std::string_view model, const std::vector<Layer>& layers);

}  // namespace vitrine::nn
