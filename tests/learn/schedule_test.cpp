// Factors of learning rates over steps.
#include "engine/learn/schedule.h"

#include <doctest/doctest.h>

#include "engine/core/error.h"

namespace vitrine::learn {
namespace {

struct Point {
  std::int64_t step;
  double factor;
};

void check(const Schedule& schedule, std::initializer_list<Point> points) {
  for (const Point& point : points) CHECK(schedule.factor(point.step) == doctest::Approx(point.factor).epsilon(1e-5));
}

TEST_CASE("each schedule goes through the points that its definition says") {
  check(Schedule(), {{0, 1}, {1000, 1}});
  check(schedules::Steps({{"every", 10}, {"factor", 0.5}}), {{0, 1}, {9, 1}, {10, 0.5}, {29, 0.25}});
  check(schedules::Exponential({{"every", 10}, {"factor", 0.25}}), {{0, 1}, {5, 0.5}, {10, 0.25}});
  check(schedules::InverseTime({{"every", 10}, {"decay", 2}}), {{0, 1}, {5, 0.5}, {10, 1.0 / 3}});
  check(schedules::Linear({{"steps", 10}, {"end", 0.5}}), {{0, 1}, {5, 0.75}, {10, 0.5}, {99, 0.5}});
  check(schedules::Cosine({{"steps", 10}, {"end", 0.2}}), {{0, 1}, {5, 0.6}, {10, 0.2}, {99, 0.2}});
  check(schedules::Piecewise({{"at", {5, 8}}, {"factors", nn::Config::List{0.5, 0.1}}}),
        {{0, 1}, {4, 1}, {5, 0.5}, {7, 0.5}, {8, 0.1}});
  check(schedules::OneCycle({{"steps", 10}, {"start", 0.2}, {"peak", 0.5}, {"end", 0.1}}),
        {{0, 0.2}, {5, 1}, {10, 0.1}, {50, 0.1}});
}

TEST_CASE("warming up comes before the schedule") {
  const Schedule schedule = Schedule(schedules::Linear({{"steps", 10}})).warmed_up(3);
  check(schedule, {{0, 0.25}, {1, 0.5}, {2, 0.75}, {3, 1}, {8, 0.5}, {13, 0}});
}

TEST_CASE("every schedule is found by its name") {
  for (const ScheduleKind* kind : all_schedules()) {
    nn::Config::Record given;
    for (const nn::Argument& row : kind->arguments) {
      const bool list = row.takes == nn::Takes::wholes || row.takes == nn::Takes::reals;
      if (list || row.takes == nn::Takes::whole) given.emplace_back(row.name, 2);
    }
    CHECK(&schedule_of(kind->name, given).kind() == kind);
  }
}

TEST_CASE("mistakes are named") {
  CHECK_THROWS_AS(schedules::Linear(), UsageError);
  CHECK_THROWS_AS(schedules::Linear({{"steps", 0}}), UsageError);
  CHECK_THROWS_AS(schedules::Piecewise({{"at", {5, 8}}, {"factors", nn::Config::List{0.5}}}), UsageError);
  CHECK_THROWS_AS(schedules::Piecewise({{"at", {8, 5}}, {"factors", nn::Config::List{0.5, 0.1}}}), UsageError);
  CHECK_THROWS_AS(schedule_of("cosin"), UsageError);
}

}  // namespace
}  // namespace vitrine::learn
