// Writes docs/layers.md from the tables of the layers and their parts; with `--check FILE`, says whether that page is
// what it would write.
#include "engine/core/number.h"
#include "engine/nn/layers.h"
#include "engine/nn/part.h"
#include "tests/support/page.h"

namespace vitrine::nn {
namespace {

constexpr std::string_view kTakes[] = {
    "whole number", "number",     "true or false", "text",        "one of: ",   "whole numbers", "extents", "pairs",
    "numbers",      "activation", "initialiser",   "regulariser", "constraint", "layer",         "layers",  "anything",
};

std::string text_of_usual(const Usual& usual) {
  if (std::holds_alternative<Required>(usual)) return "required";
  if (const bool* truth = std::get_if<bool>(&usual)) return *truth ? "true" : "false";
  if (const double* number = std::get_if<double>(&usual)) return to_text(*number);
  if (const auto* text = std::get_if<std::string_view>(&usual)) return std::string(*text);
  return "none";
}

std::string takes_of(const Argument& row) {
  std::string text(kTakes[static_cast<std::size_t>(row.takes)]);
  text += row.words;
  constexpr double kAny = std::numeric_limits<double>::max();
  if (row.least != -kAny && row.most != kAny) return text + ", " + to_text(row.least) + " to " + to_text(row.most);
  return row.least != -kAny ? text + ", " + to_text(row.least) + " or more" : text;
}

std::string default_of(const Argument& row) {
  const std::string tfjs = text_of_usual(row.usual), ours = text_of_usual(row.default_of(Convention::ours));
  return tfjs == ours ? tfjs : ours + " (TensorFlow.js: " + tfjs + ")";
}

std::string table_of(std::span<const Argument> arguments) {
  std::string text = "| argument | takes | when left out | meaning |\n|---|---|---|---|\n";
  for (const Argument& row : arguments) {
    if (row.takes == Takes::ignored) continue;  // stands in files only
    text += "| `" + std::string(row.name) + "` | " + testing::cell(takes_of(row)) + " | " +
            testing::cell(default_of(row)) + " | " + testing::cell(row.meaning) + " |\n";
  }
  return text;
}

std::string section(std::string_view name, std::string_view meaning, std::span<const Argument> arguments) {
  std::string text = "### " + std::string(name) + "\n\n" + std::string(meaning) + "\n\n";
  return arguments.empty() ? text : text + table_of(arguments) + "\n";
}

template <class Part>
std::string sections(std::string_view title, std::span<const Part> parts) {
  std::string text = "## " + std::string(title) + "\n\n";
  for (const Part& part : parts) text += section(part.name, part.meaning, part.arguments);
  return text;
}

std::string page() {
  std::string text = testing::page_head("Layers", "layers", "the tables of the layers") +
                     "Arguments left out have our defaults in code; in a file they have those of its writer, which are "
                     "named beside\n"
                     "ours where they differ.\n\n"
                     "Every layer also takes:\n\n" +
                     table_of(common_arguments()) + "\n## Kinds\n\n";
  for (const LayerKind* kind : all_kinds()) text += section(kind->name, kind->meaning, kind->arguments);
  return text + sections("Initialisers", all_initialisers()) + sections("Regularisers", all_regularisers()) +
         sections("Constraints", all_constraints());
}

}  // namespace
}  // namespace vitrine::nn

int main(int count, char** arguments) {
  return vitrine::testing::serve_page(count, arguments, vitrine::nn::page());
}
