// Links under tiles under rings; the strongest links lie on top.
#include <algorithm>
#include <cmath>

#include "app/ui/icons.h"
#include "app/ui/network_parts.h"

namespace vitrine::ui {
namespace measure {
constexpr float link_least = 0.8f, link_more = 5.2f, link_reach = 5, link_ring = 4;
constexpr float bias_dot = 3.6f, bias_casing = 6, flow_gap = 20, flow_least = 1.6f;
constexpr float feature_gap = 2 * unit, gone_dash = 3, gone_gap = 5, frozen_lock = 12, frozen_disc = 8;
}  // namespace measure
namespace {
constexpr float kFullWeight = 2.6f;      // a link of this weight is as thick as any
constexpr float kInactive = 0.32f;       // opacity of a feature that is off
constexpr float kFlowWidth = 0.6f;       // of a dot, of its link
constexpr double kFlowStep = 0.125;      // of the distance between dots, by one step
constexpr std::size_t kMostLinks = 400;  // drawn: the strongest
constexpr float kMostDots = 1200;        // of flow: the strongest links'
constexpr float kFlat = 0.4f;            // px that a drawn curve may be away from the true one

float strength(double weight) {
  return std::min(1.0f, static_cast<float>(std::abs(weight)) / kFullWeight);
}
Colour weight_colour(const Theme& theme, double weight) {
  float m = 0.35f + 0.65f * strength(weight);
  return theme.diverging(weight < 0 ? -m : m);
}
// An even number, so that one end lies in the middle. The first and the last piece leave the curve the furthest: by
// h² / 8 of its second derivative, as far as that points away from the piece.
int pieces_of(float across, float down, int least, int most) {
  for (int pieces = least; pieces < most; pieces += 2) {
    const float h = 1 / static_cast<float>(pieces), ts = h / 2 * (1 - h / 2);  // t (1 − t) in the middle of the piece
    const float speed = std::hypot(1.5f * across * (1 - 2 * ts), 6 * ts * down);
    if (9 * h * h / 8 * (1 - h) * std::abs(across * down) <= kFlat * speed) return pieces;
  }
  return most;
}
float link_width(const Theme& theme, double weight) {
  return theme.stroke(measure::link_least + measure::link_more * strength(weight));
}

}  // namespace

bool drawable(const Network& network, const Network::Link& link) {
  auto within = [&](int column, int unit) {
    return column >= 0 && column < static_cast<int>(network.columns.size()) && unit >= 0 &&
           unit < static_cast<int>(network.columns[static_cast<std::size_t>(column)].units.size());
  };
  return within(link.column, link.from) && within(link.column + 1, link.to) && std::isfinite(link.weight) &&
         network.columns[static_cast<std::size_t>(link.column)].units[static_cast<std::size_t>(link.from)].active;
}

NetworkPicture::NetworkPicture(Ui& ui, const Rect& rect, const Network& network)
    : ui_(ui), theme_(ui.theme), net_(network), layout_(layout_network(ui, rect, network)) {
  for (std::size_t i = 0; i < net_.links.size(); ++i)
    if (drawable(net_, net_.links[i])) order_.push_back(i);
  const auto weaker = [&](std::size_t a, std::size_t b) {  // of equal ones, that which comes first
    const float one = std::abs(net_.links[a].weight), other = std::abs(net_.links[b].weight);
    return one != other ? one < other : a < b;
  };
  if (order_.size() > kMostLinks) {
    const auto kept = order_.end() - kMostLinks;
    std::nth_element(order_.begin(), kept, order_.end(), weaker);
    order_.erase(order_.begin(), kept);
  }
  std::sort(order_.begin(), order_.end(), weaker);
  for (std::size_t i : order_) paths_.push_back(path_of(net_.links[i]));
}

bool NetworkPicture::has(UnitAt at) const {
  return at.column >= 0 && at.column < static_cast<int>(net_.columns.size()) && at.unit >= 0 &&
         at.unit < static_cast<int>(column(at.column).units.size());
}

Rect NetworkPicture::tile(UnitAt at) const {
  return layout_.tiles[static_cast<std::size_t>(at.column)][static_cast<std::size_t>(at.unit)];
}

NetworkPicture::Path NetworkPicture::path_of(const Network::Link& link) const {
  const Rect a = tile({link.column, link.from}), b = tile({link.column + 1, link.to});
  const Point p{a.right(), a.middle_y()}, q{b.x, b.middle_y()};
  Path path;
  path.pieces = pieces_of(q.x - p.x, q.y - p.y, Path::kLeast, Path::kMost);
  for (int i = 0; i <= path.pieces; ++i) {  // a cubic whose tangents are level at both ends
    const float t = static_cast<float>(i) / static_cast<float>(path.pieces), s = 1 - t;
    const float x = p.x + (q.x - p.x) * (1.5f * t * s * s + 1.5f * t * t * s + t * t * t);
    path.points[static_cast<std::size_t>(i)] = {x, p.y + (q.y - p.y) * t * t * (3 - 2 * t)};
  }
  const std::span<const Point> line = path.line();
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    path.length += std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
  return path;
}

NetworkPicture::Target NetworkPicture::find(Point p) const {
  Target target;
  float casing = theme_.mark(measure::bias_casing);
  each_unit([&](UnitAt at) {
    Point dot = bias_place(at);
    bool on_dot = has_bias(at) && std::hypot(p.x - dot.x, p.y - dot.y) <= casing;
    if (on_dot || (!target.bias && tile(at).holds(p))) target.unit = at, target.bias = on_dot;
  });
  if (target.unit.valid()) return target;
  float best = theme_.px(measure::link_reach);
  for (std::size_t k = 0; k < order_.size(); ++k) {
    const std::span<const Point> line = paths_[k].line();
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      Point a = line[i], b = line[i + 1], d{b.x - a.x, b.y - a.y};
      float length = std::max(d.x * d.x + d.y * d.y, 1e-6f);
      float t = std::clamp(((p.x - a.x) * d.x + (p.y - a.y) * d.y) / length, 0.0f, 1.0f);
      Point q{a.x + d.x * t, a.y + d.y * t};
      float away = std::hypot(p.x - q.x, p.y - q.y);
      if (away <= best) best = away, target.link = static_cast<int>(order_[k]), target.at = q;
    }
  }
  return target;
}

