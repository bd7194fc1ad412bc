// Bars by the root of the units, so that 140 and 2 are both seen, and funnels between them.
#include "views/heartbeats/hourglass.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/ui/draw.h"
#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::views::heartbeats {

using namespace ui;

namespace {
namespace look {
constexpr float kBar = 5, kBarCompact = 4.25f, kGap = 1.5f;  // units
constexpr float kLeastWindow = 170;                          // units of height
constexpr float kWidest = 0.78f, kLeast = 0.16f;  // of the width: room beside for words, inside for the number
constexpr float kFunnelShare = 0.06f;             // of ink, between two bars
}  // namespace look

void funnel(Ui& ui, const Rect& above, const Rect& below) {
  const Point corners[] = {
      {above.x, above.bottom()}, {above.right(), above.bottom()}, {below.right(), below.y}, {below.x, below.y}};
  polygon(ui, corners, ui.theme.ink_share(look::kFunnelShare));
}

// Beside the narrower half of its bars, where it keeps clear of them.
void half_label(Ui& ui, const Rect& column, const Rect& bar, std::string_view words) {
  if (text_width(ui, Type::small, words) + ui.theme.u(2) > bar.x - column.x) return;
  text(ui, {column.x, bar.y, bar.x - column.x, bar.h}, words, {.type = Type::small, .colour = ui.theme->ink3});
}
std::string csv_of_layers(const Snapshot& s) {
  std::string out = "layer,units,part\n";
  for (std::size_t i = 0; i < s.units.size(); ++i)
    out += to_text(static_cast<std::int64_t>(i)) + "," + to_text(std::int64_t{s.units[i]}) + "," +
           (i == 0        ? "beat"
            : i < s.code  ? "encode"
            : i == s.code ? "code"
                          : "decode") +
           "\n";
  return out;
}

// The bars from the top down; that of the code.
Rect draw_bars(Ui& ui, const Rect& rect, const Snapshot& s) {
  const Theme& theme = ui.theme;
  const float bar = theme.u(theme.compact() ? look::kBarCompact : look::kBar), gap = theme.u(look::kGap);
  Rect left = rect;
  std::vector<Rect> bars;
  const auto widest = static_cast<float>(*std::ranges::max_element(s.units));
  for (const int units : s.units) {
    const float share = std::clamp(std::sqrt(static_cast<float>(units) / widest), look::kLeast, 1.0f);
    bars.push_back(snap(left.take_top(bar).centred(snap(rect.w * look::kWidest * share), bar)));
    left.take_top(gap);
  }
  for (std::size_t i = 0; i + 1 < bars.size(); ++i) funnel(ui, bars[i], bars[i + 1]);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const bool code = i == s.code;
    const Colour ground = code ? theme->ink : theme.overlay(Overlay::segment, ui.ground);
    fill(ui, bars[i], ground, theme.px(measure::radius_cell));
    const Ground on(ui, ground);
    text(ui, bars[i], to_text(std::int64_t{s.units[i]}),
         {.type = Type::small_value, .colour = code ? theme->wall : theme->ink, .align = Align::centre});
  }
  if (s.code > 0) half_label(ui, rect, bars[s.code - 1], "encode");
  if (s.code + 1 < bars.size()) half_label(ui, rect, bars[s.code + 1], "decode");
  return bars[s.code];
}
}  // namespace

float hourglass(Ui& ui, const Rect& rect, const Snapshot& s) {
  const Theme& theme = ui.theme;
  if (ui.window().h < theme.u(look::kLeastWindow)) return 0;  // the rows need the room
  const float pitch = theme.u((theme.compact() ? look::kBarCompact : look::kBar) + look::kGap);
  const Rect whole{rect.x, rect.y, rect.w, pitch * static_cast<float>(s.units.size())};
  const Rect code = draw_bars(ui, whole, s);
  const float room = offers_width(ui);
  offers(ui, {whole.right() - room, code.y, room, code.h}, pointed_in(whole),
         {.name = "layers",
          .rect = whole,
          .csv = [&] { return csv_of_layers(s); },
          .draw = [&](Ui& page, const Rect& area) { draw_bars(page, area, s); }});
  return whole.h + theme.u(2);
}

}  // namespace vitrine::views::heartbeats
