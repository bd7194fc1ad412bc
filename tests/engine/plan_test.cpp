// Plans: segments, taps, in-place updates, one arena; and that a training step gives the bits of eager training.
#include "engine/graph/plan.h"

#include <doctest/doctest.h>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "tests/support/small_network.h"

namespace vitrine {
namespace {

using support::SmallNetwork;

struct Trained {
  std::vector<float> losses, weights;
  std::string lowering;
};

Trained train(const SmallNetwork& net, Backend& backend, int steps, const CompileOptions& options = {}) {
  Slab slab(backend, net.regions(), "test");
  slab.restore(net.numbers(slab.floats(), 1));
  Plan plan = compile(net.step(slab), backend, options);
  const auto rows = static_cast<std::size_t>(net.batch);
  const auto x = net.numbers(rows * static_cast<std::size_t>(net.sizes.front()), 2);
  const auto y = net.numbers(rows * static_cast<std::size_t>(net.sizes.back()), 3);
  plan.bind(plan.input("x"), x);
  plan.bind(plan.input("y"), y);
  plan.bind(plan.input("rate"), {&net.rate, 1});
  Trained result;
  for (int i = 0; i < steps; ++i) {
    plan.run();
    if (net.keep_loss) result.losses.push_back(plan.item(plan.kept("loss")));
  }
  result.weights = slab.save();
  result.lowering = plan.lowering();
  return result;
}

Trained train_eagerly(const SmallNetwork& net, Backend& backend, int steps) {
  Slab slab(backend, net.regions(), "test");
  slab.restore(net.numbers(slab.floats(), 1));
  const auto rows = static_cast<std::size_t>(net.batch);
  const Tensor x = tensor(backend, net.numbers(rows * static_cast<std::size_t>(net.sizes.front()), 2),
                          {net.batch, net.sizes.front()});
  const Tensor y =
      tensor(backend, net.numbers(rows * static_cast<std::size_t>(net.sizes.back()), 3), {net.batch, net.sizes.back()});
  const Tensor rate = tensor(backend, {&net.rate, 1}, {});
  Trained result;
  for (int i = 0; i < steps; ++i) {
    std::vector<Tensor> parameters;
    Tensor a = x;
    for (std::size_t r = 0; r < slab.regions().size(); ++r) {
      const Region& region = slab.regions()[r];
      std::vector<float> values(static_cast<std::size_t>(region.shape.elements()));
      slab.read(region, values);
      parameters.push_back(watch(tensor(backend, values, region.shape)));
      if (r % 2 == 0) a = ops::matmul(a, parameters.back());
      if (r % 2 == 1) a = ops::tanh(a + parameters.back());
    }
    const Tensor loss = 0.5f * ops::mean(ops::square(a - y));
    result.losses.push_back(loss.item());
    const auto gradients = ops::gradients(loss, parameters);
    for (std::size_t r = 0; r < parameters.size(); ++r) {
      slab.write(slab.regions()[r], (parameters[r] - rate * gradients[r]).floats());
    }
  }
  result.weights = slab.save();
  return result;
}

TEST_CASE("a planned training step gives the bits of eager training, small and large, even and odd") {
  const auto cpu = open_device("cpu");
  for (const auto& sizes :
       std::vector<std::vector<std::int64_t>>{{2, 4, 2, 1}, {7, 8, 8, 1}, {3, 1}, {5, 70, 3}, {2, 17, 1}}) {
    for (const std::int64_t batch : {1, 10, 16, 33, 64, 100}) {
      CAPTURE(batch);
      CAPTURE(sizes.size());
      const SmallNetwork net{sizes, batch};
      const Trained planned = train(net, *cpu, 5);
      const Trained eager = train_eagerly(net, *cpu, 5);
      CHECK(planned.losses == eager.losses);
      CHECK(planned.weights == eager.weights);
      CHECK(planned.losses.back() < planned.losses.front());
    }
  }
}

TEST_CASE("a tiny network is lowered to lanes, a large one is not") {
  const auto cpu = open_device("cpu");
  CHECK(train({}, *cpu, 1).lowering == "lanes");
  CHECK(train({{5, 70, 3}, 10}, *cpu, 1).lowering == "launches");
  CHECK(train({{2, 4, 1}, 100}, *cpu, 1).lowering == "launches");
}

TEST_CASE("running segment by segment is running the whole step, and shows the loss before anything moves") {
  const auto cpu = open_device("cpu");
  for (const std::int64_t batch : {10, 100}) {
    const SmallNetwork net{{2, 4, 2, 1}, batch};
    Slab slab(*cpu, net.regions(), "test");
    slab.restore(net.numbers(slab.floats(), 1));
    Plan plan = compile(net.step(slab), *cpu);
    const auto x = net.numbers(static_cast<std::size_t>(batch * 2), 2);
    const auto y = net.numbers(static_cast<std::size_t>(batch), 3);
    plan.bind(0, x);
    plan.bind(1, y);
    plan.bind(2, {&net.rate, 1});
    const auto before = slab.save();
    plan.run(plan.segment("forward"), plan.segment("loss"));
    const float loss = plan.item(plan.kept("loss"));
    plan.run(plan.segment("backward"), plan.segment("backward"));
    CHECK(slab.save() == before);
    plan.run(plan.segment("update"), plan.segment("update"));
    const Trained whole = train(net, *cpu, 1);
    CHECK(slab.save() == whole.weights);
    CHECK(loss == whole.losses.front());
  }
}

TEST_CASE("taps show real values when asked for, and leave no trace when not") {
  const auto cpu = open_device("cpu");
  const SmallNetwork net;
  Slab slab(*cpu, net.regions(), "test");
  const Graph graph = net.step(slab);
  const Plan without = compile(graph, *cpu);
  const Plan with = compile(graph, *cpu, {.taps = true});
  CHECK(without.taps().empty());
  CHECK(with.taps() == std::vector<std::string>{"layer 1", "layer 2", "layer 3"});
  CHECK(with.schedule().launches.size() >= without.schedule().launches.size());
  CHECK(train(net, *cpu, 3, {.taps = true}).weights == train(net, *cpu, 3).weights);
}

TEST_CASE("updates are written in place, and the arena is reused") {
  const auto cpu = open_device("cpu");
  const SmallNetwork net{{2, 4, 2, 1}, 10};
  Slab slab(*cpu, net.regions(), "test");
  const Plan plan = compile(net.step(slab), *cpu);
  std::size_t all = 0;
  for (const Launch& launch : plan.schedule().launches) {
    CHECK((launch.op == nullptr || launch.op->name != "copy"));
    const Value& out = plan.schedule().values[static_cast<std::size_t>(launch.outputs[0])];
    if (out.place == Value::Place::arena) all += (out.spec.bytes() + 63) / 64 * 64;
  }
  CHECK(plan.schedule().arena_bytes < all);
}

TEST_CASE("a region that is read after its new value is known keeps the old one until the end") {
  const auto cpu = open_device("cpu");
  Slab slab(*cpu, {{"a", {3}}, {"b", {3}}}, "test");
  const std::vector<float> a{1, 2, 3}, b{10, 20, 30};
  slab.write(slab.region("a"), a);
  slab.write(slab.region("b"), b);
  // Swapping two regions: neither may be overwritten before the other has been read.
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor x = t.region(slab, "a"), y = t.region(slab, "b");
                        t.assign(x, y + like(y, 1));
                        t.assign(y, x + like(x, 1));
                        t.output("sum", x + y);
                      }),
                      *cpu);
  plan.run();
  std::vector<float> got(3);
  slab.read(slab.region("a"), got);
  CHECK(got == std::vector<float>{11, 21, 31});
  slab.read(slab.region("b"), got);
  CHECK(got == std::vector<float>{2, 3, 4});
  CHECK(plan.read("sum") == std::vector<float>{11, 22, 33});
}

