// The history bar is the run as its own slider: the curve of the run, keyframes as dots on its base line, forks, and a
// playhead that a person drags to any step the run has been at. What lies behind the playhead is there to come back to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "app/ui/item.h"

namespace vitrine::ui {

struct HistoryBar {
  std::span<const std::int64_t> steps;  // of the values, ascending
  std::span<const float> values;        // the first curve of the run
  std::span<const std::int64_t> keyframes = {}, forks = {};
  std::int64_t step = 0;  // where the stage stands
  std::int64_t head = 0;  // the furthest the run has been
  const Help* help = nullptr;
  Rect heading_line = {};  // where it may offer itself; empty: it offers nothing
};

struct HistoryEvents {
  std::optional<std::int64_t> step;  // the person wants to be here
  bool dragging = false;             // and still holds it
};

// Drag; Left and Right one keyframe, Home and End.
HistoryEvents history_bar(Ui& ui, std::string_view id, const Rect& rect, const HistoryBar& bar);

std::string csv(const HistoryBar& bar);

}  // namespace vitrine::ui
