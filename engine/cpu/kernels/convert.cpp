// Conversion between types of numbers, and complex numbers put together from their parts.
#include "engine/cpu/kernels/exact.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/rows.h"

namespace vitrine::cpu {
namespace {

void prepare(Call& call) noexcept {
  const Rows rows = broadcast_rows(call);
  call.chunks = rows.chunks();
  call.nanoseconds = 0.5 * static_cast<double>(rows.elements);
  call.found<Rows>() = rows;
}

template <class To, class From>
To converted(From x) {
  if constexpr (std::is_same_v<From, Complex>) {
    return converted<To>(x.re);
  } else if constexpr (std::is_same_v<From, std::uint8_t>) {
    return converted<To>(x != 0 ? 1.0f : 0.0f);  // a truth
  } else if constexpr (std::is_same_v<To, std::uint8_t>) {
    return x != From(0);
  } else if constexpr (std::is_same_v<To, std::int32_t> && std::is_same_v<From, float>) {
    if (!(x > -2147483648.0f)) return x == x ? INT32_MIN : 0;
    return x < 2147483648.0f ? static_cast<std::int32_t>(x) : INT32_MAX;
  } else if constexpr (std::is_same_v<To, Complex>) {
    return Complex(static_cast<float>(x));
  } else {
    return static_cast<To>(x);
  }
}

// Calls f(flat number, place in the input, step, count) for each piece of a row.
template <class F>
void each_piece(const Call& call, int input, std::int64_t first, std::int64_t last, F f) {
  const Rows& rows = call.found<Rows>();
  const std::int64_t end = std::min(last * Rows::kChunk, rows.elements);
  Walk walk(rows, input, first * Rows::kChunk);
  for (std::int64_t flat = first * Rows::kChunk; flat < end;) {
    const std::int64_t n = std::min(walk.left(), end - flat);
    f(flat, walk.offset(), rows.steps[input], n);
    walk.advance(n);
    flat += n;
  }
}

template <class To, class From>
void convert(const Call& call, std::int64_t first, std::int64_t last) {
  const auto* in = reinterpret_cast<const From*>(call.inputs[0].data);
  auto* out = reinterpret_cast<To*>(call.outputs[0].data);
  each_piece(call, 0, first, last, [&](std::int64_t flat, std::int64_t at, std::int64_t step, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) out[flat + i] = converted<To>(in[at + i * step]);
  });
}

template <class F>
void with_type(DType dtype, F f) {
  switch (dtype) {
    case DType::float32:
      return f.template operator()<float>();
    case DType::int32:
      return f.template operator()<std::int32_t>();
    case DType::boolean:
      return f.template operator()<std::uint8_t>();
    case DType::string:  // reaches no kernel: to a device it is an int32
      break;
    case DType::complex64:
      return f.template operator()<Complex>();
  }
}

void run_cast(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  with_type(call.inputs[0].dtype, [&]<class From>() {
    with_type(call.outputs[0].dtype, [&]<class To>() { convert<To, From>(call, first, last); });
  });
}

void run_complex(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  auto* out = reinterpret_cast<float*>(call.outputs[0].data);
  for (int part = 0; part < 2; ++part) {
    const auto* in = reinterpret_cast<const float*>(call.inputs[part].data);
    each_piece(call, part, first, last, [&](std::int64_t flat, std::int64_t at, std::int64_t step, std::int64_t n) {
      for (std::int64_t i = 0; i < n; ++i) out[2 * (flat + i) + part] = in[at + i * step];
    });
  }
}

const Registration kCast("cast", prepare, run_cast);
const Registration kComplex("complex", prepare, run_complex);

}  // namespace
}  // namespace vitrine::cpu
