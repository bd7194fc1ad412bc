// Writes docs/ops.md from the entries of the ops; with `--check FILE`, says whether that page is what it would write.
#include "engine/core/number.h"
#include "engine/ops/all_ops.h"
#include "tests/support/page.h"

namespace vitrine {
namespace {

std::string text_of_attr(const Attr& attr) {
  if (const auto* truth = std::get_if<bool>(&attr)) return *truth ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&attr)) return to_text(*integer);
  if (const auto* real = std::get_if<double>(&attr)) return to_text(*real);
  if (const auto* text = std::get_if<std::string>(&attr)) return "\"" + *text + "\"";
  std::string list;
  const auto add = [&](const std::string& text) { list += (list.empty() ? "" : ", ") + text; };
  if (const auto* integers = std::get_if<Integers>(&attr)) {
    for (const std::int64_t integer : *integers) add(to_text(integer));
  } else {
    for (const double real : std::get<Reals>(attr)) add(to_text(real));
  }
  return "[" + list + "]";
}

std::string inputs_of(const Op& op) {
  if (op.most_inputs > 99) return to_text(std::int64_t{op.least_inputs}) + " or more";
  std::string text = to_text(std::int64_t{op.least_inputs});
  if (op.most_inputs != op.least_inputs) text += " to " + to_text(std::int64_t{op.most_inputs});
  return text;
}

// The shape rule at work: the sample with the most elements says most.
std::string example_of(const Op& op) {
  const auto samples = op.samples();
  const Sample* chosen = nullptr;
  std::int64_t most = -1;
  for (const Sample& sample : samples) {
    std::int64_t elements = 0;
    for (const Spec& spec : sample.inputs) elements += spec.shape.elements();
    if (elements > most) {
      most = elements;
      chosen = &sample;
    }
  }
  if (chosen == nullptr) return "";
  std::string text;
  for (const Spec& spec : chosen->inputs) text += (text.empty() ? "" : ", ") + text_of(spec);
  for (std::size_t i = 0; i < op.attrs.size(); ++i) {
    text += (text.empty() ? "" : ", ") + std::string(op.attrs[i].name) + " = " + text_of_attr(chosen->attrs[i]);
  }
  ShapeRule rule(op.name, chosen->inputs, chosen->attrs);
  op.shape(rule);
  std::string results;
  for (const Spec& spec : std::move(rule).take()) results += (results.empty() ? "" : ", ") + text_of(spec);
  return text + " → " + results;
}

std::string page() {
  std::string text =
      testing::page_head("Ops", "ops", "the entries of the ops") +
      "Every result comes from one of these; other functions under `engine/ops` are compositions of them. A gradient "
      "is\n"
      "exact unless its reason says that there is none. The example shows the shape rule at work.\n\n"
      "| op | formula | inputs | attributes | gradient | devices | example |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const Op* op : ops::all_ops()) {
    std::string attrs;
    for (const AttrSpec& attr : op->attrs) {
      attrs += (attrs.empty() ? "" : ", ") + std::string(attr.name) + ": " + std::string(kind_of(attr.example));
    }
    const std::string gradient = op->gradient.rule != nullptr ? "yes" : "none: " + std::string(op->gradient.reason);
    const std::string devices = op->cpu_only.empty() ? "CPU, Vulkan" : "CPU only: " + std::string(op->cpu_only);
    text += "| `" + std::string(op->name) + "` | " + testing::cell(op->formula) + " | " + inputs_of(*op) + " | " +
            testing::cell(attrs) + " | " + testing::cell(gradient) + " | " + testing::cell(devices) + " | " +
            testing::cell(example_of(*op)) + " |\n";
  }
  return text;
}

}  // namespace
}  // namespace vitrine

int main(int count, char** arguments) {
  return vitrine::testing::serve_page(count, arguments, vitrine::page());
}
