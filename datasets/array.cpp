// Numbers out of bytes, one element type at a time.
#include "datasets/array.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/half.h"

namespace vitrine::datasets {
namespace {

template <class T>
T number_at(const char* at, bool big_endian) {
  std::array<char, sizeof(T)> bytes;
  std::memcpy(bytes.data(), at, sizeof(T));
  if (big_endian) {
    for (std::size_t i = 0; i < sizeof(T) / 2; ++i) std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
  }
  return std::bit_cast<T>(bytes);
}

}  // namespace

std::size_t bytes_of(Element element) {
  switch (element) {
    case Element::u8:
    case Element::i8:
      return 1;
    case Element::u16:
    case Element::i16:
    case Element::f16:
      return 2;
    case Element::u32:
    case Element::i32:
    case Element::f32:
      return 4;
    case Element::u64:
    case Element::i64:
    case Element::f64:
      return 8;
  }
  return 0;
}

float Array::at(std::size_t number) const {
  const char* p = bytes.data() + offset + number * bytes_of(element);
  switch (element) {
    case Element::u8:
      return static_cast<float>(static_cast<std::uint8_t>(*p));
    case Element::i8:
      return static_cast<float>(static_cast<std::int8_t>(*p));
    case Element::u16:
      return static_cast<float>(number_at<std::uint16_t>(p, big_endian));
    case Element::i16:
      return static_cast<float>(number_at<std::int16_t>(p, big_endian));
    case Element::u32:
      return static_cast<float>(number_at<std::uint32_t>(p, big_endian));
    case Element::i32:
      return static_cast<float>(number_at<std::int32_t>(p, big_endian));
    case Element::u64:
      return static_cast<float>(number_at<std::uint64_t>(p, big_endian));
    case Element::i64:
      return static_cast<float>(number_at<std::int64_t>(p, big_endian));
    case Element::f16:
      return float_of_half(number_at<std::uint16_t>(p, big_endian));
    case Element::f32:
      return number_at<float>(p, big_endian);
    case Element::f64:
      return static_cast<float>(number_at<double>(p, big_endian));
  }
  return 0;
}

void Array::read(ItemId item, std::span<float> values) const {
  VITRINE_ASSERT(item < items && values.size() == shape.size());
  const std::size_t start = item / across * line_stride + item % across * item_stride;
  std::size_t out = 0;
  for (std::size_t row = 0; row < shape.rows; ++row) {
    for (std::size_t column = 0; column < shape.columns; ++column) {
      const std::size_t first = start + row * row_stride + column * column_stride;
      for (std::size_t channel = 0; channel < shape.channels; ++channel) {
        values[out++] = at(first + channel * channel_stride) * scale;
      }
    }
  }
}

Array packed_array(std::string bytes, std::size_t offset, Element element, std::size_t items, ItemShape shape) {
  Array array;
  array.bytes = std::move(bytes);
  array.offset = offset;
  array.element = element;
  array.items = items;
  array.shape = shape;
  array.column_stride = shape.channels;
  array.row_stride = shape.channels * shape.columns;
  array.item_stride = array.line_stride = shape.size();
  VITRINE_ASSERT(offset + items * shape.size() * bytes_of(element) <= array.bytes.size());
  return array;
}

Array packed_array(std::span<const float> values, ItemShape shape) {
  static_assert(std::endian::native == std::endian::little);
  const std::size_t items = shape.size() == 0 ? 0 : values.size() / shape.size();
  return packed_array(std::string(reinterpret_cast<const char*>(values.data()), values.size_bytes()), 0, Element::f32,
                      items, shape);
}

ArraySource::ArraySource(Array array, std::vector<float> labels)
    : array_(std::move(array)), labels_(std::move(labels)) {
  VITRINE_ASSERT(array_.items == labels_.size());
}

Dataset in_memory(Info info, Array array, std::vector<float> labels) {
  VITRINE_ASSERT(info.shape == array.shape);
  return Dataset(std::move(info), std::make_shared<ArraySource>(std::move(array), std::move(labels)));
}

}  // namespace vitrine::datasets
