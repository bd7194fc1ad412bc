// Keeps what it showed last, to tell what has changed.
#include "app/ui/listing.h"

#include <algorithm>

#include "app/ui/button.h"
#include "app/ui/draw.h"
#include "app/ui/focus.h"

namespace vitrine::ui {
namespace {

constexpr float kPadding = 3, kMarkPadding = 1;  // units
constexpr float kWheelLines = 3;                 // by one notch
constexpr float kMark = 0.16f;                   // of the accent, behind a changed line
constexpr int kContext = 3;                      // lines over a change that is brought into view

void take_in(const Listing& what, int shown, ListingState& state) {
  if (state.kind == what.kind && std::ranges::equal(what.lines, state.lines)) return;
  const bool another = state.kind != what.kind;
  state.changed = another ? std::vector<bool>(what.lines.size()) : changed_lines(state.lines, what.lines);
  state.kind = what.kind;
  state.lines.assign(what.lines.begin(), what.lines.end());
  const bool is_blank = what.start > 0 && what.lines[static_cast<std::size_t>(what.start) - 1].empty();
  if (another) state.first = what.start - (is_blank ? 0 : 1);
  const auto first = std::ranges::find(state.changed, true);
  if (first == state.changed.end()) return;
  const int at = static_cast<int>(first - state.changed.begin());
  if (at < state.first || at >= state.first + shown) state.first = at - kContext;
}

}  // namespace

std::vector<bool> changed_lines(std::span<const std::string> before, std::span<const std::string> after) {
  const std::size_t n = before.size(), m = after.size();
  std::vector<int> common((n + 1) * (m + 1), 0);  // of the rests from (i, k) on
  const auto at = [&](std::size_t i, std::size_t k) -> int& { return common[i * (m + 1) + k]; };
  for (std::size_t i = n; i-- > 0;)
    for (std::size_t k = m; k-- > 0;)
      at(i, k) = before[i] == after[k] ? at(i + 1, k + 1) + 1 : std::max(at(i + 1, k), at(i, k + 1));
  std::vector<bool> changed(m, true);
  for (std::size_t i = 0, k = 0; i < n && k < m;) {
    if (before[i] == after[k])
      changed[k] = false, ++i, ++k;
    else
      at(i + 1, k) >= at(i, k + 1) ? ++i : ++k;
  }
  return changed;
}

ListingEvents listing(Ui& ui, std::string_view id, const Rect& rect, const Listing& what, ListingState& state) {
  ListingEvents events;
  const std::span<const std::string> lines = what.lines;
  const Theme& theme = ui.theme;
  const float line = theme.line(Type::mono);
  const Rect box = rect.inset(theme.u(kPadding), theme.u(kPadding));
  const int shown = std::max(0, static_cast<int>(box.h / line)), all = static_cast<int>(lines.size());
  take_in(what, shown, state);

  const Canvas c = canvas(ui, id, rect, state.inside);
  if (c.inside) {
    state.first += c.down * (c.shift ? shown : 1);
    if (c.home) state.first = 0;
    if (c.end) state.first = all;
  } else if (c.item.hovered) {
    state.first -= static_cast<int>(ImGui::GetIO().MouseWheel * kWheelLines);
  }
  state.first = std::clamp(state.first, 0, std::max(0, all - shown));
  if (c.item.hovered && box.holds(c.pointer)) {
    const int at = state.first + static_cast<int>((c.pointer.y - box.y) / line);
    if (at < std::min(all, state.first + shown)) events.hovered = at;
    if (c.clicked) events.chosen = events.hovered;
  }
  if (!c.item.visible) return events;

  const Colour paper = over(theme.overlay(Overlay::hovered_row), ui.ground);
  fill(ui, rect, paper, theme.px(measure::radius_button));
  if (c.inside) focus_ring(ui, rect, theme.px(measure::radius_button));
  for (int i = 0; i < std::min(shown, all - state.first); ++i) {
    const auto at = static_cast<std::size_t>(state.first + i);
    const Rect place{box.x, box.y + static_cast<float>(i) * line, box.w, line};
    const Colour ground = state.changed[at] ? over(fade(theme->accent, kMark), paper) : paper;
    const bool lit = state.first + i == events.hovered || (what.is_lit && what.is_lit(state.first + i));
    if (lit)
      outline(ui, snap(place.inset(-theme.u(kMarkPadding), 0)), theme.overlay(Overlay::track), 1,
              theme.px(measure::radius_bar));
    if (state.changed[at])
      fill(ui, snap(place.inset(-theme.u(kMarkPadding), 0)), ground, theme.px(measure::radius_bar));
    const Ground under(ui, ground);
    if (!lines[at].empty()) text(ui, place, lines[at], {.type = Type::mono, .may_cut = true});
  }
  if (all <= shown || shown == 0) return events;
  const float share = static_cast<float>(shown) / static_cast<float>(all), track = rect.h - theme.u(2);
  const Rect bar{rect.right() - theme.px(measure::scrollbar) / 2 - theme.u(1),
                 rect.y + theme.u(1) + track * static_cast<float>(state.first) / static_cast<float>(all),
                 theme.px(measure::scrollbar) / 2, track * share};
  fill(ui, snap(bar), theme.overlay(Overlay::track), theme.px(measure::radius_bar));
  return events;
}

}  // namespace vitrine::ui
