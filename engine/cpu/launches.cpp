// Preparing and running a schedule launch by launch.
#include "engine/cpu/launches.h"

#include <cstring>
#include <set>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/cpu/prepared.h"

namespace vitrine::cpu {
namespace {

class Launches final : public Program {
 public:
  Launches(Backend& backend, std::shared_ptr<const LoadedKernels> kernels, Pool& pool, const Schedule& schedule)
      : kernels_(std::move(kernels)),
        pool_(pool),
        slabs_(schedule.slabs),
        constants_(schedule.constants),
        values_(schedule.values),
        arena_(backend.allocate(schedule.arena_bytes, "plan arena")),
        written_(written_slabs(schedule)),
        bindings_(schedule.inputs.size()),
        bound_(schedule.inputs.size()) {
    calls_.reserve(schedule.launches.size());
    for (const Launch& launch : schedule.launches) add(backend, launch);
    give_memory(backend);
    segment_ends_.resize(schedule.segments.size());
    for (std::size_t i = 0; i < schedule.launches.size(); ++i) {
      segment_ends_[static_cast<std::size_t>(schedule.launches[i].segment)] = i + 1;
    }
    for (std::size_t s = 1; s < segment_ends_.size(); ++s) {
      segment_ends_[s] = std::max(segment_ends_[s], segment_ends_[s - 1]);
    }
  }

  void bind(int index, const std::byte* data) override {
    const auto i = static_cast<std::size_t>(index);
    bound_[i] = true;
    for (const Binding& binding : bindings_[i]) {
      // A kernel only reads its inputs.
      calls_[binding.call].rebind(binding.operand, const_cast<std::byte*>(data) + binding.bytes_offset);
    }
  }

  void run(int first_segment, int last_segment) override {
    for (std::size_t i = 0; i < bound_.size(); ++i) VITRINE_ASSERT(bound_[i] || bindings_[i].empty());
    if (segment_ends_.empty() || last_segment < first_segment) return;
    const FlushToZero flush;
    const std::size_t begin = first_segment > 0 ? segment_ends_[static_cast<std::size_t>(first_segment) - 1] : 0;
    const std::size_t end = segment_ends_[static_cast<std::size_t>(last_segment)];
    for (Kept& kept : packed_) {
      // The version first: what is written while we read is packed again next time.
      const std::uint64_t version = kept.source->version();
      if (kept.version == version) continue;
      calls_[kept.call].pack(pool_);
      kept.version = version;
    }
    for (std::size_t i = begin; i < end; ++i) calls_[i].run(pool_);
    for (Buffer* slab : written_) slab->written();
  }

  void read(int value, std::span<std::byte> out) override {
    const Value& v = values_[static_cast<std::size_t>(value)];
    VITRINE_ASSERT(v.place == Value::Place::arena && is_dense(v.spec.shape, v.layout.strides));
    VITRINE_ASSERT(out.size() == v.spec.bytes());
    if (out.empty()) return;
    std::memcpy(out.data(), array_of(arena_->host() + v.bytes_offset, v.spec, v.layout).data, out.size());
  }

  std::string_view lowering() const override { return "launches"; }

 private:
  struct Binding {
    std::size_t call;
    int operand;
    std::int64_t bytes_offset;
  };

  static constexpr std::uint64_t kNever = ~std::uint64_t{0};  // no version

  // A packed copy of weights that this plan only reads.
  struct Kept {
    std::size_t call;
    const Buffer* source;
    std::uint64_t version;  // that was packed
    std::shared_ptr<Buffer> memory;
  };

  // The buffer of a value that no run of this plan changes; null for any other.
  const Buffer* lasting(const Value& v) const {
    const auto i = static_cast<std::size_t>(v.index);
    if (v.place == Value::Place::constant) return constants_[i].get();
    if (v.place == Value::Place::slab && !written_.contains(slabs_[i].get())) return slabs_[i].get();
    return nullptr;
  }

