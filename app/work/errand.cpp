// One lock around what both sides see.
#include "app/work/errand.h"

#include <utility>

namespace vitrine::work {
namespace {

constexpr double kTellingShare = 0.02, kTellingSeconds = 0.5;  // before which an estimate would jump about

}  // namespace

std::optional<double> Progress::seconds_left() const {
  if (share < kTellingShare || seconds < kTellingSeconds) return {};
  return seconds * (1 - share) / share;
}

Errand::Leg::Leg(Errand& errand, std::string what, Clock::time_point begun) : errand_(errand) {
  const std::lock_guard lock(errand_.mutex_);
  errand_.now_ = Progress{.what = std::move(what), .so_far = {}};
  errand_.begun_ = begun;
  errand_.called_off_ = false;
}

Errand::Leg::~Leg() {
  const std::lock_guard lock(errand_.mutex_);
  errand_.now_.reset();
}

void Errand::Leg::reached(double share, std::string so_far) {
  {
    const std::lock_guard lock(errand_.mutex_);
    errand_.now_->share = share;
    errand_.now_->so_far = std::move(so_far);
  }
  if (errand_.wake_) errand_.wake_();
  const std::lock_guard lock(errand_.mutex_);
  if (errand_.called_off_ || errand_.stop_.stop_requested())
    throw CalledOff(errand_.now_->what + " was called off; what was there before stands.");
}

std::optional<Progress> Errand::progress() const {
  const std::lock_guard lock(mutex_);
  std::optional<Progress> now = now_;
  if (now) now->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  return now;
}

void Errand::call_off() {
  const std::lock_guard lock(mutex_);
  called_off_ = true;
}

void Errand::watch(std::stop_token stop, std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  stop_ = std::move(stop);
  wake_ = std::move(wake);
}

}  // namespace vitrine::work
