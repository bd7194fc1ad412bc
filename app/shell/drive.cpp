// The two ways to drive: a worker's thread, or the caller's own frames.
#include "app/shell/drive.h"

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

 private:
  static constexpr std::int64_t kStepsThatFit = 100;
  std::unique_ptr<work::Runner> runner_;
  std::shared_ptr<const work::Snapshot> latest_;
};

}  // namespace

std::unique_ptr<Drive> drive_in_thread(std::unique_ptr<work::Runner> runner, std::function<void()> wake) {
  return std::make_unique<ThreadDrive>(std::move(runner), std::move(wake));
}

std::unique_ptr<Drive> drive_in_step(std::unique_ptr<work::Runner> runner) {
  return std::make_unique<StepDrive>(std::move(runner));
}

}  // namespace vitrine::shell
