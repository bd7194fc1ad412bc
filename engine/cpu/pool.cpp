// Threads that spin shortly, then sleep, and share out chunks by one counter.
#include "engine/cpu/pool.h"

#include <algorithm>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace vitrine::cpu {
namespace {

// About ten microseconds: longer than from one launch of a plan to the next, shorter than anybody notices.
constexpr int kSpins = 400;

void rest() noexcept {
#if defined(__SSE2__)
  _mm_pause();
#endif
}

}  // namespace

FlushToZero::FlushToZero() noexcept {
#if defined(__SSE2__)
  before_ = _mm_getcsr();
  _mm_setcsr(before_ | 0x8040u);  // results and operands
#else
  before_ = 0;
#endif
}

FlushToZero::~FlushToZero() {
#if defined(__SSE2__)
  _mm_setcsr(before_);
#endif
}

Pool::Pool(int threads) {
  const int wanted = threads > 0 ? threads : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  workers_.reserve(static_cast<std::size_t>(wanted - 1));
  for (int i = 1; i < wanted; ++i) workers_.emplace_back([this] { work(); });
}

Pool::~Pool() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    job_.fetch_add(1, std::memory_order_release);
  }
  wake_.notify_all();
}

void Pool::parallel_for(std::int64_t chunks, Chunks run, const void* context) noexcept {
  if (chunks <= 0) return;
  std::unique_lock caller(callers_, std::try_to_lock);
  if (chunks == 1 || workers_.empty() || !caller) {
    const FlushToZero flush;
    run(context, 0, chunks);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    chunks_ = chunks;
    // Small enough that the last to finish is not long alone, large enough that the counter is not what is shared.
    share_ = std::max<std::int64_t>(1, chunks / (threads() * 8));
    run_ = run;
    context_ = context;
    next_.store(0, std::memory_order_relaxed);
    open_ = true;
    job_.fetch_add(1, std::memory_order_release);
  }
  const std::int64_t useful = std::min<std::int64_t>(chunks - 1, threads() - 1);
  for (std::int64_t i = 0; i < useful; ++i) wake_.notify_one();
  take_chunks();
  std::unique_lock lock(mutex_);
  open_ = false;
  for (int i = 0; i < kSpins && inside_ > 0; ++i) {
    lock.unlock();
    rest();
    lock.lock();
  }
  left_.wait(lock, [this] { return inside_ == 0; });
}

void Pool::take_chunks() noexcept {
  const FlushToZero flush;
  for (;;) {
    const std::int64_t first = next_.fetch_add(share_, std::memory_order_relaxed);
    if (first >= chunks_) return;
    run_(context_, first, std::min(first + share_, chunks_));
  }
}

void Pool::work() noexcept {
  std::uint64_t seen = 0;
  for (;;) {
    for (int i = 0; i < kSpins && job_.load(std::memory_order_acquire) == seen; ++i) rest();
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return stop_ || job_.load(std::memory_order_relaxed) != seen; });
    if (stop_) return;
    seen = job_.load(std::memory_order_relaxed);
    if (!open_) continue;
    ++inside_;
    lock.unlock();
    take_chunks();
    lock.lock();
    if (--inside_ == 0) left_.notify_one();
  }
}

}  // namespace vitrine::cpu
