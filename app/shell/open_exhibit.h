// An OpenExhibit is one exhibit with all that belongs to having it open: its session with its view and controls, a
// second one beside it while two are compared, its story, its place on disk.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/shell/autosave.h"
#include "app/shell/comparison.h"
#include "app/shell/drive.h"
#include "app/shell/engine_room.h"
#include "app/shell/run_bar.h"
#include "app/shell/side.h"
#include "views/exhibit.h"

namespace vitrine::shell {

struct OpenExhibit {
  const views::Exhibit* exhibit = nullptr;
  views::Story story;
  RunBar run_bar;
  std::filesystem::path file;  // where Save goes; empty: not saved yet
  std::string notice;          // the last one that was shown
  Autosave autosave;
  EngineRoom engine_room = {};
  // Last: their threads end before the rest goes.
  Side side;
  std::unique_ptr<Comparison> comparison = nullptr;

  // Whose controls are shown and edited.
  Side& chosen() { return comparison && comparison->chosen() == 1 ? comparison->other() : side; }
};

}  // namespace vitrine::shell
