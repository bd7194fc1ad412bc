// The TimeAxis of a beat: seconds where its set has a rate, else the count of steps.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/ui/plot_axes.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

class TimeAxis {
 public:
  explicit TimeAxis(const Snapshot& s);
  ui::Axis axis() const;                                            // as people read it
  ui::Axis steps() const;                                           // the same way across, in steps
  std::span<const float> seconds() const { return seconds_; }       // of each step; empty without a rate
  std::span<const std::int64_t> counts() const { return counts_; }  // likewise; empty with one

 private:
  double end_;  // in steps
  double rate_;
  std::vector<float> seconds_;
  std::vector<std::int64_t> counts_;
};

}  // namespace vitrine::views::heartbeats
