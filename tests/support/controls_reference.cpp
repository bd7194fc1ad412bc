// Writes docs/controls.md from the control tables of all exhibits; with `--check FILE`, says whether that page is what
// it would write.
#include "app/work/control.h"
#include "engine/backends.h"
#include "engine/core/number.h"
#include "tests/support/page.h"
#include "views/exhibit.h"

namespace vitrine {
namespace {

using work::Control;
using Kind = Control::Kind;

std::string range_of(const Control& control) {
  const work::Range& range = control.range;
  const std::string unit = range.unit.empty() ? "" : " " + range.unit;
  const auto span = [&] {
    return to_text(range.low) + " to " + to_text(range.high) + unit + (range.logarithmic ? ", logarithmic" : "") +
           (range.most() > range.high ? ", typed up to " + to_text(static_cast<std::int64_t>(range.most())) : "");
  };
  std::string choices;
  for (const work::Choice& choice : control.choices) choices += (choices.empty() ? "" : ", ") + choice.id;
  switch (control.kind) {
    case Kind::toggle:
      return "true, false";
    case Kind::integer:
      return "whole, " + span();
    case Kind::real:
      return span();
    case Kind::choice:
      return choices;
    case Kind::text:
      return "text";
    case Kind::action:
      return "an action";
    case Kind::list:
      return "at most " + to_text(range.high) + " records";
  }
  return {};
}

std::string row(const std::string& path, const Control& control, const std::string& fresh) {
  using testing::cell;
  return "| `" + path + "` | " + cell(control.words.label) + " | " + cell(range_of(control)) + " | " +
         (fresh.empty() ? "" : "`" + cell(fresh) + "`") + " | " + cell(control.words.meaning) + " | " +
         cell(control.words.rising) + " |\n";
}

std::string field_of(const work::Value& record, const std::string& id) {
  for (const auto& [field, value] : std::get<work::Record>(record))
    if (field == id) return to_text(value);
  return {};
}

std::string page() {
  std::string text = testing::page_head("Controls", "controls", "the control tables of the exhibits") +
                     "A path is what `--set path=value`, files, links and Ctrl+K call a control.\n";
  for (const views::Exhibit& exhibit : views::exhibits()) {
    const auto session = exhibit.open({open_device("cpu", 1), 0});
    text += "\n## " + std::string(exhibit.title) + " (`" + std::string(exhibit.id) +
            "`)\n\n| path | name | values | fresh | meaning | rising |\n|---|---|---|---|---|---|\n";
    for (const Control& control : session->controls().rows()) {
      const bool holds = control.get != nullptr;
      text += row(control.id, control, holds ? to_text(control.get(session->settings())) : std::string());
      if (control.kind != Kind::list) continue;
      for (const Control& field : control.records->rows())
        text += row(control.id + "[i]." + field.id, field, field_of(control.fresh_record, field.id));
    }
  }
  return text;
}

}  // namespace
}  // namespace vitrine

int main(int count, char** arguments) {
  return vitrine::testing::serve_page(count, arguments, vitrine::page());
}
