// Every icon on its grid of 16 units.
#include "app/ui/icons.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <initializer_list>
#include <iterator>
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

struct Drawing {
  Icon icon;
  void (*draw)(Pen& p);
};

constexpr Drawing kDrawings[] = {
    {Icon::none, [](Pen&) {}},
    {Icon::play,
     [](Pen& p) {
       p.fill({{4.5f, 2.5f}, {13.5f, 8}, {4.5f, 13.5f}});
     }},
    {Icon::pause,
     [](Pen& p) {
       p.bar(3.5f, 2.5f, 3, 11);
       p.bar(9.5f, 2.5f, 3, 11);
     }},
    {Icon::step,
     [](Pen& p) {
       p.fill({{3, 3}, {10.5f, 8}, {3, 13}});
       p.bar(11.7f, 3, 1.8f, 10);
     }},
    {Icon::reset,
     [](Pen& p) {
       p.arc(8, 8, 5.5f, -148, 142);
       p.stroke({{2.6f, 2}, {2.6f, 5.3f}, {5.9f, 5.3f}});
     }},
    {Icon::back,
     [](Pen& p) {
       p.stroke({{10, 3}, {5, 8}, {10, 13}});
     }},
    {Icon::down,
     [](Pen& p) {
       p.stroke({{4, 6}, {8, 10}, {12, 6}});
     }},
    {Icon::right,
     [](Pen& p) {
       p.stroke({{6, 3}, {11, 8}, {6, 13}});
     }},
    {Icon::search,
     [](Pen& p) {
       p.ring(7, 7, 4.5f);
       p.stroke({{10.3f, 10.3f}, {14, 14}});
     }},
    {Icon::help,
     [](Pen& p) {
       p.ring(8, 8, 6.5f);
       p.stroke({{6, 6.4f}, {6.4f, 5.2f}, {7.4f, 4.6f}, {8.7f, 4.6f}, {9.8f, 5.4f}, {9.8f, 6.8f}, {8, 8.9f}});
       p.dot(8, 11.2f, 0.9f);
     }},
    {Icon::full,
     [](Pen& p) {
       p.stroke({{2.5f, 6}, {2.5f, 2.5f}, {6, 2.5f}});
       p.stroke({{10, 2.5f}, {13.5f, 2.5f}, {13.5f, 6}});
       p.stroke({{13.5f, 10}, {13.5f, 13.5f}, {10, 13.5f}});
       p.stroke({{6, 13.5f}, {2.5f, 13.5f}, {2.5f, 10}});
     }},
    {Icon::story,
     [](Pen& p) {
       p.frame(2, 2.5f, 12, 11);
       p.stroke({{10, 2.5f}, {10, 13.5f}});
     }},
    {Icon::present,
     [](Pen& p) {
       p.frame(2, 2.5f, 12, 8.5f);
       p.stroke({{8, 11}, {8, 13.5f}});
       p.stroke({{5.5f, 13.7f}, {10.5f, 13.7f}});
     }},
    {Icon::more,
     [](Pen& p) {
       for (float x : {3.0f, 8.0f, 13.0f}) p.dot(x, 8, 1.3f);
     }},
    {Icon::gallery,
     [](Pen& p) {
       for (float x : {2.2f, 8.8f})
         for (float y : {2.2f, 8.8f}) p.frame(x, y, 5, 5, 0.4f);
     }},
    {Icon::plus,
     [](Pen& p) {
       p.stroke({{8, 3.4f}, {8, 12.6f}});
       p.stroke({{3.4f, 8}, {12.6f, 8}});
     }},
    {Icon::minus,
     [](Pen& p) {
       p.stroke({{3.4f, 8}, {12.6f, 8}});
     }},
    {Icon::fork,
     [](Pen& p) {
       p.ring(4.5f, 3.2f, 1.6f);
       p.ring(4.5f, 12.8f, 1.6f);
       p.ring(11.8f, 4.6f, 1.6f);
       p.stroke({{4.5f, 4.8f}, {4.5f, 11.2f}}, Pen::Ends::flat);
       p.stroke({{4.5f, 9.6f}, {9, 9.2f}, {11.2f, 8.2f}, {11.8f, 6.2f}}, Pen::Ends::flat);
     }},
    {Icon::dice,
     [](Pen& p) {
       p.frame(2.5f, 2.5f, 11, 11, 2);
       for (float d : {5.4f, 8.0f, 10.6f}) p.dot(d, d, 1);
     }},
    {Icon::check,
     [](Pen& p) {
       p.stroke({{3, 8.5f}, {6.5f, 12}, {13, 4.5f}});
     }},
    {Icon::cross,
     [](Pen& p) {
       p.stroke({{3.8f, 3.8f}, {12.2f, 12.2f}});
       p.stroke({{12.2f, 3.8f}, {3.8f, 12.2f}});
     }},
    {Icon::camera,
     [](Pen& p) {
       p.frame(1.5f, 4, 9, 8);
       p.fill({{11.6f, 8}, {14.5f, 5}, {14.5f, 11}});
     }},
    {Icon::chip,
     [](Pen& p) {
       p.frame(4, 4, 8, 8, 1);
       for (float d : {6.2f, 9.8f}) {
         p.stroke({{d, 1.4f}, {d, 4}});
         p.stroke({{d, 12}, {d, 14.6f}});
         p.stroke({{1.4f, d}, {4, d}});
         p.stroke({{12, d}, {14.6f, d}});
       }
     }},
    {Icon::save,
     [](Pen& p) {
       p.stroke({{8, 2}, {8, 9.6f}});
       p.stroke({{4.8f, 6.6f}, {8, 9.8f}, {11.2f, 6.6f}});
       p.stroke({{2.2f, 10.5f}, {2.2f, 13.5f}, {13.8f, 13.5f}, {13.8f, 10.5f}});
     }},
    {Icon::lock,
     [](Pen& p) {
       p.frame(3.5f, 7, 9, 6.5f);
       p.stroke({{5.3f, 7}, {5.3f, 4.8f}, {6.2f, 3}, {8, 2.3f}, {9.8f, 3}, {10.7f, 4.8f}, {10.7f, 7}});
     }},
    {Icon::pen,
     [](Pen& p) {
       p.stroke({{2.8f, 13.2f}, {3.4f, 10}, {10.8f, 2.6f}, {13.4f, 5.2f}, {6, 12.6f}}, Pen::Ends::closed);
     }},
    {Icon::warn,
     [](Pen& p) {
       p.stroke({{8, 2.2f}, {14.4f, 13.4f}, {1.6f, 13.4f}}, Pen::Ends::closed);
       p.stroke({{8, 6.6f}, {8, 9.4f}});
       p.dot(8, 11.4f, 0.9f);
     }},
};
static_assert(std::size(kDrawings) == kIcons, "an icon has no drawing");
static_assert(std::ranges::adjacent_find(kDrawings, std::ranges::greater_equal(), &Drawing::icon) ==
                  std::end(kDrawings),
              "drawings stand in the order of the icons");

}  // namespace

void icon(Ui& ui, Icon which, Point centre, float size, Colour colour) {
  Pen pen(ui, centre, size, colour);
  kDrawings[static_cast<std::size_t>(which)].draw(pen);
}

void mark(Ui& ui, const Rect& box) {
  float unit = box.h / 22;  // drawn on a grid of 22
  Rect frame = snap(Rect{box.x + 2 * unit, box.y + 4 * unit, 16 * unit, 16 * unit});
  outline(ui, frame, ui.theme->ink, std::max(1.0f, snap(2 * unit)));
  fill(ui, {frame.right(), frame.y - snap(1.5f * unit), snap(2.6f * unit), 15 * unit}, ui.theme->accent);
}

}  // namespace vitrine::ui
