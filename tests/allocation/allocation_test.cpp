// Running a plan allocates nothing: malloc and its kin are interposed for the whole process, kernel library included.
#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>

#include "datasets/batches.h"
#include "datasets/catalog.h"
#include "datasets/split.h"
#include "engine/backends.h"
#include "engine/learn/course.h"
#include "engine/nn/layers.h"
#include "tests/support/small_network.h"

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {
std::atomic<bool> watching{false};
std::atomic<long> allocations{0};

void note() {
  if (watching.load(std::memory_order_relaxed)) allocations.fetch_add(1, std::memory_order_relaxed);
}
}  // namespace

extern "C" {
void* malloc(std::size_t size) {
  note();
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  note();
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  note();
  return __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  note();
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  note();
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** to, std::size_t alignment, std::size_t size) {
  note();
  *to = __libc_memalign(alignment, size);
  return *to == nullptr ? 12 : 0;
}
}

namespace vitrine {
namespace {

TEST_CASE("a plan runs without a single allocation, in lanes, in launches and on many threads") {
  struct Shape {
    std::vector<std::int64_t> sizes;
    std::int64_t batch;
  };
  for (const auto& [sizes, batch] : {Shape{{2, 4, 2, 1}, 10}, Shape{{7, 8, 8, 1}, 100}, Shape{{256, 512, 10}, 512}}) {
    const auto cpu = open_device("cpu", 4);
    const support::SmallNetwork net{sizes, batch};
    Slab slab(*cpu, net.regions(), "test");
    Plan plan = compile(net.step(slab), *cpu);
    const auto x = net.numbers(static_cast<std::size_t>(batch * sizes.front()), 2);
    const auto y = net.numbers(static_cast<std::size_t>(batch * sizes.back()), 3);
    plan.bind(0, x);
    plan.bind(1, y);
    plan.bind(2, {&net.rate, 1});
    allocations = 0;
    watching = true;
    plan.run();  // the very first run too
    for (int i = 0; i < 3; ++i) {
      plan.bind(0, x);
      plan.run();
    }
    watching = false;
    CHECK(allocations == 0);
  }
}

TEST_CASE("batches of a set in memory are handed out without a single allocation, shuffled and varied") {
  const datasets::Dataset beats = datasets::make_dataset("heartbeats", {.seed = 1, .count = 100});
  const auto items = datasets::split(beats, {}).train;
  datasets::Batches batches(beats, items, {.size = 16, .augment = {.shift = 3, .noise = 0.1f}});
  std::vector<float> values(16 * beats.info().shape.size()), labels(16);
  allocations = 0;
  watching = true;
  for (std::uint32_t round = 0; round < 3; ++round) {
    batches.start(round);
    while (!batches.next(values, labels).empty()) {
    }
  }
  watching = false;
  CHECK(allocations == 0);
}

TEST_CASE("the steps of a fit allocate nothing, whole, in segments and sample by sample") {
  using namespace learn;
  const auto cpu = open_device("cpu", 1);
  const nn::Model model = nn::sequential(
      "net", {nn::layers::Dense(3, {{"activation", "tanh"}, {"input_shape", {2}}}), nn::layers::Dense(1)});
  nn::Weights weights(*cpu, model, 1);
  Trainer trainer(model, weights, {.optimiser = optimisers::Adam(0.01), .loss = {"mse"}, .metrics = {"mae"}});
  const Rows x({2}, std::vector<float>(60, 0.5f)), y({1}, std::vector<float>(30, 1.0f));
  Course course(trainer, {{x}, {y}}, {.epochs = 9, .batch_size = 4});
  course.step();
  course.step_sample();  // makes the plan for one sample
  const auto look_inside = [&] {
    for (int segment = 0; segment < Trainer::kSegments; ++segment) course.step_segment();
  };
  look_inside();  // makes the plan that stops
  allocations = 0;
  watching = true;
  course.step();
  course.step_sample();
  look_inside();
  watching = false;
  CHECK(allocations == 0);
  CHECK(course.row() == 18);
}

TEST_CASE("the counter counts") {
  allocations = 0;
  watching = true;
  delete new volatile int(1);
  watching = false;
  CHECK(allocations > 0);
}

}  // namespace
}  // namespace vitrine
