// The whole of a network: heads of layers, one canvas for pointer and keyboard, what it says of a place.
#include "app/ui/network.h"

#include <algorithm>

#include "app/ui/icons.h"
#include "app/ui/network_parts.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float head_button = 6 * unit, head_gap = 1.5f * unit;
}  // namespace measure
namespace {
bool head_button(Ui& ui, Point centre, std::string_view id, Icon which, const Help& help, std::string_view disabled) {
  float side = ui.theme.px(measure::head_button);
  Rect box = snap(Rect{centre.x - side / 2, centre.y - side / 2, side, side});
  Item it = item(ui, id, box, {.help = &help, .disabled = disabled});
  float radius = ui.theme.px(measure::radius_segmented);
  if (it.hovered && disabled.empty()) fill(ui, box, ui.theme.overlay(Overlay::quiet), radius);
  if (it.focused) focus_ring(ui, box, radius);
  icon(ui, which, box.centre(), ui.theme.px(measure::icon),
       disabled.empty() ? ui.theme->ink2 : ui.theme.overlay(Overlay::axis));
  return it.pressed;
}

// Returns the widest stretch of the line that stays free.
Rect draw_heads(Ui& ui, const NetworkLayout& layout, const Network& network, NetworkEvents& events) {
  static const Help kFewer{"Fewer units", "", "Takes the last unit of this layer away.", "", ""};
  static const Help kMore{"More units", "", "Adds a unit to this layer.", "", ""};
  Rect line{layout.heads.x, layout.heads.y, layout.heads.w, ui.theme.line(Type::section)};
  const HelpRow row(ui, line);
  Rect free{line.x, line.y, 0, line.h};
  float from = line.x;
  const auto leave = [&](float to) {
    if (to - from > free.w) free.x = from, free.w = to - from;
  };
  for (std::size_t c = 0; c < network.columns.size(); ++c) {
    const Network::Column& column = network.columns[c];
    if (column.kind == Network::Kind::features) from += text(ui, line, column.head, {.type = Type::section});
    if (column.kind != Network::Kind::layer) continue;
    float pitch = c + 1 < layout.middle.size() ? layout.middle[c + 1] - layout.middle[c] : line.w;
    if (c > 0) pitch = std::min(pitch, layout.middle[c] - layout.middle[c - 1]);
    float side = ui.theme.px(measure::head_button), gap = ui.theme.px(measure::head_gap);
    std::string_view head = column.head;
    float width = text_width(ui, Type::body, head);
    bool has_buttons = width + 2 * (side + gap) <= pitch;
    if (!has_buttons) {  // many layers: the count alone
      head = head.substr(0, head.find(' '));
      width = text_width(ui, Type::body, head);
      has_buttons = width + 2 * (side + gap) <= pitch;
    }
    const bool meets = from > line.x && layout.middle[c] - width / 2 < from + gap;  // what stands before it
    if (width + gap > pitch || meets) continue;                                     // too many even for that
    Rect box = line.centred(width, line.h);
    box.x = layout.middle[c] - width / 2;
    text(ui, box, head, {.colour = ui.theme->ink2});
    if (!has_buttons) {  // the rows of the layers still count units
      leave(box.x - gap);
      from = box.right();
      continue;
    }
    ImGui::PushID(static_cast<int>(c));
    float away = width / 2 + gap + side / 2;
    if (head_button(ui, {layout.middle[c] - away, line.middle_y()}, "fewer", Icon::minus, kFewer, column.cannot_remove))
      events.remove_from = static_cast<int>(c);
    if (head_button(ui, {layout.middle[c] + away, line.middle_y()}, "more", Icon::plus, kMore, column.cannot_add))
      events.add_to = static_cast<int>(c);
    ImGui::PopID();
    leave(layout.middle[c] - away - side / 2);
    from = layout.middle[c] + away + side / 2;
  }
  leave(line.right());
  return free;
}

std::string name_of(const Network& network, int column, int unit) {
  const auto& of = network.columns[static_cast<std::size_t>(column)];
  if (of.kind == Network::Kind::output) return "output";
  const std::string& label = of.units[static_cast<std::size_t>(unit)].label;
  return label.empty() ? to_text(std::int64_t{column}) + "." + to_text(std::int64_t{unit} + 1) : label;
}

// Weight and gradient of the link that is pointed at or held, else the bias of the unit.
void read_out_place(Ui& ui, const NetworkPicture& picture, const NetworkPicture::Target& target, UnitAt cursor,
                    const NetworkState& state) {
  const NumberFormat format{.digits = 3, .sign = true};
  if (const int link = state.link >= 0 ? state.link : target.link; link >= 0) {
    const Point at = state.in_hand ? state.held_at : state.link >= 0 ? picture.link_middle(link) : target.at;
    const Network::Link& shown = picture.link(link);
    picture.draw_mark(at);
    std::vector<Reading> rows{{"weight", number_text(static_cast<double>(shown.weight), format)},
                              {"gradient", number_text(static_cast<double>(shown.gradient), format)}};
    if (shown.fate != Network::Fate::learns)
      rows.push_back({"link", shown.fate == Network::Fate::frozen ? "frozen" : "deleted"});
    return readout(ui, at, region(), rows);
  }
  const bool held = state.in_hand && state.bias.valid();
  const UnitAt at = held ? state.bias : target.unit.valid() ? target.unit : cursor;
  if (!at.valid() || !picture.unit(at).bias) return;
  if (held) picture.draw_mark(picture.bias_place(at));
  const Reading rows[] = {{"bias", number_text(*picture.unit(at).bias, format)}};
  const Rect tile = picture.tile(at);
  readout(ui, {tile.right(), tile.middle_y()}, region(), rows);
}
}  // namespace

