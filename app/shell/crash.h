// A crash leaves a report: the signal, the way there through the code, and the journal's last lines. The process then
// ends as it would have without us.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace vitrine::shell {

void report_crashes(const std::filesystem::path& folder, std::string_view version);  // from here on; once a process

// The report that nobody was told of yet, if there is one; from then on it has been told. Old ones go.
std::optional<std::filesystem::path> untold_report(const std::filesystem::path& folder);

}  // namespace vitrine::shell
