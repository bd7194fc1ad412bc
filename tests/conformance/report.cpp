// Counting and printing, and the list of what may be skipped.
#include "tests/conformance/report.h"

#include <fstream>
#include <iostream>

#include "engine/core/error.h"
#include "tests/conformance/corpus.h"

namespace vitrine::conformance {

Skips::Skips(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw FileError({file, "cannot be read", "the list of skips", "", "Run from a complete checkout."});
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t space = line.find(' ');
    const std::size_t reason = space == std::string::npos ? space : line.find_first_not_of(' ', space);
    if (reason == std::string::npos) {
      throw FileError({file, "has a line without a reason", "PATTERN REASON", line, "Say why it is skipped."});
    }
    lines_.push_back({line.substr(0, space), line.substr(reason), false});
  }
}

const std::string* Skips::reason(std::string_view id, std::string_view op, bool adapted) {
  for (Line& line : lines_) {
    if (line.pattern == id || line.pattern == op || (!adapted && line.pattern == "(unadapted)")) {
      line.used = true;
      return &line.reason;
    }
  }
  return nullptr;
}

std::vector<std::string> Skips::unused() const {
  std::vector<std::string> patterns;
  for (const Line& line : lines_) {
    if (!line.used) patterns.push_back(line.pattern);
  }
  return patterns;
}

void Report::fail(const Failure& failure) {
  ++counts_.failed;
  if (json_) {
    std::cout << json_of(failure) << '\n';
    return;
  }
  std::cout << "FAILED " << failure.id;
  if (!failure.part.empty()) std::cout << ", " << failure.part;
  if (!failure.at.empty()) std::cout << " at " << failure.at;
  std::cout << ": " << failure.fact;
  if (!failure.got.empty()) std::cout << "; got " << failure.got << ", expected " << failure.expected;
  std::cout << '\n';
}

void Report::skip(std::string_view id, std::string_view reason, bool listed) {
  ++counts_.skipped;
  unlisted_ = unlisted_ || !listed;
  note("skipped " + std::string(id) + ": " + std::string(reason));
}

void Report::note(std::string_view line) {
  if (!json_) std::cout << line << '\n';
}

int Report::finish() {
  if (json_) {
    std::cout << json_of(counts_) << '\n';
  } else {
    std::cout << counts_.passed << " passed, " << counts_.failed << " failed, " << counts_.skipped << " skipped\n";
  }
  return counts_.failed > 0 || unlisted_ ? 1 : 0;
}

}  // namespace vitrine::conformance
