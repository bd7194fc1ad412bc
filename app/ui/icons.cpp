// Every icon on its grid of 16 units.
#include "app/ui/icons.h"

#include <cmath>
#include <initializer_list>
#include <numbers>
#include <vector>

#include "app/ui/draw.h"

namespace vitrine::ui {
namespace {

// A pen on the grid of one icon.
class Pen {
 public:
  Pen(Ui& ui, Point centre, float size, Colour colour)
      : ui_(ui),
        colour_(colour),
        unit_(size / 16),
        stroke_(ui.theme.stroke(measure::stroke_icon)),
        x_(snap(centre.x - size / 2)),
        y_(snap(centre.y - size / 2)) {}

  enum class Ends { round, flat, closed };
  void stroke(std::initializer_list<Point> points, Ends ends = Ends::round) {
    std::vector<Point> path = placed(points);
    polyline(ui_, path, colour_, stroke_, ends == Ends::closed);
    if (ends == Ends::round) round_end(path.front()), round_end(path.back());
  }
  void fill(std::initializer_list<Point> points) { polygon(ui_, placed(points), colour_); }
  void bar(float x, float y, float w, float h) {
    exact_box(ui_, {at({x, y}).x, at({x, y}).y, w * unit_, h * unit_}, colour_, unit_ * 0.6f);
  }
  void frame(float x, float y, float w, float h, float radius = 1.5f) {
    exact_frame(ui_, {at({x, y}).x, at({x, y}).y, w * unit_, h * unit_}, colour_, stroke_, radius * unit_);
  }
  void ring(float x, float y, float r) { ui::ring(ui_, at({x, y}), r * unit_, colour_, stroke_); }
  void dot(float x, float y, float r) { disc(ui_, at({x, y}), r * unit_, colour_); }
  void arc(float x, float y, float r, float from, float to) {  // degrees, clockwise from the right
    std::vector<Point> path = arc_points(at({x, y}), r * unit_, from, to);
    polyline(ui_, path, colour_, stroke_);
    round_end(path.front()), round_end(path.back());
  }

 private:
  Point at(Point p) const { return {x_ + p.x * unit_, y_ + p.y * unit_}; }
  std::vector<Point> placed(std::initializer_list<Point> points) const {
    std::vector<Point> path;
    for (Point p : points) path.push_back(at(p));
    return path;
  }
  void round_end(Point p) {
    if (alpha(colour_) == 255 && ui_.dim == 1) disc(ui_, p, stroke_ / 2, colour_);
  }

