// Latest holds the newest value that one thread has published for one other: the reader never waits and never sees a
// half-written one, the writer never waits for the reader. Values in between are dropped, as for pictures they should.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <utility>

namespace vitrine::work {

template <class T>
class Latest {
 public:
  void publish(std::shared_ptr<const T> value) {  // writer's thread only
    slots_[writing_] = std::move(value);
    writing_ = middle_.exchange(writing_ | kFresh, std::memory_order_acq_rel) & kSlot;
  }
  const std::shared_ptr<const T>& get() {  // reader's thread only; null before the first
    if ((middle_.load(std::memory_order_acquire) & kFresh) != 0) {
      reading_ = middle_.exchange(reading_, std::memory_order_acq_rel) & kSlot;
    }
    return slots_[reading_];
  }
  bool fresh() const { return (middle_.load(std::memory_order_acquire) & kFresh) != 0; }

 private:
  static constexpr unsigned kSlot = 3, kFresh = 4;
  std::array<std::shared_ptr<const T>, 3> slots_;  // one written, one read, one in the middle
  unsigned writing_ = 0, reading_ = 1;
  std::atomic<unsigned> middle_{2};
};

}  // namespace vitrine::work
