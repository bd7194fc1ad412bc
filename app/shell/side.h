// A Side is one session as a person meets it: what keeps it going, how it is drawn, its controls, what it shows now.
#pragma once

#include <memory>
#include <string>

#include "app/shell/drive.h"
#include "app/ui/controls.h"
#include "views/exhibit.h"

namespace vitrine::shell {

struct Side {
  std::unique_ptr<views::View> view;
  ui::ControlsColumn controls;
  std::shared_ptr<const work::Snapshot> shown = nullptr;  // lives until the next frame: its textures are being drawn
  std::string dismissed = {};                             // the failure whose banner was closed
  std::unique_ptr<Drive> drive;                           // last: its thread ends before the rest goes

  void frame() {
    drive->frame();
    shown = drive->snapshot();
  }
  views::Post post() {
    return [this](work::Command command) { drive->post(std::move(command)); };
  }
};

// `id` parts it from other stages in the window.
void draw_side(ui::Ui& ui, const ui::Rect& rect, const char* id, std::string_view step_word, Side& side);

}  // namespace vitrine::shell
