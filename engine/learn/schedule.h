// A Schedule says by which factor the learning rate of a step differs from the one that is set: a function of the steps
// taken, declared once with its arguments, like an optimiser. It is a factor, not a rate, so that a person can turn the
// rate of a running training and the schedule goes on.
#pragma once

#include <string_view>

#include "engine/nn/argument.h"
#include "engine/nn/kind.h"

namespace vitrine::learn {

class Schedule;

struct ScheduleKind {
  std::string_view name;
  std::string_view meaning;
  std::span<const nn::Argument> arguments;
  double (*factor)(const nn::Arguments& arguments, double step) = nullptr;
  Schedule operator()(const nn::Named& named = {}) const;
};

namespace schedules {
extern const ScheduleKind Constant, Steps, Exponential, InverseTime, Linear, Cosine, Piecewise, OneCycle;
}
std::span<const ScheduleKind* const> all_schedules();

class Schedule {
 public:
  Schedule();  // constant
  Schedule(const ScheduleKind& kind, const nn::Config::Record& given);
  const ScheduleKind& kind() const { return *kind_; }
  const nn::Arguments& arguments() const { return arguments_; }
  // The rate rises evenly from (almost) nothing over the first steps; only then the schedule begins.
  Schedule warmed_up(std::int64_t steps) const;
  std::int64_t warmup() const { return warmup_; }
  double factor(std::int64_t step) const;  // of the step after so many

 private:
  const ScheduleKind* kind_;
  nn::Arguments arguments_;
  std::int64_t warmup_ = 0;
};

Schedule schedule_of(std::string_view name, const nn::Config::Record& given = {});  // UsageError where there is none

}  // namespace vitrine::learn
