// A kernel as the tests call it: inputs of reproducible numbers in one of several orders of memory, guarded outputs.
#pragma once

#include "tests/cpu/support.h"

namespace vitrine::test {

struct Case {
  std::vector<Spec> inputs;
  Attrs attrs;
};

enum class Order { dense, reversed, spread };

// A tensor of numbers, stored in one of several orders; `values` is always row-major.
struct Input {
  Spec spec;
  std::vector<float> values;
  std::shared_ptr<Buffer> buffer;
  Layout layout;
  Operand operand() const { return {buffer.get(), spec, layout}; }
};

Input input_of(Backend& backend, const Spec& spec, Order order, Numbers& numbers, const Sample& range = {});

struct Result {
  std::vector<Input> inputs;
  std::vector<Guarded> outputs;
  const Guarded& output() const { return outputs.front(); }
};

std::vector<Spec> outputs_of(const Op& op, const Case& c);

// Runs a case; the numbers come from the seed alone.
Result result_of(Backend& backend, const Op& op, const Case& c, Order order, std::uint64_t seed = 7);

}  // namespace vitrine::test
