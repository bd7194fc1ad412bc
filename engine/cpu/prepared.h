// A PreparedCall is one kernel with everything it needs: arrays with absolute addresses, attributes as plain views, the
// chunks it falls into and whether they are worth more than one thread. Making it may allocate; running it does not.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/cpu/library.h"
#include "engine/cpu/pool.h"

namespace vitrine::cpu {

Array array_of(std::byte* base, const Spec& spec, const Layout& layout);

class PreparedCall {
 public:
  // `body` is of a fused launch and empty otherwise.
  PreparedCall(const Kernel& kernel, const Attrs& attrs, std::vector<MicroStep> body, std::vector<Array> inputs,
               std::vector<Array> outputs);
  void run(Pool& pool) const noexcept;
  void rebind(int input, std::byte* data) { inputs_[static_cast<std::size_t>(input)].data = data; }
  bool bound() const;

 private:
  const Kernel* kernel_;
  Attrs attrs_;
  std::vector<MicroStep> body_;
  std::vector<Array> inputs_, outputs_;
  std::vector<Attribute> attributes_;
  Call call_;
};

}  // namespace vitrine::cpu
