// Tiny networks lowered to lanes: the bits of the launches they stand for, on every variant and any number of threads.
#include <functional>

#include "engine/graph/plan.h"
#include "engine/ops/comparison.h"
#include "engine/ops/exponential.h"
#include "tests/cpu/support.h"
#include "tests/support/small_network.h"

using namespace vitrine;
using support::SmallNetwork;

namespace {

std::vector<float> trained(const SmallNetwork& net, const CpuOptions& options, int steps) {
  const auto backend = make_cpu_backend(options);
  Slab slab(*backend, net.regions(), "test");
  slab.restore(net.numbers(slab.floats(), 1));
  Plan plan = compile(net.step(slab), *backend);
  const auto rows = static_cast<std::size_t>(net.batch);
  const auto x = net.numbers(rows * static_cast<std::size_t>(net.sizes.front()), 2);
  const auto y = net.numbers(rows * static_cast<std::size_t>(net.sizes.back()), 3);
  plan.bind(0, x);
  plan.bind(1, y);
  plan.bind(2, {&net.rate, 1});
  for (int i = 0; i < steps; ++i) plan.run();
  return slab.save();
}

// Both lowerings of one graph on every variant; they start from the same slab and must leave the same one.
void check_same_bits(const std::vector<std::pair<std::string, Shape>>& regions,
                     const std::function<Graph(const Slab&)>& make, int runs) {
  std::vector<float> first;
  for (const auto& variant : test::fma_variants()) {
    for (const bool lanes : {true, false}) {
      const auto backend = make_cpu_backend({.threads = 2, .lanes = lanes, .variant = variant});
      Slab slab(*backend, regions, "test");
      slab.restore(SmallNetwork{}.numbers(slab.floats(), 5));
      Plan plan = compile(make(slab), *backend);
      CHECK(plan.lowering() == (lanes ? "lanes" : "launches"));
      const auto x = SmallNetwork{}.numbers(1 << 17, 2);
      for (int i = 0; i < static_cast<int>(plan.schedule().inputs.size()); ++i) plan.bind(i, x);
      for (int i = 0; i < runs; ++i) plan.run();
      auto result = slab.save();
      for (std::size_t i = 0; i < plan.schedule().kept.size(); ++i) {
        std::vector<float> kept(static_cast<std::size_t>(plan.spec(static_cast<int>(i)).shape.elements()));
        plan.read(static_cast<int>(i), kept);
        result.insert(result.end(), kept.begin(), kept.end());
      }
      if (first.empty()) first = result;
      CHECK(result == first);
    }
  }
}

}  // namespace

TEST_CASE("a training run leaves the same bits in lanes and launches, on every variant and any number of threads") {
  for (const SmallNetwork& net : {SmallNetwork{{2, 4, 2, 1}, 10}, SmallNetwork{{7, 8, 8, 1}, 10},
                                  SmallNetwork{{5, 13, 3}, 33}, SmallNetwork{{140, 15, 7, 2, 7, 15, 140}, 40}}) {
    CAPTURE(net.sizes.size());
    std::vector<float> first;
    for (const auto& variant : test::fma_variants()) {
      for (const int threads : {1, 2, 7}) {
        for (const bool lanes : {true, false}) {
          const auto weights = trained(net, {.threads = threads, .lanes = lanes, .variant = variant}, 25);
          if (first.empty()) first = weights;
          CHECK(weights == first);
        }
      }
    }
  }
}

TEST_CASE("networks of few units leave the bits of the launches, whatever their sizes") {
  for (int before = 1; before <= 5; ++before) {
    for (int behind = 1; behind <= 5; ++behind) {
      for (const int batch : {1, 10, 16, 17}) {
        const SmallNetwork net{{before, behind, 2}, batch};
        CAPTURE(before);
        CAPTURE(behind);
        CAPTURE(batch);
        for (const auto& variant : test::fma_variants()) {
          const auto weights = [&](bool lanes) {
            return trained(net, {.threads = 1, .lanes = lanes, .variant = variant}, 3);
          };
          CHECK(weights(true) == weights(false));
        }
      }
    }
  }
}

