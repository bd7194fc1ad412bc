// A chain behind a product becomes its ending: fewer launches, the same bits. And weights that a plan packs once are
// never older than the slab they come from.
#include <doctest/doctest.h>

#include <bit>

#include "engine/cpu/backend.h"
#include "engine/cpu/library.h"
#include "engine/graph/plan.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/convolution.h"
#include "engine/ops/exponential.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/pooling.h"

namespace vitrine {
namespace {

std::vector<float> numbers(std::int64_t count, std::uint32_t seed) {
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) {
    seed = seed * 1664525u + 1013904223u;
    value = static_cast<float>(seed >> 8) * 0x1p-22f - 2;
  }
  return values;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return std::ranges::equal(
      a, b, [](float x, float y) { return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y); });
}

std::vector<std::string> variants() {
  std::vector<std::string> list;
  for (const char* name : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
    if (cpu::machine_runs(name)) list.emplace_back(name);
  }
  return list;
}

struct Layer {
  std::int64_t rows, depth, columns;
};

// What may stand behind a product y of x [rows, depth] and w; `r` is as large as y, `b` has one number a column and `s`
// one number a row.
struct Operands {
  Tensor x, w, b, r, s;
};
struct Ending {
  const char* name;
  Tensor (*of)(const Tensor& y, const Operands& o);
};
const Ending kEndings[] = {
    {"bias", [](const Tensor& y, const Operands& o) { return y + o.b; }},
    {"bias before", [](const Tensor& y, const Operands& o) { return o.b + y; }},
    {"bias and rectifier", [](const Tensor& y, const Operands& o) { return ops::relu(y + o.b); }},
    {"bias, residual and rectifier", [](const Tensor& y, const Operands& o) { return ops::relu(y + o.b + o.r); }},
    {"scale", [](const Tensor& y, const Operands& o) { return o.b * y; }},
    {"scale, bias and rectifier", [](const Tensor& y, const Operands& o) { return ops::relu(y * o.b + o.b); }},
    {"scale, residual and bias", [](const Tensor& y, const Operands& o) { return y * o.b + o.r + o.b; }},
    {"bias, then scale", [](const Tensor& y, const Operands& o) { return (y + o.b) * o.b; }},
    {"residual alone", [](const Tensor& y, const Operands& o) { return o.r + y; }},
    {"rectifier, then bias", [](const Tensor& y, const Operands& o) { return ops::relu(y) + o.b; }},
    {"curve", [](const Tensor& y, const Operands& o) { return ops::tanh(y + o.b); }},
    {"sigmoid by itself", [](const Tensor& y, const Operands&) { return ops::sigmoid(y); }},
    {"y twice", [](const Tensor& y, const Operands&) { return y * ops::sigmoid(y); }},
    {"a number a row", [](const Tensor& y, const Operands& o) { return (y + o.b) * o.s - o.r; }},
    {"a residual turned round and back",
     [](const Tensor& y, const Operands& o) {
       const auto axis = static_cast<std::size_t>(y.shape().rank()) / 2 - 1;  // and the next one change places
       Integers extents, order;
       for (int i = 0; i < y.shape().rank(); ++i) extents.push_back(y.shape()[i]), order.push_back(i);
       std::swap(extents[axis], extents[axis + 1]);
       std::swap(order[axis], order[axis + 1]);
       return y + ops::transpose(ops::reshape(o.r, Shape(extents)), order);
     }},
    {"the way back through a rectifier",
     [](const Tensor& y, const Operands& o) { return ops::where(ops::greater(o.r, like(o.r, 0)), y, like(o.r, 0)); }},
    {"bias, and another level than zero",
     [](const Tensor& y, const Operands& o) {
       return ops::where(ops::greater(o.r, like(o.r, 0.5f)), y + o.b, like(o.r, 0.5f));
     }},
    {"a level that is not what stands in",
     [](const Tensor& y, const Operands& o) {
       return ops::where(ops::greater(o.r, like(o.r, 0.5f)), y, like(o.r, 0.25f));
     }},
    {"a condition", [](const Tensor& y, const Operands& o) { return ops::where(ops::greater(o.r, o.b), y, -y); }},
};

using Product = Tensor (*)(const Tensor& x, const Tensor& w);

