// A Rect is a place on the window, in device pixels. A view cuts the rectangle it was given into smaller ones from its
// edges, in whole units, until every part has its own; nothing is placed by a cursor that moves by itself.
#pragma once

namespace vitrine::ui {

struct Point {
  float x = 0, y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  float middle_x() const { return x + w / 2; }
  float middle_y() const { return y + h / 2; }
  Point centre() const { return {middle_x(), middle_y()}; }
  bool empty() const { return w <= 0 || h <= 0; }
  bool holds(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  bool holds(const Rect& r, float slack = 0) const {
    return r.x >= x - slack && r.y >= y - slack && r.right() <= right() + slack && r.bottom() <= bottom() + slack;
  }
  bool overlaps(const Rect& r, float slack = 0) const {
    return r.x < right() - slack && x < r.right() - slack && r.y < bottom() - slack && y < r.bottom() - slack;
  }

  Rect meeting(const Rect& r) const {  // what lies in both
    float left = x > r.x ? x : r.x, top = y > r.y ? y : r.y;
    return {left, top, (right() < r.right() ? right() : r.right()) - left,
            (bottom() < r.bottom() ? bottom() : r.bottom()) - top};
  }

  Rect inset(float by) const { return inset(by, by); }
  Rect inset(float across, float down) const { return {x + across, y + down, w - 2 * across, h - 2 * down}; }
  Rect outset(float by) const { return inset(-by); }
  Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
  Rect centred(float width, float height) const { return {x + (w - width) / 2, y + (h - height) / 2, width, height}; }

  // Cut a strip off an edge; what is left stays in this rectangle.
  Rect take_top(float height) {
    Rect strip{x, y, w, height};
    y += height, h -= height;
    return strip;
  }
  Rect take_bottom(float height) {
    h -= height;
    return {x, bottom(), w, height};
  }
  Rect take_left(float width) {
    Rect strip{x, y, width, h};
    x += width, w -= width;
    return strip;
  }
  Rect take_right(float width) {
    w -= width;
    return {right(), y, width, h};
  }
  // The i-th of n columns with a gap between neighbours.
  Rect column(int i, int n, float gap) const {
    float width = (w - gap * static_cast<float>(n - 1)) / static_cast<float>(n);
    return {x + static_cast<float>(i) * (width + gap), y, width, h};
  }
};

}  // namespace vitrine::ui
