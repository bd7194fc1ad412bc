// A ring of lines with fixed length: nothing is allocated, and nothing is locked.
#include "app/shell/journal.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>

namespace vitrine::shell::journal {
namespace {

constexpr std::size_t kLines = 64, kLength = 160;

struct Line {
  std::array<char, kLength> text;
  std::atomic<std::size_t> length;  // 0 while it is being written
};

// A log's sink: static, because a signal handler has nothing else to go by.
std::array<Line, kLines> lines;
std::atomic<std::size_t> next;

}  // namespace

void note(std::string_view what) {
  Line& line = lines[next.fetch_add(1) % kLines];
  const std::size_t length = std::min(what.size(), kLength - 1);
  line.length.store(0);
  std::copy_n(what.begin(), length, line.text.begin());
  line.text[length] = '\n';
  line.length.store(length + 1);
}

void write_to(int file) noexcept {
  const std::size_t end = next.load(), begin = end > kLines ? end - kLines : 0;
  for (std::size_t i = begin; i < end; ++i) {
    const Line& line = lines[i % kLines];
    if (::write(file, line.text.data(), line.length.load()) < 0) return;
  }
}

}  // namespace vitrine::shell::journal
