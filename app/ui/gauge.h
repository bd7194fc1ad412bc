// A Gauge is one number on an arc between two ends, with a mark where it should be: how full, how fast, how good beside
// its baseline.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/item.h"

namespace vitrine::ui {

struct Gauge {
  std::string_view caption = {};  // "correct"
  double value = 0, low = 0, high = 1;
  std::string_view text = {}, unit = {};  // "99.2", "%"
  std::optional<double> mark = {};        // the baseline or the target
  const Help* help = nullptr;
  Rect heading_line = {};  // what is left of the line above it, to offer itself on; empty: it offers nothing
};

std::string csv(const Gauge& gauge);

// A square above, the caption below it; focus and hover show its help.
void gauge(Ui& ui, std::string_view id, const Rect& rect, const Gauge& gauge);

}  // namespace vitrine::ui
