// Records are the results that --out keeps: a file with one JSON object a line, one line for each way to run a task.
#pragma once

#include <filesystem>
#include <optional>

#include "app/cli/print.h"

namespace vitrine::cli {

// The median of the line that was measured the same way (task, device, threads); FileError when there is no such file.
std::optional<double> earlier_median(const std::filesystem::path& file, const Line& result);

// Puts the result in the place of its earlier line, atomically; the file is made if it is not there.
void keep_record(const std::filesystem::path& file, const Line& result);

}  // namespace vitrine::cli