TEST_CASE("a body over few or many columns reads what any of its steps left") {
  for (const std::int64_t columns : {1, 2, 3, 4, 5, 7, 12, 13}) {
    for (const std::int64_t rows : {1, 10, 37}) {
      CAPTURE(columns);
      CAPTURE(rows);
      check_same_bits(
          {{"w", {columns, 1}}},
          [&](const Slab& slab) {
            return trace([&](Tracer& t) {
              const Tensor x = t.input("x", {DType::float32, {rows, columns}});
              const Tensor rate = t.input("rate", {DType::float32, {}}), w = t.region(slab, "w");
              const Tensor square = ops::square(x), wave = ops::tanh(square - rate);
              t.output("mixed", ops::where(ops::less(x, wave), square * wave, x / (square + rate)));
              const Tensor steep = ops::exp(rate * w);
              t.assign(w, ops::where(ops::less(w, steep), w - rate * steep, ops::sqrt(steep)));
            });
          },
          2);
    }
  }
}

TEST_CASE("updates that stand side by side are one lane step, and those that follow from each other stay in order") {
  const Shape wide{9, 5}, one{1};
  check_same_bits(
      {{"a", wide}, {"b", wide}, {"c", one}, {"d", wide}},
      [&](const Slab& slab) {
        return trace([&](Tracer& t) {
          const Tensor x = t.input("x", {DType::float32, {10, 3}});
          const Tensor rate = t.input("rate", {DType::float32, {}});
          const Tensor a = t.region(slab, "a"), b = t.region(slab, "b"), c = t.region(slab, "c"),
                       d = t.region(slab, "d");
          const Tensor moved = a - rate * b;  // b's update reads what a's update wrote
          const Tensor after = b - rate * moved;
          t.assign(a, moved);
          t.assign(b, after);
          t.assign(c, c - rate * c);
          t.assign(d, d - rate * after);
          t.output("sum", ops::sum(ops::tanh(x), {0}, false));
        });
      },
      3);
}

TEST_CASE("a batch that is only asked goes through in tiles, also a last one that is not full") {
  for (const std::int64_t rows : {1, 64, 65, 200, 4099}) {
    CAPTURE(rows);
    check_same_bits(
        {{"w", {3, 5}}, {"b", {5}}, {"v", {5, 2}}},
        [&](const Slab& slab) {
          return trace([&](Tracer& t) {
            const Tensor x = t.input("x", {DType::float32, {rows, 3}});
            const Tensor h = ops::tanh(ops::matmul(x, t.region(slab, "w")) + t.region(slab, "b"));
            t.output("hidden", h);
            t.output("answers", ops::tanh(ops::matmul(h, t.region(slab, "v"))));
          });
        },
        2);
  }
}

TEST_CASE("a wide input goes into a narrow layer row by row") {
  for (const std::int64_t columns : {1, 15, 16, 17}) {
    for (const std::int64_t rows : {1, 15, 16, 22, 37, 500}) {
      CAPTURE(columns);
      CAPTURE(rows);
      check_same_bits(
          {{"w", {140, columns}}, {"b", {columns}}, {"v", {columns, 33}}, {"u", {columns, 2}}},
          [&](const Slab& slab) {
            return trace([&](Tracer& t) {
              const Tensor x = t.input("x", {DType::float32, {rows, 140}});
              const Tensor h = ops::relu(ops::matmul(x, t.region(slab, "w")) + t.region(slab, "b"));
              const Tensor z = t.input("z", {DType::float32, {rows, 33}});
              t.output("answers", ops::sigmoid(ops::matmul(h, t.region(slab, "v"))) - z);
              t.output("pair", ops::matmul(ops::tanh(ops::matmul(z, ops::transpose(t.region(slab, "v")))),
                                           t.region(slab, "u")));
            });
          },
          2);
    }
  }
}

