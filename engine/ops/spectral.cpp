// Entry of the Fourier transform, and the functions around it.
#include "engine/ops/spectral.h"

#include <algorithm>
#include <bit>
#include <numbers>

#include "engine/core/error.h"
#include "engine/core/math_double.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"
#include "engine/ops/rules.h"
#include "engine/ops/types.h"

namespace vitrine::ops {
namespace {

void fourier_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::complex64);
  const Shape& shape = rule.input(0).shape;
  if (shape.rank() == 0) rule.refuse("z", "has no axis", "1 or more", text_of(shape), "Reshape it.");
  rule.output(rule.input(0));
}

Tensor transformed(const Tensor& z, bool inverse) {
  return apply(kFourier, {cast(z, DType::complex64)}, {inverse});
}

// The transposed matrix of the transform, conjugated, is that of the way back.
std::vector<Tensor> fourier_gradient(const GradientCall& call) {
  return {transformed(call.cotangents[0], !std::get<bool>(call.attrs[0]))};
}

std::vector<Sample> fourier_samples() {
  const auto one = [](Shape shape, bool inverse) {
    return Sample{.inputs = {{DType::complex64, shape}}, .attrs = {inverse}};
  };
  return {one({8}, false),   one({1}, false),       one({6}, true),  one({3, 13}, false),
          one({2, 4}, true), one({2, 3, 16}, true), one({2}, false), one({3, 0}, false)};
}

const AttrSpec kFourierAttrs[] = {{"inverse", false}};

std::int64_t last_extent(std::string_view function, const Tensor& x) {
  return x.shape()[static_cast<int>(resolved_axis(function, x, -1))];
}

// [first, first + count) of the last axis.
Tensor cut(const Tensor& x, std::int64_t first, std::int64_t count) {
  Integers begin(static_cast<std::size_t>(x.shape().rank()), 0), size = extents_of(x.shape());
  begin.back() = first;
  size.back() = count;
  return slice(x, begin, size);
}

// Cut, or filled at the end of the last axis.
Tensor fitted(const Tensor& x, std::int64_t length, double value) {
  const std::int64_t n = x.shape()[x.shape().rank() - 1];
  if (length <= n) return cut(x, 0, length);
  const Integers none(static_cast<std::size_t>(x.shape().rank()), 0);
  Integers after = none;
  after.back() = length - n;
  return pad(x, none, after, value);
}

void expect_positive(std::string_view what, std::int64_t number) {
  if (number < 1 || number > limits::kHostElements) {
    throw UsageError({std::string(what), "is out of range", "1 to " + to_text(limits::kHostElements), to_text(number),
                      "Choose another."});
  }
}

Tensor cosine_window(Backend& backend, std::int64_t length, double middle, double swing) {
  expect_positive("[window] length", length);
  const double period = static_cast<double>(length % 2 == 0 ? length : length - 1);
  std::vector<float> values;
  for (std::int64_t i = 0; i < length; ++i) {
    const double angle = 2 * std::numbers::pi * (static_cast<double>(i) / period);
    values.push_back(length == 1 ? 1.0f : static_cast<float>(middle - swing * math::cos(angle)));
  }
  return tensor(backend, values, {length});
}

}  // namespace

const Op kFourier{.name = "fourier",
                  .formula = "yₖ = Σⱼ zⱼ e^(−2πi jk/n); inverse: e^(+2πi jk/n), not divided by n",
                  .attrs = kFourierAttrs,
                  .shape = fourier_shape,
                  .gradient = {fourier_gradient, {}},
                  .samples = fourier_samples,
                  .cpu_only = kNoComplexShaders};

Tensor fft(const Tensor& z) {
  return transformed(z, false);
}

Tensor ifft(const Tensor& z) {
  const std::int64_t n = last_extent("ifft", z);
  const Tensor y = transformed(z, true);
  const Tensor share = like(real(y), n == 0 ? 1.0f : 1.0f / static_cast<float>(n));
  return complex(real(y) * share, imag(y) * share);
}

Tensor rfft(const Tensor& x, std::optional<std::int64_t> length) {
  const std::int64_t n = length.value_or(last_extent("rfft", x));
  expect_positive("[rfft] length", n);
  return cut(fft(fitted(x, n, 0)), 0, n / 2 + 1);
}

Tensor irfft(const Tensor& z) {
  const std::int64_t n = last_extent("irfft", z);
  if (n <= 2) return real(ifft(z));
  // The frequencies above the half are those below it, turned round and conjugated.
  const Tensor above = reverse(conj(cut(z, 1, n - 2)), {z.shape().rank() - 1});
  return real(ifft(concat(std::vector<Tensor>{z, above}, -1)));
}

Tensor frame(const Tensor& signal, const Frames& frames) {
  expect_positive("[frame] length", frames.length);
  expect_positive("[frame] step", frames.step);
  const std::int64_t n = last_extent("frame", signal), step = frames.step;
  const std::int64_t within = n < frames.length ? 0 : 1 + (n - frames.length) / step;
  const std::int64_t count = frames.pad_end ? (n + step - 1) / step : within;
  Integers extents = extents_of(signal.shape());
  extents.back() = count;
  extents.push_back(step);
  // Side by side, blocks of one step that begin 0, 1, 2 … steps into the signal.
  const std::int64_t blocks = (frames.length + step - 1) / step;
  constexpr std::int64_t kMostBlocks = 4096;  // each is a tensor on the way
  if (blocks > kMostBlocks) {
    throw UsageError({"[frame] length", "is too many steps", "at most " + to_text(kMostBlocks), to_text(blocks),
                      "Take longer steps."});
  }
  const Tensor whole = fitted(signal, (blocks - 1 + count) * step, frames.pad_value);
  std::vector<Tensor> parts;
  for (std::int64_t i = 0; i < blocks; ++i) {
    parts.push_back(reshape(cut(whole, i * step, count * step), shape_of(extents)));
  }
  return cut(concat(parts, -1), 0, frames.length);
}

Tensor stft(const Tensor& signal, const Tensor& window, std::int64_t step, std::optional<std::int64_t> length) {
  const std::int64_t n = last_extent("stft", window);
  expect_positive("[stft] window", n);
  const auto power = static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(n)));
  return rfft(frame(signal, {.length = n, .step = step}) * window, length.value_or(power));
}

Tensor hann_window(Backend& backend, std::int64_t length) {
  return cosine_window(backend, length, 0.5, 0.5);
}
Tensor hamming_window(Backend& backend, std::int64_t length) {
  return cosine_window(backend, length, 0.54, 0.46);
}

}  // namespace vitrine::ops
