// What stands on the stage as a table: curves over one beat, a column for each and a row for each step.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

// Of each step; empty without a recorded beat.
std::vector<float> squared_errors(std::span<const float> recorded, std::span<const float> rebuilt);

using NamedCurve = std::pair<std::string_view, std::span<const float>>;
std::string curves_csv(const Snapshot& s, std::span<const NamedCurve> curves);  // without those that are empty

}  // namespace vitrine::views::heartbeats
