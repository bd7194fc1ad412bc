// A Scope is a stretch of work on a backend and what it has left behind: the buffers that were born since it opened and
// still live, each with its owner. Tensors are values, released with their last handle, so nothing is ever disposed of
// by hand and numbers that only an expression needed are gone when it ends. One thing can hold memory longer than its
// use: a result computed below a `watch`ed leaf remembers how it came, for gradients that nobody will ask any more.
// `tidy` runs a piece of work and keeps what it answers, numbers only; what lies below goes.
#pragma once

#include <type_traits>
#include <utility>
#include <vector>

#include "engine/tensor/tensor.h"

namespace vitrine {

class Scope {
 public:
  explicit Scope(Backend& backend);
  std::vector<Ledger::Line> left() const;  // oldest first
  std::size_t buffers() const { return left().size(); }
  std::size_t bytes() const;

 private:
  const Ledger* ledger_;
  Ledger::Entry last_before_;
};

// The same numbers in the same memory, without the memory of how they came: gradients stop here. Eager only.
Tensor forget(const Tensor& x);
std::vector<Tensor> forget(std::vector<Tensor> results);

// work() may answer nothing, a Tensor, several, or anything of its own for which it declares `forget` beside the type.
template <class Work>
auto tidy(Work&& work) {
  if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
    std::forward<Work>(work)();
  } else {
    return forget(std::forward<Work>(work)());
  }
}

}  // namespace vitrine