// Every ending behind a product of x and w, planned, against single calls; the shapes are those of x, w, b, r and s.
void check_endings(Backend& backend, Product product, const std::vector<Shape>& shapes) {
  std::vector<std::vector<float>> values;
  for (const Shape& shape : shapes)
    values.push_back(numbers(shape.elements(), static_cast<std::uint32_t>(values.size())));
  for (const Ending& ending : kEndings) {
    CAPTURE(std::string(ending.name));
    const auto eager = [&](int i) {
      const auto at = static_cast<std::size_t>(i);
      return tensor(backend, values[at], shapes[at]);
    };
    const Operands o{eager(0), eager(1), eager(2), eager(3), eager(4)};
    const std::vector<float> want = ending.of(product(o.x, o.w), o).floats();
    const Graph graph = trace([&](Tracer& t) {
      const auto input = [&](std::size_t i) {
        return t.input(std::string(1, "xwbrs"[i]), {DType::float32, shapes[i]});
      };
      const Operands traced{input(0), input(1), input(2), input(3), input(4)};
      t.output("y", ending.of(product(traced.x, traced.w), traced));
    });
    Plan plan = compile(graph, backend);
    for (int i = 0; i < 5; ++i) plan.bind(i, values[static_cast<std::size_t>(i)]);
    plan.run();
    CHECK(plan.schedule().launches.size() == 1);
    CHECK(same_bits(plan.read("y"), want));
  }
}

// Calls f(backend) for each variant of the kernels and one, two and seven threads.
template <class F>
void each_backend(F f) {
  for (const std::string& variant : variants()) {
    for (const int threads : {1, 2, 7}) {
      CAPTURE(variant);
      CAPTURE(threads);
      f(*make_cpu_backend({.threads = threads, .lanes = false, .variant = variant}));
    }
  }
}

}  // namespace

TEST_CASE("a product with its ending is one launch and gives the bits of single calls") {
  each_backend([](Backend& backend) {
    for (const Layer layer : {Layer{1, 7, 5}, {13, 13, 1}, {13, 300, 33}, {127, 20, 48}, {257, 64, 65}}) {
      const std::int64_t rows = layer.rows, depth = layer.depth, columns = layer.columns;
      CAPTURE(rows);
      check_endings(backend, ops::matmul,
                    {{rows, depth}, {depth, columns}, {columns}, {rows, columns}, {rows, std::int64_t{1}}});
    }
  });
}

TEST_CASE("a convolution with its ending is one launch and gives the bits of single calls") {
  const Product product = [](const Tensor& x, const Tensor& w) {
    return ops::convolution(x, w, {.strides = {1}, .dilations = {1}, .padding = ops::Padding::around(1)});
  };
  each_backend([&](Backend& backend) {
    for (const std::int64_t filters : {8, 16, 35}) {
      const Shape y{1, 5, 27, filters}, s{1, 5, 27, 1};
      check_endings(backend, product, {{1, 5, 27, 3}, {3, 3, 3, filters}, {filters}, y, s});
    }
  });
}

TEST_CASE("the way back through a pool with its ending is one launch and gives the bits of single calls") {
  const Product squares = [](const Tensor& x, const Tensor& w) {
    const Integers step{2, 2}, none{0, 0}, one{1, 1};
    return apply(ops::kMaxPoolSpread, {x, w}, {step, none, none, one, step});
  };
  const Product bars = [](const Tensor& x, const Tensor& w) {
    const Integers step{1, 4}, none{0, 0}, one{1, 1};
    return apply(ops::kMaxPoolSpread, {x, w}, {step, none, none, one, step});
  };
  each_backend([&](Backend& backend) {
    for (const std::int64_t channels : {8, 16, 35}) {  // cells are left over behind the last windows
      const Shape x{1, 7, 15, channels}, s{1, 7, 15, 1};
      check_endings(backend, squares, {x, {1, 3, 7, channels}, {channels}, x, s});
      check_endings(backend, bars, {x, {1, 7, 3, channels}, {channels}, x, s});
    }
  });
}

TEST_CASE("a convolution of single channels with its ending is one launch and gives the bits of single calls") {
  const Product once = [](const Tensor& x, const Tensor& w) {
    return ops::depthwise_convolution(x, w, {.strides = {1}, .dilations = {1}, .padding = ops::Padding::around(1)});
  };
  const Product twice = [](const Tensor& x, const Tensor& w) {
    return ops::depthwise_convolution(x, w, {.strides = {2}, .dilations = {1}, .padding = ops::Padding::around(1)});
  };
  each_backend([&](Backend& backend) {
    for (const std::int64_t channels : {35, 83}) {
      const Shape small{1, 9, 17, channels}, large{1, 18, 33, channels}, w{3, 3, channels, 1}, s{1, 9, 17, 1};
      check_endings(backend, once, {small, w, {channels}, small, s});
      check_endings(backend, twice, {large, w, {channels}, small, s});
    }
  });
}

