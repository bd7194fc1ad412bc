// Settings as JSON and back.
#include "app/shell/settings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/core/error.h"
#include "engine/core/file.h"

namespace vitrine::shell {
namespace {

using nlohmann::json;

constexpr std::size_t kSettingsBytes = 64 << 10;  // ours are under 2 kB
constexpr std::size_t kRecent = 8;                // as many as are read at a glance
constexpr int kLeastEdge = 320, kMostEdge = 16384, kFarthest = 1 << 20;
constexpr std::array<std::string_view, ui::kLooks> kLookNames = {"dark", "light", "contrast"};

template <class T>
T member(const json& object, const char* name, T otherwise) {
  const auto found = object.find(name);
  if (found == object.end()) return otherwise;
  if constexpr (std::is_same_v<T, bool>)
    return found->is_boolean() ? found->get<bool>() : otherwise;
  else if constexpr (std::is_same_v<T, std::string>)
    return found->is_string() ? found->get<T>() : otherwise;
  else
    return found->is_number() && std::isfinite(found->get<double>()) ? found->get<double>() : otherwise;
}

template <class T>
void read_number(const json& object, const char* name, T& value, T low, T high) {
  const double read = member(object, name, static_cast<double>(value));
  value = static_cast<T>(std::clamp(read, static_cast<double>(low), static_cast<double>(high)));
}

}  // namespace

std::string_view name_of(ui::Look look) {
  return kLookNames[static_cast<std::size_t>(look)];
}

std::optional<ui::Look> look_named(std::string_view name) {
  const auto found = std::ranges::find(kLookNames, name);
  if (found == kLookNames.end()) return std::nullopt;
  return static_cast<ui::Look>(found - kLookNames.begin());
}

void Settings::opened(const std::filesystem::path& file) {
  const std::string name = std::filesystem::absolute(file).lexically_normal().string();
  std::erase(recent, name);
  recent.insert(recent.begin(), name);
  if (recent.size() > kRecent) recent.resize(kRecent);
}

std::string to_json(const Settings& s) {
  json all = {{"look", name_of(s.look)},
              {"follow_desktop", s.follow_desktop},
              {"zoom", s.zoom},
              {"width", s.width},
              {"height", s.height},
              {"story_folded", s.story_folded},
              {"reduce_motion", s.reduce_motion},
              {"recent", s.recent}};
  if (s.x && s.y) all["x"] = *s.x, all["y"] = *s.y;
  return all.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Settings settings_from_json(std::string_view text) {
  Settings s;
  const json all = json::parse(text, nullptr, false);
  if (!all.is_object()) return s;
  s.look = look_named(member(all, "look", std::string())).value_or(s.look);
  s.follow_desktop = member(all, "follow_desktop", s.follow_desktop);
  read_number(all, "zoom", s.zoom, kLeastZoom, kMostZoom);
  read_number(all, "width", s.width, kLeastEdge, kMostEdge);
  read_number(all, "height", s.height, kLeastEdge, kMostEdge);
  if (all.contains("x") && all.contains("y")) {
    s.x = s.y = 0;
    read_number(all, "x", *s.x, -kFarthest, kFarthest);
    read_number(all, "y", *s.y, -kFarthest, kFarthest);
  }
  s.story_folded = member(all, "story_folded", s.story_folded);
  s.reduce_motion = member(all, "reduce_motion", s.reduce_motion);
  if (const auto files = all.find("recent"); files != all.end() && files->is_array())
    for (const json& file : *files)
      if (file.is_string() && s.recent.size() < kRecent) s.recent.push_back(file.get<std::string>());
  return s;
}

Settings load_settings(const std::filesystem::path& file) {
  try {
    std::error_code none;
    if (!std::filesystem::is_regular_file(file, none)) return {};
    return settings_from_json(read_file(file, kSettingsBytes));
  } catch (const FileError&) {
    return {};
  }
}

void save_settings(const std::filesystem::path& file, const Settings& settings) {
  if (file.empty()) return;
  std::error_code failed;
  std::filesystem::create_directories(file.parent_path(), failed);
  if (failed)
    throw FileError({file.parent_path().string(), "cannot be made", "a folder", failed.message(),
                     "Settings are not remembered until it can."});
  write_file(file, to_json(settings));
}

}  // namespace vitrine::shell
