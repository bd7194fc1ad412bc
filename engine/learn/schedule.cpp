// The schedules, in the mathematics of engine/core, so that a run takes the same rates on every machine.
#include "engine/learn/schedule.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/math_double.h"
#include "engine/core/math_power.h"
#include "engine/learn/names.h"

namespace vitrine::learn {
namespace {

using nn::Argument;
using nn::Arguments;
using nn::rows;
using nn::Takes;

constexpr double kPi = 3.14159265358979323846;

constexpr Argument steps(std::string_view name, std::string_view meaning) {
  return Argument{name, Takes::whole, nn::kRequired, meaning}.at_least(1);
}
constexpr Argument factor(std::string_view name, double usual, std::string_view meaning) {
  return Argument{name, Takes::real, usual, meaning}.at_least(0);
}
constexpr Argument kEvery = steps("every", "steps between two falls");
constexpr Argument kLength = steps("steps", "until the end is reached");
constexpr Argument kEnd = factor("end", 0, "factor at the end, and from then on");

double power(double base, double exponent) {
  return static_cast<double>(math::pow_of(static_cast<float>(base), static_cast<float>(exponent)));
}
double way(double step, double length) {  // from 0 to 1
  return std::clamp(step / length, 0.0, 1.0);
}
double along_cosine(double from, double to, double share) {
  return to + (from - to) * 0.5 * (1 + math::cos(kPi * share));
}
double length_of(const Arguments& a) {
  return static_cast<double>(a.whole("steps"));
}
double falls(const Arguments& a, double step) {
  return step / static_cast<double>(a.whole("every"));
}

constexpr auto kFalls = rows(kEvery, factor("factor", 0.5, "of each fall"));
constexpr auto kInverse = rows(kEvery, factor("decay", 1, "how strongly the rate falls"));
constexpr auto kTowardsEnd = rows(kLength, kEnd);
constexpr auto kPieces = rows(Argument{"at", Takes::wholes, nn::kRequired, "steps at which a new factor begins"},
                              Argument{"factors", Takes::reals, nn::kRequired, "one for each of these steps"});
constexpr auto kCycle =
    rows(kLength, factor("start", 0.04, "factor at first"),
         Argument{"peak", Takes::real, 0.3, "share of the way at which the factor is 1"}.between(0.001, 0.999),
         factor("end", 0.0001, "factor at the end"));

double piecewise(const Arguments& a, double step) {
  const Integers at = a.wholes("at");
  const Reals factors = a.reals("factors");
  double now = 1;
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (step >= static_cast<double>(at[i])) now = factors[i];
  }
  return now;
}

double one_cycle(const Arguments& a, double step) {
  const double share = way(step, length_of(a)), peak = a.real("peak");
  return share < peak ? along_cosine(a.real("start"), 1, share / peak)
                      : along_cosine(1, a.real("end"), (share - peak) / (1 - peak));
}

void check(const ScheduleKind& kind, const Arguments& a) {
  if (&kind != &schedules::Piecewise) return;
  const Integers at = a.wholes("at");
  if (at.size() != a.reals("factors").size() || !std::ranges::is_sorted(at)) {
    a.refuse("factors", "do not go with the steps", "one factor for each of the rising steps", "Count both lists.");
  }
}

}  // namespace

namespace schedules {

const ScheduleKind Constant{"Constant", "the rate stays", {}, [](const Arguments&, double) { return 1.0; }};
const ScheduleKind Steps{
    "Steps", "the rate falls at once, again and again", kFalls, [](const Arguments& a, double step) {
      return power(a.real("factor"), static_cast<double>(static_cast<std::int64_t>(falls(a, step))));
    }};
const ScheduleKind Exponential{"Exponential", "the rate falls by the same share in the same time", kFalls,
                               [](const Arguments& a, double step) { return power(a.real("factor"), falls(a, step)); }};
const ScheduleKind InverseTime{
    "InverseTime", "the rate falls as one divided by time", kInverse,
    [](const Arguments& a, double step) { return 1 / (1 + a.real("decay") * falls(a, step)); }};
const ScheduleKind Linear{"Linear", "the rate falls evenly", kTowardsEnd, [](const Arguments& a, double step) {
                            return 1 + (a.real("end") - 1) * way(step, length_of(a));
                          }};
const ScheduleKind Cosine{
    "Cosine", "the rate falls along half a wave", kTowardsEnd,
    [](const Arguments& a, double step) { return along_cosine(1, a.real("end"), way(step, length_of(a))); }};
const ScheduleKind Piecewise{"Piecewise", "a factor for each stretch of steps, 1 before the first", kPieces, piecewise};
const ScheduleKind OneCycle{"OneCycle", "the rate rises along half a wave, then falls along a longer one", kCycle,
                            one_cycle};

}  // namespace schedules

std::span<const ScheduleKind* const> all_schedules() {
  using namespace schedules;
  static constexpr const ScheduleKind* kAll[] = {&Constant, &Steps,  &Exponential, &InverseTime,
                                                 &Linear,   &Cosine, &Piecewise,   &OneCycle};
  return kAll;
}

Schedule ScheduleKind::operator()(const nn::Named& named) const {
  return {*this, named};
}

Schedule::Schedule() : Schedule(schedules::Constant, {}) {}

Schedule::Schedule(const ScheduleKind& kind, const nn::Config::Record& given)
    : kind_(&kind),
      arguments_(nn::resolve("schedule " + std::string(kind.name), kind.arguments, given, nn::Convention::ours)) {
  check(kind, arguments_);
}

Schedule Schedule::warmed_up(std::int64_t steps) const {
  Schedule warmed = *this;
  warmed.warmup_ = std::max(steps, std::int64_t{0});
  return warmed;
}

double Schedule::factor(std::int64_t step) const {
  if (step < warmup_) return static_cast<double>(step + 1) / static_cast<double>(warmup_ + 1);
  return kind_->factor(arguments_, static_cast<double>(step - warmup_));
}

Schedule schedule_of(std::string_view name, const nn::Config::Record& given) {
  std::vector<std::string_view> known;
  for (const ScheduleKind* kind : all_schedules()) {
    if (plain_name(kind->name) == plain_name(name)) return {*kind, given};
    known.push_back(kind->name);
  }
  throw UsageError({"schedule", "is not known", std::string(nn::nearest(name, known)), std::string(name),
                    "Choose one of docs/optimisers.md."});
}

}  // namespace vitrine::learn
