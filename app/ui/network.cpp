// Drawing the network and taking hold of it: links under tiles under rings, one canvas for pointer and keyboard.
#include "app/ui/network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "app/ui/focus.h"
#include "app/ui/icons.h"
#include "app/ui/item.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace measure {
constexpr float link_least = 0.8f, link_more = 5.2f, link_reach = 5, link_ring = 4;
constexpr float bias_dot = 3.6f, bias_casing = 6, flow_gap = 20, flow_least = 1.6f;
constexpr float feature_gap = 2 * unit, head_button = 6 * unit, head_gap = 1.5f * unit, weight_drag = 60;
}  // namespace measure
namespace {
constexpr float kFullWeight = 2.6f;      // a link of this weight is as thick as any
constexpr float kInactive = 0.32f;       // opacity of a feature that is off
constexpr float kFlowWidth = 0.6f;       // of a dot, of its link
constexpr double kFlowStep = 0.125;      // of the distance between dots, by one step
constexpr float kKeyWeight = 0.1f;       // by one press of + or −
constexpr std::size_t kSegments = 24;    // of a link
constexpr std::size_t kMostLinks = 400;  // drawn: the strongest

using Path = std::array<Point, kSegments + 1>;

float strength(double weight) {
  return std::min(1.0f, static_cast<float>(std::abs(weight)) / kFullWeight);
}
Colour weight_colour(const Theme& theme, double weight) {
  float m = 0.35f + 0.65f * strength(weight);
  return theme.diverging(weight < 0 ? -m : m);
}
float link_width(const Theme& theme, double weight) {
  return theme.stroke(measure::link_least + measure::link_more * strength(weight));
}

Path path_of(const NetworkLayout& layout, const Network::Link& link) {
  auto c = static_cast<std::size_t>(link.column);
  const Rect& a = layout.tiles[c][static_cast<std::size_t>(link.from)];
  const Rect& b = layout.tiles[c + 1][static_cast<std::size_t>(link.to)];
  Point p{a.right(), a.middle_y()}, q{b.x, b.middle_y()};
  Path path;
  for (std::size_t i = 0; i <= kSegments; ++i) {  // a cubic whose tangents are level at both ends
    float t = static_cast<float>(i) / kSegments, s = 1 - t;
    float x = p.x + (q.x - p.x) * (1.5f * t * s * s + 1.5f * t * t * s + t * t * t);
    path[i] = {x, p.y + (q.y - p.y) * t * t * (3 - 2 * t)};
  }
  return path;
}

bool drawable(const Network& network, const Network::Link& link) {
  auto within = [&](int column, int unit) {
    return column >= 0 && column < static_cast<int>(network.columns.size()) && unit >= 0 &&
           unit < static_cast<int>(network.columns[static_cast<std::size_t>(column)].units.size());
  };
  return within(link.column, link.from) && within(link.column + 1, link.to) && std::isfinite(link.weight) &&
         network.columns[static_cast<std::size_t>(link.column)].units[static_cast<std::size_t>(link.from)].active;
}

// What can be pointed at.
struct Target {
  UnitAt unit;
  bool bias = false;  // the unit's bias dot
  int link = -1;
  Point at;  // of the link
};

class Diagram {
 public:
  Diagram(Ui& ui, const Rect& rect, const Network& network)
      : ui_(ui), theme_(ui.theme), net_(network), layout_(layout_network(ui, rect, network)) {
    for (std::size_t i = 0; i < net_.links.size(); ++i)
      if (drawable(net_, net_.links[i])) order_.push_back(i);
    auto weight = [&](std::size_t i) { return std::abs(net_.links[i].weight); };
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return weight(a) < weight(b); });
    if (order_.size() > kMostLinks) order_.erase(order_.begin(), order_.end() - kMostLinks);
    for (std::size_t i : order_) paths_.push_back(path_of(layout_, net_.links[i]));
  }

  const NetworkLayout& layout() const { return layout_; }
  const Network::Column& column(int c) const { return net_.columns[static_cast<std::size_t>(c)]; }
  const Network::Unit& unit(UnitAt at) const { return column(at.column).units[static_cast<std::size_t>(at.unit)]; }
  Rect tile(UnitAt at) const {
    return layout_.tiles[static_cast<std::size_t>(at.column)][static_cast<std::size_t>(at.unit)];
  }
  bool has(UnitAt at) const {
    return at.column >= 0 && at.column < static_cast<int>(net_.columns.size()) && at.unit >= 0 &&
           at.unit < static_cast<int>(column(at.column).units.size());
  }
  bool has_bias(UnitAt at) const { return unit(at).bias && !layout_.strip[static_cast<std::size_t>(at.column)]; }
  Point bias_place(UnitAt at) const { return {tile(at).x, tile(at).bottom()}; }

  Target find(Point p) const {
    Target target;
    float casing = theme_.mark(measure::bias_casing);
    each_unit([&](UnitAt at) {
      Point dot = bias_place(at);
      bool on_dot = has_bias(at) && std::hypot(p.x - dot.x, p.y - dot.y) <= casing;
      if (on_dot || (!target.bias && tile(at).holds(p))) target.unit = at, target.bias = on_dot;
    });
    if (target.unit.valid()) return target;
    float best = theme_.px(measure::link_reach);
    for (std::size_t k = 0; k < order_.size(); ++k)
      for (std::size_t i = 0; i < kSegments; ++i) {
        Point a = paths_[k][i], b = paths_[k][i + 1], d{b.x - a.x, b.y - a.y};
        float length = std::max(d.x * d.x + d.y * d.y, 1e-6f);
        float t = std::clamp(((p.x - a.x) * d.x + (p.y - a.y) * d.y) / length, 0.0f, 1.0f);
        Point q{a.x + d.x * t, a.y + d.y * t};
        float away = std::hypot(p.x - q.x, p.y - q.y);
        if (away <= best) best = away, target.link = static_cast<int>(order_[k]), target.at = q;
      }
    return target;
  }

  Point link_middle(int link) const {
    for (std::size_t k = 0; k < order_.size(); ++k)
      if (static_cast<int>(order_[k]) == link) return paths_[k][kSegments / 2];
    return layout_.body.centre();
  }

  void draw_links() const {
    for (std::size_t k = 0; k < order_.size(); ++k) {
      double weight = static_cast<double>(net_.links[order_[k]].weight);
      Colour colour = fade(weight_colour(theme_, weight), 0.25f + 0.75f * strength(weight));
      float width = link_width(theme_, weight);
      polyline(ui_, paths_[k], colour, width);
      if (net_.shows_flow && width >= theme_.stroke(measure::flow_least)) draw_flow(paths_[k], width);
    }
  }

  void draw_units(UnitAt ringed, UnitAt pinned, UnitAt cursor) const {
    float radius = theme_.px(measure::radius_tile);
    each_unit([&](UnitAt at) {
      const Network::Unit& u = unit(at);
      Rect box = tile(at);
      float opacity = u.active ? 1 : kInactive;
      bool strip = layout_.strip[static_cast<std::size_t>(at.column)];
      if (column(at.column).kind != Network::Kind::output) {
        if (u.tile) picture(ui_, *u.tile, box, strip ? 0 : radius, opacity);
        if (!u.tile) fill(ui_, box, theme_.overlay(Overlay::tray), strip ? 0 : radius);
      }
      if (at == ringed || at == pinned) chosen_ring(ui_, box, radius);
      if (at == cursor) focus_ring(ui_, box, radius);
      if (has_bias(at)) draw_bias(bias_place(at), *u.bias);
      if (at.column == 0 && !u.label.empty() && !strip)
        text(ui_, {layout_.heads.x, box.y, box.x - theme_.px(measure::feature_gap) - layout_.heads.x, box.h}, u.label,
             {.type = Type::small, .colour = u.active ? theme_->ink : theme_->ink3, .align = Align::right});
    });
  }

  void draw_link_mark(Point at) const {
    disc(ui_, at, theme_.mark(measure::link_ring), ui_.ground);
    ui::ring(ui_, at, theme_.mark(measure::link_ring), theme_->ink, theme_.stroke(measure::stroke_curve));
  }

  template <class Visit>
  void each_unit(Visit visit) const {
    for (int c = 0; c < static_cast<int>(net_.columns.size()); ++c)
      for (int u = 0; u < static_cast<int>(column(c).units.size()); ++u) visit(UnitAt{c, u});
  }

 private:
  void draw_bias(Point at, double bias) const {
    disc(ui_, at, theme_.mark(measure::bias_casing), ui_.ground);
    disc(ui_, at, theme_.mark(measure::bias_dot), weight_colour(theme_, bias));
  }

  // Dots in the pane's colour, evenly along the arc, moved by steps taken.
  void draw_flow(const Path& path, float width) const {
    float gap = theme_.px(measure::flow_gap);
    double turns = ui_.reduce_motion ? 0 : net_.flow * kFlowStep;
    float next = static_cast<float>(turns - std::floor(turns)) * gap, done = 0;
    for (std::size_t i = 0; i < kSegments; ++i) {
      Point a = path[i], b = path[i + 1];
      float length = std::hypot(b.x - a.x, b.y - a.y);
      for (; next <= done + length; next += gap) {
        float t = (next - done) / length;
        disc(ui_, {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}, kFlowWidth * width / 2, ui_.ground);
      }
      done += length;
    }
  }

  Ui& ui_;
  const Theme& theme_;
  const Network& net_;
  NetworkLayout layout_;
  std::vector<std::size_t> order_;  // links that are drawn, weakest first
  std::vector<Path> paths_;
};

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

