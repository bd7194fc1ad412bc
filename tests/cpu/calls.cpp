// Lays out inputs and runs one op.
#include "tests/cpu/calls.h"

#include <cmath>

namespace vitrine::test {
namespace {

std::int64_t place_of(const Shape& shape, const Layout& layout, std::int64_t index) {
  std::int64_t place = layout.offset;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    place += index % shape[axis] * layout.strides[static_cast<std::size_t>(axis)];
    index /= shape[axis];
  }
  return place;
}

}  // namespace

Input input_of(Backend& backend, const Spec& spec, Order order, Numbers& numbers, const Sample& range) {
  Input input{
      spec, numbers.reals(static_cast<std::size_t>(spec.shape.elements())), nullptr, {dense_strides(spec.shape), 0}};
  if (order == Order::reversed) {
    std::int64_t step = 1;
    for (int axis = 0; axis < spec.shape.rank(); ++axis) {
      input.layout.strides[static_cast<std::size_t>(axis)] = step;
      step *= spec.shape[axis];
    }
  } else if (order == Order::spread) {
    for (auto& stride : input.layout.strides) stride *= 3;
    input.layout.offset = 5;
  }
  input.buffer = backend.allocate(spec.bytes() * 3 + 64, "test");
  for (std::int64_t i = 0; i < spec.shape.elements(); ++i) {
    const auto place = static_cast<std::size_t>(place_of(spec.shape, input.layout, i));
    float& value = input.values[static_cast<std::size_t>(i)];
    if (spec.dtype == DType::boolean) {
      value = value > 0 ? 1.0f : 0.0f;
      input.buffer->host()[place] = static_cast<std::byte>(value);
    } else {
      value = static_cast<float>(range.low + (range.high - range.low) * (static_cast<double>(value) + 2) / 4);
      if (spec.dtype == DType::int32) {
        value = std::floor(value);
        reinterpret_cast<std::int32_t*>(input.buffer->host())[place] = static_cast<std::int32_t>(value);
        continue;
      }
      reinterpret_cast<float*>(input.buffer->host())[place] = value;
    }
  }
  return input;
}

std::vector<Spec> outputs_of(const Op& op, const Case& c) {
  ShapeRule rule(op.name, c.inputs, c.attrs);
  op.shape(rule);
  return std::move(rule).take();
}

Result result_of(Backend& backend, const Op& op, const Case& c, Order order, std::uint64_t seed) {
  Numbers numbers(seed);
  Result result;
  for (const Spec& spec : outputs_of(op, c)) result.outputs.emplace_back(backend, spec);
  std::vector<Operand> operands;
  for (const Spec& spec : c.inputs) {
    result.inputs.push_back(input_of(backend, spec, order, numbers, op.samples().front()));
    operands.push_back(result.inputs.back().operand());
  }
  std::vector<Operand> outputs;
  for (const auto& output : result.outputs) outputs.push_back(output.operand());
  backend.run(op, c.attrs, operands, outputs);
  return result;
}

}  // namespace vitrine::test
