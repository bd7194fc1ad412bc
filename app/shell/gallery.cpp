// Lays the cases out in as few columns as the window allows and draws them.
#include "app/shell/gallery.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/shell/clock.h"
#include "app/ui/draw.h"
#include "app/ui/icons.h"
#include "app/ui/item.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr double kAliveSeconds = 5;
constexpr float kAspect = 2.1f;           // of a picture, width to height
constexpr float kTallest = 1.6f;          // where there is room to spare
constexpr int kMostColumns = 4;           // more would be smaller than their text
constexpr float kMargin = 7, kGap = 6;    // units
constexpr float kLabel = 14, kBelow = 8;  // units: title and tagline under a picture, and the space to the next row
constexpr float kLabelAlone = 8, kAloneMargin = 3, kAloneGap = 4;  // units: a title, and little around

struct Grid {
  int columns = 1;
  float picture = 0;  // height
};

// The fewest columns whose rows fit; else the most, with lower pictures.
Grid grid_for(const Theme& theme, const Rect& rect, int count, float label, float below, float gap) {
  Grid grid;
  for (grid.columns = std::min(2, count);; ++grid.columns) {
    const int rows = (count + grid.columns - 1) / grid.columns;
    const float width = rect.column(0, grid.columns, theme.u(gap)).w;
    const float room = (rect.h + theme.u(below)) / static_cast<float>(rows) - theme.u(label + below);
    grid.picture = snap(std::min(width / kTallest, room));
    if (width / kAspect <= room || grid.columns >= std::min(kMostColumns, count)) return grid;
  }
}

// Views draw squarely; what stands beyond a rounded corner is covered again.
void round_corners(Ui& ui, const Rect& rect, float radius, Colour ground) {
  constexpr float kPi = 3.14159265f;
  constexpr int kPieces = 8;
  ImDrawList& list = *ui.canvas();
  const ImDrawListFlags smooth = list.Flags;
  const float right = rect.right(), bottom = rect.bottom();
  for (int corner = 0; corner < 4; ++corner) {  // clockwise from the top left
    const bool east = corner == 1 || corner == 2, south = corner >= 2;
    const ImVec2 tip{east ? right : rect.x, south ? bottom : rect.y};
    const ImVec2 centre{east ? right - radius : rect.x + radius, south ? bottom - radius : rect.y + radius};
    const float from = kPi * (1 + 0.5f * static_cast<float>(corner));
    const auto on_arc = [&](int i) {
      const float angle = from + kPi / 2 * static_cast<float>(i) / kPieces;
      return ImVec2{centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)};
    };
    list.Flags &= ~ImDrawListFlags_AntiAliasedFill;  // no seams inside; the arc below smooths the edge
    for (int i = 0; i < kPieces; ++i) list.AddTriangleFilled(tip, on_arc(i), on_arc(i + 1), ground);
    list.Flags = smooth;
    list.PathArcTo(centre, radius + 0.5f, from, from + kPi / 2, kPieces);
    list.PathStroke(ground, 0, 1);
  }
}

}  // namespace

std::string tagline(std::size_t exhibits) {
  constexpr std::array<std::string_view, 13> kWords = {"No",    "One",   "Two",  "Three", "Four",   "Five",  "Six",
                                                       "Seven", "Eight", "Nine", "Ten",   "Eleven", "Twelve"};
  const std::string count = exhibits < kWords.size() ? std::string(kWords[exhibits]) : std::to_string(exhibits);
  return count + (exhibits == 1 ? " case. It" : " cases. Each one") +
         " trains for real, on this machine, while you push and pull at it.";
}

Gallery::Gallery(std::span<const views::Exhibit> exhibits, const Open& open, bool alive) : alive_(alive) {
  for (const views::Exhibit& exhibit : exhibits)
    cases_.push_back({.exhibit = &exhibit, .view = exhibit.view(), .drive = open(exhibit), .shown = nullptr});
}

void Gallery::advance(std::int64_t steps) {
  for (Case& each : cases_) each.drive->post(work::command::Step{steps});
}

double Gallery::redraw_after(double now) const {
  return alive_ && opened_ >= 0 && now < opened_ + kAliveSeconds ? opened_ + kAliveSeconds - now : kNever;
}

