// Swaps the descriptor: some of the messages come from C, some through streams.
#include "datasets/images/quiet.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <mutex>

namespace vitrine::datasets {
namespace {

struct Swapped {
  std::mutex mutex;
  int holders = 0;
  int before = -1;  // what standard error was; −1: it could not be swapped
};

Swapped& swapped() {
  static Swapped state;
  return state;
}

// A sanitiser's report must be seen.
constexpr bool kMayBeQuiet =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    false;
#else
    true;
#endif

}  // namespace

Quiet::Quiet() {
  Swapped& state = swapped();
  const std::lock_guard lock(state.mutex);
  if (state.holders++ > 0 || !kMayBeQuiet) return;
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  std::fflush(stderr);
  state.before = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (state.before >= 0) ::dup2(nowhere, STDERR_FILENO);
  ::close(nowhere);
}

Quiet::~Quiet() {
  Swapped& state = swapped();
  const std::lock_guard lock(state.mutex);
  if (--state.holders > 0 || state.before < 0) return;
  std::fflush(stderr);
  ::dup2(state.before, STDERR_FILENO);
  ::close(state.before);
  state.before = -1;
}

}  // namespace vitrine::datasets
