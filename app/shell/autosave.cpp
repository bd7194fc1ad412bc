// When a copy is due.
#include "app/shell/autosave.h"

#include <algorithm>

namespace vitrine::shell {
namespace {

constexpr std::size_t kLarge = std::size_t{16} << 20;  // bytes; written in well under a second on slow disks
constexpr double kOften = 3, kSeldom = 30;             // s

}  // namespace

bool Autosave::seldom() const {
  return bytes_->load() > kLarge;
}

double Autosave::interval() const {
  return seldom() ? kSeldom : kOften;
}

void Autosave::frame(Drive& drive, const work::Snapshot& snapshot, double now) {
  if (snapshot.handled <= handled_ && snapshot.step == step_) {
    due_ = kNever;
    return;
  }
  due_ = std::max(now, asked_ + interval());
  if (now < due_) return;
  asked_ = now;
  due_ = kNever;
  step_ = snapshot.step;
  handled_ = drive.post(work::command::Call{
      [rescue = rescue_, bytes = bytes_](work::Runner& runner) { *bytes = rescue->consider(runner); }});
}

}  // namespace vitrine::shell
