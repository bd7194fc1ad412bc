// What lies on the big field: points, rings round some of them, and at its edges where points are outside.
#pragma once

#include <cstdint>
#include <vector>

#include "app/ui/heat_map.h"
#include "app/ui/selection.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

inline constexpr std::size_t kMostMarks = 600;  // of points: more would hide the field

// Of two classes, for the map itself.
std::vector<ui::MapMark> marks_of(const Snapshot& s, bool test);
// Of values, and of more classes than the map knows.
void draw_points(ui::Ui& ui, const ui::Plane& plane, const Snapshot& s, bool test);
void draw_errors(ui::Ui& ui, const ui::Plane& plane, const Snapshot& s, bool test);
void draw_batch(ui::Ui& ui, const ui::Plane& plane, const Snapshot& s);  // inside a step

// The points as items of one selection, by their number: those of the test set with what is there and what was
// answered.
struct TestItems {
  static constexpr std::uint8_t kNone = 255;  // a point to learn from
  std::vector<std::uint8_t> truth, answer;
};
TestItems test_items(const Snapshot& s);
// The one under a place on the screen; Selection::kNone where there is none.
std::int64_t point_under(const ui::Ui& ui, const ui::Plane& plane, const Snapshot& s, bool test, ui::Point at);
// Rings round what is pointed at anywhere; test points show then, too.
void draw_selected(ui::Ui& ui, const ui::Plane& plane, const Snapshot& s, const ui::Selection& selection);

// Points that the window does not hold, counted by stretches of its edges.
struct EdgeMark {
  enum class Side { left, right, top, bottom } side;
  double x = 0, y = 0;      // on the edge, in values
  std::size_t example = 0;  // a point of the class that most of them are of
  int count = 0;
};
std::vector<EdgeMark> outside(const Snapshot& s, bool test);
void draw_outside(ui::Ui& ui, const ui::Plane& plane, const Snapshot& s, bool test);

}  // namespace vitrine::views::playground
