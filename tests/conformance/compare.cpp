// Number by number.
#include "tests/conformance/compare.h"

#include <cmath>
#include <cstring>

#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/reduction.h"

namespace vitrine::conformance {
namespace {

std::vector<double> download(const Tensor& tensor) {
  const std::vector<std::byte> bytes = tensor.bytes();
  std::vector<double> numbers;
  if (tensor.dtype() == DType::boolean) {
    for (const std::byte byte : bytes) numbers.push_back(std::to_integer<int>(byte));
    return numbers;
  }
  for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
    std::int32_t integer;
    float real;
    std::memcpy(&integer, bytes.data() + at, 4);
    std::memcpy(&real, bytes.data() + at, 4);
    numbers.push_back(tensor.dtype() == DType::int32 ? static_cast<double>(integer) : static_cast<double>(real));
  }
  return numbers;
}

bool close(double got, double want, const Tolerance& tolerance) {
  if (std::isnan(want) || std::isnan(got)) return std::isnan(want) && std::isnan(got);
  if (std::isinf(want) || std::isinf(got)) return got == want;
  return std::abs(got - want) <= tolerance.atol + tolerance.rtol * std::abs(want);
}

std::string place(const Shape& shape, std::size_t flat) {
  Integers index(static_cast<std::size_t>(shape.rank()));
  auto rest = static_cast<std::int64_t>(flat);
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    index[static_cast<std::size_t>(axis)] = rest % shape[axis];
    rest /= shape[axis];
  }
  return text_of(Shape(index));
}

}  // namespace

void compare(const std::string& id, std::string part, const Tensor& got, const Numbers& want, Tolerance tolerance) {
  if (!got) throw Failure{id, std::move(part), "is an empty tensor", {}, {}, {}};
  if (got.spec() != want.spec) {
    throw Failure{id, std::move(part), "is another kind of tensor", {}, text_of(got.spec()), text_of(want.spec)};
  }
  const DType dtype = want.spec.dtype;
  if (dtype == DType::int32 || dtype == DType::boolean) tolerance = {0, 0};
  const std::vector<double> numbers = download(got);
  if (numbers.size() != want.data.size()) {
    throw Failure{id, std::move(part), "the corpus has another count of numbers than its shape", {}, {}, {}};
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (close(numbers[i], want.data[i], tolerance)) continue;
    const bool complex = dtype == DType::complex64;
    throw Failure{
        id,
        std::move(part),
        complex ? (i % 2 == 0 ? "the real part differs" : "the imaginary part differs") : "the number differs",
        place(want.spec.shape, complex ? i / 2 : i),
        to_text(static_cast<float>(numbers[i])),
        to_text(static_cast<float>(want.data[i]))};
  }
}

void expect_count(const std::string& id, const std::string& what, std::size_t got, std::size_t want) {
  if (got == want) return;
  throw Failure{id, what, "are not as many", {}, std::to_string(got), std::to_string(want)};
}

void add_product(Tensor& target, const Tensor& tensor, const Numbers& weights, Backend& backend) {
  const Tensor product = ops::sum(tensor * upload(backend, weights));
  target = target ? target + product : product;
}

}  // namespace vitrine::conformance
