// Layers, lanes, order, heights: the usual four passes over a small directed graph. Wires that close a circle count for
// none of them; they are drawn all the same.
#include "views/neuron/diagram_layout.h"

#include <algorithm>
#include <cmath>

#include "app/ui/draw.h"
#include "views/neuron/graph.h"

namespace vitrine::views::neuron {

using namespace ui;

namespace {

constexpr float kCardWidth = 13, kCardHeight = 10, kLeastGap = 6, kBetween = 3, kSide = 2;  // units
constexpr float kLabel = 15, kTurn = 6;  // units behind a block: numbers, and what a wire needs to turn
constexpr float kLane = 0.35f;           // of a block's height: what a passing wire takes
constexpr int kOrderings = 12, kRelaxations = 24;
constexpr int kCurve = 14;  // pieces of one bend

struct Edge {
  int from, to, port;
  bool back = false;
};

struct Place {  // a block, or the lane of a wire in one column
  int block = -1;
  int column = 0;
  float at = 0;  // order first, then the middle's height
  std::vector<int> before = {}, after = {};
};

std::vector<Edge> edges_of(const Blocks& blocks) {
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    for (int port = 0; port < kind_of(blocks[i]).ports; ++port) {
      const std::int64_t from = input_of(blocks[i], port);
      if (from >= 1 && from <= static_cast<std::int64_t>(blocks.size()))
        edges.push_back({static_cast<int>(from) - 1, static_cast<int>(i), port});
    }
  return edges;
}

// Depth first: an edge into a block that is still being left closes a circle.
void mark_circles(std::vector<Edge>& edges, int at, std::vector<char>& state) {
  state[static_cast<std::size_t>(at)] = 1;
  for (Edge& edge : edges) {
    if (edge.to != at) continue;
    char& next = state[static_cast<std::size_t>(edge.from)];
    if (next == 1) edge.back = true;
    if (next == 0) mark_circles(edges, edge.from, state);
  }
  state[static_cast<std::size_t>(at)] = 2;
}

// Every block as far right as what it feeds allows; x stays at the beginning, and the answer ends it all.
std::vector<int> columns_of(const Blocks& blocks, std::vector<Edge>& edges) {
  std::vector<char> state(blocks.size(), 0);
  for (std::size_t i = blocks.size(); i-- > 0;)
    if (state[i] == 0) mark_circles(edges, static_cast<int>(i), state);
  std::vector<int> earliest(blocks.size(), 0);
  const auto forward = [&](auto visit) {  // as often as the longest way has wires
    for (std::size_t round = 0; round < blocks.size(); ++round)
      for (const Edge& edge : edges)
        if (!edge.back) visit(static_cast<std::size_t>(edge.from), static_cast<std::size_t>(edge.to));
  };
  forward([&](std::size_t from, std::size_t to) { earliest[to] = std::max(earliest[to], earliest[from] + 1); });
  const int last = *std::ranges::max_element(earliest);
  std::vector<int> columns(blocks.size(), last);
  forward([&](std::size_t from, std::size_t to) { columns[from] = std::min(columns[from], columns[to] - 1); });
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool feeds = std::ranges::any_of(edges, [&](const Edge& e) { return e.from == static_cast<int>(i); });
    if (blocks[i].op == BlockOp::x || (!feeds && blocks[i].op != BlockOp::answer)) columns[i] = earliest[i];
  }
  return columns;
}

class Arrangement {
 public:
  Arrangement(const Blocks& blocks, const std::vector<Edge>& edges, const std::vector<int>& columns) {
    for (std::size_t i = 0; i < blocks.size(); ++i) add({.block = static_cast<int>(i), .column = columns[i]});
    for (const Edge& edge : edges) {
      std::vector<int>& lane = lanes.emplace_back();
      if (edge.back) continue;
      int before = edge.from;
      for (int c = columns[static_cast<std::size_t>(edge.from)] + 1; c < columns[static_cast<std::size_t>(edge.to)];
           ++c) {
        const int place = add({.column = c});
        lane.push_back(place);
        link(before, place);
        before = place;
      }
      link(before, edge.to);
    }
  }

  // Every place at the mean of its neighbours, now from the left, now from the right.
  void order() {
    for (auto& column : by_column)
      for (std::size_t i = 0; i < column.size(); ++i) at(column[i]) = static_cast<float>(i);
    for (int round = 0; round < kOrderings; ++round)
      for (std::size_t k = 0; k < by_column.size(); ++k) {
        auto& column = by_column[round % 2 == 0 ? k : by_column.size() - 1 - k];
        std::vector<std::pair<float, int>> keyed;
        for (const int place : column) keyed.emplace_back(mean(place, round % 2 == 0), place);
        std::ranges::stable_sort(keyed, {}, &std::pair<float, int>::first);
        for (std::size_t i = 0; i < column.size(); ++i)
          column[i] = keyed[i].second, at(column[i]) = static_cast<float>(i);
      }
  }

  // Heights: near the neighbours, never closer than `pitch` (lanes: less), within the rectangle.
  void settle(const Rect& rect, float pitch) {
    for (auto& column : by_column)
      for (std::size_t i = 0; i < column.size(); ++i)
        at(column[i]) = rect.y + rect.h * (static_cast<float>(i) + 0.5f) / static_cast<float>(column.size());
    for (int round = 0; round < kRelaxations; ++round)
      for (auto& column : by_column) {
        std::vector<float> wanted;
        for (const int place : column) wanted.push_back((mean(place, true) + mean(place, false)) / 2);
        for (std::size_t i = 0; i < column.size(); ++i) {
          const float least =
              i == 0 ? rect.y + room(column[0], pitch) / 2 : at(column[i - 1]) + apart(column, i, pitch);
          at(column[i]) = std::max(wanted[i], least);
        }
        for (std::size_t i = column.size(); i-- > 0;) {
          const bool last = i + 1 == column.size();
          const float most =
              last ? rect.bottom() - room(column[i], pitch) / 2 : at(column[i + 1]) - apart(column, i + 1, pitch);
          at(column[i]) = std::min(at(column[i]), most);
        }
      }
  }

