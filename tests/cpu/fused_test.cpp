// Fused bodies against their steps one by one.
#include "engine/cpu/prepared.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "tests/cpu/calls.h"

using namespace vitrine;
using test::Input, test::Order;

TEST_CASE("a fused body gives the bits of its steps one by one, also when it writes over its input") {
  for (const auto& variant : test::variants()) {
    const auto backend = make_cpu_backend({.threads = 2, .variant = variant});
    cpu::Pool pool(2);
    const auto kernels = cpu::load_kernels(variant);
    for (const std::int64_t n : {1, 13, 127, 257, 5000}) {
      CAPTURE(variant);
      CAPTURE(n);
      test::Numbers numbers(3);
      const Spec wide{DType::float32, {3, n}}, row{DType::float32, {n}}, one{DType::float32, {}};
      Input x = test::input_of(*backend, wide, Order::dense, numbers);
      const Input bias = test::input_of(*backend, row, Order::dense, numbers);
      const Input rate = test::input_of(*backend, one, Order::dense, numbers);
      const auto step = [&](const Op& op, std::vector<Operand> inputs, const Spec& spec) {
        auto output = std::make_unique<test::Guarded>(*backend, spec);
        const Operand operand = output->operand();
        backend->run(op, {}, inputs, {&operand, 1});
        return output;
      };
      // where(x > rate, tanh(x + bias) * rate, x)
      const auto sum = step(ops::kAdd, {x.operand(), bias.operand()}, wide);
      const auto curve = step(ops::kTanh, {sum->operand()}, wide);
      const auto scaled = step(ops::kMul, {curve->operand(), rate.operand()}, wide);
      const auto above = step(ops::kGreater, {x.operand(), rate.operand()}, {DType::boolean, wide.shape});
      const auto chosen = step(ops::kWhere, {above->operand(), scaled->operand(), x.operand()}, wide);
      const std::vector<MicroStep> body = {{Micro::add, -1, -2, 0},
                                           {Micro::tanh, 0, 0, 0},
                                           {Micro::mul, 1, -3, 0},
                                           {Micro::greater, -1, -3, 0},
                                           {Micro::where, 3, 2, -1}};
      const auto array = [](const Input& input) {
        return cpu::array_of(input.buffer->host(), input.spec, input.layout);
      };
      const cpu::PreparedCall fused(*kernels->find("fused"), {}, body, {array(x), array(bias), array(rate)},
                                    {array(x)});
      fused.run(pool);
      CHECK(hash_of({x.buffer->host(), wide.bytes()}) == hash_of(chosen->memory()));
    }
  }
}
