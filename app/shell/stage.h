// The Stage is the one anatomy of every exhibit: controls left, pane in the middle, story right, run bar below; what
// folds when room runs short, and in which order, is decided here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/shell/deeds.h"
#include "app/shell/open_exhibit.h"
#include "app/shell/slide.h"
#include "app/ui/ui.h"

namespace vitrine::shell {

inline constexpr float kPresenterZoom = 1.35f;
inline constexpr float kAloneTop = 8;  // units: the line of that sentence

// Below 900 × 560 the stage, or the gallery, stands alone under one sentence that says so.
bool too_small(const ui::Ui& ui, bool presenter = false);
void say_too_small(ui::Ui& ui, const ui::Rect& line, std::string_view what_stays);

struct StageFolds {
  bool story_folded = false;  // as a column
  bool story_drawer = false;  // shown over the pane while there is no room for the column
  bool controls_drawer = false;
  bool engine_room = false;
  bool presenter = false;
  bool comparing = false;  // two stages: no columns beside them
  Slide story_slide = {}, controls_slide = {}, engine_slide = {};
};

struct StageLayout {
  bool alone = false;  // the window is too small: one sentence and the pane
  ui::Rect top, controls, pane, story, run, engine;
  bool story_column = false, controls_column = true;
};

StageLayout lay_out_stage(const ui::Ui& ui, const StageFolds& folds);

// The exhibit's part of the window. The deed is what its own buttons asked for.
std::optional<Deed> draw_stage(ui::Ui& ui, OpenExhibit& open, StageFolds& folds, Backend& backend,
                               const std::string& device);

}  // namespace vitrine::shell
