// A Pool is the threads of one CPU backend. A job is a number of independent chunks, cut into shares; whoever is free
// takes the next one with a single atomic step, so a thread that the machine keeps busy elsewhere delays its own share
// and no other. The caller works too and waits only for shares that somebody has taken, never for a thread that has yet
// to wake up; everybody spins shortly and then sleeps, so that nobody holds a core that another program wants. A job
// allocates nothing.
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
  // A ticket is the number of the job in the upper half and its next share in the lower one.
  static constexpr std::uint64_t kClosed = 0xFFFFFFFF;  // nobody takes shares
  static std::uint64_t job_of(std::uint64_t ticket) { return ticket >> 32; }

  void work() noexcept;
  void take_shares(std::uint64_t job) noexcept;
  void wake_workers(std::int64_t shares) noexcept;
  void wait_for(std::int64_t shares) noexcept;

  alignas(64) std::atomic<std::uint64_t> ticket_{kClosed};
  alignas(64) std::atomic<std::int64_t> finished_{0};  // shares
  // The job. A thread that reads these and then still gets its ticket has read the job of that ticket.
  alignas(64) std::atomic<std::int64_t> chunks_{0};
  std::atomic<std::int64_t> share_{1};  // chunks taken at a time
  std::atomic<Chunks> run_{nullptr};
  std::atomic<const void*> context_{nullptr};
  std::atomic<int> sleepers_{0};
  std::atomic<bool> caller_sleeps_{false};
  std::atomic<bool> stop_{false};
  std::mutex callers_;
  std::mutex mutex_;
  std::condition_variable wake_, left_;
  std::vector<std::jthread> workers_;
};

// While it lives, this thread's tiny numbers count as zero: nothing slows down a hundredfold near zero, and every
// thread computes alike. Afterwards the thread is as it was.
class FlushToZero {
 public:
  FlushToZero() noexcept : before_(begin()) {}
  ~FlushToZero() { end(before_); }
  FlushToZero(const FlushToZero&) = delete;
  FlushToZero& operator=(const FlushToZero&) = delete;

  static unsigned begin() noexcept;  // answers how the thread was
  static void end(unsigned before) noexcept;

 private:
  unsigned before_;
};

}  // namespace vitrine::cpu
