// The loop of a worker: commands, a slice of time, a picture; asleep when there is none of the three to do.
#include "app/work/worker.h"

#include <chrono>
#include <utility>

namespace vitrine::work {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kFrame = std::chrono::milliseconds(16);  // a picture more often than the screen shows is work for nobody
constexpr auto kSlice = std::chrono::milliseconds(8);   // what a command waits at most, and closing the app
constexpr auto kAnswer = std::chrono::milliseconds(50);  // what PRODUCT gives an answer; older pictures wait no longer

}  // namespace

Worker::Worker(std::unique_ptr<Runner> runner, std::function<void()> wake)
    : runner_(std::move(runner)),
      wake_(std::move(wake)),
      errand_(runner_->session().errand()),
      number_(runner_->handled()) {
  latest_.publish(runner_->snapshot());  // so that there is a picture from the start
  thread_ = std::jthread([this](std::stop_token stop) { loop(std::move(stop)); });
}

Worker::~Worker() = default;  // thread_ is the last member: it stops and joins before the rest goes

std::uint64_t Worker::post(Command command) {
  std::uint64_t number;
  {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(command));
    if (shown_ && shown_->handled == number_) asked_ = Clock::now();
    number = ++number_;
    slice_.request_stop();
  }
  waiting_.notify_one();
  return number;
}

std::shared_ptr<const Snapshot> Worker::snapshot() {
  const std::lock_guard lock(mutex_);
  const std::shared_ptr<const Snapshot>& newest = latest_.get();
  const auto now = Clock::now();
  const bool answers = !shown_ || newest->handled > shown_->handled;
  if (answers) asked_ = now;  // of what was posted since
  if (answers || newest->handled == number_ || now >= asked_ + kAnswer) shown_ = newest;
  return shown_;
}

void Worker::publish() {
  try {
    latest_.publish(runner_->snapshot());
  } catch (const std::exception&) {
    return;  // even the last good state cannot be drawn: the picture before stays
  }
  if (wake_) wake_();
}

// Until its time is over, a command comes, or the worker ends.
void Worker::run_slice(const std::stop_token& stop) {
  std::stop_source slice;
  {
    const std::lock_guard lock(mutex_);
    if (!posted_.empty()) return;
    slice_ = slice;
  }
  const std::stop_callback also(stop, [&slice] { slice.request_stop(); });
  runner_->run(slice.get_token(), Clock::now() + kSlice);
}

void Worker::loop(std::stop_token stop) {
  errand_.watch(stop, wake_);
  auto next_picture = Clock::now();
  auto next_share = Clock::now();
  std::vector<Command> commands;
  const auto show = [&] {
    if (stop.stop_requested()) return;
    publish();
    next_picture = Clock::now() + kFrame;
  };
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      const auto has_command = [this] { return !posted_.empty(); };
      if (!runner_->wants_time()) {
        waiting_.wait(lock, stop, has_command);
      } else if (runner_->paced()) {
        waiting_.wait_until(lock, stop, next_share, has_command);
      }
      commands.swap(posted_);
    }
    for (const Command& command : commands) {
      if (stop.stop_requested()) return;
      runner_->handle(command);
    }
    if (!commands.empty()) show();  // who moved a control looks at it: no slice of training comes first
    commands.clear();
    if (!runner_->wants_time() || (runner_->paced() && Clock::now() < next_share)) continue;
    next_share = Clock::now() + kFrame;
    run_slice(stop);
    if (!runner_->wants_time() || runner_->paced() || Clock::now() >= next_picture) show();
  }
}

}  // namespace vitrine::work
