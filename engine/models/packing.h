// Packing is how a weight's numbers become the bytes of a file and the other way: little-endian, as they are or with
// fewer bits, as TensorFlow.js does it.
#pragma once

#include <span>

#include "engine/models/manifest.h"

namespace vitrine::models {

// Of as many bytes as the weight has.
std::vector<float> unpacked(const StoredWeight& weight, std::string_view bytes);

// Chooses scale and least of the weight so that zero stays zero where the numbers lie on both sides of it.
std::string packed(StoredWeight& weight, std::span<const float> values);

}  // namespace vitrine::models
