// Products written as an equation of indices: "bij,bjk->bik". An index letter that the result lacks is summed over; one
// that stands twice in an operand takes its diagonal. Without "->" the result has the letters that stand once, in
// alphabetical order. "..." stands for the axes that an operand has beside its letters: they are aligned at the right,
// broadcast, and come first in a result that is not written down.
#pragma once

#include <string_view>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

Tensor einsum(std::string_view equation, std::span<const Tensor> operands);

}  // namespace vitrine::ops
