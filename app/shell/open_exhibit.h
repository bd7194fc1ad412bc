// An OpenExhibit is one exhibit with all that belongs to having it open: what keeps its session going, how it is drawn,
// its controls, its story, its place on disk.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/shell/autosave.h"
#include "app/shell/drive.h"
#include "app/shell/engine_room.h"
#include "app/shell/run_bar.h"
#include "app/ui/controls.h"
#include "views/exhibit.h"

namespace vitrine::shell {

struct OpenExhibit {
  const views::Exhibit* exhibit = nullptr;
  views::Story story;
  std::unique_ptr<views::View> view;
  ui::ControlsColumn controls;
  RunBar run_bar;
  std::filesystem::path file;                   // where Save goes; empty: not saved yet
  std::shared_ptr<const work::Snapshot> shown;  // lives until the next frame: its textures are being drawn
  std::string notice;                           // the last one that was shown
  std::string dismissed;                        // the failure whose banner was closed
  Autosave autosave;
  EngineRoom engine_room = {};
  std::unique_ptr<Drive> drive;  // last: its thread ends before the rest goes

  views::Post post() {
    return [this](work::Command command) { drive->post(std::move(command)); };
  }
};

}  // namespace vitrine::shell
