// Scopes read the ledger; forgetting makes a leaf over the same storage.
#include "engine/tensor/scope.h"

#include "engine/core/error.h"

namespace vitrine {

Scope::Scope(Backend& backend) : ledger_(&backend.ledger()) {
  const auto lines = ledger_->lines();
  last_before_ = lines.empty() ? 0 : lines.back().entry;  // entries grow with time
}

std::vector<Ledger::Line> Scope::left() const {
  auto lines = ledger_->lines();
  std::erase_if(lines, [&](const Ledger::Line& line) { return line.entry <= last_before_; });
  return lines;
}

std::size_t Scope::bytes() const {
  std::size_t bytes = 0;
  for (const Ledger::Line& line : left()) bytes += line.bytes;
  return bytes;
}

Tensor forget(const Tensor& x) {
  if (!x) return x;
  if (x.symbolic()) {
    throw UsageError({"forget", "is for tensors with numbers", "a tensor with numbers", "a tensor of a tracing",
                      "Leave it out while tracing: a plan keeps only its outputs."});
  }
  auto leaf = std::make_shared<Node>();
  leaf->specs.push_back(x.spec());
  leaf->storage.push_back(x.node().storage.at(static_cast<std::size_t>(x.output())));
  return {std::move(leaf), 0};
}

std::vector<Tensor> forget(std::vector<Tensor> results) {
  for (Tensor& result : results) result = forget(result);
  return results;
}

}  // namespace vitrine
