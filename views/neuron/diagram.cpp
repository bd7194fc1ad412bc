// Drawing the blocks and wires, and what a hand or the keyboard does to them.
#include "views/neuron/diagram.h"

#include <cmath>

#include "app/ui/draw.h"
#include "app/ui/focus.h"
#include "app/ui/offers.h"
#include "engine/core/number.h"
#include "views/neuron/diagram_layout.h"

namespace vitrine::views::neuron {

using namespace ui;

namespace {

constexpr float kPort = 4, kPortReach = 11, kWire = 1.5f;  // px
constexpr float kWireShare = 0.42f, kIdleShare = 0.16f;    // of ink
constexpr float kAbove = 1;                                // px between a wire and its numbers

std::string short_number(float value, bool sign = false) {
  const float size = std::fabs(value);
  if (!(size < 10000)) return value > 0 ? ">9999" : value < 0 ? "<−9999" : number_text(static_cast<double>(value));
  return number_text(static_cast<double>(value), {.decimals = size < 10 ? 3 : size < 100 ? 2 : 0, .sign = sign});
}

// What runs are these very blocks, and this one is among those that the answer needs.
const Fit::Live* live_of(const Diagram& diagram, std::size_t block) {
  const Fit& fit = diagram.fit;
  const bool known = !fit.stale && diagram.values && block < fit.blocks.size() && fit.blocks[block].known;
  return known ? &fit.blocks[block] : nullptr;
}

class Board {
 public:
  Board(Ui& ui, const Rect& rect, const Diagram& diagram)
      : ui_(ui), theme_(ui.theme), diagram_(diagram), layout_(layout_diagram(ui, rect, diagram.blocks)) {}

  Spot find(Point p) const {
    Spot nearest;
    float best = theme_.px(kPortReach);
    each_spot([&](Spot spot) {
      const Point at = place(spot);
      const float away = std::hypot(at.x - p.x, at.y - p.y);
      if (spot.port >= 0 && away < best) best = away, nearest = spot;
    });
    if (nearest.valid()) return nearest;
    each_spot([&](Spot spot) {
      const Point out = block(spot).out;
      const bool near_out = std::hypot(out.x - p.x, out.y - p.y) < theme_.px(kPortReach);
      if (spot.port < 0 && (block(spot).card.holds(p) || near_out)) nearest = spot;
    });
    return nearest;
  }

  // The nearest spot in a direction: what lies off the axis counts double.
  Spot next(Spot from, int across, int down) const {
    if (!has(from)) return layout_.blocks.empty() ? Spot{} : Spot{0, -1};
    const Point here = place(from);
    Spot best = from;
    float least = 1e9f;
    each_spot([&](Spot spot) {
      const Point at = place(spot);
      const float along =
          across != 0 ? (at.x - here.x) * static_cast<float>(across) : (at.y - here.y) * static_cast<float>(down);
      const float aside = across != 0 ? std::fabs(at.y - here.y) : std::fabs(at.x - here.x);
      if (along <= 0.5f || spot == from) return;
      if (const float cost = along + 2 * aside; cost < least) least = cost, best = spot;
    });
    return best;
  }

  bool has(Spot spot) const {
    return spot.block >= 0 && spot.block < static_cast<int>(layout_.blocks.size()) &&
           spot.port < kind_of(of(spot)).ports;
  }

  void draw(const DiagramState& state, Spot hovered, bool keyboard) const {
    for (const Wire& wire : layout_.wires) draw_wire(wire, state, hovered);
    for (int i = 0; i < static_cast<int>(layout_.blocks.size()); ++i) draw_block({i, -1}, state, hovered, keyboard);
    if (layout_.label_width > 0 && !diagram_.fit.stale)
      for (int i = 0; i < static_cast<int>(layout_.blocks.size()); ++i) draw_numbers({i, -1});
  }

  void read_out(Spot spot) const {
    const Block& b = of(spot);
    std::vector<Reading> rows;
    const std::string number = to_text(std::int64_t{spot.block} + 1);
    if (spot.port >= 0) {
      const std::int64_t from = input_of(b, spot.port);
      rows.push_back({"input of block " + number, from == 0 ? "open" : "block " + to_text(from)});
    } else {
      rows.push_back({"block " + number, std::string(kind_of(b).label)});
      if (const Fit::Live* live = numbers(spot)) {
        rows.push_back({"value", number_text(static_cast<double>(live->value), {.digits = 4})});
        if (live->learns && diagram_.gradients)
          rows.push_back({"gradient", number_text(static_cast<double>(live->gradient), {.digits = 4, .sign = true})});
      }
    }
    readout(ui_, place(spot), region(), rows);
  }

