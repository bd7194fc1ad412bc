// Samples stay where they lie in the sheet; only the strides tell them apart.
#include "datasets/images/sprite.h"

#include <algorithm>
#include <string>
#include <utility>

#include "datasets/array.h"
#include "datasets/files/bytes.h"
#include "datasets/files/csv.h"
#include "datasets/files/labels.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"

namespace vitrine::datasets {
namespace {

Array tiles_of(Picture picture, const SpriteForm& form, std::string_view file) {
  const std::size_t columns = form.columns, rows = form.rows, pixels = columns * rows;
  const bool whole =
      columns > 0 && rows > 0 && columns <= picture.width * picture.height &&
      (form.sample_a_row ? picture.width == pixels : picture.width % columns == 0 && picture.height % rows == 0);
  if (!whole) {
    refuse_file(file, "does not fall into whole samples",
                form.sample_a_row ? count_text(pixels) + " pixels a row"
                                  : "a multiple of " + count_text(columns) + " × " + count_text(rows) + " pixels",
                count_text(picture.width) + " × " + count_text(picture.height), "Give the size of one sample.");
  }
  Array array;
  array.element = Element::u8, array.scale = 1.0f / 255;
  array.shape = {rows, columns, picture.channels};
  array.column_stride = picture.channels;
  const std::size_t line = picture.width * picture.channels;
  if (form.sample_a_row) {
    array.items = picture.height;
    array.row_stride = columns * picture.channels, array.item_stride = array.line_stride = line;
  } else {
    array.across = picture.width / columns;
    array.items = array.across * (picture.height / rows);
    array.row_stride = line, array.item_stride = columns * picture.channels, array.line_stride = line * rows;
  }
  array.bytes.assign(picture.pixels.begin(), picture.pixels.end());
  return array;
}

bool is_text(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return c >= ' ' || c == '\n' || c == '\r' || c == '\t'; });
}

struct Labels {
  std::vector<float> numbers;
  std::vector<std::string> classes;
};

Labels labels_from(std::string_view bytes, std::size_t tiles, std::string_view file) {
  Labels labels;
  if (bytes.empty()) return {std::vector<float>(tiles, 0.0f), {"unlabelled"}};
  if (is_text(bytes)) {
    Table table = parse_csv(bytes, file);
    labels.numbers = std::move(table.columns.back().numbers), labels.classes = std::move(table.columns.back().words);
  } else if (bytes.size() > tiles && bytes.size() % tiles == 0) {
    const std::size_t each = bytes.size() / tiles;
    for (std::size_t i = 0; i < tiles; ++i) {
      const std::string_view marks = bytes.substr(i * each, each);
      labels.numbers.push_back(static_cast<float>(std::ranges::max_element(marks) - marks.begin()));
    }
  } else {
    for (const char byte : bytes) labels.numbers.push_back(static_cast<float>(static_cast<std::uint8_t>(byte)));
  }
  if (labels.numbers.empty() || labels.numbers.size() > tiles) {
    refuse_file(file, "does not label the samples of its sheet", "1 to " + count_text(tiles) + " labels",
                count_text(labels.numbers.size()),
                "Choose the labels that belong to the sheet, or another sample size.");
  }
  if (labels.classes.empty()) labels.classes = numbered_classes(labels.numbers, file);
  return labels;
}

}  // namespace

Dataset parse_sprites(std::string_view sheet, std::string_view label_bytes, const SpriteForm& form,
                      std::string_view file) {
  Array array = tiles_of(decode_picture(sheet, file), form, file);
  Labels labels = labels_from(label_bytes, array.items, "the labels of " + std::string(file));
  array.items = labels.numbers.size();
  Info info;
  info.id = info.label = std::filesystem::path(file).filename().string();
  info.what = "Samples of a sprite sheet.";
  info.source = file, info.licence = "as its source says";
  info.kind = ItemKind::picture, info.shape = array.shape;
  info.value_unit = "brightness, 0 to 1", info.step_unit = "pixel";
  info.classes = std::move(labels.classes);
  return in_memory(std::move(info), std::move(array), std::move(labels.numbers));
}

Dataset load_sprites(const std::filesystem::path& sheet, const std::filesystem::path& labels, const SpriteForm& form) {
  const std::string bytes = read_file(sheet, limits::kPictureFileBytes);
  return parse_sprites(bytes, labels.empty() ? "" : read_file(labels, limits::kTableFileBytes), form, sheet.string());
}

}  // namespace vitrine::datasets
