// One picture for all the maps in sight.
#include "app/ui/tensor_strip.h"

#include <algorithm>
#include <cmath>

#include "app/ui/focus.h"
#include "app/ui/heat_map.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float strip_gap = 8, strip_label = 20;
}
namespace {
std::size_t map_size(const TensorStrip& strip) {
  return static_cast<std::size_t>(std::max(0, strip.height)) * static_cast<std::size_t>(std::max(0, strip.width));
}

// The maps in sight, one above the other: rows of one picture need no copying about.
void refresh(const Theme& theme, ImGuiID id, const TensorStrip& strip, int shown, TensorStripState& state) {
  if (state.look == theme.look() && state.version == strip.version && state.shown_first == state.first &&
      state.shown == shown)
    return;
  state.look = theme.look(), state.version = strip.version, state.shown_first = state.first, state.shown = shown;
  state.picture.key = "tensor_strip." + to_text(std::int64_t{id});
  state.picture.filter = Filter::nearest;
  state.picture.image = Image(strip.width, strip.height * shown);
  const std::size_t one = map_size(strip);
  colour_values(
      theme, strip.values.subspan(static_cast<std::size_t>(state.first) * one, static_cast<std::size_t>(shown) * one),
      -strip.reach, strip.reach, ColourMap::diverging, 1, state.picture.image);
  ++state.picture.version;
}

void draw_marks(Ui& ui, const Rect& map, int channel, const Selection& selection) {
  const float radius = ui.theme.px(measure::radius_cell);
  if (selection.lit(channel)) outline(ui, map.outset(1), ui.theme->ink2, 1, radius);
  if (selection.chosen == channel) chosen_ring(ui, map, radius);
}
}  // namespace

std::string csv(const TensorStrip& strip) {
  std::string out = "channel,row,column,value\n";
  std::size_t i = 0;
  for (int c = 0; c < strip.channels; ++c)
    for (int y = 0; y < strip.height; ++y)
      for (int x = 0; x < strip.width && i < strip.values.size(); ++x, ++i)
        out += to_text(std::int64_t{c}) + "," + to_text(std::int64_t{y}) + "," + to_text(std::int64_t{x}) + "," +
               to_text(strip.values[i]) + "\n";
  return out;
}

int tensor_strip(Ui& ui, std::string_view id, const Rect& rect, const TensorStrip& strip, TensorStripState& state,
                 Selection* selection) {
  const Theme& theme = ui.theme;
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), strip.heading);
  const std::size_t one = map_size(strip);
  if (one == 0 || strip.channels <= 0 || strip.values.size() < one * static_cast<std::size_t>(strip.channels))
    return -1;
  const Canvas c = canvas(ui, id, body, state.inside);
  const float tall = snap(body.h - theme.px(measure::strip_label)), gap = snap(theme.px(measure::strip_gap));
  const float wide = snap(tall * static_cast<float>(strip.width) / static_cast<float>(strip.height));
  const int fit = std::max(1, static_cast<int>((body.w + gap) / (wide + gap))), shown = std::min(fit, strip.channels);
  if (c.inside) {
    state.cursor = std::clamp(state.cursor + (c.across + c.down) * (c.shift ? 10 : 1), 0, strip.channels - 1);
    if (c.home) state.cursor = 0;
    if (c.end) state.cursor = strip.channels - 1;
    state.first = std::clamp(state.first, state.cursor - shown + 1, state.cursor);
  } else if (c.item.hovered) {
    state.first -= static_cast<int>(ImGui::GetIO().MouseWheel);
  }
  state.first = std::clamp(state.first, 0, strip.channels - shown);
  refresh(theme, c.item.id, strip, shown, state);

  int pointed = c.inside ? state.cursor : -1;
  for (int k = 0; k < shown; ++k) {
    const Rect map = snap(Rect{body.x + static_cast<float>(k) * (wide + gap), body.y, wide, tall});
    {  // the whole picture, moved so that its own map lies here
      Clip clip(ui, map);
      picture(ui, state.picture, {map.x, map.y - static_cast<float>(k) * tall, wide, tall * static_cast<float>(shown)});
    }
    const int channel = state.first + k;
    if (c.item.hovered && !c.inside && map.holds(c.pointer)) pointed = channel;
    text(ui, {map.x, map.bottom(), map.w, theme.px(measure::strip_label)}, to_text(std::int64_t{channel}),
         {.type = Type::small, .colour = theme->ink3, .align = Align::centre});
    if (selection) draw_marks(ui, map, channel, *selection);
    if (c.inside && channel == state.cursor) focus_ring(ui, map, theme.px(measure::radius_cell));
  }
  if (selection) {
    selection->point(c.item.id, pointed);
    if (pointed >= 0 && (c.clicked || c.act)) selection->chosen = pointed;
  }
  if (pointed >= 0) {
    const auto values = strip.values.subspan(static_cast<std::size_t>(pointed) * one, one);
    double sum = 0;
    for (float v : values) sum += static_cast<double>(v);
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const Reading rows[] = {
        {"channel", to_text(std::int64_t{pointed}) + " of " + to_text(std::int64_t{strip.channels})},
        {"least", number_text(static_cast<double>(*low))},
        {"mean", number_text(sum / static_cast<double>(one))},
        {"greatest", number_text(static_cast<double>(*high))}};
    const float x = body.x + static_cast<float>(pointed - state.first) * (wide + gap) + wide;
    readout(ui, {x, body.y + tall / 2}, region(), rows);
  }
  offers(ui, free, in_use(c, rect),
         export_of(id, rect, strip, TensorStripState{.first = state.first}, tensor_strip, nullptr));
  return pointed;
}

}  // namespace vitrine::ui
