// Reads folders and narrows lists.
#include "app/shell/browse.h"

#include <algorithm>
#include <cctype>

namespace vitrine::shell {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostEntries = 5000;  // read of one folder; more are not chosen from a list

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

fs::path meant(std::string_view typed, const fs::path& home, const fs::path& here) {
  if (typed == "~" || typed.starts_with("~/"))
    return home / fs::path(typed.substr(std::min<std::size_t>(2, typed.size())));
  const fs::path path(typed);
  return path.is_absolute() ? path : here / path;
}

Listing list_folder(const fs::path& folder, std::string_view ending) {
  Listing listing{.folder = folder, .entries = {}, .trouble = {}};
  std::error_code failed;
  fs::directory_iterator each(folder, failed);
  for (const fs::directory_iterator end; !failed && each != end; each.increment(failed)) {
    if (listing.entries.size() == kMostEntries) break;
    std::string name = each->path().filename().string();
    std::error_code none;
    const bool is_folder = each->is_directory(none);
    if (name.starts_with('.') || (!is_folder && !name.ends_with(ending))) continue;
    listing.entries.push_back({.name = is_folder ? name + "/" : std::move(name), .folder = is_folder});
  }
  if (failed) listing.trouble = folder.string() + " cannot be listed: " + failed.message() + ".";
  std::ranges::sort(listing.entries, [](const Listing::Entry& a, const Listing::Entry& b) {
    return a.folder != b.folder ? a.folder : lower(a.name) < lower(b.name);
  });
  return listing;
}

std::vector<Listing::Entry> matching(const Listing& listing, std::string_view start) {
  std::vector<Listing::Entry> found;
  const std::string wanted = lower(start);
  for (const Listing::Entry& entry : listing.entries)
    if (lower(entry.name).starts_with(wanted)) found.push_back(entry);
  return found;
}

}  // namespace vitrine::shell
