// Browsing is choosing a file by typing its path: the folder typed so far is listed, and what its entries begin with
// narrows the list, until one is taken. Folders are read elsewhere than where frames are drawn; a disk may be slow.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::shell {

struct Listing {
  struct Entry {
    std::string name;  // of a folder with a slash at the end
    bool folder = false;
  };
  std::filesystem::path folder;
  std::vector<Entry> entries;  // folders first, each sorted; hidden ones left out
  std::string trouble;         // why it cannot be listed
};

// Of a name or of what was typed for it, where neither's case matters.
std::string lower(std::string_view text);
// What a person means by "~/x" or "x": an absolute path. `home` and `here` may be empty.
std::filesystem::path meant(std::string_view typed, const std::filesystem::path& home,
                            const std::filesystem::path& here);
// Folders, and files that end in `ending`. A folder with very many entries is listed in part.
Listing list_folder(const std::filesystem::path& folder, std::string_view ending);
// Entries whose names begin with what was typed after the last slash, whatever the case.
std::vector<Listing::Entry> matching(const Listing& listing, std::string_view start);

}  // namespace vitrine::shell
