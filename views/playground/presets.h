// Presets are experiments worth seeing, each with a sentence about what to look for; four of them fail, and teach why.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "views/playground/settings.h"

namespace vitrine::views::playground {

struct Preset {
  std::string_view id, label, remark;
  std::vector<std::pair<std::string_view, std::string_view>> settings;  // control paths and values, over fresh ones
};

std::span<const Preset> presets();
const Preset* find_preset(std::string_view id);  // null when there is none
// What it does not speak of is fresh; how the stage is looked at stays.
void apply(const Preset& preset, Settings& settings);

}  // namespace vitrine::views::playground
