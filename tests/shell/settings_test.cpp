// What the window remembers, and where the desktop says it belongs.
#include "app/shell/settings.h"

#include <doctest/doctest.h>

#include <map>

#include "app/shell/places.h"
#include "engine/core/file.h"
#include "tests/shell/scratch.h"

using namespace vitrine;
using namespace vitrine::shell;
namespace fs = std::filesystem;

namespace {
Environment environment(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) -> const char* {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : found->second.c_str();
  };
}
}  // namespace

TEST_CASE("settings written and read are the same") {
  const Scratch scratch("settings");
  Settings settings;
  settings.look = ui::Look::light;
  settings.zoom = 1.25f;
  settings.width = 1280;
  settings.story_folded = true;
  settings.recent = {"/a/ü.vitrine", "/b.vitrine"};
  const fs::path file = scratch.folder / "deep" / "settings.json";
  save_settings(file, settings);
  CHECK(load_settings(file) == settings);
}

TEST_CASE("settings that cannot be read are fresh ones") {
  const Scratch scratch("unreadable");
  CHECK(load_settings(scratch.folder / "absent.json") == Settings{});
  CHECK(load_settings(scratch.folder) == Settings{});
  for (const char* text : {"", "{", "[]", "null", "{\"look\": 3, \"zoom\": \"big\", \"recent\": {}}"})
    CHECK(settings_from_json(text) == Settings{});
  const Settings bounded = settings_from_json("{\"zoom\": 1e300, \"width\": -5, \"height\": 1e12}");
  CHECK(bounded.zoom == kMostZoom);
  CHECK(bounded.width >= 1);
  CHECK(bounded.height <= 16384);
}

TEST_CASE("an opened file moves to the front of the recent ones") {
  Settings settings;
  for (int i = 0; i < 20; ++i) settings.opened("/files/" + std::to_string(i) + ".vitrine");
  settings.opened("/files/15.vitrine");
  CHECK(settings.recent.front() == "/files/15.vitrine");
  CHECK(settings.recent.size() == 8);
}

TEST_CASE("an unset, empty or relative XDG folder counts as absent") {
  const fs::path usual = "/home/ada/.config/vitrine/settings.json";
  CHECK(settings_file(environment({{"HOME", "/home/ada"}})) == usual);
  CHECK(settings_file(environment({{"HOME", "/home/ada"}, {"XDG_CONFIG_HOME", ""}})) == usual);
  CHECK(settings_file(environment({{"HOME", "/home/ada"}, {"XDG_CONFIG_HOME", "relative"}})) == usual);
  CHECK(settings_file(environment({{"HOME", "/home/ada"}, {"XDG_CONFIG_HOME", "/conf"}})) ==
        "/conf/vitrine/settings.json");
  CHECK(settings_file(environment({})).empty());
}

TEST_CASE("compiled kernels go where the desktop keeps what may be deleted") {
  CHECK(cache_folder(environment({{"HOME", "/home/ada"}})) == "/home/ada/.cache/vitrine");
  CHECK(cache_folder(environment({{"HOME", "/home/ada"}, {"XDG_CACHE_HOME", "/cache"}})) == "/cache/vitrine");
  CHECK(cache_folder(environment({{"HOME", "/home/ada"}, {"XDG_CACHE_HOME", "relative"}})) ==
        "/home/ada/.cache/vitrine");
  CHECK(cache_folder(environment({})).empty());
}

TEST_CASE("documents go where the desktop keeps documents") {
  const Scratch home("home");
  const auto env = environment({{"HOME", home.folder.string()}});
  CHECK(documents_folder(env) == home.folder);
  fs::create_directories(home.folder / "Documents");
  CHECK(documents_folder(env) == home.folder / "Documents");
  fs::create_directories(home.folder / "Dokumente");
  fs::create_directories(home.folder / ".config");
  write_file(home.folder / ".config" / "user-dirs.dirs", "# comment\nXDG_DOCUMENTS_DIR=\"$HOME/Dokumente\"\n");
  CHECK(documents_folder(env) == home.folder / "Dokumente");
  CHECK_FALSE(documents_line("XDG_DOCUMENTS_DIR=\"relative\"", "/home/ada"));
}
