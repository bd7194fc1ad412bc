// What a confused caller might pass.
#include "tests/engine/dice.h"

#include <doctest/doctest.h>

#include <cstring>
#include <limits>

#include "engine/core/error.h"
#include "engine/ops/layout.h"
#include "engine/tensor/strings.h"

namespace vitrine::test {

std::shared_ptr<Buffer> SmallBackend::allocate(std::size_t bytes, std::string_view owner) {
  if (bytes > kEnoughBytes) throw DeviceError({std::string(owner), "is large", "", "", "Ask for less."});
  return CountingBackend::allocate(bytes, owner);
}

std::int64_t Dice::integer() {
  constexpr std::int64_t kFar[] = {limits::kElements + 1,
                                   limits::kHostElements + 1,
                                   std::int64_t{1} << 40,
                                   -(std::int64_t{1} << 40),
                                   std::numeric_limits<std::int64_t>::max(),
                                   std::numeric_limits<std::int64_t>::min()};
  if (once_in(12)) return kFar[below(std::size(kFar))];
  return static_cast<std::int64_t>(below(8)) - 3;
}

double Dice::real() {
  constexpr double kReals[] = {0,
                               -0.0,
                               1,
                               -1,
                               0.5,
                               1e-30,
                               1e30,
                               -1e300,
                               std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()};
  return kReals[below(std::size(kReals))];
}

std::string Dice::text() {
  constexpr const char* kTexts[] = {"",        "same",  "valid", "reflect",   "inf",    "ij,jk->ik", "->",
                                    ",,",      "b\n%s", "...ij", "ii->i",     "i...,j", "...",       "a b  c",
                                    "(a|b)*c", "[^",    "a{2,",  "\\w+(?:x)", "$1$&",   "(((",       "\xff\xfe"};
  return kTexts[below(std::size(kTexts))];
}

Integers Dice::integers() {
  Integers list(below(8));
  for (auto& entry : list) entry = integer();
  return list;
}

Reals Dice::reals() {
  Reals list(below(8));
  for (auto& entry : list) entry = real();
  return list;
}

Attr Dice::attr(std::size_t kind) {
  switch (kind) {
    case 0:
      return once_in(2);
    case 1:
      return integer();
    case 2:
      return real();
    case 3:
      return text();
    case 4:
      return integers();
    default:
      return reals();
  }
}

Shape Dice::shape() {
  Integers extents(below(once_in(4) ? 7 : 4));
  for (auto& extent : extents) extent = static_cast<std::int64_t>(below(extents.size() > 4 ? 3 : 6));
  return Shape(std::span<const std::int64_t>(extents));
}

Tensor Dice::stored(const Spec& spec) {
  if (spec.dtype == DType::string) {
    std::vector<std::string> texts(static_cast<std::size_t>(spec.shape.elements()));
    for (auto& entry : texts) entry = text();
    return strings(backend_, texts, spec.shape);
  }
  std::vector<std::byte> bytes(spec.bytes());
  for (std::size_t at = 0; at < bytes.size(); at += bytes_of(spec.dtype) == 1 ? 1 : 4) {
    if (spec.dtype == DType::boolean) {
      bytes[at] = static_cast<std::byte>(below(2));
    } else if (spec.dtype == DType::int32) {
      const auto number = once_in(20) ? static_cast<std::int32_t>(numbers_()) : static_cast<std::int32_t>(below(8)) - 2;
      std::memcpy(bytes.data() + at, &number, 4);
    } else {
      const auto number = static_cast<float>(once_in(20) ? real() : static_cast<double>(below(9)) / 4 - 1);
      std::memcpy(bytes.data() + at, &number, 4);
    }
  }
  return tensor(backend_, spec, bytes);
}

Tensor Dice::filled(const Spec& spec) {
  const int rank = spec.shape.rank();
  const bool turned = rank > 1 && once_in(4);
  Integers extents(spec.shape.extents().begin(), spec.shape.extents().end());
  if (turned) extents.assign(extents.rbegin(), extents.rend());
  Tensor x = stored({spec.dtype, Shape(std::span<const std::int64_t>(extents))});
  if (turned) {
    Integers axes;
    for (int axis = rank - 1; axis >= 0; --axis) axes.push_back(axis);
    x = ops::transpose(x, axes);
  }
  return spec.dtype == DType::float32 ? watch(x) : x;
}

void play(Outcomes& outcomes, const std::string& call, const std::function<void()>& calling) {
  const auto complaint = [&](const Error& error) {
    ++outcomes.refused;
    const Complaint& says = error.complaint();
    if (says.subject.empty() || says.fact.empty() || says.remedy.empty()) {
      FAIL_CHECK(call << " is refused without reason or remedy: " << error.what());
    }
  };
  try {
    calling();
    ++outcomes.right;
  } catch (const ShapeError& error) {
    complaint(error);
  } catch (const UsageError& error) {
    complaint(error);
  } catch (const UnsupportedOp& error) {
    complaint(error);
  } catch (const DeviceError&) {
    ++outcomes.large;
  } catch (const std::exception& error) {
    FAIL_CHECK(call << " fails with " << error.what());
  }
}

}  // namespace vitrine::test
