// A Micro is what an elementwise op computes for one element. The list below, a name and a number of inputs a line, is
// the only one: the enumeration, the kernels' dispatch and fusion follow from it; kernels/micro.h says the formula.
#pragma once

#include <cstdint>

// clang-format off
#define VITRINE_MICROS(X) \
  X(add, 2)               \
  X(sub, 2)               \
  X(mul, 2)               \
  X(div, 2)               \
  X(neg, 1)               \
  X(square, 1)            \
  X(abs, 1)               \
  X(maximum, 2)           \
  X(minimum, 2)           \
  X(mod, 2)               \
  X(pow, 2)               \
  X(sqrt, 1)              \
  X(exp, 1)               \
  X(expm1, 1)             \
  X(log, 1)               \
  X(log1p, 1)             \
  X(erf, 1)               \
  X(tanh, 1)              \
  X(relu, 1)              \
  X(sigmoid, 1)           \
  X(softplus, 1)          \
  X(sin, 1)               \
  X(cos, 1)               \
  X(tan, 1)               \
  X(asin, 1)              \
  X(acos, 1)              \
  X(atan, 1)              \
  X(atan2, 2)             \
  X(sinh, 1)              \
  X(cosh, 1)              \
  X(asinh, 1)             \
  X(acosh, 1)             \
  X(atanh, 1)             \
  X(floor, 1)             \
  X(round, 1)             \
  X(sign, 1)              \
  X(greater, 2)           \
  X(greater_equal, 2)     \
  X(equal, 2)             \
  X(not_equal, 2)         \
  X(bit_and, 2)           \
  X(where, 3)
// clang-format on

namespace vitrine {

#define VITRINE_MICRO_NAME(name, inputs) name,
enum class Micro : std::uint8_t { none, VITRINE_MICROS(VITRINE_MICRO_NAME) count };
#undef VITRINE_MICRO_NAME

#define VITRINE_MICRO_INPUTS(name, inputs) \
  case Micro::name:                        \
    return inputs;
constexpr int inputs_of(Micro micro) {
  switch (micro) {
    VITRINE_MICROS(VITRINE_MICRO_INPUTS)
    case Micro::none:
    case Micro::count:
      break;
  }
  return 0;
}
#undef VITRINE_MICRO_INPUTS

// One step of a fused launch: reads earlier results of the body (index) or inputs of the launch (-1 - index).
struct MicroStep {
  Micro micro = Micro::none;
  std::int8_t a = 0, b = 0, c = 0;
};

}  // namespace vitrine
