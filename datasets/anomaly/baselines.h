// The Baselines of anomaly detection: scores of items by methods that a network has to beat. Each learns from rows that
// are held to be normal and scores others; more is stranger.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace vitrine::datasets {

struct RowTable {  // rows of one width, one behind the other
  std::size_t width = 0;
  std::span<const float> values{};
  std::size_t rows() const { return width == 0 ? 0 : values.size() / width; }
  std::span<const float> operator[](std::size_t row) const { return values.subspan(row * width, width); }
};

std::vector<float> mean_row(const RowTable& known);
// Directions in which the rows differ most, each 1 long, the first one most; zero where nothing is left to differ in.
std::vector<std::vector<double>> principal_axes(const RowTable& known, std::size_t count);

struct Baseline {
  std::string_view id, label;
  std::vector<float> (*scores)(const RowTable& known, const RowTable& asked);
};
// Mean squared distance from the mean row, or from the plane of the first principal components; mean distance to the
// three nearest known rows; how early random cuts part a row from the others (isolation forest).
std::span<const Baseline> baselines();

std::vector<float> scores_by_components(const RowTable& known, const RowTable& asked, std::size_t components);

}  // namespace vitrine::datasets
