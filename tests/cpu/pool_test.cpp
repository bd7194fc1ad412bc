// The pool computes every chunk once, whoever calls and however many threads there are.
#include "engine/cpu/pool.h"

#include <atomic>

#include "tests/cpu/support.h"

using namespace vitrine;

namespace {

struct Job {
  std::vector<std::atomic<int>> times;
  explicit Job(std::size_t n) : times(n) {}
  void run(cpu::Pool& pool) {
    pool.parallel_for(
        static_cast<std::int64_t>(times.size()),
        [](const void* self, std::int64_t first, std::int64_t last) noexcept {
          auto& job = *static_cast<Job*>(const_cast<void*>(self));
          for (std::int64_t i = first; i < last; ++i) job.times[static_cast<std::size_t>(i)].fetch_add(1);
        },
        this);
  }
  bool each(int count) const {
    for (const auto& t : times) {
      if (t.load() != count) return false;
    }
    return true;
  }
};

}  // namespace

TEST_CASE("every chunk runs exactly once, job after job") {
  for (const int threads : {1, 2, 7}) {
    cpu::Pool pool(threads);
    CHECK(pool.threads() == threads);
    Job small(1), odd(13), large(1000);
    for (int round = 1; round <= 300; ++round) {
      small.run(pool);
      odd.run(pool);
      large.run(pool);
      REQUIRE((small.each(round) && odd.each(round) && large.each(round)));
    }
    Job none(0);
    none.run(pool);
  }
}

TEST_CASE("several callers share one pool without mixing their chunks") {
  cpu::Pool pool(3);
  std::vector<std::unique_ptr<Job>> jobs;
  for (int i = 0; i < 4; ++i) jobs.push_back(std::make_unique<Job>(57));
  {
    std::vector<std::jthread> callers;
    for (auto& job : jobs) {
      callers.emplace_back([&pool, &job] {
        for (int round = 0; round < 200; ++round) job->run(pool);
      });
    }
  }
  for (const auto& job : jobs) CHECK(job->each(200));
}

TEST_CASE("tiny numbers count as zero during a job and the caller's thread is as before afterwards") {
  static volatile float tiny = 1e-30f;
  const auto vanishes = [](const void* result, std::int64_t, std::int64_t) noexcept {
    if (tiny * 1e-10f == 0.0f) static_cast<std::atomic<int>*>(const_cast<void*>(result))->fetch_add(1);
  };
#if defined(__SSE2__)
  cpu::Pool pool(2);
  std::atomic<int> vanished{0};
  pool.parallel_for(1, vanishes, &vanished);
  CHECK(vanished == 1);
  pool.parallel_for(200, vanishes, &vanished);
  CHECK(vanished > 1);
  CHECK(tiny * 1e-10f != 0.0f);
#else
  (void)vanishes;
#endif
}