// Arrows go from unit to unit; with Shift, Up and Down go through the links that end at it.
void move_cursor(const Canvas& c, const Diagram& diagram, const Network& network, NetworkState& state) {
  if (!diagram.has(state.cursor)) state.cursor = {0, 0};
  if (c.down != 0 && c.shift) {
    std::vector<int> ending;
    for (int i = 0; i < static_cast<int>(network.links.size()); ++i) {
      const Network::Link& link = network.links[static_cast<std::size_t>(i)];
      if (drawable(network, link) && UnitAt{link.column + 1, link.to} == state.cursor) ending.push_back(i);
    }
    if (ending.empty()) return;
    auto at = std::find(ending.begin(), ending.end(), state.link) - ending.begin(), n = std::ssize(ending);
    at = at == n ? (c.down > 0 ? 0 : n - 1) : (at + c.down + n) % n;
    state.link = ending[static_cast<std::size_t>(at)];
    return;
  }
  if (c.across == 0 && c.down == 0) return;
  state.link = -1;
  int last = static_cast<int>(network.columns.size()) - 1;
  state.cursor.column = std::clamp(state.cursor.column + c.across, 0, last);
  int units = static_cast<int>(diagram.column(state.cursor.column).units.size());
  state.cursor.unit = std::clamp(state.cursor.unit + c.down, 0, std::max(units - 1, 0));
}

