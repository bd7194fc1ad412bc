// Fourier transforms of lines: by halves where the length is a power of two, else as the plain sum. Roots of one come
// from sines and cosines in double, which are the same on every machine.
#include <bit>
#include <numbers>

#include "engine/core/math_double.h"
#include "engine/cpu/kernels/lines.h"
#include "engine/cpu/kernels/registration.h"

namespace vitrine::cpu {
namespace {

struct Complex {
  float re, im;
};

void prepare_fourier(Call& call) noexcept {
  const Array& out = call.outputs[0];
  const std::int64_t n = out.extents[out.rank - 1];
  const bool halves = std::has_single_bit(static_cast<std::uint64_t>(n));
  prepare_lines(call, out, out.rank - 1, halves ? 40 : 20 + 4 * static_cast<double>(n));
}

// Element i is put where i with its bits in the opposite order says; then transforms of 1 become those of 2, 4, 8 …
void transform_by_halves(const Complex* from, std::int64_t step, Complex* to, std::int64_t n, double sign) {
  std::int64_t mirrored = 0;
  for (std::int64_t i = 0; i < n; ++i) {
    to[mirrored] = from[i * step];
    std::int64_t bit = n >> 1;
    for (; (mirrored & bit) != 0; bit >>= 1) mirrored ^= bit;
    mirrored |= bit;
  }
  for (std::int64_t half = 1; half < n; half *= 2) {
    for (std::int64_t j = 0; j < half; ++j) {
      const double angle = std::numbers::pi * (static_cast<double>(j) / static_cast<double>(half));
      const auto re = static_cast<float>(math::cos(angle)), im = static_cast<float>(sign * math::sin(angle));
      for (std::int64_t k = j; k < n; k += 2 * half) {
        const Complex a = to[k], b = to[k + half];
        const Complex turned = {b.re * re - b.im * im, b.re * im + b.im * re};
        to[k] = {a.re + turned.re, a.im + turned.im};
        to[k + half] = {a.re - turned.re, a.im - turned.im};
      }
    }
  }
}

// The root is turned on in double, where n steps lose nothing that a float could show.
void transform_plainly(const Complex* from, std::int64_t step, Complex* to, std::int64_t n, double sign) {
  for (std::int64_t k = 0; k < n; ++k) {
    const double angle = 2 * std::numbers::pi * (static_cast<double>(k) / static_cast<double>(n));
    const double re = math::cos(angle), im = sign * math::sin(angle);
    double root_re = 1, root_im = 0, sum_re = 0, sum_im = 0;
    for (std::int64_t j = 0; j < n; ++j) {
      const auto x = static_cast<double>(from[j * step].re), y = static_cast<double>(from[j * step].im);
      sum_re += x * root_re - y * root_im;
      sum_im += x * root_im + y * root_re;
      const double next = root_re * re - root_im * im;
      root_im = root_re * im + root_im * re;
      root_re = next;
    }
    to[k] = {static_cast<float>(sum_re), static_cast<float>(sum_im)};
  }
}

void run_fourier(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const Array &in = call.inputs[0], &out = call.outputs[0];
  const int axis = in.rank - 1;
  const std::int64_t n = in.extents[axis], step = in.strides[axis];
  if (n == 0) return;
  const double sign = call.attrs[0].integer != 0 ? 1 : -1;
  const bool halves = std::has_single_bit(static_cast<std::uint64_t>(n));
  each_line(call, first, last, [&](std::int64_t line) {
    const Complex* from = elements<Complex>(in) + line_offset(in, axis, line);
    Complex* to = results<Complex>(out) + line * n;
    (halves ? transform_by_halves : transform_plainly)(from, step, to, n, sign);
  });
}

const Registration kFourier("fourier", prepare_fourier, run_fourier);

}  // namespace
}  // namespace vitrine::cpu