bool Gallery::draw_case(Ui& ui, const Rect& rect, float picture_height, Case& each) {
  const Theme& theme = ui.theme;
  Rect left = rect;
  const Rect frame = snap(left.take_top(picture_height));
  const float radius = theme.px(measure::radius_pane);
  const Item it = item(ui, each.exhibit->id, rect);

  const bool looks = it.hovered || it.focused || (alive_ && ImGui::GetTime() < opened_ + kAliveSeconds);
  if (looks != each.playing) {
    each.playing = looks;
    looks ? each.drive->post(work::command::Play{}) : each.drive->post(work::command::Pause{});
  }
  each.drive->frame();
  each.shown = each.drive->snapshot();
  {
    // A clip and no Region: a window of its own would take the pointer from the case.
    const Ground pane(ui, theme->pane);
    fill(ui, frame, theme->pane, radius);
    ui.canvas()->PushClipRect(top_left(frame), bottom_right(frame), true);
    if (each.shown) each.view->picture(ui, frame, *each.shown);
    ui.canvas()->PopClipRect();
    round_corners(ui, frame, radius, theme->wall);
    if (theme->pane_edge) outline(ui, frame, theme->hair, 1, radius);
  }
  if (it.hovered || it.focused)
    outline(ui, frame.outset(theme.px(measure::focus_gap + measure::stroke_ring)), theme->accent,
            theme.stroke(measure::stroke_ring), radius + theme.px(measure::focus_gap));
  left.take_top(theme.u(2.5f));
  const Rect title = left.take_top(theme.line(Type::section));
  const float edge = theme.px(measure::icon);
  text(ui, {title.x, title.y, title.w - edge * 2, title.h}, each.exhibit->title, {.type = Type::section});
  if (it.hovered || it.focused)
    icon(ui, Icon::right, {title.right() - edge / 2, title.middle_y()}, edge, theme->accent);
  if (left.h >= theme.line(Type::body))
    text(ui, left.take_top(theme.line(Type::body)), each.exhibit->tagline, {.colour = theme->ink2});
  return it.pressed;
}

// Headline and tagline above, two small sentences below; what is left is for the cases.
Rect Gallery::draw_frame(Ui& ui, const Rect& rect) const {
  const Theme& theme = ui.theme;
  Rect page = rect.inset(theme.u(kMargin), 0);
  const bool short_page = rect.h < theme.u(150);
  page.take_top(theme.u(short_page ? 2 : 7.5f));
  text(ui, page.take_top(theme.line(Type::display)), "See neural networks learn", {.type = Type::display});
  page.take_top(theme.u(1.5f));
  text(ui, page.take_top(theme.line(Type::body)), tagline(cases_.size()), {.colour = theme->ink2});
  page.take_top(theme.u(short_page ? 4 : 8));
  Rect foot = page.take_bottom(theme.u(10.5f));
  foot.h -= theme.u(0.5f);
  page.take_bottom(theme.u(2));
  const TextStyle small{.type = Type::small, .colour = theme->ink3};
  const float first = text(ui, foot, "Nothing leaves this machine.", small);
  foot.take_left(first + theme.u(4));
  text(ui, foot, "Drop a .vitrine file anywhere", {.type = Type::small, .colour = theme->ink3, .align = Align::right});
  return page;
}

const views::Exhibit* Gallery::draw(Ui& ui, const Rect& rect, bool alone) {
  const Theme& theme = ui.theme;
  if (opened_ < 0) opened_ = ImGui::GetTime();
  const Rect page = alone ? rect.inset(theme.u(kAloneMargin), theme.u(1)) : draw_frame(ui, rect);
  const views::Exhibit* chosen = nullptr;
  const int count = static_cast<int>(cases_.size());
  if (count == 0) return nullptr;
  const float label = alone ? kLabelAlone : kLabel, below = alone ? 0 : kBelow, gap = alone ? kAloneGap : kGap;
  const Grid grid = grid_for(theme, page, count, label, below, gap);
  for (int i = 0; i < count; ++i) {
    Rect cell = snap(page.column(i % grid.columns, grid.columns, theme.u(gap)));
    cell.y += static_cast<float>(i / grid.columns) * (grid.picture + theme.u(label + below));
    cell.h = grid.picture + theme.u(label);
    Case& each = cases_[static_cast<std::size_t>(i)];
    if (draw_case(ui, cell, grid.picture, each)) chosen = each.exhibit;
  }
  return chosen;
}

}  // namespace vitrine::shell
