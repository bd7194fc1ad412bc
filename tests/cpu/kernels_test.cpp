// Every kernel against the plainest loop in double precision: odd and empty sizes, strided inputs, guarded outputs,
// every variant. And the promise of equal bits, between variants with FMA and thread counts.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "tests/cpu/calls.h"
#include "tests/cpu/cases.h"
#include "tests/support/reference.h"
#include "tests/support/worse.h"

using namespace vitrine;
using test::Case, test::Input, test::Order, test::Result;

namespace {

double number_in(const test::Guarded& output, DType dtype, std::size_t at) {
  if (dtype == DType::boolean) return static_cast<double>(output.bytes()[at]);
  if (dtype == DType::float32) return static_cast<double>(output.floats()[at]);
  std::int32_t integer;
  std::memcpy(&integer, output.bytes() + at * sizeof integer, sizeof integer);
  return integer;
}

std::int64_t places_of(const Case& c) {  // at which a window stops
  const Shape& dy = c.inputs[1].shape;
  return dy.elements() / std::max<std::int64_t>(dy[dy.rank() - 1], 1);
}

double tolerance_of(const Op& op, const Case& c) {
  if (op.name == "matmul") return 4e-7 * 4 * static_cast<double>(c.inputs[0].shape[c.inputs[0].shape.rank() - 1] + 1);
  if (op.name == "sum" || op.name == "mean" || op.name == "segment_sum" || op.name == "cumsum")
    return 1e-6 * static_cast<double>(c.inputs[0].shape.elements() + 1);
  if (op.name == "convolution_filter_gradient") return 1e-7 * static_cast<double>(places_of(c) + 100);
  // The samples sum up to 153 products of numbers up to 2, the largest filter 2160.
  if (op.name.starts_with("convolution")) return c.inputs[1].shape.elements() < 10'000 ? 1e-5 : 1e-4;
  return 1e-6;
}

using Wanted = std::vector<reference::Dense<double>>;

// By the plain loops, for numbers that lie anywhere.
Wanted wanted_of(const Op& op, const Case& c, const Result& result) {
  Wanted inputs;
  for (const Input& input : result.inputs) {
    inputs.push_back({input.spec, std::vector<double>(input.values.begin(), input.values.end())});
  }
  return reference::run_all<double>(op, c.attrs, inputs);
}

double difference(double got, double right) {
  if (got == right || (got != got && right != right)) return 0;
  return std::fabs(got - right) / std::max(1.0, std::fabs(right));
}

double worst_difference(const Result& result, const Wanted& wanted) {
  double worst = 0;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    for (std::size_t at = 0; at < wanted[k].data.size(); ++at)
      worst =
          test::worse(worst, difference(number_in(result.outputs[k], wanted[k].spec.dtype, at), wanted[k].data[at]));
  }
  return worst;
}

}  // namespace

TEST_CASE("every kernel agrees with a plain loop, in every order of memory, and stays inside its output") {
  std::vector<std::unique_ptr<Backend>> backends;
  for (const auto& variant : test::variants()) {
    backends.push_back(make_cpu_backend({.threads = 2, .variant = variant}));
  }
  for (const Op* op : test::kernel_ops()) {
    REQUIRE_MESSAGE(reference::covers(*op), op->name);
    for (const Case& c : test::cases_of(*op)) {
      Wanted wanted;  // once: the numbers are the same for every variant and order
      for (const auto& backend : backends) {
        for (const Order order : {Order::dense, Order::reversed, Order::spread}) {
          const Result result = test::result_of(*backend, *op, c, order);
          if (wanted.empty()) wanted = wanted_of(*op, c, result);
          CAPTURE(backend->info().isa);
          CAPTURE(op->name);
          CAPTURE(text_of(c.inputs[0]));
          CAPTURE(static_cast<int>(order));
          for (const auto& output : result.outputs) CHECK(output.margins_untouched());
          CHECK(worst_difference(result, wanted) <= tolerance_of(*op, c));
        }
      }
    }
  }
}

TEST_CASE("the bits are the same for every variant with FMA, thread count and order of memory") {
  std::vector<std::unique_ptr<Backend>> backends;
  for (const auto& variant : test::fma_variants()) {
    for (const int threads : {1, 2, 7}) backends.push_back(make_cpu_backend({.threads = threads, .variant = variant}));
  }
  if (backends.empty()) return;
  for (const Op* op : test::kernel_ops()) {
    std::vector<Case> cases = test::cases_of(*op);
    std::ranges::move(test::large_cases_of(*op), std::back_inserter(cases));
    for (const Case& c : cases) {
      const Hash first = hash_of(test::result_of(*backends[0], *op, c, Order::dense).output().memory());
      for (const auto& backend : backends) {
        for (const Order order : {Order::dense, Order::reversed, Order::spread}) {
          CAPTURE(op->name);
          CAPTURE(text_of(c.inputs[0]));
          CAPTURE(backend->info().isa);
          CAPTURE(backend->info().threads);
          CHECK(hash_of(test::result_of(*backend, *op, c, order).output().memory()) == first);
        }
      }
    }
  }
}
