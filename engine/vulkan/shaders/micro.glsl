// What each elementwise op computes for one element. A case here is what makes an op available on Vulkan.
#include "micro_codes.glsl"

// A polynomial where the result is small, where 1 - 2 / (e^2x + 1) would cancel; the same as the CPU's up to rounding.
float tanh_of(float x) {
  float a = min(abs(x), 9.1);
  float u = a * a;
  float rest = ((-0.006275158337 * u + 0.02107228949) * u - 0.05385244804) * u + 0.1333258735;
  float small = a * (1.0 + u * (rest * u - 0.3333331759));
  float large = 1.0 - 2.0 / (exp(a + a) + 1.0);
  return isnan(x) ? x : sign(x) * (a < 0.55 ? small : large);
}

float sigmoid_of(float x) {
  float e = exp(-abs(x));
  return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

float micro_of(uint micro, float a, float b, float c) {
  switch (micro) {
    case MICRO_add: return a + b;
    case MICRO_sub: return a - b;
    case MICRO_mul: return a * b;
    case MICRO_neg: return -a;
    case MICRO_square: return a * a;
    case MICRO_tanh: return tanh_of(a);
    case MICRO_relu: return a < 0.0 ? 0.0 : a;
    case MICRO_sigmoid: return sigmoid_of(a);
    case MICRO_greater: return a > b ? 1.0 : 0.0;
    case MICRO_where: return a != 0.0 ? b : c;
  }
  return 0.0;
}
