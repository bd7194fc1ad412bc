// Bars by the logarithm of the units: 140 and 2 must both be seen.
#include "views/heartbeats/hourglass.h"

#include <algorithm>
#include <cmath>

#include "app/ui/draw.h"
#include "engine/core/number.h"

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {
namespace look {
constexpr float kBar = 5, kBarCompact = 4.25f, kGap = 1;  // units
constexpr float kLeastWindow = 170;                       // units of height
constexpr float kLeast = 0.16f;                           // of the width: room for the number
}  // namespace look
}  // namespace

float hourglass(Ui& ui, const Rect& rect, const Snapshot& s, const Post&) {
  const Theme& theme = ui.theme;
  if (ui.window().h < theme.u(look::kLeastWindow)) return 0;  // the rows need the room
  const float bar = theme.u(theme.compact() ? look::kBarCompact : look::kBar), gap = theme.u(look::kGap);
  Rect left = rect;
  const auto widest = static_cast<float>(*std::ranges::max_element(s.units));
  for (std::size_t i = 0; i < s.units.size(); ++i) {
    const float share = std::sqrt(static_cast<float>(s.units[i]) / widest);
    const float width = snap(rect.w * std::clamp(share, look::kLeast, 1.0f));
    const Rect box = snap(left.take_top(bar).centred(width, bar));
    const bool code = i == s.code;
    const Colour ground = code ? theme->ink : theme.overlay(Overlay::track, ui.ground);
    fill(ui, box, ground, theme.px(measure::radius_cell));
    const Ground on(ui, ground);
    text(ui, box, to_text(std::int64_t{s.units[i]}),
         {.type = Type::small_value, .colour = code ? theme->wall : theme->ink, .align = Align::centre});
    left.take_top(gap);
  }
  left.take_top(theme.u(2));
  return left.y - rect.y;
}

}  // namespace vitrine::views::heartbeats
