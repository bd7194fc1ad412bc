// Settings are what the window remembers between two starts: look, size, what is folded, which files were open. They
// belong to the person, not to a session; losing them loses nothing, so a file that cannot be read is an empty one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/theme.h"

namespace vitrine::shell {

struct Settings {
  ui::Look look = ui::Look::dark;
  bool follow_desktop = false;  // the desktop's look instead, where it has one
  float zoom = 1;               // times the scale of the display
  int width = 1600, height = 1000;
  std::optional<int> x, y;  // of the window on the desktop; unset: where the desktop puts it
  bool story_folded = false;
  bool reduce_motion = false;
  std::vector<std::string> recent;  // files, newest first

  void opened(const std::filesystem::path& file);  // to the front of the recent ones
  friend bool operator==(const Settings&, const Settings&) = default;
};

inline constexpr float kLeastZoom = 0.75f, kMostZoom = 3;

std::string to_json(const Settings& settings);
Settings settings_from_json(std::string_view text);  // what is missing, unknown or out of range keeps its default

Settings load_settings(const std::filesystem::path& file);
void save_settings(const std::filesystem::path& file, const Settings& settings);  // atomic; FileError

std::string_view name_of(ui::Look look);  // "dark", "light", "contrast"
std::optional<ui::Look> look_named(std::string_view name);

}  // namespace vitrine::shell
