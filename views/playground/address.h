// Addresses of the published playground, read into settings of ours and written from them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "views/playground/settings.h"

namespace vitrine::views::playground {

bool looks_like_address(std::string_view text);

// Control paths and the texts of their values, one for every control that an address speaks of: what it leaves out is
// as the published playground has it. Names that change nothing about a run are passed over, as there.
std::vector<std::pair<std::string, std::string>> settings_of_address(std::string_view address);
void apply_address(std::string_view address, Settings& settings);  // UsageError, and then nothing has changed

// Empty when the published playground has no such experiment; then the sentence says what it lacks.
std::string address_of(const Settings& settings);
std::string why_no_address(const Settings& settings);

}  // namespace vitrine::views::playground
