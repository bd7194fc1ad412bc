// A Slide is how far a drawer is out, from 0 to 1, on its way in 120 ms, slower towards the end.
#pragma once

#include <algorithm>

namespace vitrine::shell {

class Slide {
 public:
  // Once a frame; `at_once` for people who want less motion, and for pictures.
  void step(bool wanted, double now, bool at_once) {
    if (wanted != out_) {
      since_ = now - moving(now) * kSeconds;  // from where it is
      out_ = wanted;
    }
    const double left = at_once ? 0 : moving(now);
    share_ = static_cast<float>(out_ ? 1 - left * left : left * left);
    if (at_once) since_ = now - kSeconds;
  }
  float share() const { return share_; }
  bool moves(double now) const { return moving(now) > 0; }

 private:
  static constexpr double kSeconds = 0.12;
  double moving(double now) const { return std::clamp(1 - (now - since_) / kSeconds, 0.0, 1.0); }  // 1: just begun
  bool out_ = false;
  double since_ = -1;
  float share_ = 0;
};

}  // namespace vitrine::shell
