// Lays regions out on cache lines and copies them in and out.
#include "engine/graph/slab.h"

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine {

Slab::Slab(Backend& backend, std::vector<std::pair<std::string, Shape>> regions, std::string_view owner) {
  constexpr std::size_t kLine = 16;  // floats in a cache line
  for (auto& [name, shape] : regions) {
    regions_.push_back({std::move(name), shape, floats_});
    floats_ += (static_cast<std::size_t>(shape.elements()) + kLine - 1) / kLine * kLine;
  }
  buffer_ = backend.allocate(floats_ * sizeof(float), owner);
}

const Region& Slab::region(std::string_view name) const {
  for (const Region& region : regions_) {
    if (region.name == name) return region;
  }
  throw UsageError(
      {"slab", "has no region of this name", "one of its regions", std::string(name), "Check the spelling."});
}

std::vector<float> Slab::save() const {
  std::vector<float> values(floats_);
  buffer_->backend().download(*buffer_, 0, std::as_writable_bytes(std::span(values)));
  return values;
}

void Slab::restore(std::span<const float> values) {
  if (values.size() != floats_) {
    throw UsageError(
        {"saved weights", "do not fit this network", to_text(static_cast<std::int64_t>(floats_)) + " numbers",
         to_text(static_cast<std::int64_t>(values.size())), "Open them with the settings they were saved with."});
  }
  buffer_->backend().upload(*buffer_, 0, std::as_bytes(values));
}

void Slab::read(const Region& region, std::span<float> values) const {
  VITRINE_ASSERT(static_cast<std::int64_t>(values.size()) == region.shape.elements());
  buffer_->backend().download(*buffer_, region.offset * sizeof(float), std::as_writable_bytes(values));
}

void Slab::write(const Region& region, std::span<const float> values) {
  VITRINE_ASSERT(static_cast<std::int64_t>(values.size()) == region.shape.elements());
  buffer_->backend().upload(*buffer_, region.offset * sizeof(float), std::as_bytes(values));
}

}  // namespace vitrine
