// A Worker runs one session on a thread of its own: it drains commands, gives the session a slice of time, publishes a
// snapshot at most once a frame, wakes the window, and sleeps while there is nothing to do. The window's side never
// waits: it posts commands and reads the latest snapshot.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/work/latest.h"
#include "app/work/runner.h"

namespace vitrine::work {

class Worker {
 public:
  // `wake` is called from the worker's thread after each publication.
  Worker(std::unique_ptr<Runner> runner, std::function<void()> wake);
  ~Worker();  // stops within a slice and joins

  std::uint64_t post(Command command);  // its number, as Snapshot::handled counts them
  // The newest; but for a moment none that is from before a command, for the answer to it is on its way, and who draws
  // what came before draws when the answer is there.
  std::shared_ptr<const Snapshot> snapshot();
  Errand& errand() const { return errand_; }

 private:
  void loop(std::stop_token stop);
  void run_slice(const std::stop_token& stop);
  void publish();

  std::unique_ptr<Runner> runner_;
  std::function<void()> wake_;
  Errand& errand_;  // of the session, which may be at work
  Latest<Snapshot> latest_;
  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::vector<Command> posted_;
  std::stop_source slice_;  // of training, which a command cuts short
  std::uint64_t number_ = 0;
  std::shared_ptr<const Snapshot> shown_;             // the last that was given away
  std::chrono::steady_clock::time_point asked_ = {};  // when the oldest command was posted that it does not answer
  std::jthread thread_;                               // last: starts when all else is there
};

}  // namespace vitrine::work
