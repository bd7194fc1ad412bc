// The session of First neuron: its settings, and the lesson that is under way. Turning to the other lesson begins that
// one; both begin anew whenever they are turned to.
#pragma once

#include "views/neuron/line.h"
#include "views/neuron/polynomial.h"

namespace vitrine::views {
struct SessionContext;
class View;
}  // namespace vitrine::views

namespace vitrine::views::neuron {

struct Snapshot final : work::Snapshot {
  float weight = 0, bias = 0, loss = 0;
  float weight_gradient = 0, bias_gradient = 0;
  float next_weight = 0, next_bias = 0;  // after an update with these gradients
  std::array<float, kPoints> answers{}, errors{};
  float answer = 0;         // to the question
  std::vector<Stand> path;  // where the walk has been, oldest first; thinned when long
  std::shared_ptr<const Landscape> landscape;
  std::shared_ptr<const Fit> fit;  // of the second lesson; null in the first
};

// What somebody has done so far, in the order of the text's suggestions.
enum Tried : std::size_t { by_hand, inside_a_step, out_of_the_valley, a_cubic, flown_apart, kTried };

class Session final : public work::Session {
 public:
  Session(std::shared_ptr<Backend> backend, std::uint64_t seed);

  const work::ControlTable& controls() const override { return control_table(); }
  void* settings() override { return &settings_; }
  std::shared_ptr<const void> copy_settings() const override { return std::make_shared<const Settings>(settings_); }
  void changed(std::string_view path) override;
  void act(std::string_view action) override { descent_->act(action); }
  void reset() override { descent_->reset(); }
  std::int64_t advance(std::stop_token stop, const work::Budget& budget) override {
    return descent_->advance(stop, budget);
  }
  int segments() const override { return descent_->segments(); }
  void advance_segment() override { descent_->advance_segment(); }
  int inside() const override { return descent_->inside(); }
  work::State save() const override { return descent_->save(); }
  void restore(const work::State& state) override { descent_->restore(state); }
  Hash recipe() const override { return descent_->recipe(); }
  std::vector<std::string> curve_names() const override { return {"loss"}; }
  void measure(std::vector<float>& values) override { values.assign(1, descent_->loss()); }
  std::unique_ptr<work::Snapshot> snapshot() override;
  std::string arithmetic() const override { return backend_->info().arithmetic; }
  const Plan* step_plan() override { return &descent_->plan(); }

 private:
  void begin();

  std::shared_ptr<Backend> backend_;
  Settings settings_;
  Lesson begun_ = Lesson::neuron;
  std::unique_ptr<Descent> descent_;
  std::vector<bool> tried_ = std::vector<bool>(kTried);
};

// For the registry; both are in view.cpp.
std::unique_ptr<work::Session> open(const SessionContext& context);
std::unique_ptr<View> view();

}  // namespace vitrine::views::neuron