 private:
  const Block& of(Spot spot) const { return diagram_.blocks[static_cast<std::size_t>(spot.block)]; }
  const BlockPlace& block(Spot spot) const { return layout_.blocks[static_cast<std::size_t>(spot.block)]; }
  Point place(Spot spot) const {
    return spot.port < 0 ? block(spot).card.centre() : block(spot).ports[static_cast<std::size_t>(spot.port)];
  }
  template <class Visit>
  void each_spot(Visit visit) const {
    for (int i = 0; i < static_cast<int>(layout_.blocks.size()); ++i)
      for (int port = -1; port < kind_of(of({i, -1})).ports; ++port) visit(Spot{i, port});
  }
  const Fit::Live* numbers(Spot spot) const { return live_of(diagram_, static_cast<std::size_t>(spot.block)); }
  bool idle(int at) const {
    return !diagram_.fit.stale && static_cast<std::size_t>(at) < diagram_.fit.blocks.size() &&
           !diagram_.fit.blocks[static_cast<std::size_t>(at)].known;
  }

  void draw_wire(const Wire& wire, const DiagramState& state, Spot hovered) const {
    const Spot end{wire.to, wire.port};
    const bool shown = hovered == end || state.taken == end || (hovered.port < 0 && hovered.block == wire.from);
    const bool wrong =
        diagram_.fit.fault && diagram_.fit.fault->block == wire.to && diagram_.fit.fault->port == wire.port;
    const Colour colour = wrong   ? theme_->error
                          : shown ? theme_->accent
                                  : theme_.ink_share(idle(wire.to) ? kIdleShare : kWireShare);
    polyline(ui_, wire.path, colour, theme_.px(shown || wrong ? measure::stroke_chosen : kWire));
  }

  void draw_block(Spot spot, const DiagramState& state, Spot hovered, bool keyboard) const {
    const Rect& card = block(spot).card;
    const Block& b = of(spot);
    const BlockKind& kind = kind_of(b);
    const float radius = theme_.px(measure::radius_tile);
    const bool strong = kind.parameter, taken = state.taken == spot;
    const Colour paint = over(strong ? fade(theme_.category(0), 0.22f)
                                     : theme_.overlay(hovered == spot ? Overlay::quiet_hover : Overlay::quiet),
                              ui_.ground);
    fill(ui_, card, paint, radius);
    if (taken) outline(ui_, card, theme_->accent, theme_.stroke(measure::stroke_chosen), radius);
    if (state.chosen == spot.block) chosen_ring(ui_, card, radius);
    if (keyboard && state.cursor == spot) focus_ring(ui_, card, radius);
    {
      const Ground ground(ui_, paint);
      const std::string sign =
          b.op == BlockOp::constant ? number_text(b.value, {.trim = true}) : std::string(kind.sign);
      const Colour ink = idle(spot.block) ? theme_->ink2 : theme_->ink;
      if (text_width(ui_, Type::section, sign) < card.w && theme_.line(Type::section) * 0.8f < card.h)
        text(ui_, card, sign, {.type = Type::section, .colour = ink, .align = Align::centre});
    }
    for (int port = 0; port < kind.ports; ++port) draw_port({spot.block, port}, state, hovered, keyboard);
    if (b.op != BlockOp::answer) disc(ui_, block(spot).out, theme_.px(kPort) * 0.75f, theme_->ink2);
  }

  void draw_port(Spot spot, const DiagramState& state, Spot hovered, bool keyboard) const {
    const Point at = place(spot);
    const bool wrong =
        diagram_.fit.fault && diagram_.fit.fault->block == spot.block && diagram_.fit.fault->port == spot.port;
    const bool marked = hovered == spot || state.taken == spot || (keyboard && state.cursor == spot);
    const Colour colour = wrong ? theme_->error : marked ? theme_->accent : theme_->ink2;
    const float radius = theme_.px(kPort) * (marked ? 1.4f : 1);
    disc(ui_, at, radius, state.taken == spot ? theme_->accent : ui_.ground);
    ring(ui_, at, radius, colour, theme_.px(kWire));
  }

  // Above the wire the value, under it the gradient.
  void draw_numbers(Spot spot) const {
    const Fit::Live* live = numbers(spot);
    if (!live) return;
    const Point out = block(spot).out;
    const float line = theme_.line(Type::small), left = out.x + theme_.u(2), right = out.x + layout_.label_width;
    const Rect above{left, out.y - line - theme_.px(kAbove), right - left, line};
    const Rect below{left, out.y + theme_.px(kAbove), right - left, line};
    const auto write = [&](const Rect& box, const std::string& number_shown, Colour colour) {
      if (number_width(ui_, number_shown, Type::small_value) > box.w) return;
      number(ui_, box.x, box.right(), baseline_in(ui_, box, Type::small_value), number_shown,
             {.type = Type::small_value, .colour = colour, .align = Align::left});
    };
    write(above, short_number(live->value), theme_->ink);
    if (live->learns && diagram_.gradients) write(below, short_number(live->gradient, true), theme_.signed_ink(-1));
  }

