// A Trainer is a model that learns: its weights, the recipe it was compiled with, what the optimiser remembers, and the
// number of steps taken. It makes a plan for each size of batch, once, and then only copies rows into bound memory: a
// step allocates nothing. Between two steps the recipe's numbers may be turned, the whole recipe exchanged, and all
// that training moves be saved, restored or copied to another trainer.
#pragma once

#include <memory>
#include <optional>

#include "engine/learn/step.h"

namespace vitrine::learn {

inline constexpr std::int64_t kBatchSize = 32;  // where nobody says

// Named numbers in the order in which they are shown: {"loss", 0.31}, {"acc", 0.9}.
struct Logs {
  std::vector<std::pair<std::string, double>> entries;
  const double* find(std::string_view name) const;  // null where there is none
  double operator[](std::string_view name) const;   // UsageError where there is none
};

// All that training moves.
struct TrainingState {
  std::vector<float> weights, slots;
  std::int64_t step = 0;
  double rate_factor = 1;
};

// Plans that predict, one for each size of batch; of a model or of a part of one, with the weights of the whole.
class Predictor {
 public:
  Predictor(const nn::Model& model, const nn::Weights& weights) : model_(model), weights_(weights) {}
  std::vector<Rows> operator()(const std::vector<Rows>& x, std::int64_t batch_size = kBatchSize);
  Rows operator()(const Rows& x, std::int64_t batch_size = kBatchSize);  // of one input and output
  // The answers of all layers to one batch, by name, in the order in which they are called.
  std::vector<std::pair<std::string, Rows>> look_inside(const std::vector<Rows>& x);

 private:
  using Plans = std::vector<std::unique_ptr<BatchPlan>>;
  BatchPlan& plan(Plans& plans, const BatchShape& shape, bool taps);
  nn::Model model_;
  const nn::Weights& weights_;
  Plans plans_, tapped_;
};

struct FitOptions;
struct History;

class Trainer {
 public:
  Trainer(const nn::Model& model, nn::Weights& weights, Recipe recipe);  // the weights must outlive it
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  // As Keras has them. Fitting in steps of one's own is engine/learn/course.h.
  History fit(const Data& data, const FitOptions& options);
  Logs train_on_batch(const Data& batch);
  Logs evaluate(const Data& data, std::int64_t batch_size = kBatchSize);
  Rows predict(const Rows& x, std::int64_t batch_size = kBatchSize) { return predictor_(x, batch_size); }
  std::vector<Rows> predict(const std::vector<Rows>& x, std::int64_t batch_size = kBatchSize) {
    return predictor_(x, batch_size);
  }

  const nn::Model& model() const { return model_; }
  nn::Weights& weights() { return weights_; }
  const Recipe& recipe() const { return recipe_; }
  Backend& backend() const { return weights_.backend(); }

  // Live: the next step uses it, nothing is rebuilt.
  void set(std::string_view hyper, double value);
  void set_rate_factor(double factor) { rate_factor_ = factor; }  // on top of the schedule, for callbacks
  double rate_factor() const { return rate_factor_; }
  double rate() const;  // that the next step takes
  void set_clip_limit(double limit);
  // Another loss, optimiser or schedule: plans are made anew; slots of the same name and shape stay.
  void compile(Recipe recipe);
  void retrace();  // after layers were frozen or freed

  // One step, in parts. `rows` says which samples of the data, `weights` (one for each sample of the data, or none) how
  // much they count; both are copied.
  void load(const Data& data, std::span<const std::int64_t> rows, std::span<const float> weights = {});
  void run();                             // what is left of the step
  void run_segment();                     // the next of the segments; after the last a step is done
  int inside() const { return inside_; }  // segments taken of the loaded step
  static constexpr int kSegments = 4;     // forward, loss, backward, update
  std::int64_t step() const { return step_; }
  const std::vector<std::string>& reading_names() const { return names_; }
  std::size_t readings_of_step() const { return recipe_.readings ? names_.size() : 0; }
  float reading(std::size_t i) const;  // of the step, after its segment "loss"
  BatchPlan& loaded();                 // UsageError where nothing is

  TrainingState save() const;  // UsageError inside a step
  void restore(const TrainingState& state);
  void restart(std::uint64_t weights_seed);  // fresh weights and slots, step 0

  Graph examination_graph(const BatchShape& shape) const;  // for instruments
  void bind_numbers(Plan& plan);  // hyper-parameters and step, as the next step would take them
  std::vector<double> readings_of(const Data& data, std::int64_t batch_size, std::span<const float> weights);

 private:
  using Plans = std::vector<std::unique_ptr<BatchPlan>>;
  Place place() const { return {model_, weights_, recipe_}; }
  BatchPlan& plan_for(Plans& plans, const BatchShape& shape, bool training);
  void run_segments(int last);
  Plan& stepped(BatchPlan& batch);
  void set_numbers();
  void expect_between_steps(std::string_view what) const;

  nn::Model model_;
  nn::Weights& weights_;
  Recipe recipe_;
  std::optional<Slab> slots_;
  std::vector<std::string> names_;
  Plans training_, evaluation_;
  Predictor predictor_;
  BatchPlan* loaded_ = nullptr;
  Plan* latest_ = nullptr;     // that ran, whole or in part
  std::vector<float> hypers_;  // bound to every plan, in the order of Optimiser::reals
  float clip_limit_ = 1, step_number_ = 0;
  std::int64_t step_ = 0;
  int inside_ = 0;
  double rate_factor_ = 1;
};

// What fits of the weights of one model, moved to another: same name and shape. Answers how many weights were.
std::size_t copy_fitting(const nn::Weights& from, nn::Weights& to);

}  // namespace vitrine::learn
