// Every character that sources and texts put on screen is in the fonts that draw them.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "app/ui/fonts.h"
#include "engine/core/file.h"

using namespace vitrine::ui;
namespace fs = std::filesystem;

namespace {
constexpr std::size_t kSourceBytes = std::size_t{1} << 20;

// What stands between quotes on lines that are no comment; all of a text file.
std::string words_of(const fs::path& path) {
  const std::string all = vitrine::read_file(path, kSourceBytes);
  if (path.extension() == ".md") return all;
  std::string words;
  bool quoted = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!quoted && all.compare(i, 2, "//") == 0) i = std::min(all.find('\n', i), all.size() - 1);
    if (quoted && all[i] == '\\') {
      ++i;
    } else if (all[i] == '"' || all[i] == '\n') {  // no literal of ours goes over a line
      quoted = all[i] == '"' && !quoted;
    } else if (quoted) {
      words += all[i];
    }
  }
  return words;
}

std::vector<fs::path> texts_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string kind = entry.path().extension().string();
    if (kind == ".cpp" || kind == ".h" || kind == ".md") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string listed(const std::vector<char32_t>& characters) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (char32_t c : characters) {
    out += " U+";
    for (int shift = 16; shift >= 0; shift -= 4) out += kHex[c >> shift & 15];
  }
  return out;
}
}  // namespace

TEST_CASE("no text of the app holds a character that the fonts lack") {
  if (!fs::exists("views") || !fs::exists("app")) {
    MESSAGE("skipped: not started in the source folder");
    return;
  }
  const Fonts fonts(1);
  std::size_t files = 0, beyond_ascii = 0;
  for (const char* folder : {"app", "views", "datasets"}) {
    for (const fs::path& path : texts_in(folder)) {
      const std::string words = words_of(path);
      beyond_ascii += static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [](char c) { return c < 0; }));
      ++files;
      for (Type type : {Type::body, Type::value, Type::small, Type::section})
        CHECK_MESSAGE(listed(fonts.missing(words, type)) == "", path.string());
    }
  }
  CHECK(files > 50);
  CHECK(beyond_ascii > 100);
}
