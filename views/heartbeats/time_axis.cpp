// A step lasts until the next one begins, so seconds end one step later than counts do.
#include "views/heartbeats/time_axis.h"

#include <algorithm>

namespace vitrine::views::heartbeats {

TimeAxis::TimeAxis(const Snapshot& s) : rate_(settings_of(s).samples_per_second_now()) {
  const std::size_t width = s.beats->width;
  end_ = static_cast<double>(std::max<std::size_t>(1, rate_ > 0 ? width : width - 1));
  for (std::size_t i = 0; i < width; ++i) {
    if (rate_ > 0)
      seconds_.push_back(static_cast<float>(static_cast<double>(i) / rate_));
    else
      counts_.push_back(static_cast<std::int64_t>(i));
  }
}

ui::Axis TimeAxis::axis() const {
  if (rate_ > 0) return {.low = 0, .high = end_ / rate_, .title = "seconds"};
  return {.low = 0, .high = end_, .title = "steps", .whole = true};
}

ui::Axis TimeAxis::steps() const {
  return {.low = 0, .high = end_};
}

}  // namespace vitrine::views::heartbeats