TEST_CASE("a wide result that is only asked for is written row by row, with what follows it number by number") {
  for (const std::int64_t columns : {63, 65, 140, 160}) {
    for (const std::int64_t rows : {1, 32, 37, 500}) {
      CAPTURE(columns);
      CAPTURE(rows);
      check_same_bits(
          {{"w", {7, columns}}, {"v", {15, columns}}, {"u", {15, columns}}, {"s", {7, columns}}, {"b", {columns}}},
          [&](const Slab& slab) {
            return trace([&](Tracer& t) {
              const Tensor x = t.input("x", {DType::float32, {rows, 15}});
              const Tensor z = t.input("z", {DType::float32, {rows, 7}});
              const Tensor rate = t.input("rate", {DType::float32, {}}), b = t.region(slab, "b");
              const Tensor h = ops::tanh(z);
              t.output("plain", ops::matmul(h, t.region(slab, "w")));
              t.output("moved", ops::matmul(x, t.region(slab, "v")) + b);
              t.output("steep", rate * ops::sigmoid(rate * (ops::matmul(x, t.region(slab, "u")) + b)));
              // Looked at by column, so it stays columns.
              t.output("scaled", ops::tanh(ops::matmul(h, t.region(slab, "s")) * b));
            });
          },
          2);
    }
  }
}

namespace {

// An autoencoder's step in one segment, with an optimiser that keeps a moment: products both ways, sums over samples,
// and updates of many regions that read each other's results.
Graph step_in_one_piece(const Slab& slab, std::int64_t rows) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, 140}});
    const Tensor rate = t.input("rate", {DType::float32, {}});
    const std::vector<std::string> names{"w", "b", "v", "c"};
    std::vector<Tensor> p;
    for (const auto& name : names) p.push_back(t.region(slab, name));
    const Tensor hidden = ops::relu(ops::matmul(x, p[0]) + p[1]);
    const Tensor answers = ops::sigmoid(ops::matmul(hidden, p[2]) + p[3]);
    const auto gradients = ops::gradients(ops::mean(ops::square(answers - x)), p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      const Tensor m = t.region(slab, "moment " + names[i]);
      const Tensor moved = 0.9f * m + gradients[i];
      t.assign(m, moved);
      t.assign(p[i], p[i] - rate * moved);
    }
  });
}

}  // namespace

TEST_CASE("a training step of many samples goes through in tiles, and its sums over samples go on from tile to tile") {
  const std::vector<std::pair<std::string, Shape>> regions{
      {"w", {140, 15}},        {"b", {15}},        {"v", {15, 140}},        {"c", {140}},
      {"moment w", {140, 15}}, {"moment b", {15}}, {"moment v", {15, 140}}, {"moment c", {140}}};
  for (const std::int64_t rows : {1, 15, 32, 33, 64, 100, 500}) {
    CAPTURE(rows);
    check_same_bits(
        regions, [&](const Slab& slab) { return step_in_one_piece(slab, rows); }, 3);
  }
}

TEST_CASE("a number of each sample, weighted and summed up, stays in its lane") {
  for (const std::int64_t columns : {1, 5, 16, 17, 140}) {
    for (const std::int64_t rows : {1, 5, 16, 33, 64, 500}) {
      CAPTURE(columns);
      CAPTURE(rows);
      const auto step = [&](const Slab& slab) {
        return trace([&](Tracer& t) {
          const Tensor x = t.input("x", {DType::float32, {rows, columns}});
          const Tensor weights = t.input("weights", {DType::float32, {rows}});
          const Tensor w = t.region(slab, "w"), v = t.region(slab, "v");
          const Tensor away = ops::square(ops::matmul(ops::matmul(x, w), v) - x);
          const Tensor loss = ops::mean(ops::mean(away, {1}, false) * weights);
          t.output("loss", loss);
          t.output("sums", ops::sum(away, {1}, false));
          const std::vector<Tensor> slopes = ops::gradients(loss, std::vector{w, v});
          t.assign(w, w - 0.1f * slopes[0]);
          t.assign(v, v - 0.1f * slopes[1]);
        });
      };
      check_same_bits({{"w", {columns, 3}}, {"v", {3, columns}}}, step, 2);
    }
  }
}

