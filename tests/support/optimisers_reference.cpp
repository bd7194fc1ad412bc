// Writes docs/optimisers.md from the entries of optimisers and schedules; with `--check FILE`, says whether that page
// is what it would write.
#include "engine/core/number.h"
#include "engine/learn/optimiser.h"
#include "engine/learn/schedule.h"
#include "tests/support/page.h"

namespace vitrine {
namespace {

std::string usual_of(const nn::Argument& row) {
  const nn::Usual& usual = row.default_of(nn::Convention::ours);
  if (const auto* number = std::get_if<double>(&usual)) return to_text(*number);
  if (const auto* truth = std::get_if<bool>(&usual)) return *truth ? "true" : "false";
  return "must be said";
}

std::string rows_of(std::span<const nn::Argument> table) {
  if (table.empty()) return "\n";
  std::string text = "\n| name | usual | meaning |\n|---|---|---|\n";
  for (const nn::Argument& row : table) {
    text += "| `" + std::string(row.name) + "` | " + usual_of(row) + " | " + testing::cell(row.meaning) + " |\n";
  }
  return text;
}

std::string slots_of(const learn::OptimiserKind& kind) {
  if (kind.slots.empty()) return "It keeps nothing beside a weight.\n";
  std::string text = "Beside each weight it keeps";
  for (const learn::Slot& slot : kind.slots) {
    text += (&slot == kind.slots.data() ? " `" : ", `") + std::string(slot.name) + "`";
    if (!slot.start.empty()) text += " (at first `" + std::string(slot.start) + "`)";
    if (!slot.only_if.empty()) text += " (if `" + std::string(slot.only_if) + "`)";
  }
  return text + ".\n";
}

std::string page() {
  std::string text = testing::page_head("Optimisers and schedules", "optimisers", "their entries in engine/learn") +
                     "`g` is the gradient, `w` the weight, `r` the learning rate, `t` the step, counted from 1. Real "
                     "values are inputs of\nthe training plan: they change while a model learns and nothing is made "
                     "anew.\n";
  for (const learn::OptimiserKind* kind : learn::all_optimisers()) {
    text += "\n## " + std::string(kind->name) + "\n\n" + std::string(kind->meaning) + ": `" +
            std::string(kind->formula) + "`\n\n" + slots_of(*kind) + rows_of(kind->hypers);
  }
  text +=
      "\n## Schedules\n\nA schedule multiplies the learning rate by a factor that depends on the steps taken. "
      "`warmed_up(n)` lets the\nrate rise evenly over the first n steps; then the schedule begins.\n";
  for (const learn::ScheduleKind* kind : learn::all_schedules()) {
    text += "\n### " + std::string(kind->name) + "\n\n" + std::string(kind->meaning) + "\n" + rows_of(kind->arguments);
  }
  return text;
}

}  // namespace
}  // namespace vitrine

int main(int count, char** arguments) {
  return vitrine::testing::serve_page(count, arguments, vitrine::page());
}
