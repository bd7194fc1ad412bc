// A Descent is one lesson under way: parameters that a plan's gradients move, step by step or stop by stop. It reads
// the exhibit's settings and never owns them; what it shows goes into the exhibit's snapshot.
#pragma once

#include <optional>

#include "app/work/session.h"
#include "engine/graph/plan.h"

namespace vitrine::views::neuron {

struct Snapshot;

class Descent {
 public:
  virtual ~Descent() = default;
  virtual void changed(std::string_view path) = 0;
  virtual void act(std::string_view) {}
  virtual void reset() = 0;
  virtual work::State save() const = 0;
  virtual void restore(const work::State& state) = 0;
  virtual Hash recipe() const = 0;
  virtual float loss() = 0;  // where it stands
  virtual void show(Snapshot& snapshot) = 0;

  std::int64_t advance(std::stop_token stop, const work::Budget& budget);
  void advance_segment();
  int segments() const { return static_cast<int>(plan_->segments().size()); }
  int inside() const { return inside_; }
  const Plan& plan() const { return *plan_; }
  bool stopped_everywhere() const { return stops_ == (1u << segments()) - 1; }

 protected:
  virtual bool may_step() const { return true; }
  virtual void stepped() {}  // one more step is done
  virtual void rested() {}   // the last of several

  std::optional<Plan> plan_;
  std::int64_t step_ = 0;
  int inside_ = 0;  // segments taken of the next step

 private:
  void finish_step();
  unsigned stops_ = 0;  // bits: which segments were taken one at a time
};

}  // namespace vitrine::views::neuron
