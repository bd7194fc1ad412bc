// The stage of Heartbeats: one beat as it was recorded and as it was rebuilt, over the band of what is usual, below it
// how wrong each step is, and beside it the normal beats that look most like it. It may be a beat of the validation
// rows, a point of the code, or one that is being drawn.
#pragma once

#include "app/ui/line_plot.h"
#include "views/exhibit.h"
#include "views/heartbeats/inside_pane.h"
#include "views/heartbeats/pen.h"
#include "views/heartbeats/scaling_pane.h"
#include "views/heartbeats/staged.h"
#include "views/heartbeats/timing_pane.h"
#include "views/program_view.h"

namespace vitrine::views::heartbeats {

class TimeAxis;

struct Curves {
  std::span<const float> recorded, rebuilt;  // recorded: empty where only a point was decoded
  std::span<const float> passing = {};       // the nearest that would pass, once asked for
};

class BeatPane {
 public:
  enum class For { hands, paper };  // on paper there is nothing to press
  explicit BeatPane(For purpose = For::hands) : on_paper_(purpose == For::paper) {}
  void draw(ui::Ui& ui, ui::Rect rect, const Snapshot& s, std::size_t beat, const Post& post);
  // The two curves alone, for the gallery.
  void picture(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, std::size_t beat);

 private:
  void draw_plot(ui::Ui& ui, ui::Rect rect, const Snapshot& s, const Staged& staged, const Post& post);
  void draw_drawn(ui::Ui& ui, const ui::Rect& line, const ui::Plane& plane, const Snapshot& s, const Staged& staged,
                  const ui::Export& out, const Post& post);
  void draw_curves(ui::Ui& ui, const ui::Rect& rect, const Curves& curves, const TimeAxis& time, const ui::Axis& y,
                   const ui::Export& out);
  void draw_code(ui::Ui& ui, ui::Rect rect, const Snapshot& s, const Post& post);
  ui::Rect draw_tools(ui::Ui& ui, ui::Rect line, const Snapshot& s, const Staged& staged, const Post& post);

  const bool on_paper_;
  std::size_t beat_ = 0;  // the validation beat that the instruments point at
  ui::LinePlotState plot_;
  ui::Brush brush_;
  Pen pen_;
  TimingPane timing_;
  InsidePane inside_;
  ScalingPane scaling_;
  ProgramView program_;
};

}  // namespace vitrine::views::heartbeats
