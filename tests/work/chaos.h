// A tiny session for the tests: n coupled logistic maps with noise. It has every kind of control, a list, a state that
// settings move, segments, and failures on demand, and it forgets nothing a real session would remember.
#pragma once

#include <bit>
#include <memory>
#include <string>
#include <vector>

#include "app/work/runner.h"
#include "engine/core/error.h"

namespace vitrine::work {

struct ChaosSettings {
  struct Cell {
    std::int64_t weight = 1;
    std::string kind = "plain";
  };
  enum class Mode { calm, wild };
  double rate = 3.5;
  std::int64_t noise = 0;
  bool coupled = true;
  Mode mode = Mode::wild;
  std::string name = "chaos";
  double start = 0.25;  // setting it moves the state, as dragging a weight does
  std::vector<Cell> cells = {{1, "plain"}, {2, "odd"}};
};

struct ChaosSnapshot : Snapshot {
  std::vector<float> cells;
};

class Chaos : public Session {
 public:
  using S = ChaosSettings;

  const ControlTable& controls() const override {
    static const ControlTable table =
        Controls<S>()
            .group("Map")
            .real("map.rate", &S::rate, {.low = 0, .high = 4}, {"Rate", "How steep the map is.", "Wilder."})
            .integer("map.noise", &S::noise, {.low = 0, .high = 50, .unit = "%", .furthest = 300},
                     {"Noise", "Random part.", "Noisier."})
            .toggle("map.coupled", &S::coupled, {"Coupled", "Whether cells meet.", ""})
            .choice("map.mode", &S::mode, {{"calm", "Calm"}, {"wild", "Wild"}}, {"Mode", "How it moves.", ""})
            .real("start", &S::start, {.low = 0, .high = 1}, {"Start", "The first cell.", "Later."})
            .text("name", &S::name, {"Name", "What it is called.", ""})
            .list("cells", &S::cells,
                  Controls<S::Cell>()
                      .integer("weight", &S::Cell::weight, {.low = 1, .high = 9}, {"Weight", "Its share.", "More."})
                      .choice("kind", &S::Cell::kind, {{"plain", "Plain"}, {"odd", "Odd"}}, {"Kind", "Sort.", ""})
                      .table(),
                  4, {"Cells", "The coupled cells.", ""})
            .action("shake", {"Shake", "Moves all cells.", ""})
            .disabled_when([](const S& s) { return s.coupled ? "" : "The cells are not coupled."; })
            .table();
    return table;
  }
  void* settings() override { return &settings_; }
  std::shared_ptr<const void> copy_settings() const override { return std::make_shared<const S>(settings_); }
  const Plan* step_plan() override { return nullptr; }
  void changed(std::string_view path) override {
    ++changes;
    if (path == "start" && !state_.slab.empty()) state_.slab[0] = static_cast<float>(settings_.start);
    if (path.starts_with("cells")) state_.slab.resize(settings_.cells.size(), 0.5f);
    if (const std::string what = std::exchange(errand_of_change, {}); !what.empty()) {
      Errand::Leg leg(errand(), what);
      while (true) leg.reached(0.5, "half of it");  // until it is called off
    }
    if (std::exchange(fail_on_change, false)) throw DeviceError({"[chaos]", "has no room", "", "", "Make it smaller."});
  }
  void act(std::string_view) override {
    for (float& cell : state_.slab) cell = 1 - cell;
  }
  void reset() override {
    state_ = {};
    state_.slab.assign(settings_.cells.size(), 0.5f);
    if (!state_.slab.empty()) state_.slab[0] = static_cast<float>(settings_.start);
    state_.counters = {7};
  }
  std::int64_t advance(std::stop_token stop, const Budget& budget) override {
    ++slices;
    for (std::int64_t taken = 0; taken < budget.steps; ++taken) {
      if (stop.stop_requested()) return taken;
      if (most_per_slice != 0 && budget.deadline && taken == most_per_slice) return taken;
      if (state_.step == fail_at) {
        state_.slab.assign(state_.slab.size(), -1.0f);
        throw DeviceError({"[chaos]", "broke down", "", "", "Reset it."});
      }
      one_step();
    }
    return budget.steps;
  }
  int segments() const override { return 3; }
  void advance_segment() override {
    if (++inside_ < 3) {
      state_.slab[0] += 1;  // half-way states are no states
      return;
    }
    state_.slab[0] -= 2;
    inside_ = 0;
    one_step();
  }
  int inside() const override { return inside_; }
  State save() const override {
    if (inside_ != 0) throw UsageError({"[chaos]", "saved inside a step", "", "", ""});
    return state_;
  }
  void restore(const State& state) override {
    if (state.slab.size() != settings_.cells.size()) {
      throw UsageError({"[chaos]", "does not fit", "as many numbers as cells", "others", "Check the file."});
    }
    inside_ = 0;
    state_ = state;
  }
  Hash recipe() const override { return {1, 2}; }
  std::vector<std::string> curve_names() const override { return {"first", "sum"}; }
  void measure(std::vector<float>& values) override {
    values = {state_.slab.empty() ? 0 : state_.slab[0], 0};
    for (float cell : state_.slab) values[1] += cell;
  }
  std::unique_ptr<Snapshot> snapshot() override {
    auto picture = std::make_unique<ChaosSnapshot>();
    picture->cells = state_.slab;
    return picture;
  }
  std::string arithmetic() const override { return arithmetic_; }

