// The zip around arrays: its directory is read from the end, every entry is bounded before it is unpacked.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "datasets/files/bytes.h"
#include "datasets/files/labels.h"
#include "datasets/files/npy.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"
#include "engine/core/zip.h"

namespace vitrine::datasets {
namespace {

constexpr std::string_view kEntry = "PK\x01\x02", kLocal = "PK\x03\x04", kEnd = "PK\x05\x06";
constexpr std::size_t kArrays = 64;  // of one file: more is no data set

struct ZipEntry {
  std::string name;
  std::size_t method, packed, unpacked, local;
  std::uint32_t sum;
};

std::vector<ZipEntry> directory_of(std::string_view bytes, std::string_view file) {
  Bytes at(bytes, file);
  const std::size_t end = bytes.rfind(kEnd);
  if (end == bytes.npos) at.fail("is no .npz file", "a zip's directory at its end", "none");
  at.seek(end, "its directory");
  at.skip(22, "the end of its directory");
  at.seek(end + 10, "its directory");
  const std::size_t count = at.little(2, "its directory");
  at.skip(4, "its directory");
  at.seek(at.little(4, "its directory"), "its directory");
  if (count > kArrays) at.fail("holds too many arrays", "at most " + count_text(kArrays), count_text(count));
  std::vector<ZipEntry> entries;
  for (std::size_t i = 0; i < count; ++i) {
    if (at.take(4, "its directory") != kEntry) at.fail("has a damaged directory", "an entry", "other bytes");
    at.skip(6, "its directory");
    ZipEntry entry;
    entry.method = at.little(2, "its directory");
    at.skip(4, "its directory");
    entry.sum = at.little(4, "its directory");
    entry.packed = at.little(4, "its directory");
    entry.unpacked = at.little(4, "its directory");
    const std::size_t name = at.little(2, "its directory"), extra = at.little(2, "its directory");
    const std::size_t comment = at.little(2, "its directory");
    at.skip(8, "its directory");
    entry.local = at.little(4, "its directory");
    entry.name = at.take(name, "a name");
    at.skip(extra + comment, "its directory");
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string contents_of(const ZipEntry& entry, std::string_view bytes, std::string_view file, std::size_t cap) {
  Bytes at(bytes, file);
  at.seek(entry.local, entry.name);
  if (at.take(4, entry.name) != kLocal) at.fail("has a damaged entry " + entry.name, "its start", "other bytes");
  at.skip(22, entry.name);
  const std::size_t name = at.little(2, entry.name), extra = at.little(2, entry.name);
  at.skip(name + extra, entry.name);
  const std::string_view packed = at.take(entry.packed, entry.name);
  const std::string subject = std::string(file) + ", " + entry.name;
  if (entry.method != 0 && entry.method != 8) {
    at.fail("packs " + entry.name + " in a way that is not read", "0 (stored) or 8 (deflated)",
            count_text(entry.method));
  }
  std::string contents =
      entry.method == 8 ? inflate(packed, cap, subject, Packing::bare, entry.unpacked) : std::string(packed);
  if (contents.size() != entry.unpacked || crc32(contents) != entry.sum) {
    at.fail("holds other bytes of " + entry.name + " than its directory says", "the same length and sum", "others");
  }
  return contents;
}

bool is_called(std::string_view name, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return name.starts_with(word); });
}

// The one among the arrays that fits best: called so, else the largest.
std::size_t items_of(const std::vector<NamedArray>& arrays) {
  std::size_t best = 0;
  const auto weight = [&](std::size_t i) {
    const bool called = is_called(arrays[i].name, {"x", "data", "images", "X"});
    return std::pair(called, arrays[i].array.items * arrays[i].array.shape.size());
  };
  for (std::size_t i = 1; i < arrays.size(); ++i) {
    if (weight(i) > weight(best)) best = i;
  }
  return best;
}

const Array* labels_of(const std::vector<NamedArray>& arrays, std::size_t items) {
  const Array* found = nullptr;
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    const Array& array = arrays[i].array;
    if (i == items || array.items != arrays[items].array.items || array.shape.size() != 1) continue;
    if (found == nullptr || is_called(arrays[i].name, {"y", "label"})) found = &array;
  }
  return found;
}

}  // namespace

std::vector<NamedArray> parse_npz(std::string_view bytes, std::string_view file) {
  std::vector<NamedArray> arrays;
  std::size_t left = bytes.size() + limits::kLoaderSpare;  // for all arrays together
  for (const ZipEntry& entry : directory_of(bytes, file)) {
    if (!entry.name.ends_with(".npy")) continue;
    std::string contents = contents_of(entry, bytes, file, left);
    left -= std::min(left, contents.size());
    const std::string name = entry.name.substr(0, entry.name.size() - 4);
    arrays.push_back({name, parse_npy(std::move(contents), std::string(file) + ", " + entry.name)});
  }
  if (arrays.empty()) refuse_file(file, "holds no array", "at least one .npy inside", "none", "Choose another file.");
  return arrays;
}

Dataset load_numpy(const std::filesystem::path& path) {
  const std::string file = path.string();
  std::vector<NamedArray> arrays;
  std::string bytes = read_file(path, limits::kArrayFileBytes);
  if (bytes.starts_with("PK")) {
    arrays = parse_npz(bytes, file);
    bytes = {};
  } else {
    arrays.push_back({"", parse_npy(std::move(bytes), file)});
  }
  const std::size_t items = items_of(arrays);
  std::vector<float> labels(arrays[items].array.items, 0.0f);
  std::vector<std::string> classes{"unlabelled"};
  if (const Array* given = labels_of(arrays, items)) {
    for (ItemId i = 0; i < labels.size(); ++i) given->read(i, std::span(labels).subspan(i, 1));
    classes = numbered_classes(labels, file);
  }
  Array array = std::move(arrays[items].array);
  require_finite(array, file);
  Info info;
  info.id = info.label = path.filename().string();
  info.what = "Items of a NumPy array.";
  info.source = file, info.licence = "as its source says";
  info.shape = array.shape;
  info.kind = array.shape.rows > 1 ? ItemKind::picture : array.shape.columns > 1 ? ItemKind::series : ItemKind::point;
  info.classes = std::move(classes);
  if (array.element == Element::u8 && info.kind == ItemKind::picture) {
    array.scale = 1.0f / 255, info.value_unit = "brightness, 0 to 1";
  }
  return in_memory(std::move(info), std::move(array), std::move(labels));
}

}  // namespace vitrine::datasets
