// The header is a Python dictionary of three entries; it is read as exactly that and nothing more.
#include "datasets/files/npy.h"

#include <optional>

#include "datasets/files/bytes.h"
#include "engine/core/number.h"

namespace vitrine::datasets {
namespace {

// One value of the header's dictionary: the text between its key and the comma or brace that ends it.
std::string_view value_of(std::string_view header, std::string_view key, const Bytes& at) {
  const std::string quoted = "'" + std::string(key) + "':";
  const std::size_t start = header.find(quoted);
  if (start == header.npos) at.fail("has a header without " + std::string(key), quoted, "none");
  std::string_view rest = header.substr(start + quoted.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  const char end = rest.starts_with('(') ? ')' : ',';
  return rest.substr(0, rest.find(end));
}

struct Type {
  Element element;
  bool big_endian;
};

Type type_of(std::string_view text, const Bytes& at) {
  struct Known {
    std::string_view code;
    Element element;
  };
  static constexpr Known kKnown[] = {{"b1", Element::u8},  {"u1", Element::u8},  {"i1", Element::i8},
                                     {"u2", Element::u16}, {"i2", Element::i16}, {"u4", Element::u32},
                                     {"i4", Element::i32}, {"u8", Element::u64}, {"i8", Element::i64},
                                     {"f2", Element::f16}, {"f4", Element::f32}, {"f8", Element::f64}};
  if (text.size() == 5 && text.front() == '\'' && text.back() == '\'') {
    for (const Known& known : kKnown) {
      if (text.substr(2, 2) == known.code) return {known.element, text[1] == '>'};
    }
  }
  at.fail("holds values of a type that is not read", "booleans, whole numbers or floats",
          std::string(text.substr(0, 40)));
}

std::vector<std::size_t> sizes_of(std::string_view text, const Bytes& at) {
  std::vector<std::size_t> sizes;
  if (text.starts_with('(')) text.remove_prefix(1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    std::string_view number = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (number.starts_with(' ')) number.remove_prefix(1);
    if (number.empty()) continue;
    const auto size = parse_unsigned(number);
    if (!size || sizes.size() == 4)
      at.fail("has a shape that is not read", "1 to 4 sizes", std::string(number.substr(0, 40)));
    sizes.push_back(static_cast<std::size_t>(*size));
  }
  if (sizes.empty()) at.fail("holds one number, no items", "1 to 4 axes", "none");
  return sizes;
}

ItemShape shape_of(const std::vector<std::size_t>& sizes) {
  switch (sizes.size()) {
    case 1:
      return {1, 1, 1};
    case 2:
      return {1, sizes[1], 1};
    case 3:
      return {sizes[1], sizes[2], 1};
    default:
      return {sizes[1], sizes[2], sizes[3]};
  }
}

void set_fortran_order(Array& array, std::size_t rank) {
  array.item_stride = array.line_stride = 1;
  array.row_stride = array.items;
  array.column_stride = rank > 2 ? array.items * array.shape.rows : array.items;
  array.channel_stride = array.column_stride * array.shape.columns;
}

}  // namespace

Array parse_npy(std::string bytes, std::string_view file) {
  Bytes at(bytes, file);
  if (at.take(6, "its magic number") != "\x93NUMPY")
    at.fail("is no .npy file", "\\x93NUMPY at its start", "other bytes");
  const std::uint32_t version = at.little(1, "its version");
  at.skip(1, "its version");
  if (version < 1 || version > 3) at.fail("has an unknown version", "1, 2 or 3", count_text(version));
  const std::string_view header = at.take(at.little(version == 1 ? 2 : 4, "its header's size"), "its header");
  const Type type = type_of(value_of(header, "descr", at), at);
  const std::vector<std::size_t> sizes = sizes_of(value_of(header, "shape", at), at);
  const bool fortran = value_of(header, "fortran_order", at).starts_with("True");
  const ItemShape shape = shape_of(sizes);
  const std::size_t each = checked_product(checked_product(shape.rows, shape.columns, at), shape.channels, at);
  const std::size_t need = checked_product(checked_product(sizes[0], each, at), bytes_of(type.element), at);
  if (need != at.left()) {
    at.fail("does not hold what its header says", count_text(need) + " bytes of numbers", count_text(at.left()));
  }
  if (need == 0) at.fail("holds no numbers", "at least one item", "none");
  const std::size_t offset = at.place();
  Array array = packed_array(std::move(bytes), offset, type.element, sizes[0], shape);
  array.big_endian = type.big_endian;
  if (fortran) set_fortran_order(array, sizes.size());
  return array;
}

std::string npy_bytes(std::span<const float> values, std::span<const std::size_t> shape) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
  for (const std::size_t size : shape) header += count_text(size) + ", ";
  header += "), }";
  constexpr std::size_t kBefore = 10, kAlign = 64;  // NumPy aligns the numbers
  header.append(kAlign - (kBefore + header.size() + 1) % kAlign, ' ');
  header += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {'\x01', '\0', static_cast<char>(header.size() & 255), static_cast<char>(header.size() >> 8)};
  return bytes + header + std::string(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

}  // namespace vitrine::datasets