  // What was settled, moved to the middle of the rectangle.
  void centre(const Rect& rect, float pitch) {
    float top = rect.bottom(), bottom = rect.y;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const float half = room(static_cast<int>(i), pitch) / 2;
      top = std::min(top, places[i].at - half), bottom = std::max(bottom, places[i].at + half);
    }
    for (Place& place : places) place.at += rect.middle_y() - (top + bottom) / 2;
  }

  // The tallest column in blocks.
  float tallest() const {
    float most = 1;
    for (const auto& column : by_column) {
      float sum = 0;
      for (const int place : column) sum += room(place, 1);
      most = std::max(most, sum);
    }
    return most;
  }

  std::vector<Place> places;
  std::vector<std::vector<int>> by_column, lanes;  // lanes: one per edge

 private:
  int add(Place place) {
    const auto column = static_cast<std::size_t>(place.column);
    if (by_column.size() <= column) by_column.resize(column + 1);
    by_column[column].push_back(static_cast<int>(places.size()));
    places.push_back(std::move(place));
    return static_cast<int>(places.size()) - 1;
  }
  void link(int from, int to) {
    places[static_cast<std::size_t>(from)].after.push_back(to);
    places[static_cast<std::size_t>(to)].before.push_back(from);
  }
  float& at(int place) { return places[static_cast<std::size_t>(place)].at; }
  float mean(int place, bool from_left) {
    const Place& p = places[static_cast<std::size_t>(place)];
    const std::vector<int>& neighbours = from_left ? p.before : p.after;
    if (neighbours.empty()) return p.at;
    float sum = 0;
    for (const int n : neighbours) sum += at(n);
    return sum / static_cast<float>(neighbours.size());
  }
  float room(int place, float pitch) const {
    return places[static_cast<std::size_t>(place)].block >= 0 ? pitch : pitch * kLane;
  }
  float apart(const std::vector<int>& column, std::size_t i, float pitch) const {
    return (room(column[i - 1], pitch) + room(column[i], pitch)) / 2;
  }
};

// On from the end of the path: level at both ends of the bend.
void bend(std::vector<Point>& path, Point to) {
  const Point from = path.back();
  for (int i = 1; i <= kCurve; ++i) {
    const float t = static_cast<float>(i) / kCurve, eased = t * t * (3 - 2 * t);
    path.push_back({from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * eased});
  }
}

}  // namespace

DiagramLayout layout_diagram(const Ui& ui, const Rect& whole, const Blocks& blocks) {
  const Theme& theme = ui.theme;
  const Rect rect = whole.inset(theme.u(kSide), 0);
  DiagramLayout layout;
  if (blocks.empty() || rect.empty()) return layout;
  std::vector<Edge> edges = edges_of(blocks);
  const std::vector<int> placed = columns_of(blocks, edges);
  Arrangement arrangement(blocks, edges, placed);
  arrangement.order();

  const auto columns = static_cast<float>(arrangement.by_column.size());
  const float wide = std::min(theme.u(kCardWidth), std::max(1.0f, rect.w / columns - theme.u(kLeastGap)));
  const float label = theme.u(kLabel), turn = theme.u(kTurn);
  // The last column's block, the answer, has its numbers behind it as well, when there is room.
  const bool labels = (rect.w - columns * wide) / columns >= label + turn;
  const float pitch_x = columns > 1 ? (rect.w - wide - (labels ? label : 0)) / (columns - 1) : 0;
  const float pitch_y = std::min(theme.u(kCardHeight + kBetween), rect.h / arrangement.tallest());
  const float tall = std::max(1.0f, std::min(theme.u(kCardHeight), pitch_y - theme.u(1)));
  arrangement.settle(rect, pitch_y);
  arrangement.centre(rect, pitch_y);
  layout.label_width = labels ? label : 0;

  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Place& place = arrangement.places[i];
    BlockPlace& own = layout.blocks.emplace_back();
    own.card = snap(Rect{rect.x + pitch_x * static_cast<float>(place.column), place.at - tall / 2, wide, tall});
    const bool two = kind_of(blocks[i]).ports == 2;
    own.ports = {Point{own.card.x, two ? own.card.y + own.card.h * 0.28f : own.card.middle_y()},
                 Point{own.card.x, own.card.y + own.card.h * 0.72f}};
    own.out = {own.card.right(), own.card.middle_y()};
  }
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const Edge& edge = edges[e];
    const BlockPlace &from = layout.blocks[static_cast<std::size_t>(edge.from)],
                     &to = layout.blocks[static_cast<std::size_t>(edge.to)];
    Wire wire{edge.from, edge.to, edge.port, {from.out}};
    if (!edge.back) wire.path.push_back({from.out.x + layout.label_width, from.out.y});
    for (const int lane : arrangement.lanes[e]) {
      const Place& place = arrangement.places[static_cast<std::size_t>(lane)];
      const float x = rect.x + pitch_x * static_cast<float>(place.column);
      bend(wire.path, {x, place.at});
      wire.path.push_back({x + wide + layout.label_width, place.at});
    }
    bend(wire.path, to.ports[static_cast<std::size_t>(edge.port)]);
    layout.wires.push_back(std::move(wire));
  }
  return layout;
}

}  // namespace vitrine::views::neuron
