// Bytes to floats and back. Weights are copied byte by byte: behind packed ones nothing is aligned.
#include "engine/models/packing.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/core/assert.h"
#include "engine/core/half.h"

namespace vitrine::models {
namespace {

template <class Stored, class Value>
std::vector<float> each(std::string_view bytes, const Value& value) {
  std::vector<float> values(bytes.size() / sizeof(Stored));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
    values[i] = value(stored);
  }
  return values;
}

template <class Stored, class Value>
std::string bytes_of_each(std::span<const float> values, const Value& value) {
  std::string bytes(values.size() * sizeof(Stored), '\0');
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Stored stored = value(values[i]);
    std::memcpy(bytes.data() + i * sizeof(Stored), &stored, sizeof(Stored));
  }
  return bytes;
}

template <class Stored>
std::string in_steps(StoredWeight& weight, std::span<const float> values) {
  constexpr double kMost = std::numeric_limits<Stored>::max();
  const auto [low, high] = std::ranges::minmax_element(values);
  weight.scale = 1;
  weight.least = values.empty() ? 0 : static_cast<double>(*low);
  if (values.empty() || *low == *high) return std::string(values.size() * sizeof(Stored), '\0');
  weight.scale = (static_cast<double>(*high) - static_cast<double>(*low)) / kMost;
  if (*low <= 0 && *high >= 0) weight.least = -std::round(-weight.least / weight.scale) * weight.scale;
  return bytes_of_each<Stored>(values, [&](float value) {
    const double step = std::round((static_cast<double>(value) - weight.least) / weight.scale);
    return static_cast<Stored>(std::clamp(step, 0.0, kMost));
  });
}

}  // namespace

std::vector<float> unpacked(const StoredWeight& weight, std::string_view bytes) {
  VITRINE_ASSERT(bytes.size() == weight.bytes());
  const auto from_steps = [&](auto number) {
    const double value = static_cast<double>(number) * weight.scale + weight.least;
    return static_cast<float>(weight.spec.dtype == DType::float32 ? value : std::round(value));
  };
  switch (weight.packing) {
    case Packing::uint8:
      return each<std::uint8_t>(bytes, from_steps);
    case Packing::uint16:
      return each<std::uint16_t>(bytes, from_steps);
    case Packing::float16:
      return each<std::uint16_t>(bytes, float_of_half);
    case Packing::none:
      break;
  }
  if (weight.spec.dtype == DType::float32) return each<float>(bytes, [](float value) { return value; });
  if (weight.spec.dtype == DType::boolean) {
    return each<std::uint8_t>(bytes, [](std::uint8_t truth) { return truth != 0 ? 1.0f : 0.0f; });
  }
  return each<std::int32_t>(bytes, [](std::int32_t number) { return static_cast<float>(number); });
}

std::string packed(StoredWeight& weight, std::span<const float> values) {
  switch (weight.packing) {
    case Packing::uint8:
      return in_steps<std::uint8_t>(weight, values);
    case Packing::uint16:
      return in_steps<std::uint16_t>(weight, values);
    case Packing::float16:
      return bytes_of_each<std::uint16_t>(values, half_of_float);
    case Packing::none:
      break;
  }
  if (weight.spec.dtype == DType::int32) {
    return bytes_of_each<std::int32_t>(values, [](float value) { return static_cast<std::int32_t>(value); });
  }
  return bytes_of_each<float>(values, [](float value) { return value; });
}

}  // namespace vitrine::models
