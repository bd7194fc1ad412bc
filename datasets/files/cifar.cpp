// Records stay where they lie: an item is every so many bytes, its channels one plane apart.
#include "datasets/files/cifar.h"

#include <array>
#include <utility>

#include "datasets/files/bytes.h"
#include "datasets/files/labels.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"

namespace vitrine::datasets {
namespace {

constexpr std::size_t kEdge = 32, kPlane = kEdge * kEdge, kPixels = 3 * kPlane;

std::vector<std::string> default_names(CifarKind kind) {
  if (kind == CifarKind::ten) {
    return {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < 100; ++i) names.push_back(count_text(i));
  return names;
}

std::size_t label_bytes(CifarKind kind) {
  return kind == CifarKind::ten ? 1 : 2;
}

void require_records(std::string_view bytes, CifarKind kind, std::string_view file) {
  const std::size_t record = label_bytes(kind) + kPixels;
  if (!bytes.empty() && bytes.size() % record == 0) return;
  refuse_file(file, "is no file of whole records", "a multiple of " + count_text(record) + " bytes",
              count_text(bytes.size()) + " bytes", "Copy or download the file again.");
}

Dataset with_names(std::string bytes, CifarKind kind, std::vector<std::string> names, std::string_view file) {
  const std::size_t labels = label_bytes(kind), record = labels + kPixels;
  Array array;
  array.element = Element::u8;
  array.scale = 1.0f / 255;
  array.items = bytes.size() / record;
  array.shape = {kEdge, kEdge, 3};
  array.offset = labels;
  array.item_stride = array.line_stride = record;
  array.row_stride = kEdge, array.column_stride = 1, array.channel_stride = kPlane;
  std::vector<float> numbers;
  for (std::size_t i = 0; i < array.items; ++i) {
    numbers.push_back(static_cast<float>(static_cast<std::uint8_t>(bytes[i * record + labels - 1])));
  }
  array.bytes = std::move(bytes);
  Info info;
  info.id = kind == CifarKind::ten ? "cifar10" : "cifar100";
  info.label = kind == CifarKind::ten ? "CIFAR-10" : "CIFAR-100";
  info.what = "Small colour photographs of animals and vehicles.";
  info.source = file, info.licence = "Krizhevsky 2009; free for research, without a formal licence";
  info.kind = ItemKind::picture;
  info.shape = array.shape;
  info.value_unit = "brightness, 0 to 1", info.step_unit = "pixel";
  info.classes = numbered_classes(numbers, std::move(names), file);
  return in_memory(std::move(info), std::move(array), std::move(numbers));
}

std::vector<std::string> names_beside(const std::filesystem::path& batch, CifarKind kind) {
  const auto path = batch.parent_path() / (kind == CifarKind::ten ? "batches.meta.txt" : "fine_label_names.txt");
  std::vector<std::string> usual = default_names(kind);
  if (!std::filesystem::exists(path)) return usual;
  std::vector<std::string> names;
  const std::string text = read_file(path, limits::kTextBytes);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string name = text.substr(start, end - start);
    if (name.ends_with('\r')) name.pop_back();
    if (!name.empty()) names.push_back(std::move(name));
    start = end + 1;
  }
  return names.size() == usual.size() ? names : usual;
}

}  // namespace

Dataset parse_cifar(std::string bytes, CifarKind kind, std::string_view file) {
  require_records(bytes, kind, file);
  return with_names(std::move(bytes), kind, default_names(kind), file);
}

Dataset load_cifar(std::span<const std::filesystem::path> batches, CifarKind kind) {
  if (batches.empty()) refuse_file("CIFAR", "has no batch", "at least one file", "none", "Choose its .bin files.");
  std::string bytes;
  for (const auto& path : batches) {
    const std::string batch = read_file(path, limits::kArrayFileBytes - bytes.size());
    require_records(batch, kind, path.string());  // each by itself: a short one would shift all that follow
    bytes.reserve(bytes.size() + batch.size());
    bytes += batch;
  }
  return with_names(std::move(bytes), kind, names_beside(batches[0], kind), batches[0].string());
}

}  // namespace vitrine::datasets
