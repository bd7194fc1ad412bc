// Finds `SomeError({...})` and counts what stands between the braces.
#include "tests/architecture/complaints.h"

namespace vitrine::architecture {
namespace {

constexpr std::size_t kParts = 5;

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \n"), to = text.find_last_not_of(" \n");
  return from == text.npos ? std::string_view() : text.substr(from, to - from + 1);
}

// The parts between an opening brace at `at` and its closing one: commas are looked for in the code, where literals are
// blank, and the parts are taken from the text.
std::vector<std::string_view> parts_of(const SourceFile& file, std::size_t at) {
  const std::string_view code = file.code, text = file.text;
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = at + 1;
  for (std::size_t i = at; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if ((c != ',' || depth != 1) && depth != 0) continue;
    parts.push_back(trimmed(text.substr(begin, i - begin)));
    begin = i + 1;
    if (depth == 0) break;
  }
  return parts;
}

}  // namespace

Findings incomplete_complaints(const SourceFile& file) {
  Findings findings;
  if (!is_cpp(file) || !starts_with_any(file.path, kOurs)) return findings;
  for (const Word& word : words(file)) {
    if (!word.text.ends_with("Error") || !word.called) continue;
    const std::size_t brace = file.code.find_first_not_of(" \n", file.code.find('(', word.at) + 1);
    if (brace == std::string::npos || file.code[brace] != '{') continue;
    const auto parts = parts_of(file, brace);
    if (parts.size() != kParts) findings.push_back(finding(file, word.at, "has not the five parts of a complaint"));
    for (const std::string_view part : parts)
      if (part == "\"\"" || part == "{}")
        findings.push_back(finding(file, word.at, "leaves a part of its complaint empty"));
  }
  return findings;
}

}  // namespace vitrine::architecture
