// Fourier transforms along the last axis, and what leads to them: frames of a signal and the windows that fade their
// ends.
#pragma once

#include <optional>

#include "engine/tensor/tensor.h"

namespace vitrine::ops {

extern const Op kFourier;

Tensor fft(const Tensor& z);
Tensor ifft(const Tensor& z);
// Of real numbers, cut or filled with zeros to the length: the frequencies from 0 to half of it.
Tensor rfft(const Tensor& x, std::optional<std::int64_t> length = {});
Tensor irfft(const Tensor& z);  // from n frequencies 2 (n - 1) real numbers

// Pieces of `length`, one every `step`: [.., n] becomes [.., frames, length]. Padded, pieces that begin in the signal
// may reach past its end.
struct Frames {
  std::int64_t length = 1, step = 1;
  bool pad_end = false;
  double pad_value = 0;
};
Tensor frame(const Tensor& signal, const Frames& frames);
// The spectrum of each piece, times a window as long as the piece. Without a length the next power of two.
Tensor stft(const Tensor& signal, const Tensor& window, std::int64_t step, std::optional<std::int64_t> length = {});
Tensor hann_window(Backend& backend, std::int64_t length);
Tensor hamming_window(Backend& backend, std::int64_t length);

}  // namespace vitrine::ops
