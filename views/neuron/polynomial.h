// The second lesson: the formula that the learner wired from blocks is fitted to points with a little noise. The wired
// graph is what runs: its tensors come in the order of the wires, and one plan does forward, loss, backward and update.
// While the blocks on the stage are at fault, the last good ones go on. A rewired formula keeps what was learnt.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/learn/optimiser.h"
#include "views/neuron/code.h"
#include "views/neuron/descent.h"
#include "views/neuron/graph.h"

namespace vitrine::views::neuron {

inline constexpr int kCurvePoints = 81;  // of the drawn formula

// What is shown of the second lesson.
struct Fit {
  struct Live {  // of one running block: numbers for one point, the shown one
    bool known = false, learns = false;
    float value = 0, gradient = 0;
  };
  struct Parameter {
    std::string_view name;
    float value = 0, gradient = 0, next = 0;
  };
  std::vector<float> x, y, answers;
  std::vector<float> curve_x, curve;
  std::vector<Live> blocks;  // as many as there are running ones
  std::vector<Parameter> parameters;
  float loss = 0;
  bool stale = false;  // the blocks on the stage are at fault: what runs are the ones before
  std::optional<WiringFault> fault;
  std::string note;
  bool flown = false;      // diverged: no step is possible
  double calmer_rate = 0;  // to begin again with
  std::shared_ptr<const ProgramText> code;
};

class Polynomial final : public Descent {
 public:
  Polynomial(std::shared_ptr<Backend> backend, Settings& settings);
  void changed(std::string_view path) override;
  void act(std::string_view action) override;
  void reset() override;
  work::State save() const override;
  void restore(const work::State& state) override;
  Hash recipe() const override;
  float loss() override;
  void show(Snapshot& snapshot) override;

 private:
  struct Kept {  // places in the plan; −1: a parameter's value is in the slab, what nothing moves is `fixed`
    int value = -1, gradient = -1;
    std::vector<float> fixed;
  };
  bool may_step() const override { return !flown_; }
  void stepped() override { look_whether_flown(); }

  void rewire();  // after the list of blocks changed: runs them if they are good
  void draw_points();
  void choose_optimiser();
  void compile_plans();
  void compile_step();
  void trace_step(Tracer& t);
  void compile_curve();
  void look_whether_flown();
  std::array<float, 4> parameters() const;
  std::array<float, 4> parameters_after_a_step();
  void show_blocks(Fit& fit);
  void show_parameters(Fit& fit);
  std::shared_ptr<const ProgramText> code();

  std::shared_ptr<Backend> backend_;
  Settings& settings_;
  Slab slab_;  // all four parameters, wired or not
  std::optional<learn::Optimiser> optimiser_;
  std::optional<Slab> slots_;
  Blocks compiled_;
  Wiring wiring_;  // of what runs
  std::vector<float> x_, y_, curve_x_, hypers_;
  std::vector<Kept> kept_;  // one per block
  int answers_ = 0, loss_ = 0;
  std::optional<Plan> curve_;
  bool flown_ = false;
  bool has_flown_ = false;
  std::shared_ptr<const ProgramText> code_;
};

}  // namespace vitrine::views::neuron
