// Writes docs/presets.md from the presets of the Playground; with `--check FILE`, says whether that page is what it
// would write.
#include "tests/support/page.h"
#include "views/playground/presets.h"

namespace vitrine {
namespace {

std::string page() {
  using testing::cell;
  std::string text = testing::page_head("Presets of the Playground", "presets", "views/playground/presets.cpp") +
                     "Each is a choice of *Preset*, or `--set case.preset=ID`. What it does not name is as a fresh "
                     "Playground has it.\n\n| preset | title | what to look for | settings |\n|---|---|---|---|\n";
  for (const views::playground::Preset& preset : views::playground::presets()) {
    std::string settings;
    for (const auto& [path, value] : preset.settings)
      settings += (settings.empty() ? "`" : ", `") + std::string(path) + "=" + std::string(value) + "`";
    text += "| `" + std::string(preset.id) + "` | " + cell(preset.label) + " | " + cell(preset.remark) + " | " +
            cell(settings.empty() ? "as it opens" : settings) + " |\n";
  }
  return text;
}

}  // namespace
}  // namespace vitrine

int main(int count, char** arguments) {
  return vitrine::testing::serve_page(count, arguments, vitrine::page());
}
