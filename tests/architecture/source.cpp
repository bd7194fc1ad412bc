// Reads the repository and blanks what is not code.
#include "tests/architecture/source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "engine/core/file.h"

namespace vitrine::architecture {
namespace {

constexpr std::size_t kLargestSource = 4 << 20;  // anything larger is data, not source

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Where the literal or comment that starts at `at` ends (behind its last character), or `at` if none starts there.
std::size_t end_of_blank(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == text.npos ? text.size() : found + mark.size();
  };
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return behind("*/", at + 2);
  if (rest.starts_with("R\"") && (at == 0 || !is_word(text[at - 1]))) {
    const std::size_t open = text.find('(', at);
    if (open == text.npos) return at;
    return behind(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  const char quote = text[at];
  const bool digit_separator = quote == '\'' && at > 0 && is_word(text[at - 1]);
  if ((quote != '"' && quote != '\'') || digit_separator) return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != quote && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

std::string code_of(std::string text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_blank(text, at);
    for (std::size_t i = at; i < end; ++i) {
      if (text[i] != '\n') text[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return text;
}

}  // namespace

SourceFile source_file(std::string path, std::string text) {
  std::string code = code_of(text);
  return {std::move(path), std::move(text), std::move(code)};
}

std::vector<SourceFile> repository() {
  namespace fs = std::filesystem;
  constexpr std::array kFolders{".ci",  "app",    "assets", "cmake",       "datasets",
                                "docs", "engine", "tests",  "third_party", "views"};
  constexpr std::string_view kKinds = ".h .cpp .txt .cmake .json .md .comp .glsl .map .sh";
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(".")) paths.push_back(entry.path());
  for (const char* folder : kFolders) {
    if (!fs::is_directory(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) paths.push_back(entry.path());
  }
  std::vector<SourceFile> files;
  const auto kinds = split(kKinds);
  for (const fs::path& path : paths) {
    const std::string extension = path.extension();
    const bool script = path.filename() == "run";
    if (!fs::is_regular_file(path) || (!script && std::ranges::find(kinds, extension) == kinds.end())) continue;
    files.push_back(source_file(path.lexically_normal().generic_string(), read_file(path, kLargestSource)));
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<Word> words(const SourceFile& file) {
  const std::string_view code = file.code;
  std::vector<Word> found;
  for (std::size_t at = 0; at < code.size();) {
    if (!is_word(code[at])) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    while (at < code.size() && is_word(code[at])) ++at;
    Word word{.text = code.substr(start, at - start), .at = start};
    const std::string_view before = code.substr(0, start);
    if (before.ends_with("::") && !found.empty() && found.back().at + found.back().text.size() + 2 == start) {
      word.qualifier = found.back().text;
    }
    word.member = before.ends_with('.') || before.ends_with("->");
    const std::size_t next = code.find_first_not_of(" \n", at);
    word.called = next != code.npos && code[next] == '(';
    found.push_back(word);
  }
  return found;
}

std::string finding(const SourceFile& file, std::size_t at, const std::string& sentence) {
  const auto line = 1 + std::count(file.text.begin(), file.text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return file.path + ":" + std::to_string(line) + ": " + sentence;
}

std::string joined(const Findings& findings) {
  std::string text;
  for (const std::string& one : findings) text += "\n" + one;
  return text;
}

std::vector<std::string_view> split(std::string_view list, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t start = list.find_first_not_of(separators);
    if (start == list.npos) return parts;
    list.remove_prefix(start);
    const std::size_t end = std::min(list.find_first_of(separators), list.size());
    parts.push_back(list.substr(0, end));
    list.remove_prefix(end);
  }
}

bool starts_with_any(std::string_view path, std::string_view prefixes) {
  return std::ranges::any_of(split(prefixes), [&](std::string_view prefix) { return path.starts_with(prefix); });
}

bool is_cpp(const SourceFile& file) {
  return file.path.ends_with(".h") || file.path.ends_with(".cpp");
}

}  // namespace vitrine::architecture
