// An Interrupt turns Ctrl-C and a polite kill into a stop request while it lives, so that work ends between two steps
// and leaves nothing half-written. Whoever asks a second time is obeyed at once.
#pragma once

#include <pthread.h>
#include <signal.h>

#include <stop_token>
#include <thread>

namespace vitrine::cli {

inline constexpr int kInterrupted = 130;  // the exit code

class Interrupt {
 public:
  Interrupt();  // before other threads start, which then leave the signals to it
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  sigset_t signals_{}, before_{};
  std::jthread waiter_;
};

}  // namespace vitrine::cli
