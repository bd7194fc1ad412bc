// An Array is numbers as they lie in the bytes of a file, or of our own making: their type, their byte order, and how
// far apart items, rows, columns and channels are. Nothing is converted until an item is read, so a loaded file takes
// its own size and no more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "datasets/dataset.h"

namespace vitrine::datasets {

enum class Element : std::uint8_t { u8, i8, u16, i16, u32, i32, u64, i64, f16, f32, f64 };
std::size_t bytes_of(Element element);

struct Array {
  std::string bytes;
  std::size_t offset = 0;  // of the first number
  Element element = Element::f32;
  bool big_endian = false;
  float scale = 1;  // what is read is the number times this
  std::size_t items = 0;
  ItemShape shape;
  // In numbers, not in bytes.
  std::size_t item_stride = 0, row_stride = 0, column_stride = 0, channel_stride = 1;
  // Items that lie side by side in one picture: `across` of them, then the next line of items.
  std::size_t across = 1, line_stride = 0;

  float at(std::size_t number) const;  // the n-th number behind the offset
  void read(ItemId item, std::span<float> values) const;
};

// Items one behind the other, channels innermost.
Array packed_array(std::string bytes, std::size_t offset, Element element, std::size_t items, ItemShape shape);
Array packed_array(std::span<const float> values, ItemShape shape);

// An Array with a label for each item.
class ArraySource final : public Source {
 public:
  ArraySource(Array array, std::vector<float> labels);
  std::size_t size() const override { return labels_.size(); }
  float label(ItemId item) const override { return labels_[item]; }
  void read(ItemId item, std::span<float> values) const override { array_.read(item, values); }

 private:
  Array array_;
  std::vector<float> labels_;
};

Dataset in_memory(Info info, Array array, std::vector<float> labels);

}  // namespace vitrine::datasets
