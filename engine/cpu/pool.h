// A Pool is the threads of one CPU backend. A job is a number of independent chunks; whoever is free takes the next
// one, so a thread that the machine keeps busy elsewhere delays its own chunk and no other. The caller works too and
// waits only for threads that have joined, never for one that has yet to wake up. A job allocates nothing.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace vitrine::cpu {

class Pool {
 public:
  // Computes chunks first to last - 1.
  using Chunks = void (*)(const void* context, std::int64_t first, std::int64_t last) noexcept;

  explicit Pool(int threads);  // the caller counts as one; 0 = as many as the machine has
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  int threads() const { return static_cast<int>(workers_.size()) + 1; }
  // When another thread's job is running, the caller does all of its own by itself.
  void parallel_for(std::int64_t chunks, Chunks run, const void* context) noexcept;

 private:
  void work() noexcept;
  void take_chunks() noexcept;

  std::mutex callers_;
  std::mutex mutex_;
  std::condition_variable wake_, left_;
  std::atomic<std::uint64_t> job_{0};  // grows with every job; spun on before sleeping
  std::atomic<std::int64_t> next_{0};
  std::int64_t chunks_ = 0;
  std::int64_t share_ = 1;  // chunks taken at a time
  Chunks run_ = nullptr;
  const void* context_ = nullptr;
  int inside_ = 0;
  bool open_ = false;
  bool stop_ = false;
  std::vector<std::jthread> workers_;
};

// While it lives, this thread's tiny numbers count as zero: nothing slows down a hundredfold near zero, and every
// thread computes alike. Afterwards the thread is as it was.
class FlushToZero {
 public:
  FlushToZero() noexcept;
  ~FlushToZero();
  FlushToZero(const FlushToZero&) = delete;
  FlushToZero& operator=(const FlushToZero&) = delete;

 private:
  unsigned before_;
};

}  // namespace vitrine::cpu
