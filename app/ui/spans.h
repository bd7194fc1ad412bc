// Spans are stretches of time in named lanes, one below the other: the launches of a step, each in the line of its
// segment. Pointing at one reads it out; inside, the arrows go from one to the next.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/draw.h"

namespace vitrine::ui {

struct Span {
  std::string name;
  int lane = 0;
  double from = 0, length = 0;
  std::vector<Reading> more = {};  // what else its read-out says
};

struct Spans {
  std::string_view heading;
  std::span<const std::string> lanes;
  std::span<const Span> spans;  // in order
  std::string unit = "µs";
};

struct SpansState {
  bool inside = false;
  int cursor = 0;
};

float spans_height(const Ui& ui, std::size_t lanes);
int spans(Ui& ui, std::string_view id, const Rect& rect, const Spans& plot, SpansState& state);  // pointed at; −1: none
std::string csv(const Spans& plot);

}  // namespace vitrine::ui