  // A packed copy of what lasts has memory of its own; all others share one, for they are used one after another.
  void give_memory(Backend& backend) {
    std::size_t most = 0;
    for (const PreparedCall& call : calls_) {
      if (!call.packed_once()) most = std::max(most, call.packed_bytes());
    }
    if (most == 0) return;
    workspace_ = backend.allocate(most, "plan workspace");
    for (PreparedCall& call : calls_) {
      if (!call.packed_once()) call.use_memory(workspace_->host());
    }
  }

  // Null for an input, whose memory comes with bind.
  std::byte* base_of(const Value& v) const {
    const auto i = static_cast<std::size_t>(v.index);
    switch (v.place) {
      case Value::Place::arena:
        return arena_->host() + v.bytes_offset;
      case Value::Place::slab:
        return slabs_[i]->host() + v.bytes_offset;
      case Value::Place::constant:
        return constants_[i]->host() + v.bytes_offset;
      case Value::Place::input:
        break;
    }
    return nullptr;
  }

  void add(Backend& backend, const Launch& launch) {
    const std::string_view name = launch.op == nullptr ? "fused" : launch.op->name;
    const Kernel* kernel = kernels_->find(name);
    if (kernel == nullptr) {
      throw UnsupportedOp({"[" + std::string(name) + "]", "has no kernel on cpu", "", "",
                           "Build Vitrine and its kernel library together."});
    }
    std::vector<Array> inputs, outputs;
    std::uint32_t fixed = 0;
    for (const int id : launch.inputs) {
      const Value& v = values_[static_cast<std::size_t>(id)];
      if (lasting(v) != nullptr) fixed |= 1u << inputs.size();
      if (v.place == Value::Place::input) {
        const auto size = static_cast<std::int64_t>(bytes_of(v.spec.dtype));
        bindings_[static_cast<std::size_t>(v.index)].push_back(
            {calls_.size(), static_cast<int>(inputs.size()),
             static_cast<std::int64_t>(v.bytes_offset) + v.layout.offset * size});
      }
      inputs.push_back(array_of(base_of(v), v.spec, v.layout));
    }
    for (const int id : launch.outputs) {
      const Value& v = values_[static_cast<std::size_t>(id)];
      VITRINE_ASSERT(v.place != Value::Place::input && is_dense(v.spec.shape, v.layout.strides));
      outputs.push_back(array_of(base_of(v), v.spec, v.layout));
    }
    calls_.emplace_back(*kernel, launch.attrs, launch.body, std::move(inputs), std::move(outputs), fixed);
    PreparedCall& call = calls_.back();
    if (call.packed_bytes() == 0) return;
    const int packed = launch.inputs[static_cast<std::size_t>(call.packed_input())];
    const Buffer* source = lasting(values_[static_cast<std::size_t>(packed)]);
    if (source == nullptr) return;
    packed_.push_back(
        {calls_.size() - 1, source, kNever, backend.allocate(call.packed_bytes(), "plan packed weights")});
    call.use_memory(packed_.back().memory->host());
    call.pack_once();
  }

  std::shared_ptr<const LoadedKernels> kernels_;
  Pool& pool_;
  std::vector<std::shared_ptr<Buffer>> slabs_, constants_;
  std::vector<Value> values_;
  std::shared_ptr<Buffer> arena_;
  std::set<Buffer*> written_;                   // slabs that a run changes
  std::vector<std::vector<Binding>> bindings_;  // for each input, where its address goes
  std::vector<bool> bound_;
  std::vector<PreparedCall> calls_;
  std::vector<Kept> packed_;
  std::shared_ptr<Buffer> workspace_;
  std::vector<std::size_t> segment_ends_;  // one past the last call of each segment or of those before
};

}  // namespace

std::unique_ptr<Program> prepare_launches(Backend& backend, std::shared_ptr<const LoadedKernels> kernels, Pool& pool,
                                          const Schedule& schedule) {
  return std::make_unique<Launches>(backend, std::move(kernels), pool, schedule);
}

}  // namespace vitrine::cpu
