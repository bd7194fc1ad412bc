// What drawing a network and taking hold of it share: where everything lies, and what is under the pointer. Used by the
// network files only.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "app/ui/focus.h"
#include "app/ui/network.h"

namespace vitrine::ui {

// Whether a link has both its ends, a number, and a feature that is on.
bool drawable(const Network& network, const Network::Link& link);

class NetworkPicture {
 public:
  struct Target {  // what can be pointed at
    UnitAt unit;
    bool bias = false;  // the unit's bias dot
    int link = -1;
    Point at;  // of the link
  };

  NetworkPicture(Ui& ui, const Rect& rect, const Network& network);

  const NetworkLayout& layout() const { return layout_; }
  const Network& network() const { return net_; }
  const Network::Column& column(int c) const { return net_.columns[static_cast<std::size_t>(c)]; }
  const Network::Unit& unit(UnitAt at) const { return column(at.column).units[static_cast<std::size_t>(at.unit)]; }
  const Network::Link& link(int i) const { return net_.links[static_cast<std::size_t>(i)]; }
  bool has(UnitAt at) const;
  bool has_link(int i) const { return i >= 0 && i < std::ssize(net_.links); }
  bool has_bias(UnitAt at) const { return unit(at).bias && !layout_.strip[static_cast<std::size_t>(at.column)]; }
  Rect tile(UnitAt at) const;
  Point bias_place(UnitAt at) const { return {tile(at).x, tile(at).bottom()}; }
  Point link_middle(int link) const;
  Rect reach() const;  // all that can be taken hold of: the tiles' room and the output's dots on its right edge
  Target find(Point p) const;

  void draw_links() const;
  void draw_units(UnitAt ringed, UnitAt pinned, UnitAt cursor) const;
  void draw_mark(Point at) const;  // where a link or a bias is held

 private:
  // The curve of a link, of as many straight pieces as cannot be told from it.
  struct Path {
    static constexpr int kMost = 24, kLeast = 4;
    std::array<Point, kMost + 1> points;
    int pieces = kLeast;
    float length = 0;
    std::span<const Point> line() const { return std::span(points).first(static_cast<std::size_t>(pieces) + 1); }
    Point middle() const { return points[static_cast<std::size_t>(pieces) / 2]; }
  };

  Path path_of(const Network::Link& link) const;
  std::size_t first_flowing() const;  // of the paths
  void draw_link(const Network::Link& link, const Path& path, bool flows) const;
  void draw_flow(const Path& path, float width) const;
  void draw_bias(Point at, double bias) const;

  template <class Visit>
  void each_unit(Visit visit) const {
    for (int c = 0; c < static_cast<int>(net_.columns.size()); ++c)
      for (int u = 0; u < static_cast<int>(column(c).units.size()); ++u) visit(UnitAt{c, u});
  }

  Ui& ui_;
  const Theme& theme_;
  const Network& net_;
  NetworkLayout layout_;
  std::vector<std::size_t> order_;  // links that are drawn, weakest first
  std::vector<Path> paths_;
};

// What pointer and keys want of links, biases and units; the menu of a link among it.
NetworkPicture::Target take_hold(Ui& ui, const Canvas& c, const NetworkPicture& picture, NetworkState& state,
                                 NetworkEvents& events);

}  // namespace vitrine::ui
