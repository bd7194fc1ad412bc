// A stage with its banner, and where in the run it stands.
#include "app/shell/side.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/number.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr double kSecondsWithoutWords = 0.25;

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

std::string words_of(const work::Progress& now) {
  std::string words = number_text(100 * now.share, {.decimals = 0}) + " %";
  if (!now.so_far.empty()) words += " · " + now.so_far;
  const std::optional<double> seconds = now.seconds_left();
  if (!seconds) return words;
  const double left = std::ceil(std::max(1.0, *seconds));
  return words + " · about " + number_text(left < 100 ? left : std::ceil(left / 60), {.decimals = 0}) +
         (left < 100 ? " s left" : " min left");
}

// How far long work is that the session is at; what is done at once needs no words.
void draw_errand(Ui& ui, Rect& pane, Side& side) {
  work::Errand* errand = side.drive->errand();
  const std::optional<work::Progress> now = errand ? errand->progress() : std::nullopt;
  if (!now || now->seconds < kSecondsWithoutWords) return;
  Rect band = pane.take_top(long_work_height(ui) + ui.theme.u(4));
  band.take_bottom(ui.theme.u(4));
  if (long_work(ui, band.inset(ui.theme.u(4), 0), "errand", now->what, words_of(*now), static_cast<float>(now->share)))
    errand->call_off();
}

}  // namespace

void draw_side(Ui& ui, const Rect& rect, const char* id, std::string_view step_word, Side& side) {
  const Region region(ui, id, rect, ui.theme->pane, ui.theme.px(measure::radius_pane));
  if (!side.shown) return;
  Rect pane = rect;
  draw_failure(ui, pane, side);
  draw_errand(ui, pane, side);
  side.view->draw(ui, pane, *side.shown, side.post());
  const work::Snapshot& now = *side.shown;
  if (now.step >= now.head || now.playing) return;
  const std::string where = std::string(step_word) + " " + number_text(static_cast<double>(now.step), {.decimals = 0}) +
                            " of " + number_text(static_cast<double>(now.head), {.decimals = 0});
  text(ui, {pane.x, pane.y + ui.theme.u(1), pane.w, ui.theme.line(Type::small)}, where,
       {.type = Type::small, .colour = ui.theme->ink3, .align = Align::centre});
}

}  // namespace vitrine::shell
