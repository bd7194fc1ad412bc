// Probes are questions to a model made by chance, always the same for the same seed: two models that answer them alike
// are alike as far as a program can see from outside.
#pragma once

#include "engine/learn/data.h"
#include "engine/nn/model.h"

namespace vitrine::models {

// Rows for each input: numbers from -1 to 1, or whole ones where the model looks them up in a table. Extents that the
// model leaves open are large enough for windows to fit; a batch that it fixes has that many.
std::vector<learn::Rows> probes_for(const nn::Model& model, std::int64_t count, std::uint64_t seed);

// Between answers of one shape. Where one number is none and the other is one: infinity.
double largest_difference(const std::vector<learn::Rows>& a, const std::vector<learn::Rows>& b);

}  // namespace vitrine::models
