// Replays ops.json: outputs, first and second gradients of every case, within the tolerances of the corpus.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"
#include "tests/conformance/corpus.h"
#include "tests/conformance/sections.h"

namespace vitrine::conformance {
namespace {

std::vector<double> download(const Tensor& tensor) {
  const std::vector<std::byte> bytes = tensor.bytes();
  std::vector<double> numbers;
  if (tensor.dtype() == DType::boolean) {
    for (const std::byte byte : bytes) numbers.push_back(std::to_integer<int>(byte));
    return numbers;
  }
  for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
    std::int32_t integer;
    float real;
    std::memcpy(&integer, bytes.data() + at, 4);
    std::memcpy(&real, bytes.data() + at, 4);
    numbers.push_back(tensor.dtype() == DType::int32 ? static_cast<double>(integer) : static_cast<double>(real));
  }
  return numbers;
}

bool close(double got, double want, const Tolerance& tolerance) {
  if (std::isnan(want) || std::isnan(got)) return std::isnan(want) && std::isnan(got);
  if (std::isinf(want) || std::isinf(got)) return got == want;
  return std::abs(got - want) <= tolerance.atol + tolerance.rtol * std::abs(want);
}

std::string place(const Shape& shape, std::size_t flat) {
  Integers index(static_cast<std::size_t>(shape.rank()));
  auto rest = static_cast<std::int64_t>(flat);
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    index[static_cast<std::size_t>(axis)] = rest % shape[axis];
    rest /= shape[axis];
  }
  return text_of(Shape(std::span<const std::int64_t>(index)));
}

// Throws the first difference; the case ends there.
void compare(const OpCase& c, std::string part, const Tensor& got, const Numbers& want, Tolerance tolerance) {
  if (!got) throw Failure{c.id, std::move(part), "is an empty tensor", {}, {}, {}};
  if (got.spec() != want.spec) {
    throw Failure{c.id, std::move(part), "is another kind of tensor", {}, text_of(got.spec()), text_of(want.spec)};
  }
  const DType dtype = want.spec.dtype;
  if (dtype == DType::int32 || dtype == DType::boolean) tolerance = {0, 0};
  const std::vector<double> numbers = download(got);
  if (numbers.size() != want.data.size()) {
    throw Failure{c.id, std::move(part), "the corpus has another count of numbers than its shape", {}, {}, {}};
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (close(numbers[i], want.data[i], tolerance)) continue;
    const bool complex = dtype == DType::complex64;
    throw Failure{
        c.id,
        std::move(part),
        complex ? (i % 2 == 0 ? "the real part differs" : "the imaginary part differs") : "the number differs",
        place(want.spec.shape, complex ? i / 2 : i),
        to_text(static_cast<float>(numbers[i])),
        to_text(static_cast<float>(want.data[i]))};
  }
}

// Adds sum(tensor × weights) to a target; weights are constants.
void add_product(Tensor& target, const Tensor& tensor, const Numbers& weights, Backend& backend) {
  const Tensor product = ops::sum(tensor * upload(backend, weights));
  target = target ? target + product : product;
}

void check_gradients(const OpCase& c, const Case& call, const Tensors& outputs) {
  Tensor target;
  for (std::size_t i = 0; i < c.cotangents.size(); ++i) {
    if (c.cotangents[i]) add_product(target, outputs[i], *c.cotangents[i], call.backend);
  }
  const Tensors first = ops::gradients(target, call.inputs);
  for (std::size_t i = 0; i < c.grads.size(); ++i) {
    if (c.grads[i]) compare(c, "gradient of input " + std::to_string(i), first[i], *c.grads[i], c.gradient);
  }
  if (c.second_grads.empty()) return;
  Tensor total;
  for (std::size_t i = 0; i < c.second_cotangents.size(); ++i) {
    if (c.second_cotangents[i]) add_product(total, first[i], *c.second_cotangents[i], call.backend);
  }
  const Tensors second = ops::gradients(total, call.inputs);
  for (std::size_t i = 0; i < c.second_grads.size(); ++i) {
    if (c.second_grads[i]) {
      compare(c, "second gradient of input " + std::to_string(i), second[i], *c.second_grads[i], c.gradient);
    }
  }
}

void check(const OpCase& c, const Adapter& adapter, const Tolerance& tolerance, Backend& backend) {
  const bool differentiate = !c.edge && !c.grads.empty();
  Case call{backend, c.attrs, {}};
  for (std::size_t i = 0; i < c.inputs.size(); ++i) {
    const Tensor input = upload(backend, c.inputs[i]);
    call.inputs.push_back(differentiate && c.grads[i] ? watch(input) : input);
  }
  const Tensors outputs = adapter.run(call);
  if (outputs.size() != c.outputs.size()) {
    throw Failure{
        c.id, {}, "another number of outputs", {}, std::to_string(outputs.size()), std::to_string(c.outputs.size())};
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    compare(c, "output " + std::to_string(i), outputs[i], c.outputs[i], tolerance);
  }
  if (differentiate) check_gradients(c, call, outputs);
}

// Nothing when the case passes.
std::optional<Failure> failure_of(const OpCase& c, const Adapter* adapter, const Tolerance& tolerance,
                                  Backend& backend) {
  try {
    if (adapter == nullptr) throw Failure{c.id, {}, "there is no adapter for " + c.op, {}, {}, {}};
    check(c, *adapter, tolerance, backend);
    return {};
  } catch (const Failure& failure) {
    return failure;
  } catch (const std::exception& error) {
    return Failure{c.id, {}, error.what(), {}, {}, {}};
  }
}

}  // namespace

void replay_ops(const Replay& replay) {
  const OpCorpus corpus = read_ops(replay.folder / "ops.json");
  for (const std::string& op : replay.only_ops) {
    if (std::ranges::find(corpus.cases, op, &OpCase::op) == corpus.cases.end()) {
      replay.report.fail({op, {}, "the corpus has no case of it", {}, {}, {}});
    }
  }
  for (const OpCase& c : corpus.cases) {
    const bool asked = replay.only_ops.contains(c.op);
    if (!replay.only_ops.empty() && !asked) continue;
    const Adapter* adapter = find_adapter(c.op);
    const auto failure = failure_of(c, adapter, corpus.tolerance, replay.backend);
    const std::string* reason = asked ? nullptr : replay.skips.reason(c.id, c.op, adapter != nullptr);
    if (reason != nullptr) {
      // Under another seed a listed case may pass by luck, so this is a hint and no failure.
      replay.report.skip(c.id, failure ? *reason : *reason + " (it passes now)", true);
    } else if (failure) {
      replay.report.fail(*failure);
    } else {
      replay.report.pass();
    }
  }
}

}  // namespace vitrine::conformance
