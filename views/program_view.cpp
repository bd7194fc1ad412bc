// A line of languages over a listing.
#include "views/program_view.h"

#include <algorithm>

#include "app/ui/button.h"
#include "app/ui/controls.h"
#include "app/ui/offers.h"
#include "app/ui/plot_axes.h"

namespace vitrine::views {

using namespace ui;

namespace {
constexpr float kLanguagesWidth = 64;  // units, at most: three short words
}

void ProgramView::draw(Ui& ui, Rect rect, const work::Control& control, const ProgramText& program, const Post& post,
                       const ForeignText* address) {
  const Theme& theme = ui.theme;
  Rect heading = rect.take_top(plot_heading_height(ui));
  const float middle = heading.y + theme.line(Type::section) / 2, height = segmented_height(ui, false);
  const Rect end = heading.take_right(offers_width(ui));
  offers(ui, {end.x, middle - height / 2, end.w, height}, true,
         {.name = "program",
          .rect = rect,
          .csv = [&] { return joined(program.lines, "\n") + "\n"; },
          .draw =
              [&](Ui& page, const Rect& whole) {
                ListingState own;
                listing(page, "code", whole,
                        {.kind = name_of(program.language).id, .lines = program.lines, .start = state_.first + 1}, own);
              },
          .is_text = true});
  if (address != nullptr) {
    const float width = button_width(ui, address->name);
    const Rect at = heading.take_right(width + theme.u(1));
    const Help help{std::string(address->name), "", std::string(address->meaning), "", ""};
    if (button(ui, {at.x + theme.u(1), middle - height / 2, width, height}, "copy address", address->name,
               {.disabled = address->why_none, .help = &help}))
      copy_lines(ui, std::span(&address->text, 1));
  }
  std::vector<std::string> labels;
  for (const work::Choice& choice : control.choices) labels.push_back(choice.label);
  int language = static_cast<int>(program.language);
  const Row row{.id = control.id, .label = "", .help = help_of(control)};
  const float width = std::min(heading.w - theme.u(1), theme.u(kLanguagesWidth));
  if (segmented(ui, {heading.x, middle - height / 2, width, height}, row, language, labels) == Edit::committed)
    post(work::command::Set{control.id, control.choices[static_cast<std::size_t>(language)].id});
  rect.take_top(theme.u(1));
  const auto about = [&](int line) -> std::string_view {
    const auto at = static_cast<std::size_t>(line);
    return line >= 0 && at < program.about.size() ? std::string_view(program.about[at]) : std::string_view();
  };
  const ListingEvents events = listing(ui, "code", rect,
                                       {.kind = name_of(program.language).id,
                                        .lines = program.lines,
                                        .start = program.start,
                                        .is_lit = [&](int line) { return is_about(about(line), ui.control.path); }},
                                       state_);
  ui.control.point(ImGui::GetID("code"), first_of(about(events.hovered)));
  if (events.chosen >= 0) ui.control.wanted = first_of(about(events.chosen));
}

}  // namespace vitrine::views
