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

void draw_controls(Ui& ui, const Rect& column, Side& side) {
  const Theme& theme = ui.theme;
  const float padding = theme.px(theme.compact() ? measure::column_padding_compact : measure::column_padding);
  const Rect inside = from_first_baseline(ui, column.inset(snap(padding), 0), Type::section, theme.line(Type::section));
  const views::Post post = side.post();
  side.controls.draw(
      ui, inside, *side.shown, [&](work::Command command) { return side.drive->post(std::move(command)); },
      [&](Ui& u, const Rect& r, std::string_view group) {
        return side.view->above_rows(u, r, group, *side.shown, post);
      },
      [&](Ui& u, const Rect& r, std::string_view group) {
        return side.view->below_rows(u, r, group, *side.shown, post);
      });
}

void draw_story_in(Ui& ui, const Rect& column, const OpenExhibit& open) {
  const Theme& theme = ui.theme;
  const Rect inside = column.inset(theme.px(measure::story_padding), 0);
  draw_story(ui, from_first_baseline(ui, inside, Type::title, theme.line(Type::title)), open.story,
             open.side.shown ? open.side.shown->tried : std::vector<bool>());
}

// While two are compared the bar drives both.
std::optional<Deed> draw_run_bar(Ui& ui, const Rect& rect, OpenExhibit& open, bool presenter) {
  if (!open.comparison)
    return open.run_bar.draw(ui, rect, *open.side.shown, open.exhibit->step, presenter, open.side.post());
  work::Snapshot bar = *open.side.shown;
  bar.playing = open.comparison->lockstep().playing();
  return open.run_bar.draw(ui, rect, bar, open.exhibit->step, presenter,
                           [&open](work::Command command) { open.comparison->post(open.side, command); });
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
  all.controls_column = !folds.presenter && !folds.comparing;
  all.story_column = !theme.compact() && !folds.presenter && !folds.comparing && !folds.story_folded;
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
  open.side.frame();
  if (open.comparison) open.comparison->frame(open.side, ImGui::GetTime());
  if (open.side.shown && open.side.shown->notice != open.notice) {
    open.notice = open.side.shown->notice;
    if (!open.notice.empty()) show_toast(ui, open.notice);
  }
  const StageLayout layout = lay_out_stage(ui, folds);
  if (layout.alone) {
    say_too_small(ui, layout.top, "the stage");
    draw_side(ui, layout.pane, "pane", open.exhibit->step, open.side);
    return std::nullopt;
  }
  std::optional<Deed> asked = draw_top_bar(
      ui, layout.top, {.title = open.exhibit->title, .device = device, .controls_folded = !layout.controls_column});
  if (open.comparison)
    open.comparison->draw(ui, layout.pane, *open.exhibit, open.side);
  else
    draw_side(ui, layout.pane, "pane", open.exhibit->step, open.side);
  if (!open.side.shown || !open.chosen().shown) return asked;
  const double now = ImGui::GetTime();
  folds.controls_slide.step(folds.controls_drawer && !layout.controls_column, now, ui.reduce_motion);
  folds.story_slide.step(folds.story_drawer && !layout.story_column, now, ui.reduce_motion);
  folds.engine_slide.step(folds.engine_room, now, ui.reduce_motion);
  if (const float out = folds.engine_slide.share(); out > 0) {
    Rect place = layout.engine;
    place.y = snap(place.y + (1 - out) * place.h);
    const Drawer drawer(ui, "engine room", place);
    if (open.engine_room.draw(ui, place, *open.side.drive, *open.side.shown, backend)) folds.engine_room = false;
  }
  const float controls_out = folds.controls_slide.share(), story_out = folds.story_slide.share();
  if (layout.controls_column) {
    const Region region(ui, "controls", layout.controls, theme->wall);
    draw_controls(ui, layout.controls, open.chosen());
  } else if (controls_out > 0) {
    Rect place = layout.controls;
    place.x = snap(place.x - (1 - controls_out) * place.w);
    const Drawer drawer(ui, "controls drawer", place);
    draw_controls(ui, place, open.chosen());
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
  if (const auto deed = draw_run_bar(ui, layout.run, open, folds.presenter)) asked = deed;
  return asked;
}

}  // namespace vitrine::shell
