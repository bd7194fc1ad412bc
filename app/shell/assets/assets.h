// An Asset is published data or weights that assets/fetch can bring: what it is, whose it is, under which licence. The
// list is the manifest, compiled in; what is installed is read off the receipts that fetch leaves beside the files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::shell {

struct Asset {
  std::string id, kind, label;  // kind: dataset, model, labels
  std::string what, provenance, licence;
  std::optional<std::int64_t> bytes;  // of its files; none where nobody publishes their sizes
};
std::span<const Asset> assets();
// FileError when the text is no manifest.
std::vector<Asset> read_manifest(std::string_view text);

enum class AssetState { missing, present, damaged };  // damaged: a file is gone or has another size than when it came
std::string_view name_of(AssetState state);

struct InstalledFile {
  std::filesystem::path path;
  std::int64_t bytes = 0;
  std::string known_by;  // what vouches for it: sha256, md5, contents, archive, unknown, another edition
};
struct Installed {
  AssetState state = AssetState::missing;
  std::filesystem::path folder;  // where it is, or would be
  std::vector<InstalledFile> files;
  std::int64_t bytes() const;
};
// Looks at sizes only; every byte is read by `assets/fetch --verify`. An empty folder of data counts as none.
Installed look_up(const Asset& asset, const std::filesystem::path& data_folder);

}  // namespace vitrine::shell
