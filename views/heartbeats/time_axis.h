// The TimeAxis of a beat: seconds where its set has a rate, else the count of steps. Rows of several series stand on it
// one series behind the other; rows of fields take their names for the time.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
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
  std::span<const std::string> names() const { return names_; }     // of each step, where it has one
  std::span<const double> borders() const { return borders_; }      // steps at which another series begins
  std::string_view what() const;                                    // one of them is: "time", "step", "field"

 private:
  double end_;  // in steps
  double rate_;
  std::vector<std::string> names_;
  std::vector<double> borders_;
  ui::Axis marks_;  // ticks with names
  std::vector<float> seconds_;
  std::vector<std::int64_t> counts_;
};

}  // namespace vitrine::views::heartbeats
