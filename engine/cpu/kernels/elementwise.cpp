// The elementwise kernels and fused chains of them. A row is computed in blocks that stay in the first cache: each step
// of the body runs over the whole block, reading inputs in place where they are dense floats and else from a gathered
// copy. A single op is a body of one step.
#include "engine/cpu/kernels/micro.h"
#include "engine/cpu/kernels/registration.h"
#include "engine/cpu/kernels/rows.h"

namespace vitrine::cpu {
namespace {

using lanes::kLanes;
using lanes::Lane16;

constexpr int kBlock = 128;  // floats: with 64 steps, 32 kB of stack

template <Micro micro>
void run_block(float* to, const float* a, const float* b, const float* c, int n) {
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

// One input along the current row, as dense floats a block at a time.
class Source {
 public:
  void start(const Array& array, std::int64_t offset, std::int64_t step) {
    data_ = array.data + offset * static_cast<std::int64_t>(bytes_of(array.dtype));
    boolean_ = array.dtype == DType::boolean;
    step_ = step;
    filled_ = 0;
  }
  const float* block(std::int64_t begin, int n, float* room) {
    if (!boolean_ && step_ == 1) return floats() + begin;
    if (step_ != 0) {
      for (int i = 0; i < n; ++i) room[i] = at((begin + i) * step_);
    } else if (filled_ < n) {  // one value for the whole row: written once
      const Lane16 value(at(0));
      for (int i = 0; i < n; i += kLanes) lanes::store(room + i, value);
      filled_ = n;
    }
    return room;
  }

 private:
  const float* floats() const { return reinterpret_cast<const float*>(data_); }
  float at(std::int64_t i) const { return boolean_ ? static_cast<float>(data_[i] != std::byte{0}) : floats()[i]; }

  const std::byte* data_ = nullptr;
  std::int64_t step_ = 0;
  int filled_ = 0;
  bool boolean_ = false;
};

struct Workspace {
  alignas(64) float inputs[kMostInputs][kBlock];
  alignas(64) float results[kMostSteps][kBlock];
};

void run_piece(const Call& call, const Rows& rows, std::int64_t row, std::int64_t begin, std::int64_t end,
               const MicroStep* body, int steps, Workspace& work) {
  Source sources[kMostInputs];
  for (int i = 0; i < call.input_count; ++i) sources[i].start(call.inputs[i], rows.offset(i, row), rows.steps[i]);
  const Array& out = call.outputs[0];
  const bool boolean = out.dtype == DType::boolean;
  for (std::int64_t at = begin; at < end; at += kBlock) {
    const int n = static_cast<int>(std::min<std::int64_t>(kBlock, end - at));
    const float* inputs[kMostInputs];
    for (int i = 0; i < call.input_count; ++i) inputs[i] = sources[i].block(at, n, work.inputs[i]);
    const std::int64_t place = row * rows.length + at;
    for (int s = 0; s < steps; ++s) {
      const MicroStep step = body[s];
      const auto operand = [&](int index) { return index < 0 ? inputs[-1 - index] : work.results[index]; };
      const bool last = s == steps - 1;
      float* to = last && !boolean ? reinterpret_cast<float*>(out.data) + place : work.results[s];
      const int count = inputs_of(step.micro);
      const float* a = operand(step.a);
      const float* b = count > 1 ? operand(step.b) : a;
      const float* c = count > 2 ? operand(step.c) : a;
      with_micro(step.micro, [&]<Micro micro>() { run_block<micro>(to, a, b, c, n); });
    }
    if (boolean) {
      auto* bytes = reinterpret_cast<std::uint8_t*>(out.data) + place;
      for (int i = 0; i < n; ++i) bytes[i] = work.results[steps - 1][i] != 0.0f;
    }
  }
}

// Rough prices on one core of today, in nanoseconds an element.
double price(Micro micro) {
  return micro == Micro::tanh || micro == Micro::sigmoid ? 0.8 : 0.15;
}

void prepare_body(Call& call, const MicroStep* body, int steps) {
  const Rows rows = broadcast_rows(call);
  call.chunks = rows.chunks();
  double each = 0.1;
  for (int s = 0; s < steps; ++s) each += price(body[s].micro);
  call.nanoseconds = each * static_cast<double>(rows.length * rows.count) + 10.0 * static_cast<double>(rows.count);
  call.found<Rows>() = rows;
}

void run_body(const Call& call, const MicroStep* body, int steps, std::int64_t first, std::int64_t last) {
  const Rows& rows = call.found<Rows>();
  Workspace work;
  for (std::int64_t chunk = first; chunk < last; ++chunk) {
    rows.each_piece(chunk, [&](std::int64_t row, std::int64_t begin, std::int64_t end) {
      run_piece(call, rows, row, begin, end, body, steps, work);
    });
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

const Registration kElementwise[] = {
    {"add", prepare_single<Micro::add>, run_single<Micro::add>},
    {"sub", prepare_single<Micro::sub>, run_single<Micro::sub>},
    {"mul", prepare_single<Micro::mul>, run_single<Micro::mul>},
    {"neg", prepare_single<Micro::neg>, run_single<Micro::neg>},
    {"square", prepare_single<Micro::square>, run_single<Micro::square>},
    {"tanh", prepare_single<Micro::tanh>, run_single<Micro::tanh>},
    {"relu", prepare_single<Micro::relu>, run_single<Micro::relu>},
    {"sigmoid", prepare_single<Micro::sigmoid>, run_single<Micro::sigmoid>},
    {"greater", prepare_single<Micro::greater>, run_single<Micro::greater>},
    {"where", prepare_single<Micro::where>, run_single<Micro::where>},
    {"fused", prepare_fused, run_fused},
};

}  // namespace
}  // namespace vitrine::cpu
