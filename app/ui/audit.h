// An Audit is what a frame says about itself while it is drawn: every interactive rectangle and every run of text with
// the space it was given. The drawing functions report to it, so nothing is declared twice; a layout test asks it for
// faults. Without an audit (the usual case) reporting costs one comparison.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/ui/layout.h"
#include "app/ui/theme.h"

namespace vitrine::ui {

class Audit {
 public:
  struct Item {
    std::string name;
    Rect rect;
    std::uint32_t layer;   // a menu may lie over a row: only items of one layer must not overlap
    bool inner;            // a part of a canvas, inside its parent on purpose
    std::uint32_t id = 0;  // to Dear ImGui; 0: none of its own
    bool focused = false;  // the keyboard is here
  };
  struct Run {
    std::string text;
    Rect fit;  // the space it was given
    Rect ink;  // the space it takes
    Colour colour, ground;
    bool may_cut;             // user text, cut with an ellipsis on purpose
    bool exempt;              // a disabled button: no contrast floor
    std::uint32_t layer = 0;  // what it is drawn in: texts of one layer must not lie over each other
  };

  void begin(Rect window);
  void item(Item item) { items_.push_back(std::move(item)); }
  void run(Run run) { runs_.push_back(std::move(run)); }
  // An opaque ground was drawn: what it covers can no longer be seen, so later text may stand there.
  void cover(const Rect& rect, std::uint32_t layer) { covers_.push_back({rect, layer, runs_.size()}); }

  // One sentence a fault: text wider than its box, text over text, overlapping items, items that share an id,
  // anything outside the window, contrast below 4.5.
  std::vector<std::string> faults() const;
  const std::vector<Item>& items() const { return items_; }
  const std::vector<Run>& runs() const { return runs_; }

 private:
  struct Cover {
    Rect rect;
    std::uint32_t layer;
    std::size_t before;  // the first run that was drawn after it
  };
  void find_text_over_text(std::vector<std::string>& found) const;
  bool covered(const Rect& part, std::uint32_t layer, std::size_t after, std::size_t before) const;

  Rect window_;
  std::vector<Item> items_;
  std::vector<Run> runs_;
  std::vector<Cover> covers_;
};

inline constexpr float kTextContrast = 4.5f;  // WCAG AA for text; the floor of the look
inline constexpr float kMarkContrast = 3.0f;

}  // namespace vitrine::ui