std::string csv(const Network& network) {
  std::string out = "from,to,weight,gradient\n";
  for (const Network::Link& link : network.links) {
    if (!drawable(network, link)) continue;
    out += csv_field(name_of(network, link.column, link.from)) + "," +
           csv_field(name_of(network, link.column + 1, link.to)) + "," + to_text(link.weight) + "," +
           to_text(link.gradient) + "\n";
  }
  for (std::size_t c = 0; c < network.columns.size(); ++c)
    for (std::size_t u = 0; u < network.columns[c].units.size(); ++u)
      if (const auto& bias = network.columns[c].units[u].bias)
        out += "bias," + csv_field(name_of(network, static_cast<int>(c), static_cast<int>(u))) + "," + to_text(*bias) +
               ",\n";
  return out;
}

NetworkEvents network(Ui& ui, std::string_view id, const Rect& rect, const Network& net, NetworkState& state) {
  NetworkEvents events;
  const NetworkPicture picture(ui, rect, net);
  ImGui::PushID(id.data(), id.data() + id.size());
  const Rect free = draw_heads(ui, picture.layout(), net, events);
  ImGui::PopID();
  if (net.columns.empty()) return events;
  if (!picture.has(state.pinned)) state.pinned = {};

  Canvas c = canvas(ui, id, picture.reach(), state.inside);
  const NetworkPicture::Target target = take_hold(ui, c, picture, state, events);
  UnitAt cursor = c.inside && picture.has(state.cursor) ? state.cursor : UnitAt{};
  events.shown = target.unit.valid() ? target.unit : cursor.valid() ? cursor : state.pinned;
  if (!c.item.visible) return events;

  offers(ui, free, in_use(c, rect), export_of(id, rect, net, NetworkState{}, network));
  picture.draw_links();
  picture.draw_units(target.unit, state.pinned, state.link < 0 ? cursor : UnitAt{});
  read_out_place(ui, picture, target, cursor, state);
  return events;
}

}  // namespace vitrine::ui
