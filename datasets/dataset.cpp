// What every source has in common: ids in range, labels that are classes, buffers of the item's size.
#include "datasets/dataset.h"

#include <limits>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/number.h"

namespace vitrine::datasets {

std::string Source::name(ItemId item) const {
  return to_text(std::int64_t{item});
}

Dataset::Dataset(Info info, std::shared_ptr<const Source> source)
    : info_(std::make_shared<const Info>(std::move(info))), source_(std::move(source)) {
  VITRINE_ASSERT(source_ != nullptr);
  VITRINE_ASSERT(source_->size() <= std::numeric_limits<ItemId>::max());
  VITRINE_ASSERT((info_->task == Task::classify) == !info_->classes.empty());
}

float Dataset::label(ItemId item) const {
  VITRINE_ASSERT(item < size());
  return source_->label(item);
}

std::size_t Dataset::class_of(ItemId item) const {
  const float number = label(item);
  VITRINE_ASSERT(number >= 0 && number < static_cast<float>(info_->classes.size()));
  return static_cast<std::size_t>(number);
}

void Dataset::read(ItemId item, std::span<float> values) const {
  VITRINE_ASSERT(item < size());
  VITRINE_ASSERT(values.size() == info_->shape.size());
  source_->read(item, values);
}

std::string Dataset::name(ItemId item) const {
  VITRINE_ASSERT(item < size());
  return source_->name(item);
}

std::vector<std::size_t> class_counts(const Dataset& data) {
  std::vector<std::size_t> counts(data.info().classes.size());
  for (ItemId item = 0; item < data.size(); ++item) ++counts[data.class_of(item)];
  return counts;
}

}  // namespace vitrine::datasets
