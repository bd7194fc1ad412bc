// A Deed is something a person can ask the shell for, by key, by icon or from the list of everything (Ctrl+K). The
// table below is the only place that names them: shortcuts, the help page and the list are read off it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/imgui_compat.h"

namespace vitrine::shell {

enum class Deed {
  run,
  step,
  step_inside,
  reset,
  afresh,
  fork,
  previous_run,
  next_run,
  compare,
  undo,
  redo,
  edits,
  save,
  open,
  open_path,
  copy_link,
  paste,
  home,
  search,
  help,
  story,
  controls,
  look,
  next_look,
  devices,
  assets,
  engine_room,
  presenter,
  full_screen,
  larger,
  smaller,
  actual_size,
  quit
};

struct DeedRow {
  Deed deed;
  std::string_view label;
  ui::Key key = ui::Key::none;
  bool ctrl = false, shift = false;
  bool on_stage = false;  // means something only while an exhibit is open
};

std::span<const DeedRow> deeds();
const DeedRow& row_of(Deed deed);
std::string keys_of(const DeedRow& row);  // "Ctrl S"; empty without a key

// What the keys of this frame ask for. Nothing while a text is typed, and Space belongs to the focused item first.
std::optional<Deed> pressed_deed(bool exhibit_open);

}  // namespace vitrine::shell