TEST_CASE("outputs that are views or inputs can be read") {
  const auto cpu = open_device("cpu");
  Plan plan = compile(trace([&](Tracer& t) {
                        const Tensor x = t.input("x", {DType::float32, {2, 3}});
                        t.output("input", x);
                        t.output("turned", ops::transpose(x));
                        t.output("turned square", ops::transpose(ops::square(x)));
                      }),
                      *cpu);
  const std::vector<float> x{1, 2, 3, 4, 5, 6};
  plan.bind(0, x);
  plan.run();
  CHECK(plan.read("input") == x);
  CHECK(plan.read("turned") == std::vector<float>{1, 4, 2, 5, 3, 6});
  CHECK(plan.read("turned square") == std::vector<float>{1, 16, 4, 25, 9, 36});
}

TEST_CASE("what depends on no input is computed once, equal calls are shared, dead ones go") {
  const auto cpu = open_device("cpu");
  const Plan plan = compile(trace([&](Tracer& t) {
                              const Tensor x = t.input("x", {DType::float32, {4}});
                              const Tensor three = like(x, 1) + like(x, 2);
                              const Tensor dead = ops::tanh(x);
                              t.output("y", ops::matmul(ops::reshape(ops::square(x) * three, {1, 4}),
                                                        ops::reshape(ops::square(x) * three, {4, 1})));
                            }),
                            *cpu);
  std::size_t products = 0;
  for (const Launch& launch : plan.schedule().launches) products += launch.op != nullptr && launch.op->name == "matmul";
  CHECK(products == 1);
  CHECK(plan.schedule().launches.size() == 2);  // square × 3 as one body, the product
}

