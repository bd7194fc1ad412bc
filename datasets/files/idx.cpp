// Reading IDX where it lies: the sizes are checked against the bytes that are there before anything is made of them.
#include "datasets/files/idx.h"

#include <optional>
#include <utility>

#include "datasets/files/bytes.h"
#include "datasets/files/labels.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"
#include "engine/core/zip.h"

namespace vitrine::datasets {
namespace {

std::optional<Element> element_of(std::uint32_t code) {
  switch (code) {
    case 0x08:
      return Element::u8;
    case 0x09:
      return Element::i8;
    case 0x0B:
      return Element::i16;
    case 0x0C:
      return Element::i32;
    case 0x0D:
      return Element::f32;
    case 0x0E:
      return Element::f64;
    default:
      return {};
  }
}

std::string labels_beside(std::string name) {
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"images", "labels"}, {"idx3", "idx1"}}) {
    const std::size_t at = name.find(from);
    if (at != name.npos) name.replace(at, from.size(), to);
  }
  return name;
}

}  // namespace

Array parse_idx(std::string bytes, std::string_view file) {
  Bytes at(bytes, file);
  if (at.big(2, "its magic number") != 0) at.fail("is no IDX file", "two zeros at its start", "other bytes");
  const std::uint32_t code = at.big(1, "its element type"), rank = at.big(1, "its number of dimensions");
  const auto element = element_of(code);
  if (!element) at.fail("has an unknown element type", "8, 9, 11, 12, 13 or 14", count_text(code));
  if (rank < 1 || rank > 4) at.fail("has too many or too few dimensions", "1 to 4", count_text(rank));
  std::size_t sizes[4] = {1, 1, 1, 1};
  for (std::uint32_t i = 0; i < rank; ++i) sizes[i] = at.big(4, "its sizes");
  const std::size_t items = sizes[0];
  // One dimension more than items is a series, two are a picture, three a picture with channels.
  const ItemShape shape = rank == 2 ? ItemShape{1, sizes[1], 1} : ItemShape{sizes[1], sizes[2], sizes[3]};
  const std::size_t row = checked_product(checked_product(shape.rows, shape.columns, at), shape.channels, at);
  const std::size_t need = checked_product(checked_product(items, row, at), bytes_of(*element), at);
  if (need != at.left()) {
    at.fail("does not hold what its header says", count_text(need) + " bytes of numbers", count_text(at.left()));
  }
  if (row == 0 || items == 0) at.fail("holds no numbers", "at least one item", "none");
  const std::size_t offset = at.place();
  Array array = packed_array(std::move(bytes), offset, *element, items, shape);
  array.big_endian = true;
  return array;
}

Array read_idx(const std::filesystem::path& path) {
  std::string bytes = read_file(path, limits::kArrayFileBytes);
  if (bytes.starts_with("\x1F\x8B")) {
    std::string packed = std::exchange(bytes, {});
    bytes = inflate(packed, packed.size() + limits::kLoaderSpare, path.string(), Packing::gzip);
  }
  return parse_idx(std::move(bytes), path.string());
}

Dataset load_idx(const std::filesystem::path& items, std::filesystem::path labels) {
  Array array = read_idx(items);
  if (labels.empty()) labels = items.parent_path() / labels_beside(items.filename().string());
  const bool labelled = labels != items && std::filesystem::exists(labels);
  std::vector<float> numbers(array.items, 0.0f);
  Info info;
  info.id = info.label = items.filename().string();
  info.what = "Items of an IDX file.";
  info.source = items.string(), info.licence = "as its source says";
  if (labelled) {
    const Array given = read_idx(labels);
    if (given.items != array.items || given.shape.size() != 1) {
      refuse_file(labels.string(), "does not label the items of " + items.filename().string(),
                  count_text(array.items) + " labels", count_text(given.items * given.shape.size()),
                  "Choose the file of labels that belongs to it.");
    }
    for (ItemId i = 0; i < numbers.size(); ++i) given.read(i, std::span(numbers).subspan(i, 1));
  }
  info.classes = labelled ? numbered_classes(numbers, labels.string()) : std::vector<std::string>{"unlabelled"};
  require_finite(array, items.string());
  info.shape = array.shape;
  info.kind = array.shape.rows > 1 ? ItemKind::picture : ItemKind::series;
  info.step_unit = info.kind == ItemKind::picture ? "pixel" : "sample";
  if (array.element == Element::u8 && info.kind == ItemKind::picture) {
    array.scale = 1.0f / 255, info.value_unit = "brightness, 0 to 1";
  }
  return in_memory(std::move(info), std::move(array), std::move(numbers));
}

}  // namespace vitrine::datasets
