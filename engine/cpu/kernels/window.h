// What kernels with windows share. An Image is a tensor [batch, one to three spatial axes, channels] seen as if it had
// all three; a WindowAxis says along one of them which cell a tap of the window meets. Spatial cells of an Image have a
// number, so that an output row is a number too.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/cpu/kernel_abi.h"

namespace vitrine::cpu {

struct Image {
  std::int64_t batch, channels;
  std::int64_t extents[3];  // a missing axis comes first and has extent 1
  std::int64_t batch_stride, channel_stride;
  std::int64_t strides[3];

  std::int64_t cells() const { return extents[0] * extents[1] * extents[2]; }
  std::int64_t rows() const { return batch * extents[0] * extents[1]; }
  std::int64_t last() const {  // of all numbers, where strides are positive; 0 where there are none
    if (batch == 0 || channels == 0 || cells() == 0) return 0;
    std::int64_t at = (batch - 1) * batch_stride + (channels - 1) * channel_stride;
    for (int i = 0; i < 3; ++i) at += (extents[i] - 1) * strides[i];
    return at;
  }
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
    if (stride == 1) return moved >= 0 && moved < stops ? moved : -1;  // spares the division
    if (moved < 0 || moved % stride != 0) return -1;
    return moved / stride < stops ? moved / stride : -1;
  }
  // The windows that have a cell under this tap: from `first` to below `end`.
  struct Stops {
    std::int64_t first, end;
  };
  Stops met(std::int64_t tap) const {
    const std::int64_t to_first = before - tap * dilation, to_end = cells + to_first;  // in cells
    const auto windows = [&](std::int64_t moved) {  // that begin within so many cells
      return moved <= 0 ? 0 : std::min(stops, stride == 1 ? moved : (moved + stride - 1) / stride);
    };
    return {windows(to_first), windows(to_end)};
  }
  // The taps of this window that are not in the margin: from `first` to below `end`.
  struct Taps {
    std::int64_t first, end;
    std::int64_t count() const { return end - first; }
  };
  Taps covered(std::int64_t window) const {
    const std::int64_t begin = window * stride - before;
    if (begin >= 0 && begin + (taps - 1) * dilation < cells) return {0, taps};
    const auto within = [&](std::int64_t distance) {  // taps that begin within so many cells
      return distance <= 0 ? 0 : std::min(taps, (distance + dilation - 1) / dilation);
    };
    return {within(-begin), within(cells - begin)};
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

// How many rows of places one chain of a filter's gradient runs over: enough that adding up the chains costs little,
// few enough that what they read stays in the second cache.
inline constexpr std::int64_t kChainPlaces = 256, kChainMostLines = 16;
inline std::int64_t chain_lines(std::int64_t places_in_a_row) {
  const std::int64_t width = std::max<std::int64_t>(places_in_a_row, 1);
  return std::clamp<std::int64_t>((kChainPlaces + width - 1) / width, 1, kChainMostLines);
}

}  // namespace vitrine::cpu
