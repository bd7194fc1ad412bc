// A prepared schedule: places, views, segments, bound inputs, and the same bits as single ops.
#include "engine/core/error.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"
#include "tests/cpu/support.h"

using namespace vitrine;

namespace {

using Place = Value::Place;

Value value(const Spec& spec, Place place, int index, std::size_t offset, int base) {
  return {spec, place, index, offset, base, {dense_strides(spec.shape), 0}};
}

// Segment "forward": y = xᵀ w, s = sum y along axis 0. Segment "update": w = w - w * rate, in place.
struct Step {
  std::shared_ptr<Buffer> slab, constants;
  Schedule schedule;

  explicit Step(Backend& backend)
      : slab(backend.allocate(256, "weights")), constants(backend.allocate(64, "constants")) {
    const Spec x{DType::float32, {3, 13}}, xt{DType::float32, {13, 3}}, w{DType::float32, {3, 4}};
    const Spec y{DType::float32, {13, 4}}, s{DType::float32, {4}}, one{DType::float32, {}};
    test::Numbers numbers(11);
    const auto weights = numbers.reals(12);
    backend.upload(*slab, 64, std::as_bytes(std::span(weights)));
    const float rate = 0.25f;
    backend.upload(*constants, 0, std::as_bytes(std::span(&rate, 1)));
    auto& v = schedule.values;
    v.push_back(value(x, Place::input, 0, 0, 0));
    v.push_back(value(xt, Place::input, 0, 0, 0));
    v.back().layout.strides = {1, 13};
    v.push_back(value(w, Place::slab, 0, 64, 2));
    v.push_back(value(y, Place::arena, 0, 128, 3));
    v.push_back(value(s, Place::arena, 0, 0, 4));
    v.push_back(value(one, Place::constant, 0, 0, 5));
    v.push_back(value(w, Place::slab, 0, 64, 6));
    schedule.launches.push_back({&ops::kMatmul, {}, {}, {1, 2}, {3}, 0});
    schedule.launches.push_back({&ops::kSum, {Integers{0}, false}, {}, {3}, {4}, 0});
    schedule.launches.push_back({nullptr, {}, {{Micro::mul, -1, -2, 0}, {Micro::sub, -1, 0, 0}}, {2, 5}, {6}, 2});
    schedule.segments = {"forward", "nothing", "update"};
    schedule.inputs = {x};
    schedule.slabs = {slab};
    schedule.constants = {constants};
    schedule.kept = {3, 4};
    schedule.arena_bytes = 128 + 256;
  }
};

std::vector<float> read(Program& program, int id, std::size_t n) {
  std::vector<float> values(n);
  program.read(id, std::as_writable_bytes(std::span(values)));
  return values;
}

}  // namespace

TEST_CASE("a schedule runs by segments, reads its inputs where they are bound, and writes slabs in place") {
  for (const auto& variant : test::variants()) {
    const auto backend = make_cpu_backend({.threads = 2, .lanes = false, .variant = variant});
    Step step(*backend);
    const auto program = backend->prepare(step.schedule);
    CHECK(program->lowering() == "launches");
    const auto* w = reinterpret_cast<const float*>(step.slab->host() + 64);
    const std::vector<float> before(w, w + 12);
    test::Numbers numbers(5);
    for (int round = 0; round < 2; ++round) {
      const auto x = numbers.reals(39);
      program->bind(0, std::as_bytes(std::span(x)).data());
      program->run(0, 1);
      const auto y = read(*program, 3, 52), s = read(*program, 4, 4);
      for (std::size_t column = 0; column < 4; ++column) {
        double sum = 0;
        for (std::size_t row = 0; row < 13; ++row) {
          double right = 0;
          for (std::size_t k = 0; k < 3; ++k) {
            right += static_cast<double>(x[k * 13 + row]) * static_cast<double>(before[k * 4 + column]);
          }
          CHECK(static_cast<double>(y[row * 4 + column]) == doctest::Approx(right).epsilon(1e-5));
          sum += static_cast<double>(y[row * 4 + column]);
        }
        CHECK(static_cast<double>(s[column]) == doctest::Approx(sum).epsilon(1e-5));
      }
      CHECK(std::equal(before.begin(), before.end(), w));
    }
    program->run(1, 2);
    for (std::size_t i = 0; i < 12; ++i) CHECK(w[i] == before[i] - before[i] * 0.25f);
  }
}

TEST_CASE("a launch without a kernel is refused by name") {
  const auto backend = make_cpu_backend({.threads = 1, .variant = {}});
  Step step(*backend);
  Op strange = ops::kNeg;
  strange.name = "strange";
  step.schedule.launches[1].op = &strange;
  CHECK(!backend->supports(strange));
  CHECK_THROWS_WITH_AS(backend->prepare(step.schedule), doctest::Contains("[strange]"), Error);
}

TEST_CASE("buffers are aligned, zeroed and in the ledger until they go") {
  const auto backend = make_cpu_backend({.threads = 1, .variant = {}});
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, std::size_t{1000}}) {
    const auto buffer = backend->allocate(bytes, "somebody");
    CHECK(reinterpret_cast<std::uintptr_t>(buffer->host()) % 64 == 0);
    for (std::size_t i = 0; i < bytes; ++i) CHECK(buffer->host()[i] == std::byte{0});
    CHECK(backend->ledger().bytes() == bytes);
    CHECK(backend->ledger().lines().at(0).owner == "somebody");
  }
  CHECK(backend->ledger().count() == 0);
}
