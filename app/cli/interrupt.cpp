// The signals are blocked everywhere and waited for by one thread: no handler runs, so nothing must be signal-safe.
#include "app/cli/interrupt.h"

#include <unistd.h>

namespace vitrine::cli {

Interrupt::Interrupt() {
  ::sigemptyset(&signals_);
  ::sigaddset(&signals_, SIGINT);
  ::sigaddset(&signals_, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  waiter_ = std::jthread([this](std::stop_token over) {
    int number = 0;
    while (::sigwait(&signals_, &number) == 0 && !over.stop_requested()) {
      if (source_.stop_requested()) ::_exit(kInterrupted);
      source_.request_stop();
    }
  });
}

Interrupt::~Interrupt() {
  waiter_.request_stop();
  ::pthread_kill(waiter_.native_handle(), SIGINT);  // wakes it; its own stop request says why
  waiter_.join();
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace vitrine::cli