TEST_CASE("what is one number all over is computed once, in whatever shape it is asked for") {
  const auto cpu = open_device("cpu");
  Plan plan = compile(trace([](Tracer& t) {
                        const Tensor x = t.input("x", {DType::float32, {4, 3}});
                        const Tensor mean = ops::mean(ops::mean(ops::square(x), {1}));
                        t.output("gradient", ops::gradients(mean, std::vector{x})[0]);
                        const Tensor even = ops::broadcast(like(x, 3), {2, 2}) * like(x, 7);
                        t.output("even", ops::reshape(even, {4}));
                        t.output("one", ops::reshape(ops::broadcast(like(x, 2), {1}), {}) - like(x, 5));
                      }),
                      *cpu);
  const std::vector<float> x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  plan.bind(0, x);
  plan.run();
  std::vector<float> slopes;
  for (const float value : x) slopes.push_back(2 * value * ((1.0f / 4) * (1.0f / 3)));
  CHECK(plan.read("gradient") == slopes);
  CHECK(plan.read("even") == std::vector<float>(4, 21));
  CHECK(plan.item(plan.kept("one")) == -3);
  // Besides the copies that make two constants readable, one chain over x is all that is left to do.
  CHECK(plan.schedule().launches.size() == 3);
}

TEST_CASE("wrong names, sizes and shapes are said, with a remedy") {
  const auto cpu = open_device("cpu");
  Plan plan = compile(trace([](Tracer& t) {
                        const Tensor x = t.input("x", {DType::float32, {4}});
                        t.output("y", ops::square(x));
                      }),
                      *cpu);
  const std::vector<float> few(3);
  CHECK_THROWS_AS(plan.bind(0, few), ShapeError);
  CHECK_THROWS_AS(plan.input("z"), UsageError);
  CHECK_THROWS_AS(plan.kept("z"), UsageError);
  CHECK_THROWS_AS(trace([](Tracer& t) {
                    const Tensor x = t.input("x", {DType::float32, {4}});
                    t.assign(x, x);
                  }),
                  UsageError);
  try {
    trace([](Tracer& t) {
      const Tensor x = t.input("x", {DType::float32, {4, 3}});
      t.output("y", ops::matmul(x, x));
    });
    FAIL("no error");
  } catch (const ShapeError& error) {
    CHECK(std::string(error.what()) ==
          "[matmul] b: does not fit a; expected 3 rows; got 4 rows. Transpose one of them.");
  }
}

TEST_CASE("closing everything leaves the ledger as it was") {
  const auto cpu = open_device("cpu");
  const std::size_t count = cpu->ledger().count(), bytes = cpu->ledger().bytes();
  {
    train({}, *cpu, 2, {.taps = true});
    train_eagerly({}, *cpu, 2);
    Tensor chain = watch(tensor(*cpu, std::vector<float>{1}, {}));
    for (int i = 0; i < 200000; ++i) chain = ops::neg(chain);  // a release that recursed would overflow the stack
    CHECK(cpu->ledger().count() > count);
  }
  CHECK(cpu->ledger().count() == count);
  CHECK(cpu->ledger().bytes() == bytes);
}

TEST_CASE("a rectifier and its way back are one launch each") {
  const auto cpu = open_device("cpu");
  const Spec wide{DType::float32, {40, 50}};
  const Plan plan = compile(trace([&](Tracer& t) {
                              const Tensor x = t.input("x", wide), bias = t.input("bias", {DType::float32, {50}});
                              const Tensor y = ops::relu(x + bias);
                              t.output("y", y);
                              const Tensor sources[] = {x};
                              t.output("dx", ops::gradients(y, sources, t.input("dy", wide)).front());
                            }),
                            *cpu);
  CHECK(plan.schedule().launches.size() == 2);
}

}  // namespace
}  // namespace vitrine