Point NetworkPicture::link_middle(int link) const {
  for (std::size_t k = 0; k < order_.size(); ++k)
    if (static_cast<int>(order_[k]) == link) return paths_[k].middle();
  return layout_.body.centre();
}

Rect NetworkPicture::reach() const {
  const float casing = theme_.mark(measure::bias_casing);
  return {layout_.body.x, layout_.body.y, layout_.body.w + casing, layout_.body.h};  // below it the foot begins
}

void NetworkPicture::draw_links() const {
  const std::size_t flowing = first_flowing();
  for (std::size_t k = 0; k < order_.size(); ++k) draw_link(net_.links[order_[k]], paths_[k], k >= flowing);
}

// As many of the strongest links as have so many dots: where there are more, they are dust.
std::size_t NetworkPicture::first_flowing() const {
  std::size_t first = order_.size();
  float left = kMostDots * theme_.px(measure::flow_gap);
  while (net_.shows_flow && first > 0 && left >= paths_[first - 1].length) left -= paths_[--first].length;
  return first;
}

// One that is gone is a trace to take hold of; one that is frozen has a lock and no flow.
void NetworkPicture::draw_link(const Network::Link& link, const Path& path, bool flows) const {
  if (link.fate == Network::Fate::gone) {
    const Colour faint = theme_.overlay(Overlay::axis);
    return dashed(ui_, path.line(), faint, theme_.stroke(1), theme_.px(measure::gone_dash),
                  theme_.px(measure::gone_gap));
  }
  const double weight = static_cast<double>(link.weight);
  const float width = link_width(theme_, weight);
  polyline(ui_, path.line(), fade(weight_colour(theme_, weight), 0.25f + 0.75f * strength(weight)), width);
  if (link.fate == Network::Fate::learns) {
    if (flows && width >= theme_.stroke(measure::flow_least)) draw_flow(path, width);
    return;
  }
  const Point middle = path.middle();
  disc(ui_, middle, theme_.mark(measure::frozen_disc), ui_.ground);
  icon(ui_, Icon::lock, middle, theme_.mark(measure::frozen_lock), theme_->ink2);
}

void NetworkPicture::draw_units(UnitAt ringed, UnitAt pinned, UnitAt cursor) const {
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

void NetworkPicture::draw_mark(Point at) const {
  disc(ui_, at, theme_.mark(measure::link_ring), ui_.ground);
  ui::ring(ui_, at, theme_.mark(measure::link_ring), theme_->ink, theme_.stroke(measure::stroke_curve));
}

void NetworkPicture::draw_bias(Point at, double bias) const {
  disc(ui_, at, theme_.mark(measure::bias_casing), ui_.ground);
  disc(ui_, at, theme_.mark(measure::bias_dot), weight_colour(theme_, bias));
}

// Dots in the pane's colour, evenly along the arc, moved by steps taken.
void NetworkPicture::draw_flow(const Path& path, float width) const {
  float gap = theme_.px(measure::flow_gap);
  double turns = ui_.reduce_motion ? 0 : net_.flow * kFlowStep;
  float next = static_cast<float>(turns - std::floor(turns)) * gap, done = 0;
  const std::span<const Point> line = path.line();
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    Point a = line[i], b = line[i + 1];
    float length = std::hypot(b.x - a.x, b.y - a.y);
    for (; next <= done + length; next += gap) {
      float t = (next - done) / length;
      disc(ui_, {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}, kFlowWidth * width / 2, ui_.ground);
    }
    done += length;
  }
}

}  // namespace vitrine::ui
