// Programs of a code view, for running them: written to standard output parted by lines "== NAME", or, in C++, as one
// program that prints the same lines; and what they printed, held against numbers that are expected.
#pragma once

#include <cmath>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/number.h"
#include "views/program.h"

namespace vitrine::testing {

struct NamedProgram {
  std::string name;
  std::vector<std::string> lines;
};

inline void write_parted(const std::vector<NamedProgram>& programs) {
  for (const NamedProgram& each : programs) {
    std::cout << "== " << each.name << '\n';
    for (const std::string& line : each.lines) std::cout << line << '\n';
  }
}

// Each main in a namespace of its own. They begin with the same includes.
inline void write_as_one(const std::vector<NamedProgram>& programs) {
  std::string includes, bodies, calls;
  for (const NamedProgram& each : programs) {
    const std::string space = views::replaced(views::replaced("program_" + each.name, " ", "_"), "-", "_");
    includes.clear();
    bodies += "namespace " + space + " {\n";
    for (const std::string& line : each.lines) (line.starts_with("#include") ? includes : bodies) += line + "\n";
    bodies += "}\n";
    calls += "  std::cout << \"== " + each.name + "\\n\";\n  " + space + "::main();\n";
  }
  std::cout << includes << bodies << "int main() {\n" << calls << "}\n";
}

using Printed = std::map<std::string, std::vector<double>>;  // by the word a line begins with

// By program. A key may have words of its own behind it: `key_words` says how many.
inline std::map<std::string, Printed> read_printed(const std::string& file,
                                                   const std::map<std::string, int>& key_words = {}) {
  std::map<std::string, Printed> all;
  std::ifstream in(file);
  std::string name;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("== ")) {
      name = line.substr(3);
      continue;
    }
    std::istringstream words(line);
    std::string key, word;
    words >> key;
    const auto more = key_words.find(key);
    for (int i = 0; more != key_words.end() && i < more->second && words >> word; ++i) key += " " + word;
    std::vector<double>& values = all[name][key];
    while (words >> word) values.push_back(parse_real(word).value_or(std::nan("")));
  }
  return all;
}

// The largest difference, of numbers or of their size above 1; infinite where something is missing.
inline double worst_difference(const Printed& expected, const std::map<std::string, Printed>& printed,
                               const std::string& name) {
  const auto found = printed.find(name);
  if (found == printed.end()) return INFINITY;
  double worst = 0;
  for (const auto& [key, values] : expected) {
    const auto theirs = found->second.find(key);
    if (theirs == found->second.end() || theirs->second.size() != values.size()) return INFINITY;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double apart = std::abs(values[i] - theirs->second[i]) / std::max(1.0, std::abs(values[i]));
      worst = std::isfinite(apart) ? std::max(worst, apart) : INFINITY;
    }
  }
  return worst;
}

// The program round the programs: its words are LANGUAGE, layers, or --check FILE.
struct TextTool {
  std::function<std::vector<NamedProgram>(views::Language)> programs;
  std::function<void()> write_layers;
  std::function<std::map<std::string, Printed>()> expected;  // by program
  std::map<std::string, int> key_words = {};                 // as read_printed takes them
  double tolerance = 1e-5;                                   // of numbers, or of their size above 1

  int check(const std::string& file) const {
    const auto printed = read_printed(file, key_words);
    int wrong = 0;
    for (const auto& [name, numbers] : expected()) {
      const double worst = worst_difference(numbers, printed, name);
      const bool same = worst <= tolerance;
      std::cout << name << ": differs by " << worst << (same ? "" : ", which is too much") << '\n';
      wrong += same ? 0 : 1;
    }
    return wrong == 0 ? 0 : 1;
  }

  int run(int argc, char** argv) const {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 2 && words[0] == "--check") return check(words[1]);
    if (words == std::vector<std::string>{"layers"}) return write_layers(), 0;
    for (const views::Language language :
         {views::Language::tensorflow_js, views::Language::keras, views::Language::cpp}) {
      if (words != std::vector{views::name_of(language).id}) continue;
      const auto all = programs(language);
      return language == views::Language::cpp ? write_as_one(all) : write_parted(all), 0;
    }
    return 2;
  }
};

}  // namespace vitrine::testing
