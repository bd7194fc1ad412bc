// The handler of signals that end a process, which may do little: write, and nothing that allocates.
#include "app/shell/crash.h"

#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "app/shell/journal.h"

namespace vitrine::shell {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReports = 8;  // kept; a report is a few kilobytes
constexpr std::size_t kFrames = 64, kStackBytes = 64 << 10, kPath = 4096;
constexpr std::string_view kUntold = "crash-", kTold = "report-", kEnding = ".txt";
constexpr std::array kSignals = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

// What the handler needs, made ready while nothing is wrong.
std::array<char, kPath> path;
std::array<char, 64> version_line;
std::array<char, kStackBytes> stack;  // of its own: the usual one may be what ran out

void say(int file, std::string_view text) noexcept {
  if (::write(file, text.data(), text.size()) < 0) return;
}

std::string_view name_of(int signal) noexcept {
  switch (signal) {
    case SIGSEGV:
      return "a wrong address (SIGSEGV)";
    case SIGBUS:
      return "an address without memory (SIGBUS)";
    case SIGILL:
      return "an unknown instruction (SIGILL)";
    case SIGFPE:
      return "an impossible division (SIGFPE)";
    default:
      return "a broken assumption (SIGABRT)";
  }
}

extern "C" void on_crash(int signal) {
  const int file = ::open(path.data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) {
    say(file, version_line.data());
    say(file, "\nended by ");
    say(file, name_of(signal));
    say(file, "\n\nThe way there:\n");
    std::array<void*, kFrames> frames;
    ::backtrace_symbols_fd(frames.data(), ::backtrace(frames.data(), kFrames), file);
    say(file, "\nWhat was asked last:\n");
    journal::write_to(file);
    ::close(file);
  }
  ::raise(signal);  // its own action is back: the process ends as it would have
}

std::vector<fs::path> named(const fs::path& folder, std::string_view start) {
  std::vector<fs::path> found;
  std::error_code none;
  for (fs::directory_iterator each(folder, none), end; !none && each != end; each.increment(none)) {
    const std::string name = each->path().filename().string();
    if (name.starts_with(start) && name.ends_with(kEnding)) found.push_back(each->path());
  }
  std::ranges::sort(found, std::greater(), [](const fs::path& file) {
    std::error_code gone;
    return fs::last_write_time(file, gone);
  });
  return found;
}

}  // namespace

void report_crashes(const fs::path& folder, std::string_view version) {
  const std::string file =
      (folder / (std::string(kUntold) + std::to_string(::getpid()) + std::string(kEnding))).string();
  const std::string line = "Vitrine " + std::string(version.substr(0, version_line.size() / 2));
  if (folder.empty() || file.size() >= path.size()) return;
  std::error_code failed;  // then there are no reports
  fs::create_directories(folder, failed);
  std::ranges::copy(file, path.begin());
  std::ranges::copy(line, version_line.begin());
  std::array<void*, 1> warm;
  ::backtrace(warm.data(), 1);  // loads what it needs now, not in the handler

  stack_t own{};
  own.ss_sp = stack.data();
  own.ss_size = stack.size();
  ::sigaltstack(&own, nullptr);
  struct sigaction action {};
  action.sa_handler = on_crash;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK);
  for (const int signal : kSignals) ::sigaction(signal, &action, nullptr);
}

std::optional<fs::path> untold_report(const fs::path& folder) {
  if (folder.empty()) return std::nullopt;
  const std::vector<fs::path> untold = named(folder, kUntold);
  std::optional<fs::path> newest;
  std::error_code none;
  for (const fs::path& file : untold) {
    const fs::path told = folder / (std::string(kTold) + file.filename().string().substr(kUntold.size()));
    fs::rename(file, told, none);
    if (!newest && !none) newest = told;
  }
  const std::vector<fs::path> all = named(folder, kTold);
  for (std::size_t i = kReports; i < all.size(); ++i) fs::remove(all[i], none);
  return newest;
}

}  // namespace vitrine::shell
