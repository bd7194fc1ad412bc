// A step is the computation of one mini-batch: forward, loss, backward, update. Here it is written down as a graph, for
// a number of rows, and made ready as a BatchPlan: a plan with the memory that its rows are copied into. Running the
// four segments one by one is running the whole.
#pragma once

#include "engine/graph/plan.h"
#include "engine/learn/data.h"
#include "engine/learn/objective.h"
#include "engine/learn/optimiser.h"
#include "engine/learn/schedule.h"
#include "engine/nn/weights.h"

namespace vitrine::learn {

// What gradients are brought down to before they move anything.
struct Clip {
  enum class How : std::uint8_t {
    none,
    value,        // each number
    norm,         // the norm of each weight's gradient
    global_norm,  // the norm of all gradients together
  };
  How how = How::none;
  double limit = 1;
};

// How a model is to be trained.
struct Recipe {
  Optimiser optimiser = optimisers::RmsProp();
  std::vector<Objective> loss;  // one for all outputs, or one for each
  std::vector<Objective> metrics{};
  Schedule schedule{};
  Clip clip{};
  bool constraints = true;  // TensorFlow.js writes its updates past them
  bool readings = true;    // a step answers its loss and metrics; else only evaluation does, and a step takes less time
  std::uint64_t seed = 0;  // of dropout and noise
};

struct Place {  // what steps are about; held by the trainer
  const nn::Model& model;
  const nn::Weights& weights;
  const Recipe& recipe;
};

// Of which shapes one batch is.
struct BatchShape {
  std::int64_t rows = 0;
  std::vector<Shape> x{}, y{};  // of one sample
  std::vector<int> echoes{};    // for each y: which x it is, where it is to be given back
  bool weighted = false;        // samples count by numbers of their own; else all alike, and nothing is multiplied
  friend bool operator==(const BatchShape&, const BatchShape&) = default;
};
inline constexpr int kNoEcho = -1;
int echo_in(const Data& data, const Rows& y);  // which x it is, or kNoEcho
BatchShape shape_of(const Data& data, std::int64_t rows, bool weighted = false);

inline constexpr std::string_view kClipLimit = "clip_limit", kStep = "step";  // inputs beside the hyper-parameters

std::vector<std::size_t> moved_entries(const nn::Weights& weights);
std::vector<Moved> moved_weights(const nn::Weights& weights);
// "loss", the losses of outputs where there are several, then metrics: what a step and an evaluation answer.
std::vector<std::string> reading_names(const Place& place);

enum class Insight : std::uint8_t { none, examined };  // examined: nothing moves; activations and gradients are kept
Graph training_graph(const Place& place, const Slab& slots, const BatchShape& shape, Insight insight = Insight::none);
Graph evaluation_graph(const Place& place, const BatchShape& shape);
Graph prediction_graph(const nn::Model& model, const nn::Weights& weights, const BatchShape& shape, bool taps = false);

// A plan with the memory of its batch; where a person looks inside a step, a second one that stops between segments.
class BatchPlan {
 public:
  BatchPlan(BatchShape shape, Plan plan);
  const BatchShape& shape() const { return shape_; }
  Plan& plan() { return plan_; }
  Plan* stepped() { return stepped_ ? &*stepped_ : nullptr; }
  Plan& step_by(Plan plan);
  void fill(const Data& data, std::span<const std::int64_t> rows, std::span<const float> weights = {});

 private:
  BatchShape shape_;
  void bind_rows(Plan& plan);
  Plan plan_;
  std::optional<Plan> stepped_;
  std::vector<std::vector<float>> x_, y_;
  std::vector<float> weights_;
};

}  // namespace vitrine::learn
