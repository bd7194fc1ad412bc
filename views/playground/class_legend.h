// The legend of the classes: on the heading's line, or where their names do not fit there in rows below the field.
#pragma once

#include <string_view>
#include <vector>

#include "app/ui/draw.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

class ClassLegend {
 public:
  ClassLegend(const ui::Ui& ui, const Snapshot& s, std::string_view heading, float width);

  std::span<const ui::LegendKey> on_heading() const;  // none where it has rows
  float height(const ui::Ui& ui) const;               // of the rows; 0: it stands on the heading
  void draw(ui::Ui& ui, ui::Rect rect) const;         // the rows, names cut where they must be

 private:
  std::vector<ui::LegendKey> keys_;
  int rows_ = 0;
};

}  // namespace vitrine::views::playground
