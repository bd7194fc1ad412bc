// A Slab is the state that a run moves: named float regions (weights, moments) in one buffer of a backend, so that
// saving, restoring, forking and scrubbing a run is one copy. Several plans may work on the same slab.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor/backend.h"

namespace vitrine {

struct Region {
  std::string name;
  Shape shape;
  std::size_t offset = 0;  // in floats; regions start on cache lines
};

class Slab {
 public:
  Slab(Backend& backend, std::vector<std::pair<std::string, Shape>> regions, std::string_view owner);
  const std::vector<Region>& regions() const { return regions_; }
  const Region& region(std::string_view name) const;
  std::size_t floats() const { return floats_; }
  const std::shared_ptr<Buffer>& buffer() const { return buffer_; }

  // Whole slab or one region; copies, so that a slab may live on any device.
  std::vector<float> save() const;
  void restore(std::span<const float> values);
  void read(const Region& region, std::span<float> values) const;
  void write(const Region& region, std::span<const float> values);

 private:
  std::vector<Region> regions_;
  std::size_t floats_ = 0;
  std::shared_ptr<Buffer> buffer_;
};

}  // namespace vitrine
