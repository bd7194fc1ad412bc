// What the benchmarks of dense networks train ends in the same state on every machine: any threads, any kernels with
// FMA, in lanes and in launches.
#include <doctest/doctest.h>

#include "app/cli/bench/task.h"
#include "tests/cpu/support.h"

namespace vitrine::cli {
namespace {

std::string state_hash(std::span<const Task> tasks, std::string_view choice, const CpuOptions& options) {
  const auto backend = make_cpu_backend(options);
  const Result result = tasks[0].run({*backend, choice, {}, 0});
  const auto found = std::ranges::find(result.figures, "state_hash", &Line::value_type::first);
  REQUIRE(found != result.figures.end());
  return std::get<std::string>(found->second);
}

TEST_CASE(
    "a training of dense layers ends in the same bits for every variant with FMA, number of threads and lowering") {
  struct Row {
    std::span<const Task> tasks;
    const char* choice;
  };
  for (const Row& row : {Row{playground_tasks(), "2-4-2-1"}, Row{playground_tasks(), "7-8-8-1"},
                         Row{autoencoder_tasks(), "b512"}, Row{autoencoder_tasks(), "b32"}}) {
    CAPTURE(row.choice);
    std::string first;
    for (const auto& variant : test::fma_variants()) {
      CAPTURE(variant);
      for (const int threads : {1, 2, 7}) {
        const std::string hash = state_hash(row.tasks, row.choice, {.threads = threads, .variant = variant});
        if (first.empty()) first = hash;
        CHECK(hash == first);
      }
      CHECK(state_hash(row.tasks, row.choice, {.threads = 2, .lanes = false, .variant = variant}) == first);
    }
  }
}

}  // namespace
}  // namespace vitrine::cli
