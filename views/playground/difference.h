// Where two networks answer differently: the output of A less that of B over the plane; of several classes, how much of
// the sureness lies elsewhere.
#pragma once

#include <optional>

#include "app/ui/heat_map.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

// As fine as the coarser of the two; none when they do not answer the same kind of question.
std::optional<Field> difference(const Snapshot& a, const Snapshot& b);

class DifferenceView {
 public:
  void draw(ui::Ui& ui, ui::Rect rect, const Snapshot& a, const Snapshot& b);

 private:
  ui::HeatMapState state_;
};

}  // namespace vitrine::views::playground
