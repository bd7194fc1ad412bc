// A PreparedCall is one kernel with everything it needs: arrays with absolute addresses, attributes as plain views, the
// chunks it falls into and whether they are worth more than one thread. Making it may allocate; running it does not.
// Where the kernel wants an input packed, whoever makes the call gives it the memory for that.
#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "engine/cpu/library.h"
#include "engine/cpu/pool.h"

namespace vitrine::cpu {

Array array_of(std::byte* base, const Spec& spec, const Layout& layout);
std::set<Buffer*> written_slabs(const Schedule& schedule);  // whose numbers a run changes

class PreparedCall {
 public:
  // `body` is of a fused launch and empty otherwise; `fixed` has a bit for each input that seldom changes.
  PreparedCall(const Kernel& kernel, const Attrs& attrs, std::vector<MicroStep> body, std::vector<Array> inputs,
               std::vector<Array> outputs, std::uint32_t fixed = 0);
  std::size_t packed_bytes() const { return static_cast<std::size_t>(call_.packed_floats) * sizeof(float); }
  int packed_input() const { return call_.packed_input; }
  void use_memory(std::byte* packed) { call_.packed = reinterpret_cast<float*>(packed); }  // 64-byte aligned
  // From now on whoever holds the call says when to pack; until then every run does.
  void pack_once() { packed_once_ = true; }
  bool packed_once() const { return packed_once_; }
  void pack(Pool& pool) const noexcept;
  void run(Pool& pool) const noexcept;
  void rebind(int input, std::byte* data) { inputs_[static_cast<std::size_t>(input)].data = data; }
  bool bound() const;

 private:
  void share(Pool& pool, void (*work)(const Call&, std::int64_t, std::int64_t) noexcept,
             std::int64_t chunks) const noexcept;

  const Kernel* kernel_;
  bool packed_once_ = false;
  Attrs attrs_;
  std::vector<MicroStep> body_;
  std::vector<Array> inputs_, outputs_;
  std::vector<Attribute> attributes_;
  Call call_;
};

}  // namespace vitrine::cpu
