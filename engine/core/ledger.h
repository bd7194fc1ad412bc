// The Ledger knows every live buffer of a backend: who owns it, how large it is, in which order it came. Totals are
// what the allocator holds, no estimate, so a leak has a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

class Ledger {
 public:
  using Entry = std::uint64_t;  // grows with time: the age of a buffer
  struct Line {
    Entry entry;
    std::string owner;
    std::size_t bytes;
  };

  Entry add(std::size_t bytes, std::string_view owner);
  void remove(Entry entry);
  std::size_t count() const;
  std::size_t bytes() const;
  std::vector<Line> lines() const;  // oldest first

 private:
  struct Holding {
    std::string owner;
    std::size_t bytes;
  };
  mutable std::mutex mutex_;
  std::map<Entry, Holding> holdings_;
  Entry next_ = 1;
  std::size_t bytes_ = 0;
};

}  // namespace vitrine
