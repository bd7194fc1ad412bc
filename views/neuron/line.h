// The first lesson: ŷ = w·x + b learns y = 2x − 1 from six points, all of them at every step. Its weight and bias are
// controls as well as the state: setting them moves the state, training moves them.
//
// The walk begins at w = −2, b = 3.5, far enough from the goal to be worth watching. Another start can be drawn: then w
// is uniform within ±√3, as Glorot's rule has it for one input and one output, and b is 0.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "views/neuron/descent.h"
#include "views/neuron/settings.h"

namespace vitrine::views::neuron {

inline constexpr std::size_t kPoints = 6;
inline constexpr std::array<float, kPoints> kX{-1, 0, 1, 2, 3, 4}, kY{-3, -1, 1, 3, 5, 7};

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

class Line final : public Descent {
 public:
  Line(std::shared_ptr<Backend> backend, Settings& settings);
  void changed(std::string_view path) override;
  void reset() override;
  work::State save() const override;
  void restore(const work::State& state) override;
  Hash recipe() const override;
  float loss() override;
  void show(Snapshot& snapshot) override;

 private:
  void stepped() override;
  void rested() override { mirror(); }
  void compile_plan();
  void begin();     // at the start that the settings name
  void remember();  // the path grows to where we stand
  void mirror();    // state → controls
  float read(std::string_view region) const;
  void survey();  // the landscape of the chosen loss

  std::shared_ptr<Backend> backend_;
  Settings& settings_;
  Slab slab_;
  Loss compiled_ = Loss::squared;
  float rate_ = 0;                                                                     // bound to the plan
  int loss_ = 0, answers_ = 0, errors_ = 0, weight_gradient_ = 0, bias_gradient_ = 0;  // kept values of the plan
  std::vector<Stand> path_;
  std::int64_t stride_ = 1;  // of steps between two stands of the path
  std::shared_ptr<const Landscape> landscape_;
  bool by_hand_ = false, found_by_hand_ = false, jumped_ = false;
};

}  // namespace vitrine::views::neuron
