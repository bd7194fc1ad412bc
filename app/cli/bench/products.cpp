// The product of two square matrices.
#include "app/cli/bench/task.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/graph/plan.h"
#include "engine/ops/linear.h"

namespace vitrine::cli {
namespace {

constexpr std::int64_t kMostRows = 8192;  // three matrices of 256 MiB

// Both matrices are bound, not known to the plan, as a caller hands them to a library: laying them out counts.
Result sgemm(const Setting& setting) {
  const auto rows = parse_integer(setting.choice);
  if (!rows || *rows < 1 || *rows > kMostRows) {
    throw UsageError({"bench sgemm", "names no size of matrices", "a number of rows from 1 to 8192",
                      std::string(setting.choice.substr(0, 80)), "Write sgemm:1024."});
  }
  const std::int64_t n = *rows;
  const Spec square{DType::float32, {n, n}};
  Plan plan = compile(trace([&](Tracer& t) { t.output("c", ops::matmul(t.input("a", square), t.input("b", square))); }),
                      setting.backend);
  const std::vector<float> a = ordinary(static_cast<std::size_t>(n * n)), b(a.rbegin(), a.rend());
  plan.bind(plan.input("a"), a);
  plan.bind(plan.input("b"), b);
  const Measured measured = measure(setting, [&] { plan.run(); });
  if (measured.milliseconds.empty()) return {};
  const Floor floor = floor_of(plan);
  return {measured, floor, {{"gflops", floor.flops / measured.at(0.5) * 1e-6}}};
}

constexpr Task kTasks[] = {
    {"sgemm", "1024", "the product of two matrices of 1024 rows; sgemm:512, sgemm:2048", sgemm},
};

}  // namespace

std::span<const Task> product_tasks() {
  return kTasks;
}

}  // namespace vitrine::cli
