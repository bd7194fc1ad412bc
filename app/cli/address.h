// Addresses of the published playground, read as settings of ours.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vitrine::cli {

// Control paths and values for what the address says; UsageError for what this Playground cannot do.
std::vector<std::pair<std::string, std::string>> settings_of_address(std::string_view address);

}  // namespace vitrine::cli
