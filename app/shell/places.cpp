// Reads the XDG rules.
#include "app/shell/places.h"

#include "engine/core/error.h"
#include "engine/core/file.h"

namespace vitrine::shell {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kUserDirsBytes = 64 << 10;  // the file has about ten lines

fs::path absolute_of(const Environment& environment, const char* name) {
  const char* value = environment(name);
  fs::path path = value ? value : "";
  return path.is_absolute() ? path : fs::path();
}

}  // namespace

fs::path home_folder(const Environment& environment) {
  return absolute_of(environment, "HOME");
}

namespace {

// What the variable names, else a folder of the home.
fs::path base_folder(const Environment& environment, const char* variable, const char* usual) {
  if (fs::path given = absolute_of(environment, variable); !given.empty()) return given;
  const fs::path home = home_folder(environment);
  return home.empty() ? fs::path() : home / usual;
}

fs::path config_folder(const Environment& environment) {
  return base_folder(environment, "XDG_CONFIG_HOME", ".config");
}

}  // namespace

fs::path settings_file(const Environment& environment) {
  const fs::path config = config_folder(environment);
  return config.empty() ? fs::path() : config / "vitrine" / "settings.json";
}

fs::path cache_folder(const Environment& environment) {
  const fs::path cache = base_folder(environment, "XDG_CACHE_HOME", ".cache");
  return cache.empty() ? fs::path() : cache / "vitrine";
}

fs::path state_folder(const Environment& environment) {
  const fs::path state = base_folder(environment, "XDG_STATE_HOME", ".local/state");
  return state.empty() ? fs::path() : state / "vitrine";
}

std::string bus_address(const Environment& environment) {
  if (const char* given = environment("DBUS_SESSION_BUS_ADDRESS")) return given;
  const fs::path runtime = absolute_of(environment, "XDG_RUNTIME_DIR");
  std::error_code none;
  const bool there = !runtime.empty() && fs::exists(runtime / "bus", none);
  return there ? "unix:path=" + (runtime / "bus").string() : std::string();
}

fs::path data_folder(const Environment& environment) {
  const fs::path data = base_folder(environment, "XDG_DATA_HOME", ".local/share");
  return data.empty() ? fs::path() : data / "vitrine";
}

std::optional<fs::path> documents_line(std::string_view user_dirs, const fs::path& home) {
  constexpr std::string_view kName = "XDG_DOCUMENTS_DIR=\"", kHome = "$HOME/";
  while (!user_dirs.empty()) {
    const std::string_view line = user_dirs.substr(0, user_dirs.find('\n'));
    user_dirs.remove_prefix(std::min(line.size() + 1, user_dirs.size()));
    if (!line.starts_with(kName)) continue;
    std::string_view value = line.substr(kName.size());
    value = value.substr(0, value.find('"'));
    const fs::path path = value.starts_with(kHome) ? home / value.substr(kHome.size()) : fs::path(value);
    if (path.is_absolute()) return path;
  }
  return std::nullopt;
}

fs::path documents_folder(const Environment& environment) {
  std::error_code none;
  const fs::path home = home_folder(environment);
  try {
    const fs::path dirs = config_folder(environment) / "user-dirs.dirs";
    if (fs::is_regular_file(dirs, none))
      if (auto named = documents_line(read_file(dirs, kUserDirsBytes), home); named && fs::is_directory(*named, none))
        return *named;
  } catch (const FileError&) {  // as good as absent
  }
  if (!home.empty() && fs::is_directory(home / "Documents", none)) return home / "Documents";
  return fs::is_directory(home, none) ? home : fs::current_path(none);
}

}  // namespace vitrine::shell
