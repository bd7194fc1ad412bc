// The session of First neuron: ŷ = w·x + b learns y = 2x − 1 from six points, all of them at every step. Its weight and
// bias are controls as well as the state: setting them moves the state, training moves them.
//
// The walk begins at w = −2, b = 3.5, far enough from the goal to be worth watching. Another start can be drawn: then w
// is uniform within ±√3, as Glorot's rule has it for one input and one output, and b is 0.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "app/work/session.h"
#include "engine/graph/plan.h"

namespace vitrine::views {
struct SessionContext;
class View;
}  // namespace vitrine::views

namespace vitrine::views::neuron {

inline constexpr std::size_t kPoints = 6;
inline constexpr std::array<float, kPoints> kX{-1, 0, 1, 2, 3, 4}, kY{-3, -1, 1, 3, 5, 7};

enum class Loss { squared, absolute };

struct Settings {
  double weight = -2, bias = 3.5;  // mirror the state, within the range of their rows
  std::int64_t start = 0;          // 0: as above; else the seed of another one
  double rate = 0.055;
  Loss loss = Loss::squared;
  double question = 10;
};

// The loss of every weight and bias in a rectangle: rows from the largest bias down.
struct Landscape {
  static constexpr double kWeightLow = -3, kWeightHigh = 5, kBiasLow = -5.5, kBiasHigh = 5.5;
  static constexpr int kColumns = 97, kRows = 133;  // twelve cells a unit: whole numbers lie on the grid
  Loss loss = Loss::squared;
  std::vector<float> values;
};

struct Stand {
  std::int64_t step = 0;
  float weight = 0, bias = 0;
};

struct Snapshot final : work::Snapshot {
  float weight = 0, bias = 0, loss = 0;
  float weight_gradient = 0, bias_gradient = 0;
  float next_weight = 0, next_bias = 0;  // after an update with these gradients
  std::array<float, kPoints> answers{}, errors{};
  float answer = 0;         // to the question
  std::vector<Stand> path;  // where the walk has been, oldest first; thinned when long
  std::shared_ptr<const Landscape> landscape;
};

class Session final : public work::Session {
 public:
  Session(std::shared_ptr<Backend> backend, std::uint64_t seed);

  const work::ControlTable& controls() const override;
  void* settings() override { return &settings_; }
  std::shared_ptr<const void> copy_settings() const override { return std::make_shared<const Settings>(settings_); }
  void changed(std::string_view path) override;
  void act(std::string_view) override {}
  void reset() override;
  std::int64_t advance(std::stop_token stop, const work::Budget& budget) override;
  int segments() const override { return static_cast<int>(plan_->segments().size()); }
  void advance_segment() override;
  int inside() const override { return inside_; }
  work::State save() const override;
  void restore(const work::State& state) override;
  Hash recipe() const override;
  std::vector<std::string> curve_names() const override { return {"loss"}; }
  void measure(std::vector<float>& values) override;
  std::unique_ptr<work::Snapshot> snapshot() override;
  std::string arithmetic() const override { return backend_->info().arithmetic; }
  const Plan* step_plan() override { return &*plan_; }

 private:
  void compile_plan();
  void begin();     // at the start that the settings name
  void stepped();   // one more step is done
  void remember();  // the path grows to where we stand
  void mirror();    // state → controls
  float read(std::string_view region) const;
  void survey();  // the landscape of the chosen loss

  std::shared_ptr<Backend> backend_;
  Settings settings_;
  Slab slab_;
  std::optional<Plan> plan_;
  Loss compiled_ = Loss::squared;
  float rate_ = 0;                                                                     // bound to the plan
  int loss_ = 0, answers_ = 0, errors_ = 0, weight_gradient_ = 0, bias_gradient_ = 0;  // kept values of the plan
  std::int64_t step_ = 0;
  int inside_ = 0;
  std::vector<Stand> path_;
  std::int64_t stride_ = 1;  // of steps between two stands of the path
  std::shared_ptr<const Landscape> landscape_;
  bool by_hand_ = false, found_by_hand_ = false, jumped_ = false;
  unsigned stops_ = 0;  // bits: which segments were taken one at a time
};

// For the registry; both are in view.cpp.
std::unique_ptr<work::Session> open(const SessionContext& context);
std::unique_ptr<View> view();

}  // namespace vitrine::views::neuron
