// Counting both ways.
#include "tests/conformance/memory_room.h"

#include <algorithm>
#include <set>

#include "engine/core/error.h"

namespace vitrine::conformance {
namespace {

std::shared_ptr<Buffer> buffer_of(const Tensor& tensor) {
  return tensor.node().storage.at(static_cast<std::size_t>(tensor.output())).buffer;
}

}  // namespace

Tensor MemoryRoom::make(DType dtype, const Shape& shape, float value) {
  return upload(backend_, {{dtype, shape}, std::vector<double>(static_cast<std::size_t>(shape.elements()), value)});
}

void MemoryRoom::hold(std::string_view name, Tensor tensor) {
  dispose(name);
  const auto bytes = static_cast<std::int64_t>(tensor.spec().bytes());
  entries_.push_back({std::string(name), tensor, nullptr, buffer_of(tensor), bytes});
}

void MemoryRoom::leave(Tensor tensor) {
  entries_.push_back({{}, {}, nullptr, buffer_of(tensor), static_cast<std::int64_t>(tensor.spec().bytes())});
}

void MemoryRoom::hold_texts(std::string_view name, std::vector<std::string> texts) {
  std::int64_t bytes = 0;
  for (const std::string& text : texts) bytes += static_cast<std::int64_t>(text.size());
  const auto held = std::make_shared<const std::vector<std::string>>(std::move(texts));
  entries_.push_back({std::string(name), {}, held, held, bytes});
}

void MemoryRoom::dispose(std::string_view name) {
  std::erase_if(entries_, [&](const Entry& entry) { return entry.name == name; });
}

const Tensor& MemoryRoom::at(std::string_view name) const {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  if (found != entries_.end()) return found->tensor;
  throw UsageError({std::string(name), "is held by nobody", "", "", "Hold it first."});
}

MemoryCount MemoryRoom::counted_by_tfjs() const {
  MemoryCount count{static_cast<std::int64_t>(entries_.size()), 0, 0};
  std::set<std::weak_ptr<const void>, std::owner_less<>> data;
  for (const Entry& entry : entries_) {
    data.insert(entry.identity);
    count.bytes += entry.bytes;
  }
  count.buffers = static_cast<std::int64_t>(data.size());
  return count;
}

MemoryCount MemoryRoom::counted_by_us() const {
  const auto handles = std::ranges::count_if(entries_, [](const Entry& entry) { return bool(entry.tensor); });
  return {handles, static_cast<std::int64_t>(scope_.buffers()), static_cast<std::int64_t>(scope_.bytes())};
}

std::int64_t MemoryRoom::buffers_held() const {
  std::set<Buffer*> buffers;
  for (const Entry& entry : entries_) {
    if (entry.tensor) buffers.insert(buffer_of(entry.tensor).get());
  }
  return static_cast<std::int64_t>(buffers.size());
}

}  // namespace vitrine::conformance