TEST_CASE("as many columns as samples: a vector is added to rows, whichever it could be taken for") {
  constexpr std::int64_t kEdge = 16;
  const auto answers = [&](bool lanes) {
    const auto backend = make_cpu_backend({.threads = 1, .lanes = lanes, .variant = {}});
    Plan plan = compile(trace([&](Tracer& t) {
                          const Tensor x = t.input("x", {DType::float32, {kEdge, kEdge}});
                          const Tensor v = t.input("v", {DType::float32, {kEdge}});
                          const Tensor own = ops::mean(x, {1}, false);
                          t.output("given", x + v);
                          t.output("computed", x * own);
                          t.output("by sample", x - ops::reshape(own, Shape{kEdge, 1}));
                        }),
                        *backend);
    const auto x = SmallNetwork{}.numbers(kEdge * kEdge, 2), v = SmallNetwork{}.numbers(kEdge, 3);
    plan.bind(0, x);
    plan.bind(1, v);
    plan.run();
    return std::vector{plan.read("given"), plan.read("computed"), plan.read("by sample")};
  };
  CHECK(answers(true) == answers(false));
}

TEST_CASE("a step that is never stopped inside goes through in tiles for all its segments") {
  const SmallNetwork net{{2, 4, 1}, 65};
  std::vector<float> first;
  for (const bool whole : {true, false}) {
    const auto backend = make_cpu_backend({.threads = 1, .variant = {}});
    Slab slab(*backend, net.regions(), "test");
    slab.restore(net.numbers(slab.floats(), 1));
    Plan plan = compile(net.step(slab), *backend, {.whole = whole});
    CHECK(plan.lowering() == (whole ? "lanes" : "launches"));
    CHECK(plan.segments() == compile(net.step(slab), *backend).segments());
    const auto x = net.numbers(65 * 2, 2), y = net.numbers(65, 3);
    plan.bind(0, x);
    plan.bind(1, y);
    plan.bind(2, {&net.rate, 1});
    for (int i = 0; i < 3; ++i) plan.run();
    if (first.empty()) first = slab.save();
    CHECK(slab.save() == first);
  }
}

TEST_CASE("rows of any length become columns and rows again") {
  for (const std::int64_t columns : {1, 2, 7, 16, 17, 31, 48, 159, 160}) {
    for (const std::int64_t rows : {1, 16, 37}) {
      CAPTURE(columns);
      CAPTURE(rows);
      check_same_bits(
          {{"unused", {1}}},
          [&](const Slab&) {
            return trace([&](Tracer& t) {
              const Tensor x = t.input("x", {DType::float32, {rows, columns}});
              t.output("twice", x + x);
            });
          },
          1);
    }
  }
}

TEST_CASE("samples that meet are not cut into tiles where something else than an update waits for their sum") {
  const auto backend = make_cpu_backend({.threads = 1, .variant = {}});
  SUBCASE("another segment, which may run later") {
    const SmallNetwork net{{2, 4, 1}, 65};
    Slab slab(*backend, net.regions(), "test");
    CHECK(compile(net.step(slab), *backend).lowering() == "launches");
  }
  SUBCASE("every sample") {
    const auto centred = [&](std::int64_t rows) {
      return compile(trace([&](Tracer& t) {
                       const Tensor x = t.input("x", {DType::float32, {rows, 3}});
                       t.output("centred", ops::tanh(x - ops::mean(x, {0}, false)));
                     }),
                     *backend)
          .lowering();
    };
    CHECK(centred(64) == "lanes");
    CHECK(centred(65) == "launches");
  }
  SUBCASE("a product, after an update of its weights") {
    Slab slab(*backend, {{"w", {3, 3}}}, "test");
    const auto updated = [&](std::int64_t rows) {
      return compile(trace([&](Tracer& t) {
                       const Tensor x = t.input("x", {DType::float32, {rows, 3}});
                       t.output("answers", ops::matmul(x, 2.0f * t.region(slab, "w")));
                     }),
                     *backend)
          .lowering();
    };
    CHECK(updated(64) == "lanes");
    CHECK(updated(65) == "launches");
  }
}
