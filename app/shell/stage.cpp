// Cuts the window into the parts of the anatomy and draws each.
#include "app/shell/stage.h"

#include <algorithm>

#include "app/shell/story_column.h"
#include "app/shell/top_bar.h"
#include "app/ui/button.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/number.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr float kLeastWidth = 225, kLeastHeight = 140;      // units: 900 × 560, below it the stage stands alone
constexpr float kEngineRoom = 92, kEngineRoomShare = 0.6f;  // units, and no more than this share of the pane
constexpr float kEdge = 3;                                  // units between the pane and a window edge without a column

// A drawer is a window of its own over the pane, so that what lies under it cannot be pressed.
class Drawer {
 public:
  Drawer(Ui& ui, const char* id, const Rect& rect) : ui_(ui), before_(ui.ground) {
    ImGui::SetNextWindowPos(top_left(rect));
    ImGui::SetNextWindowSize({rect.w, rect.h});
    ImGui::Begin(id, nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse |
                     ImGuiWindowFlags_NoFocusOnAppearing);
    ui.ground = ui.theme->raised;
    const float radius = ui.theme.px(measure::radius_pane);
    fill(ui, rect, ui.ground, radius);
    outline(ui, rect, ui.theme.ink_share(ui.theme->raised_edge), 1, radius);
  }
  ~Drawer() {
    ImGui::End();
    ui_.ground = before_;
  }
  Drawer(const Drawer&) = delete;
  Drawer& operator=(const Drawer&) = delete;

 private:
  Ui& ui_;
  Colour before_;
};

// The first heading of every column stands on one line with the others.
Rect from_first_baseline(const Ui& ui, Rect column, Type type, float line) {
  const float wanted = column.y + ui.theme.u(7);
  const float given = baseline_in(ui, {column.x, column.y, column.w, line}, type);
  column.take_top(std::max(0.0f, snap(wanted - given)));
  return column;
}

void draw_controls(Ui& ui, const Rect& column, OpenExhibit& open) {
  const Theme& theme = ui.theme;
  const float padding = theme.px(theme.compact() ? measure::column_padding_compact : measure::column_padding);
  const Rect inside = from_first_baseline(ui, column.inset(snap(padding), 0), Type::section, theme.line(Type::section));
  const views::Post post = open.post();
  open.controls.draw(
      ui, inside, *open.shown, [&](work::Command command) { return open.drive->post(std::move(command)); },
      [&](Ui& u, const Rect& r, std::string_view group) {
        return open.view->above_rows(u, r, group, *open.shown, post);
      },
      [&](Ui& u, const Rect& r, std::string_view group) {
        return open.view->below_rows(u, r, group, *open.shown, post);
      });
}

void draw_story_in(Ui& ui, const Rect& column, const OpenExhibit& open) {
  const Theme& theme = ui.theme;
  const Rect inside = column.inset(theme.px(measure::story_padding), 0);
  draw_story(ui, from_first_baseline(ui, inside, Type::title, theme.line(Type::title)), open.story,
             open.shown ? open.shown->tried : std::vector<bool>());
}

// The sentence of a failure is "subject: fact; expected; got. Remedy": the banner shows its two halves.
void draw_failure(Ui& ui, Rect& pane, OpenExhibit& open) {
  const std::string& failed = open.shown->failed;
  if (failed.empty()) open.dismissed.clear();
  if (failed.empty() || failed == open.dismissed) return;
  const std::size_t end = failed.find("; ");
  const ErrorText error{.fact = failed.substr(0, end),
                        .remedy = end == std::string::npos ? std::string() : failed.substr(end + 2),
                        .action = "Reset"};
  const int pressed = error_banner(ui, pane, "failure", error);
  if (pressed == 0) open.drive->post(work::command::Reset{});
  if (pressed == 1) ImGui::SetClipboardText(failed.c_str());
  if (pressed == 2) open.dismissed = failed;
}

void draw_pane(Ui& ui, const Rect& rect, OpenExhibit& open) {
  const Region region(ui, "pane", rect, ui.theme->pane, ui.theme.px(measure::radius_pane));
  if (!open.shown) return;
  Rect pane = rect;
  draw_failure(ui, pane, open);
  open.view->draw(ui, pane, *open.shown, open.post());
  const work::Snapshot& now = *open.shown;
  if (now.step >= now.head || now.playing) return;
  const std::string where = std::string(open.exhibit->step) + " " +
                            number_text(static_cast<double>(now.step), {.decimals = 0}) + " of " +
                            number_text(static_cast<double>(now.head), {.decimals = 0});
  text(ui, {pane.x, pane.y + ui.theme.u(1), pane.w, ui.theme.line(Type::small)}, where,
       {.type = Type::small, .colour = ui.theme->ink3, .align = Align::centre});
}

}  // namespace

