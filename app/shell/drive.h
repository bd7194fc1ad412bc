// A Drive keeps one Runner going for the shell: on a thread of its own in the window, or step by step in the caller's
// thread for screenshots and scripts, where the same calls must give the same pixels. The shell cannot tell which.
#pragma once

#include <functional>
#include <memory>

#include "app/work/runner.h"

namespace vitrine::shell {

class Drive {
 public:
  virtual ~Drive() = default;
  virtual std::uint64_t post(work::Command command) = 0;         // its number, as Snapshot::handled counts
  virtual std::shared_ptr<const work::Snapshot> snapshot() = 0;  // null before the first
  virtual void frame() = 0;                                      // one frame has passed
  virtual work::Errand* errand() = 0;                            // of its session; null while there is none yet
};

std::unique_ptr<Drive> drive_in_thread(std::unique_ptr<work::Runner> runner, std::function<void()> wake);
std::unique_ptr<Drive> drive_in_step(std::unique_ptr<work::Runner> runner);

// Made in a thread of its own, so that nobody waits for data to be made: until then there is no snapshot, and commands
// wait, uncounted. What making it threw is thrown by `snapshot`.
std::unique_ptr<Drive> drive_when_made(std::function<std::unique_ptr<Drive>()> make, std::function<void()> wake);

}  // namespace vitrine::shell
