// The Bottleneck picture: where every validation beat lies in the code, by any two of its units or of their principal
// components, coloured by verdict or kind; and the way that the chosen beat has come while the network learnt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/scatter.h"
#include "views/exhibit.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

// One direction of the code: a unit, or a principal component. A place along it is a sum of units, wherever the middle
// of the beats lies, so that every point of the code has one.
struct CodeDirection {
  std::string name;            // "h₁"
  std::vector<float> weights;  // of the units
  float of(std::span<const float> code) const;
};
CodeDirection code_direction(const Snapshot& s, const std::string& id, std::size_t units);

class Bottleneck {
 public:
  void draw(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Post& post, ui::Selection& selection);
  // The choices that belong below it: across, upwards, colours; as many as fit.
  void draw_choices(ui::Ui& ui, ui::Rect line, const Snapshot& s, const Post& post);

 private:
  ui::ScatterState state_;
};

}  // namespace vitrine::views::heartbeats
