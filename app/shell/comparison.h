// A Comparison is a second session beside the open one. It began as its copy, and from there both take the same steps:
// whatever then differs between them comes from what was changed in one of them, and the list of that is short.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/shell/side.h"

namespace vitrine::shell {

// Hands out the same steps to two drives, and the next ones when both have taken the last; the one that is behind
// (an edit may begin a run anew) catches up first.
class Lockstep {
 public:
  void play(bool on) { playing_ = on; }
  bool playing() const { return playing_; }
  void speed(std::int64_t steps_per_frame) { speed_ = steps_per_frame; }  // 0: as many as fit
  void frame(const Side& a, const Side& b, double now);                   // seconds

 private:
  bool playing_ = false;
  std::int64_t speed_ = 1, fitting_ = 1;
  std::uint64_t asked_[2] = {0, 0};  // the last command of each
  double since_ = 0;                 // when they were asked
};

// A setting that the two have not in common, by the words of its row. What training moves is none.
struct Difference {
  std::string path, label, a, b;
};
std::vector<Difference> differences(const Side& a, const Side& b);

class Comparison {
 public:
  explicit Comparison(Side other) : other_(std::move(other)) {}
  Side& other() { return other_; }
  const Side& other() const { return other_; }
  int chosen() const { return chosen_; }  // 0: the open one, 1: the other
  Lockstep& lockstep() { return lockstep_; }
  const Lockstep& lockstep() const { return lockstep_; }

  void frame(const Side& side, double now);  // seconds
  // To both, and playing through the lockstep.
  void post(Side& side, const work::Command& command);

  // Both stages, which of them the controls belong to, and what differs.
  void draw(ui::Ui& ui, const ui::Rect& rect, const views::Exhibit& exhibit, Side& side);

 private:
  void draw_head(ui::Ui& ui, const ui::Rect& line, int which, const Side& side, std::string_view step);
  void draw_differences(ui::Ui& ui, const ui::Rect& line, const Side& side);
  void draw_foot(ui::Ui& ui, ui::Rect foot, bool has_picture, Side& side);

  Lockstep lockstep_;
  int chosen_ = 1;  // one compares in order to change something in the copy
  Side other_;
};

}  // namespace vitrine::shell
