// Sets that are drawn with fonts, on a system that has none.
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "datasets/catalog.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/datasets/small_files.h"

namespace vitrine::datasets {
namespace {

// While it lives fontconfig finds no font: it reads its configuration anew for each list.
class NoFonts {
 public:
  NoFonts() {
    if (const char* before = std::getenv("FONTCONFIG_FILE")) before_ = before;
    write_file(folder_.path / "fonts.conf", "<?xml version=\"1.0\"?>\n<fontconfig></fontconfig>\n");
    setenv("FONTCONFIG_FILE", (folder_.path / "fonts.conf").c_str(), 1);
  }
  ~NoFonts() {
    if (before_.empty()) {
      unsetenv("FONTCONFIG_FILE");
    } else {
      setenv("FONTCONFIG_FILE", before_.c_str(), 1);
    }
  }
  NoFonts(const NoFonts&) = delete;
  NoFonts& operator=(const NoFonts&) = delete;

 private:
  small::Folder folder_;
  std::string before_;
};

}  // namespace

TEST_CASE("without fonts glyphs and emoji say what is missing and how to get it") {
  const NoFonts none;
  for (const char* id : {"glyphs", "emoji"}) {
    CAPTURE(id);
    const auto missing = find_entry(id)->missing();
    REQUIRE(missing);
    CHECK(missing->remedy.find("fonts-") != std::string::npos);
    CHECK_THROWS_AS(make_dataset(id, {}), FileError);
  }
}

TEST_CASE("without fonts all other sets are made as ever") {
  const NoFonts none;
  for (const Entry& entry : catalog()) {
    if (entry.id == "glyphs" || entry.id == "emoji") continue;
    CAPTURE(entry.id);
    CHECK(!entry.missing());
    CHECK(make_dataset(entry.id, {.count = 20}).size() == 20);
  }
}

}  // namespace vitrine::datasets
