// What kernels with windows share. An Image is a tensor [batch, one to three spatial axes, channels] seen as if it had
// all three; a WindowAxis says along one of them which cell a tap of the window meets. Spatial cells of an Image have a
// number, so that an output row is a number too.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/cpu/kernel_abi.h"
#include "engine/cpu/lane16.h"

namespace vitrine::cpu {

struct Image {
  std::int64_t batch, channels;
  std::int64_t extents[3];  // a missing axis comes first and has extent 1
  std::int64_t batch_stride, channel_stride;
  std::int64_t strides[3];

  std::int64_t cells() const { return extents[0] * extents[1] * extents[2]; }
  std::int64_t rows() const { return batch * extents[0] * extents[1]; }
  std::int64_t offset(const std::int64_t* at) const {
    return at[0] * strides[0] + at[1] * strides[1] + at[2] * strides[2];
  }
  std::int64_t offset(std::int64_t cell) const {
    return cell % extents[2] * strides[2] + cell / extents[2] % extents[1] * strides[1] +
           cell / extents[2] / extents[1] * strides[0];
  }
};

inline Image image_of(const Array& a) {
  Image image{};
  const int spatial = a.rank - 2;
  image.batch = a.extents[0];
  image.batch_stride = a.strides[0];
  image.channels = a.extents[a.rank - 1];
  image.channel_stride = a.strides[a.rank - 1];
  for (int i = 0; i < 3; ++i) {
    const int axis = i - 3 + spatial + 1;
    image.extents[i] = axis < 1 ? 1 : a.extents[axis];
    image.strides[i] = axis < 1 ? 0 : a.strides[axis];
  }
  return image;
}

struct WindowAxis {
  std::int64_t taps, stride, before, dilation, cells;  // cells: of the larger tensor, in which windows lie
  std::int64_t stops;                                  // of the smaller one, with a number for each window

  // The cell under a tap of a window; −1 in the margin.
  std::int64_t cell(std::int64_t stop, std::int64_t tap) const {
    const std::int64_t at = stop * stride - before + tap * dilation;
    return at >= 0 && at < cells ? at : -1;
  }
  // The window that has this cell under this tap; −1 if none has.
  std::int64_t stop(std::int64_t at, std::int64_t tap) const {
    const std::int64_t moved = at + before - tap * dilation;
    if (moved < 0 || moved % stride != 0) return -1;
    return moved / stride < stops ? moved / stride : -1;
  }
  std::int64_t covered(std::int64_t at) const {  // taps of a window that are not in the margin
    std::int64_t count = 0;
    for (std::int64_t tap = 0; tap < taps; ++tap) count += cell(at, tap) >= 0;
    return count;
  }
};

// From the first four attributes, the extents of the window, and the images in which windows lie and stop.
template <class Taps>
void window_axes(WindowAxis (&axes)[3], const Call& call, const Image& cells, const Image& stops, int spatial,
                 Taps taps) {
  for (int i = 0; i < 3; ++i) {
    const int own = i - 3 + spatial;
    axes[i] = {1, 1, 0, 1, cells.extents[i], stops.extents[i]};
    if (own < 0) continue;
    axes[i].taps = taps(own);
    axes[i].stride = call.attrs[0].integers[own];
    axes[i].before = call.attrs[1].integers[own];
    axes[i].dilation = call.attrs[3].integers[own];
  }
}

VITRINE_INLINE lanes::Lane16 load_any(const float* from, std::int64_t step, int n) {
  return step == 1 ? lanes::load_first(from, n) : lanes::load_strided(from, step, n);
}

}  // namespace vitrine::cpu
