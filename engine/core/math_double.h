// Sine, cosine and logarithm in double precision, for data that must be the same numbers on every machine: plain
// additions, multiplications and divisions in one order, no contraction, so every build gives the same bits. Errors are
// at most 1 unit in the last place for the arguments data sets use (tests/datasets/math_double_test.cpp). For kernels
// there is math.h, in floats.
#pragma once

#include <bit>
#include <cstdint>

namespace vitrine::math {

// Arguments of sine and cosine up to about 10^6: a quarter turn times their number of quarter turns stays exact.
double sin(double x);
double cos(double x);
double log(double x);  // of a normal positive number

}  // namespace vitrine::math