void press_unit(const Diagram& diagram, UnitAt at, NetworkState& state, NetworkEvents& events) {
  Network::Kind kind = diagram.column(at.column).kind;
  if (kind == Network::Kind::features) events.toggled = at;
  if (kind != Network::Kind::layer) return;
  state.pinned = state.pinned == at ? UnitAt{} : at;
  events.pinned = at;
}

// A link in the hand follows the pointer upwards and downwards; + and − do the same in steps.
void bend_link(const Ui& ui, const Canvas& c, const Target& target, const Network& network, NetworkState& state,
               NetworkEvents& events) {
  if (c.item.hovered && target.link >= 0 && ImGui::IsMouseClicked(0)) {
    state.in_hand = true;
    state.link = target.link;
    state.grabbed = network.links[static_cast<std::size_t>(target.link)].weight;
    state.grabbed_y = c.pointer.y;
  }
  if (state.link >= static_cast<int>(network.links.size())) state.link = -1, state.in_hand = false;
  if (state.in_hand) {
    events.link = state.link;
    events.weight = state.grabbed - (c.pointer.y - state.grabbed_y) / ui.theme.px(measure::weight_drag);
    events.edit = c.item.held ? Edit::changed : Edit::committed;
    state.in_hand = c.item.held;
    if (!state.in_hand) state.link = -1;
    if (c.pointer.y == state.grabbed_y) events.edit = Edit::none, events.link = -1;
  } else if (c.inside && state.link >= 0) {
    int steps = imgui_compat::pressed(Key::plus, true) - imgui_compat::pressed(Key::minus, true);
    if (steps == 0) return;
    events.link = state.link;
    events.weight = network.links[static_cast<std::size_t>(state.link)].weight + kKeyWeight * static_cast<float>(steps);
    events.edit = Edit::committed;
  } else if (!c.inside) {
    state.link = -1;
  }
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
  Diagram diagram(ui, rect, net);
  ImGui::PushID(id.data(), id.data() + id.size());
  const Rect free = draw_heads(ui, diagram.layout(), net, events);
  ImGui::PopID();
  if (net.columns.empty()) return events;
  if (!diagram.has(state.pinned)) state.pinned = {};

  Canvas c = canvas(ui, id, diagram.layout().body, state.inside);
  Target target = c.item.hovered && !state.in_hand ? diagram.find(c.pointer) : Target{};
  if (c.inside) move_cursor(c, diagram, net, state);
  bool bent = state.in_hand;
  bend_link(ui, c, target, net, state, events);
  if (c.clicked && !bent && target.unit.valid()) press_unit(diagram, target.unit, state, events);
  if (c.act && diagram.has(state.cursor)) press_unit(diagram, state.cursor, state, events);
  UnitAt cursor = c.inside && diagram.has(state.cursor) ? state.cursor : UnitAt{};
  events.shown = target.unit.valid() ? target.unit : cursor.valid() ? cursor : state.pinned;
  if (!c.item.visible) return events;

  offers(ui, free, in_use(c, rect),
         {.name = id,
          .rect = rect,
          .csv = [&] { return csv(net); },
          .draw =
              [&](Ui& page, const Rect& whole) {
                NetworkState same;
                network(page, id, whole, net, same);
              }});
  diagram.draw_links();
  diagram.draw_units(target.unit, state.pinned, state.link < 0 ? cursor : UnitAt{});
  int link = state.link >= 0 ? state.link : target.link;
  NumberFormat signed_number{.digits = 3, .sign = true};
  if (link >= 0) {
    Point at = state.link >= 0 ? diagram.link_middle(link) : target.at;
    const Network::Link& shown = net.links[static_cast<std::size_t>(link)];
    diagram.draw_link_mark(at);
    Reading rows[] = {{"weight", number_text(static_cast<double>(shown.weight), signed_number)},
                      {"gradient", number_text(static_cast<double>(shown.gradient), signed_number)}};
    readout(ui, at, region(), rows);
  } else if (UnitAt at = target.unit.valid() ? target.unit : cursor; at.valid() && diagram.unit(at).bias) {
    Reading rows[] = {{"bias", number_text(*diagram.unit(at).bias, signed_number)}};
    readout(ui, {diagram.tile(at).right(), diagram.tile(at).middle_y()}, region(), rows);
  }
  return events;
}

}  // namespace vitrine::ui
