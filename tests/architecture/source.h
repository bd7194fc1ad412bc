// A SourceFile is one text file of the repository as the architecture rules read it: its path, its text, and its code,
// which is the text with comments and the insides of literals blanked, so that a word in a sentence breaks no rule.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitrine::architecture {

struct SourceFile {
  std::string path;  // from the root of the repository: "engine/core/file.h"
  std::string text;
  std::string code;  // as long as the text, line for line
};

// What the product is built from; tests are not held to all of its rules.
inline constexpr std::string_view kOurs = "app/ engine/ views/ datasets/";

SourceFile source_file(std::string path, std::string text);
std::vector<SourceFile> repository();  // of the current folder: ctest starts the tests in the root

// A word of the code with what stands around it: in `std::sin(x)` the word `sin` has the qualifier "std" and is called.
struct Word {
  std::string_view text;
  std::string_view qualifier = {};
  bool member = false;  // after . or ->
  bool called = false;  // before (
  std::size_t at = 0;
};
std::vector<Word> words(const SourceFile& file);

// What a rule found, one sentence each: "engine/core/file.h:12: ...". Empty when the rule is kept.
using Findings = std::vector<std::string>;
std::string finding(const SourceFile& file, std::size_t at, const std::string& sentence);
std::string joined(const Findings& findings);

// Lists in the rule tables are written as words with spaces between.
std::vector<std::string_view> split(std::string_view list, std::string_view separators = " ");
bool starts_with_any(std::string_view path, std::string_view prefixes);
bool is_cpp(const SourceFile& file);

}  // namespace vitrine::architecture
