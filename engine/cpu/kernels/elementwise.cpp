// The elementwise kernels and fused chains of them. The output is computed in blocks that stay in the first cache: each
// step of the body runs over the whole block, reading inputs in place where they lie as the output does and else from a
// gathered copy. A single op is a body of one step.
#include "engine/cpu/kernels/micro.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/rows.h"

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

// One input of a chunk, as dense floats a block at a time.
class Source {
 public:
  void start(const Array& array, const Rows& rows, int input, std::int64_t flat) {
    data_ = array.data;
    boolean_ = array.dtype == DType::boolean;
    dense_ = rows.dense[input] && !boolean_;
    step_ = rows.steps[input];
    flat_ = flat;
    if (!dense_) walk_ = Walk(rows, input, flat);
  }

  const float* next(int n, float* room) {
    if (dense_) {
      const float* block = floats() + flat_;
      flat_ += n;
      return block;
    }
    if (n <= walk_.left()) {  // within one row
      const std::int64_t offset = walk_.offset();
      const bool same_value = step_ == 0 && walk_.base() == filled_base_ && n <= filled_;
      walk_.advance(n);
      if (step_ == 1 && !boolean_) return floats() + offset;
      if (same_value) return room;
      filled_ = 0;
      if (step_ == 0) {
        filled_base_ = offset;
        filled_ = n;
      }
      gather(room, offset, n);
      return room;
    }
    filled_ = 0;
    for (int done = 0; done < n;) {
      const int piece = static_cast<int>(std::min<std::int64_t>(n - done, walk_.left()));
      gather(room + done, walk_.offset(), piece);
      walk_.advance(piece);
      done += piece;
    }
    return room;
  }

 private:
  const float* floats() const { return reinterpret_cast<const float*>(data_); }
  void gather(float* room, std::int64_t offset, int n) const {
    if (boolean_) {
      for (int i = 0; i < n; ++i) room[i] = data_[offset + i * step_] != std::byte{0} ? 1.0f : 0.0f;
    } else {
      const float* from = floats() + offset;
      for (int i = 0; i < n; ++i) room[i] = from[i * step_];
    }
  }

  const std::byte* data_ = nullptr;
  std::int64_t step_ = 0, flat_ = 0;
  bool boolean_ = false, dense_ = false;
  int filled_ = 0;  // so many floats of the room hold the one value at filled_base_
  std::int64_t filled_base_ = 0;
  Walk walk_;
};

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
    with_micro(step.micro, [&]<Micro micro>() { run_micro<micro>(to, a, b, c, n); });
  }
  if (!boolean) return;
  auto* bytes = reinterpret_cast<std::uint8_t*>(out.data) + flat;
  for (int i = 0; i < n; ++i) bytes[i] = work.results[steps - 1][i] != 0.0f;
}

// Rough prices on one core of today, in nanoseconds an element.
double price(Micro micro) {
  return micro == Micro::tanh || micro == Micro::sigmoid ? 0.4 : 0.08;
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
  Source sources[kMostInputs];
  const float* inputs[kMostInputs];
  std::int64_t flat = first * Rows::kChunk;
  const std::int64_t end = std::min(last * Rows::kChunk, rows.elements);
  for (int i = 0; i < call.input_count; ++i) sources[i].start(call.inputs[i], rows, i, flat);
  while (flat < end) {
    const int n = static_cast<int>(std::min<std::int64_t>(kBlock, end - flat));
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
template <Micro micro>
void run_single(const Call& call, std::int64_t first, std::int64_t last) noexcept {
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
}  // namespace vitrine::cpu
