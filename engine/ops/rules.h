// Shape rules and samples that several op families share.
#pragma once

#include "engine/tensor/op.h"

namespace vitrine::ops {

void same_shape(ShapeRule& rule);  // one float input, the output like it
void broadcast2(ShapeRule& rule);  // two float inputs, the output as they broadcast

std::vector<Sample> unary_samples();   // scalar, odd sizes, zero size
std::vector<Sample> binary_samples();  // the same, and broadcasting both ways

}  // namespace vitrine::ops