bool too_small(const Ui& ui, bool presenter) {
  const float zoom = presenter ? kPresenterZoom : 1;  // presenting is no reason to hide the stage's parts
  const Rect window = ui.window();
  return window.w * zoom < ui.theme.u(kLeastWidth) || window.h * zoom < ui.theme.u(kLeastHeight);
}

void say_too_small(Ui& ui, const Rect& line, std::string_view what_stays) {
  text(ui, line.inset(ui.theme.u(2), 0), "The window is too small for more than " + std::string(what_stays) + ".",
       {.type = Type::small, .colour = ui.theme->ink2});
}

StageLayout lay_out_stage(const Ui& ui, const StageFolds& folds) {
  const Theme& theme = ui.theme;
  StageLayout all;
  Rect rest = ui.window();
  all.alone = too_small(ui, folds.presenter);
  if (all.alone) {
    all.top = rest.take_top(theme.u(kAloneTop));
    all.pane = rest;
    return all;
  }
  all.top = rest.take_top(theme.px(measure::top_bar));
  all.run = rest.take_bottom(theme.px(theme.compact() ? measure::run_bar_compact : measure::run_bar));
  all.controls_column = !folds.presenter;
  all.story_column = !theme.compact() && !folds.presenter && !folds.story_folded;
  const float controls = theme.px(theme.compact() ? measure::controls_compact : measure::controls);
  const float story = theme.px(measure::story), edge = theme.u(kEdge);
  all.controls = rest.take_left(all.controls_column ? controls : edge);
  all.story = rest.take_right(all.story_column ? story : edge);
  all.pane = rest;
  // As drawers they lie over the pane.
  if (!all.controls_column) all.controls = Rect{rest.x, rest.y, controls, rest.h};
  if (!all.story_column) all.story = Rect{rest.right() - story, rest.y, story, rest.h};
  all.engine = rest.take_bottom(std::min(theme.u(kEngineRoom), rest.h * kEngineRoomShare));
  for (Rect* part : {&all.engine, &all.top, &all.run, &all.controls, &all.story, &all.pane}) *part = snap(*part);
  return all;
}

std::optional<Deed> draw_stage(Ui& ui, OpenExhibit& open, StageFolds& folds, Backend& backend,
                               const std::string& device) {
  const Theme& theme = ui.theme;
  open.drive->frame();
  open.shown = open.drive->snapshot();
  if (open.shown && open.shown->notice != open.notice) {
    open.notice = open.shown->notice;
    if (!open.notice.empty()) show_toast(ui, open.notice);
  }
  const StageLayout layout = lay_out_stage(ui, folds);
  if (layout.alone) {
    say_too_small(ui, layout.top, "the stage");
    draw_pane(ui, layout.pane, open);
    return std::nullopt;
  }
  std::optional<Deed> asked = draw_top_bar(
      ui, layout.top, {.title = open.exhibit->title, .device = device, .controls_folded = !layout.controls_column});
  draw_pane(ui, layout.pane, open);
  if (!open.shown) return asked;
  const double now = ImGui::GetTime();
  folds.controls_slide.step(folds.controls_drawer && !layout.controls_column, now, ui.reduce_motion);
  folds.story_slide.step(folds.story_drawer && !layout.story_column, now, ui.reduce_motion);
  folds.engine_slide.step(folds.engine_room, now, ui.reduce_motion);
  if (const float out = folds.engine_slide.share(); out > 0) {
    Rect place = layout.engine;
    place.y = snap(place.y + (1 - out) * place.h);
    const Drawer drawer(ui, "engine room", place);
    if (open.engine_room.draw(ui, place, *open.drive, *open.shown, backend)) folds.engine_room = false;
  }
  const float controls_out = folds.controls_slide.share(), story_out = folds.story_slide.share();
  if (layout.controls_column) {
    const Region region(ui, "controls", layout.controls, theme->wall);
    draw_controls(ui, layout.controls, open);
  } else if (controls_out > 0) {
    Rect place = layout.controls;
    place.x = snap(place.x - (1 - controls_out) * place.w);
    const Drawer drawer(ui, "controls drawer", place);
    draw_controls(ui, place, open);
  }
  if (layout.story_column) {
    draw_story_in(ui, layout.story, open);
  } else if (story_out > 0) {
    Rect place = layout.story;
    place.x = snap(place.x + (1 - story_out) * place.w);
    const Drawer drawer(ui, "story drawer", place);
    draw_story_in(ui, place, open);
  }
  const Region run(ui, "run", layout.run, theme->wall);
  if (const auto deed =
          open.run_bar.draw(ui, layout.run, *open.shown, open.exhibit->step, folds.presenter, open.post()))
    asked = deed;
  return asked;
}

}  // namespace vitrine::shell
