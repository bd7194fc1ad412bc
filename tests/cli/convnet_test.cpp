// The networks that the benchmarks train end in the same state on every machine: any threads, any kernels with FMA.
#include "app/cli/bench/convnet.h"

#include <doctest/doctest.h>

#include "engine/core/hash.h"
#include "engine/graph/plan.h"
#include "tests/cpu/support.h"

namespace vitrine::cli {
namespace {

struct Trained {
  std::string hash;
  float loss;
};

Trained train(const ConvNet& net, Backend& backend, std::int64_t size, int steps) {
  Slab slab = net.make_slab(backend);
  Plan plan = compile(net.training_step(slab, size), backend);
  const ConvNet::Batch batch = net.make_batch(size);
  Adam adam;
  plan.bind(plan.input("x"), batch.x);
  plan.bind(plan.input("y"), batch.y);
  plan.bind(plan.input("rate"), {&adam.rate, 1});
  plan.bind(plan.input("boost"), {&adam.boost, 1});
  for (int i = 0; i < steps; ++i) {
    adam.next();
    plan.run();
  }
  return {hash_of(std::as_bytes(std::span<const float>(slab.save()))).hex(), plan.item(plan.kept("loss"))};
}

TEST_CASE("a training of convolutions ends in the same bits for every variant with FMA and number of threads") {
  for (const char* name : {"mnist", "cifar"}) {
    std::string first;
    for (const auto& variant : test::fma_variants()) {
      for (const int threads : {1, 2, 7}) {
        const auto backend = make_cpu_backend({.threads = threads, .variant = variant});
        const std::string hash = train(convnet_named(name), *backend, 16, 2).hash;
        CAPTURE(name);
        CAPTURE(variant);
        CAPTURE(threads);
        if (first.empty()) first = hash;
        CHECK(hash == first);
      }
    }
  }
}

TEST_CASE("a small network of convolutions learns a batch by heart") {
  const auto backend = make_cpu_backend({.threads = 1, .variant = {}});
  const ConvNet& net = convnet_named("mnist");
  const float before = train(net, *backend, 8, 1).loss, after = train(net, *backend, 8, 200).loss;
  CHECK(before > 2.0f);
  CHECK(after < 0.5f * before);
}

}  // namespace
}  // namespace vitrine::cli