TEST_CASE("a result that somebody else reads, keeps or assigns stays a result of its own") {
  const auto backend = make_cpu_backend({.threads = 1, .lanes = false, .variant = {}});
  Slab slab(*backend, {{"w", Shape{4, 4}}}, "test");
  const auto launches = [&](const std::function<void(Tracer&, const Tensor& x, const Tensor& w)>& fn) {
    const Graph graph = trace([&](Tracer& t) { fn(t, t.input("x", {DType::float32, {4, 4}}), t.region(slab, "w")); });
    return compile(graph, *backend).schedule().launches.size();
  };
  CHECK(launches([](Tracer& t, const Tensor& x, const Tensor& w) {
          const Tensor y = ops::matmul(x, w);
          t.output("y", y);
          t.output("z", ops::relu(y));
        }) == 2);
  CHECK(launches([](Tracer& t, const Tensor& x, const Tensor& w) {
          const Tensor y = ops::matmul(x, w);
          t.output("z", ops::matmul(y, w) + ops::relu(y));
        }) == 2);  // relu(y) ends the second product
  CHECK(launches([](Tracer& t, const Tensor& x, const Tensor& w) { t.assign(w, w - ops::matmul(x, w)); }) >= 2);
}

TEST_CASE("weights packed once are packed again when anybody writes them") {
  for (const std::string& variant : variants()) {
    const auto backend = make_cpu_backend({.threads = 2, .lanes = false, .variant = variant});
    const std::int64_t n = 70;
    Slab slab(*backend, {{"w", Shape{n, n}}}, "test");
    const auto x = numbers(n * n, 9);
    const Graph look = trace([&](Tracer& t) {
      t.output("y", ops::matmul(t.input("x", {DType::float32, {n, n}}), t.region(slab, "w")));
    });
    const Graph change = trace([&](Tracer& t) {
      const Tensor w = t.region(slab, "w");
      t.assign(w, 0.5f * w);
    });
    Plan looking = compile(look, *backend), changing = compile(change, *backend);
    looking.bind(0, x);
    const auto check = [&] {
      looking.run();
      std::vector<float> w(static_cast<std::size_t>(n * n));
      slab.read(slab.region("w"), w);
      const Tensor right = ops::matmul(tensor(*backend, x, {n, n}), tensor(*backend, w, {n, n}));
      CHECK(same_bits(looking.read("y"), right.floats()));
    };
    check();
    slab.write(slab.region("w"), numbers(n * n, 10));
    check();
    check();
    slab.restore(numbers(static_cast<std::int64_t>(slab.floats()), 11));
    check();
    changing.run();
    check();
  }
}

TEST_CASE("weights that lanes train are never read from an old pack") {
  const auto backend = make_cpu_backend({.threads = 1, .variant = {}});
  const Spec few{DType::float32, {10, 4}}, many{DType::float32, {20000, 4}};  // too many for lanes
  Slab slab(*backend, {{"w", Shape{4, 4}}}, "test");
  slab.restore(numbers(static_cast<std::int64_t>(slab.floats()), 1));
  Plan training = compile(trace([&](Tracer& t) {
                            const Tensor x = t.input("x", few), w = t.region(slab, "w");
                            t.assign(w, w - 0.01f * ops::matmul(ops::transpose(x), ops::matmul(x, w)));
                          }),
                          *backend);
  Plan looking =
      compile(trace([&](Tracer& t) { t.output("y", ops::matmul(t.input("x", many), t.region(slab, "w"))); }), *backend);
  REQUIRE(training.lowering() == "lanes");
  REQUIRE(looking.lowering() == "launches");
  const auto x = numbers(many.shape.elements(), 2);
  training.bind(0, x);
  looking.bind(0, x);
  for (int step = 0; step < 3; ++step) {
    training.run();
    looking.run();
    std::vector<float> w(16);
    slab.read(slab.region("w"), w);
    const Tensor right = ops::matmul(tensor(*backend, x, many.shape), tensor(*backend, w, {4, 4}));
    CHECK(same_bits(looking.read("y"), right.floats()));
  }
}

}  // namespace vitrine
