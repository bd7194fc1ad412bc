// A stage with its banner, and where in the run it stands.
#include "app/shell/side.h"

#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/number.h"

namespace vitrine::shell {

using namespace ui;

namespace {

// The sentence of a failure is "subject: fact; expected; got. Remedy": the banner shows its two halves.
void draw_failure(Ui& ui, Rect& pane, Side& side) {
  const std::string& failed = side.shown->failed;
  if (failed.empty()) side.dismissed.clear();
  if (failed.empty() || failed == side.dismissed) return;
  const std::size_t end = failed.find("; ");
  const ErrorText error{.fact = failed.substr(0, end),
                        .remedy = end == std::string::npos ? std::string() : failed.substr(end + 2),
                        .action = "Reset"};
  const int pressed = error_banner(ui, pane, "failure", error);
  if (pressed == 0) side.drive->post(work::command::Reset{});
  if (pressed == 1) ImGui::SetClipboardText(failed.c_str());
  if (pressed == 2) side.dismissed = failed;
}

}  // namespace

void draw_side(Ui& ui, const Rect& rect, const char* id, std::string_view step_word, Side& side) {
  const Region region(ui, id, rect, ui.theme->pane, ui.theme.px(measure::radius_pane));
  if (!side.shown) return;
  Rect pane = rect;
  draw_failure(ui, pane, side);
  side.view->draw(ui, pane, *side.shown, side.post());
  const work::Snapshot& now = *side.shown;
  if (now.step >= now.head || now.playing) return;
  const std::string where = std::string(step_word) + " " + number_text(static_cast<double>(now.step), {.decimals = 0}) +
                            " of " + number_text(static_cast<double>(now.head), {.decimals = 0});
  text(ui, {pane.x, pane.y + ui.theme.u(1), pane.w, ui.theme.line(Type::small)}, where,
       {.type = Type::small, .colour = ui.theme->ink3, .align = Align::centre});
}

}  // namespace vitrine::shell
