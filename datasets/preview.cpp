// Takes items at equal distances: sets are often sorted by class, and a preview shows more than the first one.
#include "datasets/preview.h"

#include <algorithm>
#include <span>

namespace vitrine::datasets {

PreviewForm form_of(const Info& info) {
  switch (info.kind) {
    case ItemKind::picture:
      return PreviewForm::pictures;
    case ItemKind::series:
      return PreviewForm::curves;
    case ItemKind::point:
      break;
  }
  return info.shape.size() == 2 ? PreviewForm::points : PreviewForm::table;
}

Preview preview(const Dataset& data, std::size_t most) {
  const std::size_t count = std::min(most, data.size()), each = data.info().shape.size();
  Preview shown{.info = data.info(),
                .form = form_of(data.info()),
                .of = data.size(),
                .items = {},
                .values = std::vector<float>(count * each),
                .labels = {},
                .classes = {}};
  for (std::size_t i = 0; i < count; ++i) {
    const auto item = static_cast<ItemId>(i * data.size() / count);
    shown.items.push_back(item);
    shown.labels.push_back(data.label(item));
    data.read(item, std::span(shown.values).subspan(i * each, each));
  }
  if (!data.info().classes.empty()) shown.classes = class_counts(data);
  return shown;
}

}  // namespace vitrine::datasets