  Chaos() { reset(); }
  std::int64_t fail_at = -1;
  std::int64_t most_per_slice = 0;  // as a slow machine would
  bool fail_on_change = false;
  std::string errand_of_change;  // an endless one, at the next change; empty: none
  int changes = 0, slices = 0;
  std::string arithmetic_ = "test arithmetic";

 private:
  void one_step() {
    const float rate = static_cast<float>(settings_.mode == S::Mode::calm ? settings_.rate / 2 : settings_.rate);
    float carried = 0;
    for (std::size_t i = 0; i < state_.slab.size(); ++i) {
      state_.counters[0] = state_.counters[0] * 6364136223846793005ull + 1442695040888963407ull;
      const float random = static_cast<float>(state_.counters[0] >> 40) * 0x1p-24f;
      float& x = state_.slab[i];
      x = rate * x * (1 - x) * (1 - 0.001f * static_cast<float>(settings_.cells[i].weight));
      x += (random - 0.5f) * 0.001f * static_cast<float>(settings_.noise);
      if (settings_.coupled) x = 0.99f * x + 0.01f * carried;
      if (!(x >= 0 && x <= 1)) x = 0.5f;
      carried = x;
    }
    ++state_.step;
  }

  S settings_;
  State state_;
  int inside_ = 0;
};

inline Chaos& chaos(Runner& runner) {
  return static_cast<Chaos&>(runner.session());
}
inline Runner make_chaos(std::size_t history_bytes = limits::kHistoryBytes) {
  return Runner("chaos", std::make_unique<Chaos>(), history_bytes);
}
inline void do_now(Runner& runner, const Command& command) {
  runner.handle(command);
  runner.expect_ok();
}
inline void travel(Runner& runner, std::int64_t step) {
  do_now(runner, command::Seek{step});
  while (runner.wants_time()) runner.run({}, std::chrono::steady_clock::time_point::max());
  runner.expect_ok();
}
inline std::string hash(Runner& runner) {
  return state_hash(runner.session()).hex();
}

// The same numbers on every machine, for choosing what to try next.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return (state_ ^ (state_ >> 29)) * 0x9E3779B97F4A7C15ull >> 16;
  }
  std::uint64_t below(std::uint64_t end) { return next() % end; }

 private:
  std::uint64_t state_;
};

}  // namespace vitrine::work
