// The Gallery is the start page: a picture of each exhibit from its own running session. The sessions run for the first
// five seconds and while one looks at them, then rest on their last frame; they end when an exhibit is opened.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/shell/drive.h"
#include "app/ui/ui.h"
#include "views/exhibit.h"

namespace vitrine::shell {

class Gallery {
 public:
  using Open = std::function<std::unique_ptr<Drive>(const views::Exhibit&)>;
  // The exhibits are the registry's; a test may show others. Without `alive` the pictures rest from the start.
  Gallery(std::span<const views::Exhibit> exhibits, const Open& open, bool alive);

  void advance(std::int64_t steps);  // all sessions, for screenshots
  // The one that was chosen. Alone, there is room for pictures and titles only.
  const views::Exhibit* draw(ui::Ui& ui, const ui::Rect& rect, bool alone = false);
  double redraw_after(double now) const;  // seconds until the pictures come to rest

 private:
  struct Case {
    const views::Exhibit* exhibit = nullptr;
    std::unique_ptr<views::View> view;
    std::unique_ptr<Drive> drive;
    std::shared_ptr<const work::Snapshot> shown;  // lives until the next frame: its textures are being drawn
    bool playing = false;
  };
  ui::Rect draw_frame(ui::Ui& ui, const ui::Rect& rect) const;
  bool draw_case(ui::Ui& ui, const ui::Rect& rect, float picture_height, Case& each);

  std::vector<Case> cases_;
  bool alive_;
  double opened_ = -1;  // ImGui time of the first frame
};

// "Twelve cases. Each one trains for real, on this machine, while you push and pull at it."
std::string tagline(std::size_t exhibits);

}  // namespace vitrine::shell
