// The two ways to drive: a worker's thread, or the caller's own frames; and one that is still to come.
#include "app/shell/drive.h"

#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "app/work/worker.h"

namespace vitrine::shell {
namespace {

class ThreadDrive final : public Drive {
 public:
  ThreadDrive(std::unique_ptr<work::Runner> runner, std::function<void()> wake)
      : worker_(std::move(runner), std::move(wake)) {}
  std::uint64_t post(work::Command command) override { return worker_.post(std::move(command)); }
  std::shared_ptr<const work::Snapshot> snapshot() override { return worker_.snapshot(); }
  void frame() override {}
  work::Errand* errand() override { return &worker_.errand(); }

 private:
  work::Worker worker_;
};

class StepDrive final : public Drive {
 public:
  explicit StepDrive(std::unique_ptr<work::Runner> runner) : runner_(std::move(runner)) {}

  std::uint64_t post(work::Command command) override {
    // "As many as fit" has no meaning without a clock: a script's frame fits this many.
    if (auto* speed = std::get_if<work::command::Speed>(&command); speed && speed->steps_per_frame == 0)
      speed->steps_per_frame = kStepsThatFit;
    runner_->handle(command);
    latest_ = nullptr;
    return runner_->handled();
  }
  std::shared_ptr<const work::Snapshot> snapshot() override {
    if (!latest_) latest_ = runner_->snapshot();
    return latest_;
  }
  void frame() override {
    if (!runner_->wants_time()) return;
    runner_->run({}, std::chrono::steady_clock::time_point::max());
    latest_ = nullptr;
  }
  work::Errand* errand() override { return &runner_->session().errand(); }

 private:
  static constexpr std::int64_t kStepsThatFit = 100;
  std::unique_ptr<work::Runner> runner_;
  std::shared_ptr<const work::Snapshot> latest_;
};

class LaterDrive final : public Drive {
 public:
  LaterDrive(std::function<std::unique_ptr<Drive>()> make, std::function<void()> wake)
      : thread_([this, make = std::move(make), wake = std::move(wake)] {
          made_by(make);
          if (wake) wake();
        }) {}

  std::uint64_t post(work::Command command) override {
    const std::lock_guard lock(mutex_);
    if (drive_) return drive_->post(std::move(command));
    waiting_.push_back(std::move(command));
    return 0;
  }
  std::shared_ptr<const work::Snapshot> snapshot() override {
    const std::lock_guard lock(mutex_);
    if (failed_) std::rethrow_exception(failed_);
    return drive_ ? drive_->snapshot() : nullptr;
  }
  void frame() override {
    const std::lock_guard lock(mutex_);
    if (drive_) drive_->frame();
  }
  work::Errand* errand() override {
    const std::lock_guard lock(mutex_);
    return drive_ ? drive_->errand() : nullptr;
  }

 private:
  void made_by(const std::function<std::unique_ptr<Drive>()>& make) {
    std::unique_ptr<Drive> drive;
    std::exception_ptr failed;
    try {
      drive = make();
    } catch (...) {
      failed = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    drive_ = std::move(drive), failed_ = failed;
    for (work::Command& command : waiting_)
      if (drive_) drive_->post(std::move(command));
    waiting_.clear();
  }

  std::mutex mutex_;
  std::vector<work::Command> waiting_;
  std::unique_ptr<Drive> drive_;
  std::exception_ptr failed_;
  std::jthread thread_;  // last: joined before the rest goes
};

}  // namespace

std::unique_ptr<Drive> drive_when_made(std::function<std::unique_ptr<Drive>()> make, std::function<void()> wake) {
  return std::make_unique<LaterDrive>(std::move(make), std::move(wake));
}

std::unique_ptr<Drive> drive_in_thread(std::unique_ptr<work::Runner> runner, std::function<void()> wake) {
  return std::make_unique<ThreadDrive>(std::move(runner), std::move(wake));
}

std::unique_ptr<Drive> drive_in_step(std::unique_ptr<work::Runner> runner) {
  return std::make_unique<StepDrive>(std::move(runner));
}

}  // namespace vitrine::shell
