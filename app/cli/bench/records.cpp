// Reads what it wrote: our values are written as JSON is, so their parser reads the lines.
#include "app/cli/bench/records.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/work/value.h"
#include "engine/core/error.h"
#include "engine/core/file.h"

namespace vitrine::cli {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20;  // some thousands of results
constexpr std::string_view kWay[] = {"task", "device", "threads"};

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& got) {
  throw FileError({file.string(), "holds no results of a bench", "what --out wrote: one JSON object a line",
                   got.substr(0, 80), "Measure again with --out and another file."});
}

const work::Value* find(const Line& line, std::string_view name) {
  const auto found = std::ranges::find(line, name, [](const auto& entry) { return std::string_view(entry.first); });
  return found == line.end() ? nullptr : &found->second;
}

bool same_way(const Line& a, const Line& b) {
  return std::ranges::all_of(kWay, [&](std::string_view name) {
    const work::Value* mine = find(a, name);
    const work::Value* other = find(b, name);
    return mine != nullptr && other != nullptr && json(*mine) == json(*other);
  });
}

// The parser speaks of a value on the command line; here it is a file that is wrong.
Line read_record(const std::filesystem::path& file, const std::string& line) {
  if (!line.starts_with('{')) refuse(file, line);
  try {
    return std::get<work::Record>(work::parse_value(line));
  } catch (const UsageError&) {
    refuse(file, line);
  }
}

std::vector<Line> read_records(const std::filesystem::path& file) {
  const std::string text = read_file(file, kMostBytes);
  std::vector<Line> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string line = text.substr(start, end - start);
    lines.push_back(read_record(file, line));
    start = end + 1;
  }
  return lines;
}

}  // namespace

std::optional<double> earlier_median(const std::filesystem::path& file, const Line& result) {
  for (const Line& line : read_records(file)) {
    if (!same_way(line, result)) continue;
    const work::Value* median = find(line, "median_ms");
    if (median == nullptr) refuse(file, "a result without median_ms");
    if (const auto* real = std::get_if<double>(median); real != nullptr && *real > 0) return *real;
    if (const auto* whole = std::get_if<std::int64_t>(median); whole != nullptr && *whole > 0) {
      return static_cast<double>(*whole);
    }
    refuse(file, "a median_ms of " + json(*median));
  }
  return std::nullopt;
}

void keep_record(const std::filesystem::path& file, const Line& result) {
  std::string text;
  if (std::filesystem::exists(file)) {
    for (const Line& line : read_records(file)) {
      if (!same_way(line, result)) text += json(line) + "\n";
    }
  }
  write_file(file, text + json(result) + "\n");
}

}  // namespace vitrine::cli
