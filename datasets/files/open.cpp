// Signatures first, then sizes, then whether it reads as text.
#include "datasets/files/open.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include "datasets/files/bytes.h"
#include "datasets/files/cifar.h"
#include "datasets/files/csv.h"
#include "datasets/files/idx.h"
#include "datasets/files/npy.h"
#include "datasets/heartbeats/heartbeats.h"
#include "datasets/images/folder.h"
#include "datasets/images/sprite.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"

namespace vitrine::datasets {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCifarPixels = 3072;
constexpr std::size_t kSeriesColumns = 16;  // of numbers behind a label: more than a table of measurements has
constexpr ItemShape kFolderShape{64, 64, 3};
constexpr const char* kKnown = "IDX, CIFAR, NumPy, a picture, CSV or UCR text";

bool is_idx(std::string_view start) {
  if (start.size() < 4 || start[0] != 0 || start[1] != 0) return false;
  const auto type = static_cast<unsigned char>(start[2]), rank = static_cast<unsigned char>(start[3]);
  return type >= 8 && type <= 14 && type != 10 && rank >= 1 && rank <= 4;
}

bool is_picture(std::string_view start) {
  return start.starts_with("\x89PNG") || start.starts_with("\xFF\xD8\xFF") || start.starts_with("GIF8") ||
         start.starts_with("BM") || (start.starts_with("RIFF") && start.substr(0, 12).ends_with("WEBP"));
}

// Whole records, and every label that is seen of a class that there is.
bool is_cifar(std::string_view start, std::uintmax_t size, std::size_t labels, int classes) {
  const std::size_t record = labels + kCifarPixels;
  if (size == 0 || size % record != 0) return false;
  for (std::size_t at = labels - 1; at < start.size(); at += record) {
    if (static_cast<unsigned char>(start[at]) >= classes) return false;
  }
  return true;
}

bool is_text(std::string_view start) {
  return !start.empty() && std::ranges::none_of(start, [](char c) {
    return static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\r' && c != '\t';
  });
}

std::string first_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string start(kKindBytes, '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(in.gcount()));
  return start;
}

bool holds_series(const Table& table) {
  if (table.columns.size() <= kSeriesColumns) return false;
  const auto is_number = [](const Column& column) { return column.words.empty() && !column.too_many_words; };
  if (!std::ranges::all_of(table.columns, is_number)) return false;
  const Column& first = table.columns.front();
  if (table.form.header.value_or(false)) return first.name == "label";
  const auto is_class = [](float value) {
    return value >= 0 && value < limits::kClasses && value == static_cast<float>(static_cast<int>(value));
  };
  return std::ranges::all_of(first.numbers, is_class);
}

// Which of the two forms of text it is can be told only when it has been read.
Dataset open_table(const fs::path& path) {
  Table table = parse_csv(read_file(path, limits::kTableFileBytes), path.string());
  if (!holds_series(table)) return table_dataset(std::move(table), {}, path.string());
  const std::vector<float>& labels = table.columns.front().numbers;
  const bool beats = table.columns.size() == kBeatSamples + 1 && std::ranges::all_of(labels, [](float label) {
                       return label >= 1 && label <= static_cast<float>(beat_kinds().size());
                     });
  CsvChoice choice{.label = table.columns.front().name, .classify = true, .kind = ItemKind::series};
  if (beats) choice.names = {beat_kinds().begin(), beat_kinds().end()};
  return table_dataset(std::move(table), choice, path.string());
}

// One picture is a set of one item, as large as it is.
Dataset open_picture(const fs::path& path) {
  const PictureHead head = read_head(read_file(path, limits::kPictureFileBytes), path.string());
  return load_sprites(path, {}, {.columns = head.width, .rows = head.height});
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
    std::error_code none;
    if (each->is_regular_file(none) && files.size() < limits::kListLength) files.push_back(each->path());
  }
  std::ranges::sort(files);
  return files;
}

std::optional<FileKind> kind_or_none(const fs::path& path) {
  std::error_code none;
  try {
    return kind_of(first_bytes(path), fs::file_size(path, none), path.string());
  } catch (const FileError&) {
    return std::nullopt;
  }
}

// Batches of CIFAR are one set; of anything else the largest file is it: pictures rather than labels, the part to
// judge by of a set of beats.
std::optional<Dataset> open_published(const fs::path& folder) {
  std::vector<fs::path> batches;
  std::optional<fs::path> largest;
  std::error_code none;
  for (const fs::path& path : files_in(folder)) {
    const auto kind = kind_or_none(path);
    if (kind == FileKind::cifar10) batches.push_back(path);
    const bool holds_items = kind == FileKind::idx || kind == FileKind::numpy || kind == FileKind::table;
    if (holds_items && path.extension() != ".json" &&
        (!largest || fs::file_size(path, none) > fs::file_size(*largest, none)))
      largest = path;
  }
  if (!batches.empty()) return load_cifar(batches);
  if (largest) return open(*largest);
  return std::nullopt;
}

Dataset open_folder(const fs::path& folder) {
  std::string why;
  try {
    return picture_folder(std::make_shared<const FolderListing>(list_pictures(folder)), kFolderShape);
  } catch (const FileError&) {
    if (auto found = open_published(folder)) return *found;
    throw;
  }
}

}  // namespace

FileKind kind_of(std::string_view start, std::uintmax_t size, std::string_view file) {
  if (is_text(start)) return FileKind::table;  // first: a table may begin with BM, as bitmaps do
  if (start.starts_with("\x1F\x8B") || is_idx(start)) return FileKind::idx;
  if (start.starts_with("\x93NUMPY") || start.starts_with("PK\x03\x04")) return FileKind::numpy;
  if (is_picture(start)) return FileKind::picture;
  if (is_cifar(start, size, 1, 10)) return FileKind::cifar10;
  if (is_cifar(start, size, 2, 100)) return FileKind::cifar100;
  refuse_file(file, size == 0 ? "is empty" : "holds nothing that can be recognised", kKnown,
              size == 0 ? "no bytes" : count_text(static_cast<std::size_t>(size)) + " other bytes",
              "Save the data in one of these forms.");
}

Dataset open(const fs::path& path) {
  std::error_code none;
  if (fs::is_directory(path, none)) return open_folder(path);
  if (!fs::is_regular_file(path, none)) {
    refuse_file(path.string(), "cannot be opened", std::string("a folder of pictures, or a file: ") + kKnown,
                fs::exists(path, none) ? "neither" : "nothing of this name", "Check the path.");
  }
  switch (kind_of(first_bytes(path), fs::file_size(path, none), path.string())) {
    case FileKind::idx:
      return load_idx(path);
    case FileKind::cifar10:
      return load_cifar(std::vector{path});
    case FileKind::cifar100:
      return load_cifar(std::vector{path}, CifarKind::hundred);
    case FileKind::numpy:
      return load_numpy(path);
    case FileKind::picture:
      return open_picture(path);
    case FileKind::table:
      break;
  }
  return open_table(path);
}

}  // namespace vitrine::datasets