  Ui& ui_;
  Colour colour_;
  float unit_, stroke_, x_, y_;
};

}  // namespace

void icon(Ui& ui, Icon which, Point centre, float size, Colour colour) {
  Pen pen(ui, centre, size, colour);
  switch (which) {
    case Icon::none:
      break;
    case Icon::play:
      pen.fill({{4.5f, 2.5f}, {13.5f, 8}, {4.5f, 13.5f}});
      break;
    case Icon::pause:
      pen.bar(3.5f, 2.5f, 3, 11);
      pen.bar(9.5f, 2.5f, 3, 11);
      break;
    case Icon::step:
      pen.fill({{3, 3}, {10.5f, 8}, {3, 13}});
      pen.bar(11.7f, 3, 1.8f, 10);
      break;
    case Icon::reset:
      pen.arc(8, 8, 5.5f, -148, 142);
      pen.stroke({{2.6f, 2}, {2.6f, 5.3f}, {5.9f, 5.3f}});
      break;
    case Icon::back:
      pen.stroke({{10, 3}, {5, 8}, {10, 13}});
      break;
    case Icon::right:
      pen.stroke({{6, 3}, {11, 8}, {6, 13}});
      break;
    case Icon::down:
      pen.stroke({{4, 6}, {8, 10}, {12, 6}});
      break;
    case Icon::search:
      pen.ring(7, 7, 4.5f);
      pen.stroke({{10.3f, 10.3f}, {14, 14}});
      break;
    case Icon::help:
      pen.ring(8, 8, 6.5f);
      pen.stroke({{6, 6.4f}, {6.4f, 5.2f}, {7.4f, 4.6f}, {8.7f, 4.6f}, {9.8f, 5.4f}, {9.8f, 6.8f}, {8, 8.9f}});
      pen.dot(8, 11.2f, 0.9f);
      break;
    case Icon::full:
      pen.stroke({{2.5f, 6}, {2.5f, 2.5f}, {6, 2.5f}});
      pen.stroke({{10, 2.5f}, {13.5f, 2.5f}, {13.5f, 6}});
      pen.stroke({{13.5f, 10}, {13.5f, 13.5f}, {10, 13.5f}});
      pen.stroke({{6, 13.5f}, {2.5f, 13.5f}, {2.5f, 10}});
      break;
    case Icon::story:
      pen.frame(2, 2.5f, 12, 11);
      pen.stroke({{10, 2.5f}, {10, 13.5f}});
      break;
    case Icon::present:
      pen.frame(2, 2.5f, 12, 8.5f);
      pen.stroke({{8, 11}, {8, 13.5f}});
      pen.stroke({{5.5f, 13.7f}, {10.5f, 13.7f}});
      break;
    case Icon::more:
      for (float x : {3.0f, 8.0f, 13.0f}) pen.dot(x, 8, 1.3f);
      break;
    case Icon::gallery:
      for (float x : {2.2f, 8.8f})
        for (float y : {2.2f, 8.8f}) pen.frame(x, y, 5, 5, 0.4f);
      break;
    case Icon::plus:
      pen.stroke({{8, 3.4f}, {8, 12.6f}});
      [[fallthrough]];
    case Icon::minus:
      pen.stroke({{3.4f, 8}, {12.6f, 8}});
      break;
    case Icon::fork:
      pen.ring(4.5f, 3.2f, 1.6f);
      pen.ring(4.5f, 12.8f, 1.6f);
      pen.ring(11.8f, 4.6f, 1.6f);
      pen.stroke({{4.5f, 4.8f}, {4.5f, 11.2f}}, Pen::Ends::flat);
      pen.stroke({{4.5f, 9.6f}, {9, 9.2f}, {11.2f, 8.2f}, {11.8f, 6.2f}}, Pen::Ends::flat);
      break;
    case Icon::dice:
      pen.frame(2.5f, 2.5f, 11, 11, 2);
      for (float d : {5.4f, 8.0f, 10.6f}) pen.dot(d, d, 1);
      break;
    case Icon::check:
      pen.stroke({{3, 8.5f}, {6.5f, 12}, {13, 4.5f}});
      break;
    case Icon::cross:
      pen.stroke({{3.8f, 3.8f}, {12.2f, 12.2f}});
      pen.stroke({{12.2f, 3.8f}, {3.8f, 12.2f}});
      break;
    case Icon::camera:
      pen.frame(1.5f, 4, 9, 8);
      pen.fill({{11.6f, 8}, {14.5f, 5}, {14.5f, 11}});
      break;
    case Icon::chip:
      pen.frame(4, 4, 8, 8, 1);
      for (float d : {6.2f, 9.8f}) {
        pen.stroke({{d, 1.4f}, {d, 4}});
        pen.stroke({{d, 12}, {d, 14.6f}});
        pen.stroke({{1.4f, d}, {4, d}});
        pen.stroke({{12, d}, {14.6f, d}});
      }
      break;
    case Icon::save:
      pen.stroke({{8, 2}, {8, 9.6f}});
      pen.stroke({{4.8f, 6.6f}, {8, 9.8f}, {11.2f, 6.6f}});
      pen.stroke({{2.2f, 10.5f}, {2.2f, 13.5f}, {13.8f, 13.5f}, {13.8f, 10.5f}});
      break;
    case Icon::lock:
      pen.frame(3.5f, 7, 9, 6.5f);
      pen.stroke({{5.3f, 7}, {5.3f, 4.8f}, {6.2f, 3}, {8, 2.3f}, {9.8f, 3}, {10.7f, 4.8f}, {10.7f, 7}});
      break;
    case Icon::pen:
      pen.stroke({{2.8f, 13.2f}, {3.4f, 10}, {10.8f, 2.6f}, {13.4f, 5.2f}, {6, 12.6f}}, Pen::Ends::closed);
      break;
    case Icon::warn:
      pen.stroke({{8, 2.2f}, {14.4f, 13.4f}, {1.6f, 13.4f}}, Pen::Ends::closed);
      pen.stroke({{8, 6.6f}, {8, 9.4f}});
      pen.dot(8, 11.4f, 0.9f);
      break;
  }
}

void mark(Ui& ui, const Rect& box) {
  float unit = box.h / 22;  // drawn on a grid of 22
  Rect frame = snap(Rect{box.x + 2 * unit, box.y + 4 * unit, 16 * unit, 16 * unit});
  outline(ui, frame, ui.theme->ink, std::max(1.0f, snap(2 * unit)));
  fill(ui, {frame.right(), frame.y - snap(1.5f * unit), snap(2.6f * unit), 15 * unit}, ui.theme->accent);
}

}  // namespace vitrine::ui