  Ui& ui_;
  const Theme& theme_;
  const Diagram& diagram_;
  DiagramLayout layout_;
};

// A wire has two ends, named in either order; the same end twice lets go of it.
std::optional<Blocks> take(const Blocks& blocks, Spot spot, DiagramState& state) {
  if (spot.port < 0) state.chosen = spot.block;
  const bool joins = state.taken.valid() && (state.taken.port < 0) != (spot.port < 0);
  if (!joins) {
    state.taken = state.taken == spot ? Spot{} : spot;
    return std::nullopt;
  }
  const Spot port = spot.port < 0 ? state.taken : spot, source = spot.port < 0 ? spot : state.taken;
  state.taken = {};
  Blocks wired = blocks;
  Block& block = wired[static_cast<std::size_t>(port.block)];
  block = with_input(block, port.port, std::int64_t{source.block} + 1);
  return wired;
}

std::optional<Blocks> remove(const Blocks& blocks, Spot spot, DiagramState& state) {
  state.taken = {};
  if (spot.port < 0) {
    state.chosen = -1, state.cursor = {};
    return without(blocks, spot.block);
  }
  Blocks open = blocks;
  Block& block = open[static_cast<std::size_t>(spot.block)];
  block = with_input(block, spot.port, 0);
  return open;
}

}  // namespace

std::string csv(const Diagram& diagram) {
  std::string out = "block,kind,left,right,value,gradient\n";
  for (std::size_t i = 0; i < diagram.blocks.size(); ++i) {
    const Block& block = diagram.blocks[i];
    const BlockKind& kind = kind_of(block);
    out += to_text(static_cast<std::int64_t>(i) + 1) + "," + csv_field(kind.label);
    for (const int port : {0, 1}) {
      const std::int64_t from = port < kind.ports ? input_of(block, port) : 0;
      out += "," + (from > 0 ? to_text(from) : std::string());
    }
    const Fit::Live* live = live_of(diagram, i);
    out += "," + (live ? to_text(live->value) : std::string());
    out += "," + (live && live->learns && diagram.gradients ? to_text(live->gradient) : std::string()) + "\n";
  }
  return out;
}

std::optional<Blocks> diagram(Ui& ui, std::string_view id, const Rect& rect, const Diagram& what, DiagramState& state) {
  const Board board(ui, rect, what);
  static const Help kHelp{.name = "Blocks",
                          .range = {},
                          .meaning =
                              "Click a port, then the block that it shall take. With the keyboard: Enter goes in "
                              "and takes hold, arrows move, Delete opens a port or takes a block away.",
                          .rising = {},
                          .reason = {}};
  const Canvas c = canvas(ui, id, rect, state.inside, {.help = &kHelp});
  if (!board.has(state.taken)) state.taken = {};
  const Spot hovered = c.item.hovered ? board.find(c.pointer) : Spot{};
  std::optional<Blocks> changed;
  if (c.clicked && hovered.valid()) changed = take(what.blocks, hovered, state);
  if (c.clicked && !hovered.valid()) state.taken = {}, state.chosen = -1;
  if (c.inside) {
    if (c.across != 0 || c.down != 0 || !board.has(state.cursor))
      state.cursor = board.next(state.cursor, c.across, c.across != 0 ? 0 : c.down);
    if (c.act && board.has(state.cursor)) changed = take(what.blocks, state.cursor, state);
    if (imgui_compat::pressed(Key::remove) && board.has(state.cursor))
      changed = remove(what.blocks, state.cursor, state);
  }
  if (!c.item.visible) return changed;
  board.draw(state, hovered, c.inside);
  const Spot pointed = hovered.valid() ? hovered : c.inside ? state.cursor : Spot{};
  if (board.has(pointed) && !changed) board.read_out(pointed);
  if (!what.heading_line.empty()) {
    const auto alone = [](Ui& page, std::string_view name, const Rect& whole, const Diagram& same, DiagramState& own) {
      diagram(page, name, whole, {same.blocks, same.fit, same.values, same.gradients}, own);
    };
    offers(ui, what.heading_line, in_use(c, rect) || pointed_in(what.heading_line),
           export_of(id, rect, what, DiagramState{}, alone));
  }
  return changed;
}

}  // namespace vitrine::views::neuron
