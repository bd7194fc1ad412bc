// A step lasts until the next one begins, so seconds end one step later than counts do.
#include "views/heartbeats/time_axis.h"

#include <algorithm>

#include "engine/core/number.h"

namespace vitrine::views::heartbeats {
namespace {

constexpr std::size_t kLongestName = 9;  // letters of a field's name under the axis

std::string short_name(const std::string& name) {
  if (name.size() <= kLongestName) return name;
  std::size_t end = kLongestName - 1;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;  // not inside a letter of UTF-8
  return name.substr(0, end) + "…";
}

}  // namespace

TimeAxis::TimeAxis(const Snapshot& s, std::size_t most_names) : rate_(settings_of(s).samples_per_second_now()) {
  const std::vector<std::string>&fields = s.beats->fields, &series = s.beats->series;
  const std::size_t width = s.beats->width;
  if (!fields.empty() || !series.empty()) rate_ = 0;
  end_ = static_cast<double>(std::max<std::size_t>(1, rate_ > 0 ? width : width - 1));
  for (std::size_t i = 0; i < width; ++i) {
    if (rate_ > 0)
      seconds_.push_back(static_cast<float>(static_cast<double>(i) / rate_));
    else
      counts_.push_back(static_cast<std::int64_t>(i));
  }
  names_ = fields;
  const auto mark = [&](std::size_t step, const std::string& name) {
    axis_.at.push_back(static_cast<double>(step));
    axis_.names.push_back(short_name(name));
  };
  const std::size_t pace = (fields.size() + most_names - 1) / most_names;
  for (std::size_t i = 0; i < fields.size(); i += pace) mark(i, fields[i]);
  const std::size_t length = series.empty() ? width : width / series.size();
  for (std::size_t i = 0; i < series.size(); ++i) {
    mark(i * length, series[i]);
    if (i > 0) borders_.push_back(static_cast<double>(i * length));
    for (std::size_t step = 0; step < length; ++step)
      names_.push_back(series[i] + " " + to_text(static_cast<std::int64_t>(step)));
  }
  axis_.low = 0;
  axis_.high = rate_ > 0 ? end_ / rate_ : end_;
  axis_.whole = !(rate_ > 0);
  axis_.title = rate_ > 0 ? "seconds" : names_.empty() ? "steps" : "";
}

std::string_view TimeAxis::what() const {
  if (rate_ > 0) return "time";
  return names_.empty() || !borders_.empty() ? "step" : "field";
}

ui::LinePlot TimeAxis::plot() const {
  return {.steps = counts_,
          .x = seconds_,
          .x_name = what(),
          .x_unit = counts_.empty() ? "s" : "",
          .x_names = names_,
          .x_marks = axis_,
          .x_title = axis_.title,
          .x_low = axis_.low,
          .x_high = axis_.high};
}

ui::Axis TimeAxis::steps() const {
  return {.low = 0, .high = end_};
}

}  // namespace vitrine::views::heartbeats
