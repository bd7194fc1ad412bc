// From the engine's values to a kernel's plain data.
#include "engine/cpu/prepared.h"

#include <algorithm>
#include <utility>

#include "engine/core/assert.h"

namespace vitrine::cpu {
namespace {

// Waking threads costs some microseconds each; below this much work one thread is done first.
constexpr double kWorthThreads = 50'000;  // nanoseconds

Attribute attribute_of(const Attr& attr) {
  Attribute view{};
  if (const auto* flag = std::get_if<bool>(&attr)) view.integer = *flag;
  if (const auto* integer = std::get_if<std::int64_t>(&attr)) view.integer = *integer;
  if (const auto* real = std::get_if<double>(&attr)) view.real = *real;
  if (const auto* integers = std::get_if<Integers>(&attr)) {
    view.integers = integers->data();
    view.count = static_cast<std::int64_t>(integers->size());
  }
  if (const auto* reals = std::get_if<Reals>(&attr)) {
    view.reals = reals->data();
    view.count = static_cast<std::int64_t>(reals->size());
  }
  return view;
}

}  // namespace

Array array_of(std::byte* base, const Spec& spec, const Layout& layout) {
  Array array{};
  array.data = base == nullptr ? nullptr : base + layout.offset * static_cast<std::int64_t>(bytes_of(spec.dtype));
  array.dtype = spec.dtype;
  array.rank = spec.shape.rank();
  std::ranges::copy(spec.shape.extents(), array.extents);
  std::ranges::copy(layout.strides, array.strides);
  return array;
}

std::set<Buffer*> written_slabs(const Schedule& schedule) {
  std::set<Buffer*> slabs;
  for (const Launch& launch : schedule.launches) {
    for (const int output : launch.outputs) {
      const Value& v = schedule.values[static_cast<std::size_t>(output)];
      if (v.place == Value::Place::slab) slabs.insert(schedule.slabs[static_cast<std::size_t>(v.index)].get());
    }
  }
  return slabs;
}

PreparedCall::PreparedCall(const Kernel& kernel, const Attrs& attrs, std::vector<MicroStep> body,
                           std::vector<Array> inputs, std::vector<Array> outputs, std::uint32_t fixed)
    : kernel_(&kernel),
      attrs_(attrs),
      body_(std::move(body)),
      inputs_(std::move(inputs)),
      outputs_(std::move(outputs)),
      call_{} {
  VITRINE_ASSERT(inputs_.size() <= kMostInputs && body_.size() <= kMostSteps);
  for (const Attr& attr : attrs_) attributes_.push_back(attribute_of(attr));
  // These point into the vectors' memory, which stays where it is when the call is moved.
  call_.inputs = inputs_.data();
  call_.outputs = outputs_.data();
  call_.attrs = attributes_.data();
  call_.body = body_.data();
  call_.input_count = static_cast<std::int32_t>(inputs_.size());
  call_.output_count = static_cast<std::int32_t>(outputs_.size());
  call_.attr_count = static_cast<std::int32_t>(attributes_.size());
  call_.body_length = static_cast<std::int32_t>(body_.size());
  call_.fixed = fixed;
  kernel_->prepare(call_);
  VITRINE_ASSERT(call_.pack_chunks == 0 || kernel_->pack != nullptr);
}

void PreparedCall::share(Pool& pool, void (*work)(const Call&, std::int64_t, std::int64_t) noexcept,
                         std::int64_t chunks) const noexcept {
  if (chunks > 1 && call_.nanoseconds > kWorthThreads) {
    struct Job {
      const Call* call;
      void (*work)(const Call&, std::int64_t, std::int64_t) noexcept;
    };
    const Job job{&call_, work};
    pool.parallel_for(
        chunks,
        [](const void* self, std::int64_t first, std::int64_t last) noexcept {
          const auto& mine = *static_cast<const Job*>(self);
          mine.work(*mine.call, first, last);
        },
        &job);
  } else if (chunks > 0) {
    work(call_, 0, chunks);
  }
}

void PreparedCall::pack(Pool& pool) const noexcept {
  if (call_.pack_chunks > 0) share(pool, kernel_->pack, call_.pack_chunks);
}

void PreparedCall::run(Pool& pool) const noexcept {
  if (!packed_once_) pack(pool);
  share(pool, kernel_->run, call_.chunks);
}

bool PreparedCall::bound() const {
  return std::ranges::all_of(inputs_, [](const Array& input) { return input.data != nullptr; });
}

}  // namespace vitrine::cpu
