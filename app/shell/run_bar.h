// The run bar is the run: reset, play, step, speed, the history that is its own slider, and the read-outs that fit.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/shell/deeds.h"
#include "app/ui/ui.h"
#include "app/work/runner.h"
#include "views/exhibit.h"

namespace vitrine::shell {

class RunBar {
 public:
  std::optional<Deed> draw(ui::Ui& ui, const ui::Rect& rect, const work::Snapshot& snapshot, std::string_view step_word,
                           bool presenter, const views::Post& post);

 private:
  std::optional<Deed> draw_runs(ui::Ui& ui, ui::Rect& bar, const work::Snapshot& snapshot);
  void draw_read_outs(ui::Ui& ui, ui::Rect& bar, std::size_t most);
  void refresh(const work::Snapshot& snapshot, std::string_view step_word);
  void measure_speed(const work::Snapshot& snapshot, double now);

  int pace_ = 0;                               // index of the chosen one
  std::vector<work::ReadOut> shown_;           // at most ten times a second, so that they can be read
  double since_ = -1;                          // ImGui time of that
  double speed_since_ = -1, speed_ = 0;        // steps a second, measured from that time on
  std::int64_t speed_from_ = 0;                // and that step
  std::map<std::string, std::string> widest_;  // by caption: what the read-out keeps its width for
};

}  // namespace vitrine::shell
