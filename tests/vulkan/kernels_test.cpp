// Every kernel that Vulkan has, called at once and through a plan, against the plain reference.
#include <algorithm>
#include <cmath>

#include "engine/graph/plan.h"
#include "engine/ops/all_ops.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"
#include "tests/support/reference.h"
#include "tests/vulkan/support.h"

namespace vitrine {
namespace {

using reference::Dense;

constexpr double kTolerance = 1e-5;  // drivers may contract and have functions of their own

void check_close(const std::vector<float>& got, const std::vector<float>& want) {
  REQUIRE(got.size() == want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double error = std::abs(static_cast<double>(got[i]) - static_cast<double>(want[i]));
    if (!(error <= kTolerance * (1 + std::abs(static_cast<double>(want[i]))))) {
      FAIL("element " << i << ": got " << got[i] << ", want " << want[i]);
    }
  }
}

std::vector<Dense<float>> draw(const Sample& sample) {
  std::vector<Dense<float>> inputs;
  for (const Spec& spec : sample.inputs) {
    inputs.push_back(reference::random<float>(spec, sample.low, sample.high, 7 + inputs.size()));
  }
  return inputs;
}

Spec output_spec(const Op& op, const Sample& sample) {
  ShapeRule rule(op.name, sample.inputs, sample.attrs);
  op.shape(rule);
  return std::move(rule).take().front();
}

bool on_floats(const Sample& sample) {
  return std::ranges::all_of(
      sample.inputs, [](const Spec& spec) { return spec.dtype == DType::float32 || spec.dtype == DType::boolean; });
}

TEST_CASE("an op that does not say it is for the CPU only has a kernel on Vulkan") {
  const WatchedDevice device;
  if (!device) return;
  for (const Op* op : ops::all_ops()) {
    CAPTURE(op->name);
    CHECK(device->supports(*op) == op->cpu_only.empty());
  }
}

TEST_CASE("a Vulkan kernel agrees with the reference on every sample, called at once and planned") {
  const WatchedDevice device;
  if (!device) return;
  for (const Op* op : ops::all_ops()) {
    if (!device->supports(*op)) continue;
    for (const Sample& sample : op->samples()) {
      if (!on_floats(sample)) continue;
      CAPTURE(op->name);
      const auto inputs = draw(sample);
      const auto want = reference::run<float>(*op, sample.attrs, inputs, output_spec(*op, sample));
      std::vector<Tensor> tensors;
      for (const auto& input : inputs) tensors.push_back(reference::upload(*device, input));
      const auto got = apply_all(*op, tensors, sample.attrs).front();
      check_close(got.floats(), want.data);
      if (got.dtype() != DType::float32) continue;  // plans read floats out
      Plan plan = compile(trace([&](Tracer& t) {
                            std::vector<Tensor> ends;
                            for (const auto& input : inputs) {
                              Tensor end = t.input("input", {DType::float32, input.spec.shape});
                              if (input.spec.dtype == DType::boolean) end = ops::greater(end, like(end, 0.5f));
                              ends.push_back(end);
                            }
                            t.output("result", apply_all(*op, ends, sample.attrs).front());
                          }),
                          *device);
      for (std::size_t i = 0; i < inputs.size(); ++i) plan.bind(static_cast<int>(i), inputs[i].data);
      plan.run();
      check_close(plan.read("result"), want.data);
    }
  }
}

TEST_CASE("Vulkan kernels read inputs that are turned, cut, stretched and lie far from the start") {
  const WatchedDevice device;
  if (!device) return;
  const auto wide = reference::random<float>({DType::float32, {9, 23, 5}}, -1, 1, 1);
  const Tensor x = tensor(*device, wide.data, wide.spec.shape);
  const Tensor turned = ops::slice(ops::transpose(x, {2, 0, 1}), {1, 2, 3}, {3, 5, 17});
  const auto at = [&](std::int64_t i, std::int64_t j, std::int64_t k) {
    return wide.data[static_cast<std::size_t>(((j + 2) * 23 + k + 3) * 5 + i + 1)];
  };
  std::vector<float> dense, sums;
  for (std::int64_t i = 0; i < 3; ++i) {
    for (std::int64_t j = 0; j < 5; ++j) {
      for (std::int64_t k = 0; k < 17; ++k) dense.push_back(at(i, j, k));
    }
  }
  for (std::int64_t j = 0; j < 5; ++j) {
    sums.push_back(0);
    for (std::int64_t i = 0; i < 3; ++i) {
      for (std::int64_t k = 0; k < 17; ++k) sums.back() += at(i, j, k);
    }
  }
  CHECK(ops::copy(turned).floats() == dense);
  CHECK(ops::reshape(turned, {15, 17}).floats() == dense);
  check_close(ops::sum(turned, {0, 2}).floats(), sums);
  std::vector<float> doubled = dense;
  for (float& value : doubled) value *= 2;
  check_close((turned + ops::broadcast(ops::copy(turned), {3, 5, 17})).floats(), doubled);
  const Tensor product = ops::matmul(turned, ops::transpose(turned, {0, 2, 1}));
  const Tensor again = ops::matmul(ops::copy(turned), ops::copy(ops::transpose(turned, {0, 2, 1})));
  check_close(product.floats(), again.floats());
}

TEST_CASE("large tensors take more workgroups than one row of them holds") {
  const WatchedDevice device;
  if (!device) return;
  constexpr std::int64_t kMany = 70'000;  // more than 65535 outputs of a reduction
  const auto x = reference::random<float>({DType::float32, {kMany, 3}}, -1, 1, 5);
  const auto sums = ops::sum(tensor(*device, x.data, x.spec.shape), {1}).floats();
  const auto want = reference::run<float>(ops::kSum, {Integers{1}, false}, std::span(&x, 1), {DType::float32, {kMany}});
  check_close(sums, want.data);
  const auto a = reference::random<float>({DType::float32, {67, 131}}, -1, 1, 6);
  const auto b = reference::random<float>({DType::float32, {131, 45}}, -1, 1, 7);
  const std::vector<Dense<float>> both = {a, b};
  check_close(ops::matmul(tensor(*device, a.data, a.spec.shape), tensor(*device, b.data, b.spec.shape)).floats(),
              reference::run<float>(ops::kMatmul, {}, both, {DType::float32, {67, 45}}).data);
}

TEST_CASE("what lies beside an output on Vulkan stays as it was") {
  const WatchedDevice device;
  if (!device) return;
  constexpr std::int64_t kMargin = 16;
  for (const Op* op : ops::all_ops()) {
    if (!device->supports(*op)) continue;
    for (const Sample& sample : op->samples()) {
      if (!on_floats(sample)) continue;
      CAPTURE(op->name);
      std::vector<Tensor> tensors;
      std::vector<Operand> operands;
      for (const auto& input : draw(sample)) tensors.push_back(reference::upload(*device, input));
      for (const Tensor& t : tensors) operands.push_back(t.operand());
      const Spec spec = output_spec(*op, sample);
      const std::size_t margin = kMargin * bytes_of(spec.dtype);
      std::vector<std::byte> memory(spec.bytes() + 2 * margin, std::byte{0xA5});
      const auto buffer = device->allocate(memory.size(), "test");
      device->upload(*buffer, 0, memory);
      if (op->view != nullptr && op->name != "reshape") continue;
      const Operand output{buffer.get(), spec, {dense_strides(spec.shape), kMargin}};
      device->run(*op, sample.attrs, operands, {&output, 1});
      device->download(*buffer, 0, memory);
      for (std::size_t i = 0; i < margin; ++i) {
        CHECK(memory[i] == std::byte{0xA5});
        CHECK(memory[memory.size() - 1 - i] == std::byte{0xA5});
      }
    }
  }
}

}  // namespace
}  // namespace vitrine
