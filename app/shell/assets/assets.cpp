// Reads the manifest and receipts, neither of which is believed further than needed.
#include "app/shell/assets/assets.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/shell/assets/manifest.h"
#include "engine/core/error.h"
#include "engine/core/file.h"

namespace vitrine::shell {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kReceiptBytes = 1 << 20;  // hundreds of files have a tenth of that

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> size_of(const json& file) {
  const auto found = file.find("bytes");
  if (found == file.end() || !found->is_number_integer() || found->get<std::int64_t>() < 0) return std::nullopt;
  return found->get<std::int64_t>();
}

std::optional<std::int64_t> sum_of_sizes(const json& files) {
  std::int64_t sum = 0;
  for (const json& file : files) {
    const auto size = size_of(file);
    if (!size || file.value("shards", false)) return std::nullopt;
    sum += *size;
  }
  return sum;
}

// A path that a receipt names must lie below the asset's folder.
bool stays_below(const fs::path& path) {
  return !path.empty() && path.is_relative() &&
         std::ranges::none_of(path, [](const fs::path& part) { return part == ".." || part == "."; });
}

std::optional<std::vector<InstalledFile>> read_receipt(const fs::path& folder) {
  try {
    const json receipt = json::parse(read_file(folder / "receipt.json", kReceiptBytes), nullptr, false);
    if (!receipt.is_object() || !receipt.contains("files") || !receipt["files"].is_array()) return std::nullopt;
    std::vector<InstalledFile> files;
    for (const json& file : receipt["files"]) {
      const auto size = file.is_object() ? size_of(file) : std::nullopt;
      const fs::path path = size ? text_of(file, "path") : std::string();
      if (!stays_below(path)) return std::nullopt;
      files.push_back({folder / path, *size, text_of(file, "known_by")});
    }
    return files;
  } catch (const FileError&) {
    return std::nullopt;
  }
}

bool is_whole(const InstalledFile& file) {
  std::error_code none;
  return fs::is_regular_file(file.path, none) &&
         fs::file_size(file.path, none) == static_cast<std::uintmax_t>(file.bytes);
}

}  // namespace

std::vector<Asset> read_manifest(std::string_view text) {
  const json manifest = json::parse(text, nullptr, false);
  const bool whole = manifest.is_object() && manifest.contains("assets") && manifest["assets"].is_array();
  std::vector<Asset> all;
  if (whole) {
    for (const json& each : manifest["assets"]) {
      if (!each.is_object() || text_of(each, "id").empty() || !each.contains("files")) continue;
      all.push_back({.id = text_of(each, "id"),
                     .kind = text_of(each, "kind"),
                     .label = text_of(each, "label"),
                     .what = text_of(each, "what"),
                     .provenance = text_of(each, "provenance"),
                     .licence = text_of(each, "licence"),
                     .bytes = sum_of_sizes(each["files"])});
    }
  }
  if (!whole || all.size() != manifest["assets"].size()) {
    throw FileError({"the manifest of assets", "cannot be understood", "assets with id and files", "something else",
                     "Take assets/manifest.json as it came."});
  }
  return all;
}

std::span<const Asset> assets() {
  static const std::vector<Asset> kAssets = read_manifest(generated::kManifest);
  return kAssets;
}

std::string_view name_of(AssetState state) {
  switch (state) {
    case AssetState::missing:
      return "missing";
    case AssetState::present:
      return "present";
    case AssetState::damaged:
      return "damaged";
  }
  return "";
}

std::int64_t Installed::bytes() const {
  std::int64_t sum = 0;
  for (const InstalledFile& file : files) sum += file.bytes;
  return sum;
}

Installed look_up(const Asset& asset, const fs::path& data_folder) {
  Installed found;
  if (data_folder.empty()) return found;
  found.folder = data_folder / "assets" / asset.id;
  std::error_code none;
  if (!fs::exists(found.folder, none)) return found;
  found.state = AssetState::damaged;
  auto files = read_receipt(found.folder);
  if (!files) return found;
  found.files = std::move(*files);
  if (std::ranges::all_of(found.files, is_whole)) found.state = AssetState::present;
  return found;
}

}  // namespace vitrine::shell
