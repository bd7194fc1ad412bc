// The top bar says where you are and what the shell can do: mark, way back, title; device, search, help, look, story.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/shell/deeds.h"
#include "app/ui/ui.h"

namespace vitrine::shell {

struct TopBar {
  std::string_view title;  // of the open exhibit; empty in the gallery
  std::string device;      // "CPU · 2 threads"
  bool controls_folded = false;
};

std::optional<Deed> draw_top_bar(ui::Ui& ui, const ui::Rect& rect, const TopBar& bar);

}  // namespace vitrine::shell
