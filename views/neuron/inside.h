// What happens inside one step, as four columns with the real numbers: forward, loss, backward, update.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/ui/ui.h"
#include "views/exhibit.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {

struct InsideCard {
  struct Line {
    std::string text = {}, value = {};  // words, and the number they lead to
  };
  std::string_view title;
  float share = 1;  // of the width
  std::vector<Line> lines;
};
using InsideCards = std::array<InsideCard, 4>;
InsideCards line_cards(const Snapshot& s, const Settings& settings);
InsideCards fit_cards(const Snapshot& s, const Settings& settings);

inline constexpr std::size_t kLineCardLines = 3, kFitCardLines = 4;
float inside_height(const ui::Ui& ui, std::size_t lines);
void draw_inside(ui::Ui& ui, const ui::Rect& rect, const work::Snapshot& s, const InsideCards& cards, const Post& post);

}  // namespace vitrine::views::neuron
