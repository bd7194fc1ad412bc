// The elementwise kernels and fused chains of them. The output is computed in blocks that stay in the first cache: each
// step of the body runs over the whole block, reading inputs in place where they lie as the output does and else from a
// gathered copy. A single op is a body of one step. Fused bodies compute floats (and truths, as ones and zeros); a
// single op whose operands are whole or complex numbers goes through a plain loop of its own.
#include "engine/cpu/kernels/exact.h"
#include "engine/cpu/kernels/micro.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/source.h"
#include "engine/cpu/kernels/step.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

constexpr int kBlock = 128;  // floats: with 64 steps, 32 kB of stack

template <Micro micro>
void run_micro(float* to, const float* a, const float* b, const float* c, int n) {
  const auto piece = [&](int i, int width) __attribute__((always_inline)) {
    const Lane16 x = lanes::load_first(a + i, width);
    Lane16 y = x, z = x;
    if constexpr (inputs_of(micro) > 1) y = lanes::load_first(b + i, width);
    if constexpr (inputs_of(micro) > 2) z = lanes::load_first(c + i, width);
    lanes::store_first(to + i, micro_of<micro>(x, y, z), width);
  };
  int i = 0;
  for (; i + kLanes <= n; i += kLanes) piece(i, kLanes);
  if (i < n) piece(i, n - i);
}

// The next block, of whole rows where they are short: what repeats row by row is then the same in each.
int block_at(const Rows& rows, std::int64_t flat, std::int64_t end) {
  std::int64_t n = kBlock;
  if (rows.length < kBlock) {
    const std::int64_t column = flat % rows.length;
    n = column == 0 ? kBlock / rows.length * rows.length : rows.length - column;
  }
  return static_cast<int>(std::min(n, end - flat));
}

struct Workspace {
  alignas(64) float inputs[kMostInputs][kBlock];
  alignas(64) float results[kMostSteps][kBlock];
};

void run_block(const Call& call, const MicroStep* body, int steps, const float* const* inputs, Workspace& work,
               std::int64_t flat, int n) {
  const Array& out = call.outputs[0];
  const bool boolean = out.dtype == DType::boolean;
  const auto operand = [&](int index) { return index < 0 ? inputs[-1 - index] : work.results[index]; };
  for (int s = 0; s < steps; ++s) {
    const MicroStep step = body[s];
    float* to = s == steps - 1 && !boolean ? reinterpret_cast<float*>(out.data) + flat : work.results[s];
    const int count = inputs_of(step.micro);
    const float* a = operand(step.a);
    const float* b = count > 1 ? operand(step.b) : a;
    const float* c = count > 2 ? operand(step.c) : a;
    run_step(step.micro, to, a, b, c, n);
  }
  if (!boolean) return;
  auto* bytes = reinterpret_cast<std::uint8_t*>(out.data) + flat;
  for (int i = 0; i < n; ++i) bytes[i] = work.results[steps - 1][i] != 0.0f;
}

// Rough prices on one core of today, in nanoseconds an element.
double price(Micro micro) {
  switch (micro) {
    case Micro::add:
    case Micro::sub:
    case Micro::mul:
    case Micro::neg:
    case Micro::square:
    case Micro::abs:
    case Micro::maximum:
    case Micro::minimum:
    case Micro::relu:
    case Micro::greater:
    case Micro::where:
      return 0.08;
    case Micro::pow:
      return 2;
    default:
      return 0.4;
  }
}

void prepare_body(Call& call, const MicroStep* body, int steps) {
  const Rows rows = broadcast_rows(call);
  call.chunks = rows.chunks();
  double each = 0.02;
  for (int s = 0; s < steps; ++s) each += price(body[s].micro);
  for (int i = 0; i < call.input_count; ++i) each += rows.dense[i] ? 0 : 0.3;
  call.nanoseconds = each * static_cast<double>(rows.elements);
  call.found<Rows>() = rows;
}

void run_body(const Call& call, const MicroStep* body, int steps, std::int64_t first, std::int64_t last) {
  const Rows& rows = call.found<Rows>();
  Workspace work;
  Source<float> sources[kMostInputs];
  const float* inputs[kMostInputs];
  std::int64_t flat = first * Rows::kChunk;
  const std::int64_t end = std::min(last * Rows::kChunk, rows.elements);
  for (int i = 0; i < call.input_count; ++i) sources[i].start(call.inputs[i], rows, i, flat);
  while (flat < end) {
    const int n = block_at(rows, flat, end);
    for (int i = 0; i < call.input_count; ++i) inputs[i] = sources[i].next(n, work.inputs[i]);
    run_block(call, body, steps, inputs, work, flat, n);
    flat += n;
  }
}

template <Micro micro>
constexpr MicroStep kSingle{micro, -1, -2, -3};

template <Micro micro>
void prepare_single(Call& call) noexcept {
  prepare_body(call, &kSingle<micro>, 1);
}
template <Micro micro, class T>
void run_exact(const Call& call, std::int64_t first, std::int64_t last) {
  const Rows& rows = call.found<Rows>();
  const Array& out = call.outputs[0];
  Source<T> sources[3];
  T rooms[3][kBlock];
  const T* in[3];
  std::int64_t flat = first * Rows::kChunk;
  const std::int64_t end = std::min(last * Rows::kChunk, rows.elements);
  constexpr int kInputs = inputs_of(micro);
  for (int i = 0; i < kInputs; ++i) sources[i].start(call.inputs[i], rows, i, flat);
  while (flat < end) {
    const int n = block_at(rows, flat, end);
    for (int i = 0; i < kInputs; ++i) in[i] = sources[i].next(n, rooms[i]);
    for (int i = 0; i < n; ++i) {
      const T value = exact_of<micro>(in[0][i], in[kInputs > 1 ? 1 : 0][i], in[kInputs > 2 ? 2 : 0][i]);
      if (out.dtype == DType::boolean) {
        out.data[flat + i] = value == T(0) ? std::byte{0} : std::byte{1};
      } else {
        reinterpret_cast<T*>(out.data)[flat + i] = value;
      }
    }
    flat += n;
  }
}

template <Micro micro>
void run_single(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  const DType dtype = call.inputs[call.input_count - 1].dtype;  // all but the condition of a choice have the same
  if constexpr (on_integers(micro)) {
    if (dtype == DType::int32) return run_exact<micro, std::int32_t>(call, first, last);
  }
  if constexpr (on_complex(micro)) {
    if (dtype == DType::complex64) return run_exact<micro, Complex>(call, first, last);
  }
  run_body(call, &kSingle<micro>, 1, first, last);
}
void prepare_fused(Call& call) noexcept {
  prepare_body(call, call.body, call.body_length);
}
void run_fused(const Call& call, std::int64_t first, std::int64_t last) noexcept {
  run_body(call, call.body, call.body_length, first, last);
}

#define VITRINE_MICRO_KERNEL(name, inputs) {#name, prepare_single<Micro::name>, run_single<Micro::name>},
const Registration kElementwise[] = {
    VITRINE_MICROS(VITRINE_MICRO_KERNEL)  // an elementwise op bears the name of its micro
    {"fused", prepare_fused, run_fused},
};
#undef VITRINE_MICRO_KERNEL

}  // namespace

void run_step(Micro micro, float* to, const float* a, const float* b, const float* c, int n) noexcept {
  with_micro(micro, [&]<Micro constant>() { run_micro<constant>(to, a, b, c, n); });
}

}  // namespace vitrine::cpu
