// The TimeAxis of a beat: seconds where its set has a rate, else the count of steps. Rows of several series stand on it
// one series behind the other; rows of fields take their names for the time.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/line_plot.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {

class TimeAxis {
 public:
  static constexpr std::size_t kMostNames = 12;  // of fields under the axis, beside each other
  explicit TimeAxis(const Snapshot& s, std::size_t most_names = kMostNames);
  const ui::Axis& axis() const { return axis_; }               // as people read it
  ui::LinePlot plot() const;                                   // one over it, without curves; lives as long as this
  ui::Axis steps() const;                                      // the same way across, in steps
  std::span<const float> seconds() const { return seconds_; }  // of each step; empty without a rate
  std::span<const std::int64_t> counts() const { return counts_; }  // likewise; empty with one
  std::span<const std::string> names() const { return names_; }     // of each step, where it has one
  std::span<const double> borders() const { return borders_; }      // steps at which another series begins
  std::string_view what() const;                                    // one of them is: "time", "step", "field"

 private:
  double end_;  // in steps
  double rate_;
  std::vector<std::string> names_;
  std::vector<double> borders_;
  ui::Axis axis_;
  std::vector<float> seconds_;
  std::vector<std::int64_t> counts_;
};

}  // namespace vitrine::views::heartbeats
