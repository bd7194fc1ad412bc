// Bookkeeping behind one lock: buffers come and go rarely, never inside a running plan.
#include "engine/core/ledger.h"

#include "engine/core/assert.h"

namespace vitrine {

Ledger::Entry Ledger::add(std::size_t bytes, std::string_view owner) {
  const std::scoped_lock lock(mutex_);
  holdings_.emplace(next_, Holding{std::string(owner), bytes});
  bytes_ += bytes;
  return next_++;
}

void Ledger::remove(Entry entry) {
  const std::scoped_lock lock(mutex_);
  const auto found = holdings_.find(entry);
  VITRINE_ASSERT(found != holdings_.end());
  bytes_ -= found->second.bytes;
  holdings_.erase(found);
}

std::size_t Ledger::count() const {
  const std::scoped_lock lock(mutex_);
  return holdings_.size();
}

std::size_t Ledger::bytes() const {
  const std::scoped_lock lock(mutex_);
  return bytes_;
}

std::vector<Ledger::Line> Ledger::lines() const {
  const std::scoped_lock lock(mutex_);
  std::vector<Line> lines;
  for (const auto& [entry, holding] : holdings_) lines.push_back({entry, holding.owner, holding.bytes});
  return lines;
}

}  // namespace vitrine
