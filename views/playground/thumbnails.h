// The built-in sets of points as pictures to choose from, above the rows of the data.
#pragma once

#include "views/exhibit.h"
#include "views/playground/points.h"

namespace vitrine::views::playground {

class Thumbnails {
 public:
  float draw(ui::Ui& ui, const ui::Rect& rect, const Settings& settings, const Post& post);  // the height used

 private:
  std::vector<std::vector<datasets::PlanePoint>> points_;  // of each set
};

}  // namespace vitrine::views::playground
