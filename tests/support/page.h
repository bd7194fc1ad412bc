// A page of the documentation that is generated from what the code declares: a program writes it, and a test asks the
// same program whether the page in docs is what it would write.
#pragma once

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace vitrine::testing {

// The first lines of a page: its title, and how to write it anew.
inline std::string page_head(const std::string& title, const std::string& name, const std::string& of_what) {
  return "# " + title + "\n\nGenerated from " + of_what + " by `" + name +
         "_reference`; a test compares. To write it anew:\n`cmake --build build/release --target " + name +
         "_reference && build/release/tests/" + name + "_reference > docs/" + name + ".md`.\n\n";
}

// Of a table; a bar would end it.
inline std::string cell(std::string_view text) {
  std::string safe;
  for (const char c : text) safe += c == '|' ? std::string("\\|") : std::string(1, c);
  return safe;
}

// `--check FILE` compares, and says so on failure; nothing prints the page.
inline int serve_page(int count, char** arguments, const std::string& page) {
  if (count != 3 || std::string_view(arguments[1]) != "--check") {
    std::cout << page;
    return 0;
  }
  std::ifstream in(arguments[2], std::ios::binary);
  const std::string there{std::istreambuf_iterator<char>(in), {}};
  if (there == page) return 0;
  std::cerr << arguments[2] << " is not what the code says; its first lines tell how to write it anew.\n";
  return 1;
}

}  // namespace vitrine::testing
