// A Preview is a few items of any Dataset, spread over all of it, with what is needed to draw them: pictures, curves,
// points, or rows of a table. It is plain data, so a thread that has time makes it and a window draws it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "datasets/dataset.h"

namespace vitrine::datasets {

enum class PreviewForm { pictures, curves, points, table };

struct Preview {
  Info info;
  PreviewForm form = PreviewForm::table;
  std::size_t of = 0;                // items of the whole set
  std::vector<ItemId> items;         // those shown, ascending
  std::vector<float> values;         // one item after the other, each of the shape's size
  std::vector<float> labels;         // one an item
  std::vector<std::size_t> classes;  // how many items of the whole set each class has; empty without classes
};

PreviewForm form_of(const Info& info);
// At most `most` items. A lazy set whose files cannot be read throws FileError.
Preview preview(const Dataset& data, std::size_t most);

}  // namespace vitrine::datasets
