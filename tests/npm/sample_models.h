// Models as people make them, one of each way of being wired, with numbers in every weight.
#pragma once

#include "engine/nn/weights.h"

namespace vitrine::samples {

struct Sample {
  std::string_view name;
  nn::Model (*model)();
};
std::span<const Sample> all();

// Numbers that follow from their place; a variance has positive ones.
void fill(nn::Weights& weights);
std::vector<float> numbers(std::size_t count, std::uint32_t seed);  // between -0.5 and 0.5

}  // namespace vitrine::samples
