// Dice throw what a confused caller might pass: numbers near and far, shapes, lists, tensors of every type, filled with
// numbers near and far and now and then turned round in memory. A call is played on a SmallBackend, which has room for
// what a test should need and no more.
#pragma once

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "engine/tensor/tensor.h"
#include "tests/support/counting_backend.h"

namespace vitrine::test {

// A call may rightly ask for more memory than this; then it is none of a test's business.
inline constexpr std::size_t kEnoughBytes = std::size_t{16} << 20;

class SmallBackend : public CountingBackend {
 public:
  using CountingBackend::CountingBackend;
  std::shared_ptr<Buffer> allocate(std::size_t bytes, std::string_view owner) override;
};

class Dice {
 public:
  Dice(Backend& backend, std::uint64_t seed) : backend_(backend), numbers_(seed) {}

  Backend& backend() { return backend_; }
  std::uint64_t below(std::uint64_t end) { return numbers_() % end; }
  bool once_in(std::uint64_t times) { return below(times) == 0; }
  std::int64_t integer();
  double real();
  std::string text();
  Integers integers();
  Reals reals();
  Attr attr(std::size_t kind);  // by the variant's index
  DType dtype() { return static_cast<DType>(below(5)); }
  Shape shape();
  Spec spec() { return {once_in(3) ? dtype() : DType::float32, shape()}; }
  Tensor filled(const Spec& spec);  // watched where it holds floats

 private:
  Tensor stored(const Spec& spec);

  Backend& backend_;
  std::mt19937_64 numbers_;
};

// How many calls ended how. A call that is refused without a reason or a remedy, or that fails in any other way than by
// an Error, fails the test.
struct Outcomes {
  int refused = 0, right = 0, large = 0;
};
void play(Outcomes& outcomes, const std::string& call, const std::function<void()>& calling);

}  // namespace vitrine::test
