// Cutting out the middle and averaging: plain sums in one order, so the pixels are the same everywhere.
#include <algorithm>
#include <array>

#include "datasets/images/picture.h"
#include "engine/core/assert.h"

namespace vitrine::datasets {
namespace {

struct Cut {
  float x, y, width, height;  // in the picture's pixels
};

Cut middle(const Picture& picture, const ItemShape& shape) {
  const auto width = static_cast<float>(picture.width), height = static_cast<float>(picture.height);
  const float wanted = static_cast<float>(shape.columns) / static_cast<float>(shape.rows);
  const float w = std::min(width, height * wanted), h = std::min(height, width / wanted);
  return {(width - w) / 2, (height - h) / 2, w, h};
}

// Mean over a rectangle that may be smaller than a pixel, each pixel by how much of it is covered.
std::array<float, 3> mean_over(const Picture& picture, const Cut& box) {
  std::array<float, 3> sum{};
  float area = 0;
  const float right = box.x + box.width, bottom = box.y + box.height;
  const auto last = [](float end, std::size_t size) { return std::min(static_cast<std::size_t>(end) + 1, size); };
  for (auto y = static_cast<std::size_t>(box.y); y < last(bottom, picture.height); ++y) {
    const float top_edge = std::max(box.y, static_cast<float>(y)),
                low_edge = std::min(bottom, static_cast<float>(y + 1));
    for (auto x = static_cast<std::size_t>(box.x); x < last(right, picture.width); ++x) {
      const float across = std::min(right, static_cast<float>(x + 1)) - std::max(box.x, static_cast<float>(x));
      const float share = std::max(0.0f, across) * std::max(0.0f, low_edge - top_edge);
      const std::uint8_t* pixel = picture.pixels.data() + (y * picture.width + x) * picture.channels;
      for (std::size_t c = 0; c < picture.channels; ++c) sum[c] += share * static_cast<float>(pixel[c]);
      area += share;
    }
  }
  for (float& value : sum) value /= std::max(area, 1e-12f);
  if (picture.channels == 1) sum[1] = sum[2] = sum[0];
  return sum;
}

}  // namespace

void fit(const Picture& picture, const ItemShape& shape, std::span<std::uint8_t> pixels) {
  VITRINE_ASSERT(pixels.size() == shape.size() && (shape.channels == 1 || shape.channels == 3));
  const Cut cut = middle(picture, shape);
  const float step_x = cut.width / static_cast<float>(shape.columns),
              step_y = cut.height / static_cast<float>(shape.rows);
  std::size_t out = 0;
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const auto mean = mean_over(picture, {cut.x + static_cast<float>(column) * step_x,
                                            cut.y + static_cast<float>(row) * step_y, step_x, step_y});
      const auto byte = [](float value) { return static_cast<std::uint8_t>(std::clamp(value + 0.5f, 0.0f, 255.0f)); };
      if (shape.channels == 3) {
        for (const float value : mean) pixels[out++] = byte(value);
      } else {
        pixels[out++] = byte(0.299f * mean[0] + 0.587f * mean[1] + 0.114f * mean[2]);  // how bright colours look
      }
    }
  }
}

}  // namespace vitrine::datasets
