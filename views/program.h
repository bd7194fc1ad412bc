// A ProgramText is an experiment as a program: the same data, network and numbers in TensorFlow.js, Keras or our own
// C++, to read, to copy and to run. Exhibits write theirs out of a few shared words.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/work/control.h"
#include "engine/learn/optimiser.h"

namespace vitrine::views {

enum class Language { tensorflow_js, keras, cpp };
std::vector<work::Choice> languages();  // in the order of the enum
const work::Choice& name_of(Language language);

struct ProgramText {
  Language language = Language::tensorflow_js;
  std::vector<std::string> lines;
  int start = 0;  // the line that is shown first
  // Of each line: the controls that it says, by their paths with a space between, the first one foremost. Empty for all
  // where an exhibit does not tell.
  std::vector<std::string> about = {};
};
bool is_about(std::string_view about, std::string_view path);  // or about something inside it
std::string_view first_of(std::string_view about);

std::string replaced(std::string text, std::string_view what, std::string_view by);  // everywhere
std::string joined(std::span<const std::string> words, std::string_view between);
std::string joined(std::span<const float> numbers, std::string_view between);

// A program on its way, line by line.
class ProgramWriter {
 public:
  explicit ProgramWriter(Language language) : language_(language) {}

  Language language() const { return language_; }
  void line(std::string text = {}) {
    lines_.push_back(std::move(text));
    abouts_.push_back(about_);
  }
  void about(std::string paths = {}) { about_ = std::move(paths); }  // of the lines from here on
  void note(std::string_view text);                                  // a comment
  void begin() { start_ = static_cast<int>(lines_.size()); }         // here the text is shown first
  ProgramText finish() { return {language_, std::move(lines_), start_, std::move(abouts_)}; }

 private:
  Language language_;
  std::vector<std::string> lines_, abouts_;
  std::string about_;
  int start_ = 0;
};

// By one of an exhibit's three writers.
template <class Program>
using ProgramWriting = ProgramText (*)(const Program&);
template <class Program>
ProgramText write_in(Language language, const Program& program, ProgramWriting<Program> tensorflow_js,
                     ProgramWriting<Program> keras, ProgramWriting<Program> cpp) {
  const ProgramWriting<Program> writings[] = {tensorflow_js, keras, cpp};  // in the order of the enum
  return writings[static_cast<std::size_t>(language)](program);
}

// How an optimiser is made, every number said: frameworks differ in what they take as usual. Empty where the language
// has none such.
std::string optimiser_call(Language language, const learn::Optimiser& optimiser);

}  // namespace vitrine::views
