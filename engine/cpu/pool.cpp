// Threads that spin shortly, then sleep, and take shares by one counter.
#include "engine/cpu/pool.h"

#include <algorithm>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace vitrine::cpu {
namespace {

// About ten microseconds: longer than from one launch of a plan to the next, shorter than anybody notices.
constexpr int kSpins = 400;
#if defined(__SSE2__)
constexpr unsigned kTinyIsZero = 0x8040u;  // results and operands
#endif

void rest() noexcept {
#if defined(__SSE2__)
  _mm_pause();
#endif
}

}  // namespace

unsigned FlushToZero::begin() noexcept {
#if defined(__SSE2__)
  const unsigned before = _mm_getcsr();
  if ((before & kTinyIsZero) != kTinyIsZero) _mm_setcsr(before | kTinyIsZero);  // which takes its time
  return before;
#else
  return 0;
#endif
}

void FlushToZero::end([[maybe_unused]] unsigned before) noexcept {
#if defined(__SSE2__)
  if ((before & kTinyIsZero) != kTinyIsZero) _mm_setcsr(before);
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
  // Small enough that the last to finish is not long alone, large enough that the counter is not what is shared.
  const std::int64_t share = std::max<std::int64_t>(1, chunks / (threads() * 8));
  const std::int64_t shares = (chunks + share - 1) / share;
  chunks_.store(chunks, std::memory_order_release);
  share_.store(share, std::memory_order_release);
  run_.store(run, std::memory_order_release);
  context_.store(context, std::memory_order_release);
  finished_.store(0, std::memory_order_release);
  const std::uint64_t job = job_of(ticket_.load(std::memory_order_relaxed)) + 1;
  ticket_ = job << 32;
  wake_workers(shares - 1);
  take_shares(job_of(job << 32));
  wait_for(shares);
  // Closed before the next job is written down, so that no late thread mixes the two.
  ticket_ = job << 32 | kClosed;
}

void Pool::wake_workers(std::int64_t shares) noexcept {
  const std::int64_t wanted = std::min<std::int64_t>(shares, sleepers_);
  if (wanted <= 0) return;
  const std::lock_guard lock(mutex_);  // whoever is about to sleep either saw the ticket or hears us
  for (std::int64_t i = 0; i < wanted; ++i) wake_.notify_one();
}

void Pool::take_shares(std::uint64_t job) noexcept {
  const FlushToZero flush;
  for (;;) {
    std::uint64_t ticket = ticket_.load(std::memory_order_acquire);
    const std::int64_t share = share_.load(std::memory_order_acquire);
    const std::int64_t chunks = chunks_.load(std::memory_order_acquire);
    const Chunks run = run_.load(std::memory_order_acquire);
    const void* context = context_.load(std::memory_order_acquire);
    const std::int64_t first = static_cast<std::int64_t>(ticket & kClosed) * share;
    if (job_of(ticket) != job || (ticket & kClosed) == kClosed || first >= chunks) return;
    if (!ticket_.compare_exchange_weak(ticket, ticket + 1)) continue;
    run(context, first, std::min(first + share, chunks));
    finished_.fetch_add(1);
    if (!caller_sleeps_) continue;
    const std::lock_guard lock(mutex_);
    left_.notify_one();
  }
}

void Pool::wait_for(std::int64_t shares) noexcept {
  for (int i = 0; i < kSpins; ++i, rest()) {
    if (finished_.load(std::memory_order_acquire) == shares) return;
  }
  std::unique_lock lock(mutex_);
  caller_sleeps_ = true;
  left_.wait(lock, [&] { return finished_ == shares; });
  caller_sleeps_ = false;
}

void Pool::work() noexcept {
  std::uint64_t seen = 0;
  const auto same = [&] { return job_of(ticket_) == seen && !stop_; };
  for (;;) {
    for (int i = 0; i < kSpins && same(); ++i) rest();
    if (same()) {
      std::unique_lock lock(mutex_);
      ++sleepers_;
      wake_.wait(lock, [&] { return !same(); });
      --sleepers_;
    }
    if (stop_) return;
    seen = job_of(ticket_);
    take_shares(seen);
  }
}

}  // namespace vitrine::cpu
