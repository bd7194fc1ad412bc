// What a model is shown: numbers of a .npy or .json file, the rows of a table, or pictures, as the model's inputs want
// them.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/learn/data.h"
#include "engine/nn/model.h"

namespace vitrine::cli {

// One file for each input, or several for a single input, one behind the other. A .json file may hold all inputs.
std::vector<learn::Rows> read_inputs(const nn::Model& model, const std::vector<std::filesystem::path>& files);

}  // namespace vitrine::cli
