// The Autosave has the Rescue keep what the open session holds, every few seconds in which something changed; seldom
// where a copy is large.
#pragma once

#include <atomic>
#include <memory>

#include "app/shell/clock.h"
#include "app/shell/drive.h"
#include "app/shell/rescue.h"

namespace vitrine::shell {

class Autosave {
 public:
  explicit Autosave(std::shared_ptr<Rescue> rescue) : rescue_(std::move(rescue)) {}

  void frame(Drive& drive, const work::Snapshot& snapshot, double now);  // seconds
  double due() const { return due_; }                                    // when it wants a frame, however quiet
  bool seldom() const;                                                   // the state is large
  double interval() const;                                               // seconds

 private:
  std::shared_ptr<Rescue> rescue_;
  std::shared_ptr<std::atomic<std::size_t>> bytes_ = std::make_shared<std::atomic<std::size_t>>(0);
  double due_ = kNever;
  double asked_ = -kNever;     // when a copy was asked for last
  std::uint64_t handled_ = 0;  // the last command that copy knows
  std::int64_t step_ = 0;      // and its step
};

}  // namespace vitrine::shell
