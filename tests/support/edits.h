// Edits that a control table allows, drawn at random or one after the other: what tests do to an exhibit that they know
// nothing of.
#pragma once

#include <cstdint>
#include <vector>

#include "app/work/runner.h"

namespace vitrine::testing {

// SplitMix64 by Steele, Lea and Flood: small, and the same everywhere.
struct Dice {
  std::uint64_t state;
  std::uint64_t operator()() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  int below(int n) { return static_cast<int>((*this)() % static_cast<std::uint64_t>(n)); }
};

// A few values that the control may have besides this one; none for texts and actions. Lists: one record more, one
// less.
inline std::vector<work::Value> other_values(const work::Control& control, const work::Value& now) {
  using Kind = work::Control::Kind;
  const work::Range& range = control.range;
  std::vector<work::Value> values;
  switch (control.kind) {
    case Kind::toggle:
      values = {!std::get<bool>(now)};
      break;
    case Kind::integer: {
      const auto low = static_cast<std::int64_t>(range.low), high = static_cast<std::int64_t>(range.high);
      const auto step = std::max<std::int64_t>(1, static_cast<std::int64_t>(range.step));
      values = {high, low, low + (high - low) / 2 / step * step, std::min(high, low + step)};
      break;
    }
    case Kind::real:
      values = {range.high, range.low, range.low + (range.high - range.low) * 0.25};
      break;
    case Kind::choice:
      for (const work::Choice& choice : control.choices) values.emplace_back(choice.id);
      break;
    case Kind::list: {
      work::List more = std::get<work::List>(now), fewer = more;
      if (static_cast<double>(more.size()) < range.high) {
        more.push_back(control.fresh_record);
        values.emplace_back(more);
      }
      if (!fewer.empty()) {
        fewer.pop_back();
        values.emplace_back(fewer);
      }
      break;
    }
    case Kind::text:
    case Kind::action:
      break;
  }
  std::erase(values, now);
  return values;
}

inline work::Command random_edit(const work::ControlTable& table, const void* settings, Dice& dice) {
  for (;;) {
    const work::Control& control =
        table.rows()[static_cast<std::size_t>(dice.below(static_cast<int>(table.rows().size())))];
    if (control.disabled && !control.disabled(settings).empty()) continue;
    if (control.kind == work::Control::Kind::action) return work::command::Act{control.id};
    const std::vector<work::Value> values = other_values(control, control.get(settings));
    if (values.empty()) continue;
    return work::command::Set{control.id, values[static_cast<std::size_t>(dice.below(static_cast<int>(values.size())))],
                              dice.below(4) != 0};
  }
}

}  // namespace vitrine::testing
