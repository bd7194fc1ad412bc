// Writes docs/examples.md from the compiled examples; with `--check FILE`, says whether that page is what it would
// write.
#include <filesystem>
#include <set>

#include "tests/support/page.h"

namespace vitrine {
namespace {

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string page() {
  std::string text = testing::page_head("Examples", "examples", "the programs in tests/examples, which a test runs,");
  std::set<std::filesystem::path> files;  // by name
  for (const auto& entry : std::filesystem::directory_iterator(VITRINE_EXAMPLES)) {
    if (entry.path().extension() == ".cpp") files.insert(entry.path());
  }
  for (const auto& file : files) {
    const std::string program = read(file);
    const std::size_t end = program.find('\n');
    text += "## " + file.stem().string() + "\n\n" + program.substr(3, end - 3) + "\n\n```cpp\n" +
            program.substr(end + 1) + "```\n\n";
  }
  text.pop_back();
  return text;
}

}  // namespace
}  // namespace vitrine

int main(int count, char** arguments) {
  return vitrine::testing::serve_page(count, arguments, vitrine::page());
}
