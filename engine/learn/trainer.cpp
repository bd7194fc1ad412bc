// Plans for each size of batch, and the numbers bound to them.
#include "engine/learn/trainer.h"

#include <algorithm>
#include <numeric>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::learn {
namespace {

// Dropout counts its draws in a float, which is exact up to here; after so many steps the draws begin again.
constexpr std::int64_t kDrawnSteps = std::int64_t{1} << 24;

template <class Plans, class Make>
BatchPlan& cached(Plans& plans, const BatchShape& shape, Make make) {
  const auto found = std::ranges::find_if(plans, [&](const auto& plan) { return plan->shape() == shape; });
  if (found != plans.end()) return **found;
  return *plans.emplace_back(std::make_unique<BatchPlan>(make()));
}

bool has_shape(const BatchPlan& plan, const Data& data, std::size_t rows, bool weighted) {
  const BatchShape& shape = plan.shape();
  const auto same = [](const Shape& sample, const Rows& given) { return sample == given.sample(); };
  const auto echoes = [&](int echo, const Rows& y) { return echo == echo_in(data, y); };
  return shape.rows == static_cast<std::int64_t>(rows) && shape.weighted == weighted &&
         std::ranges::equal(shape.x, data.x, same) && std::ranges::equal(shape.y, data.y, same) &&
         std::ranges::equal(shape.echoes, data.y, echoes);
}

std::size_t copy_regions(const Slab& from, Slab& to) {
  std::size_t copied = 0;
  for (const Region& region : to.regions()) {
    const auto same = [&](const Region& r) { return r.name == region.name && r.shape == region.shape; };
    const auto found = std::ranges::find_if(from.regions(), same);
    if (found == from.regions().end()) continue;
    std::vector<float> values(static_cast<std::size_t>(region.shape.elements()));
    from.read(*found, values);
    to.write(region, values);
    ++copied;
  }
  return copied;
}

// Calls fn with the first row and the count of every batch.
template <class Function>
void for_batches(std::int64_t rows, std::int64_t batch_size, Function fn) {
  if (batch_size < 1) throw UsageError({"batch size", "is too small", "1 or more", to_text(batch_size), "Raise it."});
  for (std::int64_t first = 0; first < rows; first += batch_size) fn(first, std::min(batch_size, rows - first));
}

std::vector<std::int64_t> counted(std::int64_t first, std::int64_t count) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(count));
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

Shape sample_of(const Plan& plan, std::string_view kept) {
  return Shape(plan.spec(plan.kept(kept)).shape.extents().subspan(1));
}

Rows rows_of(const Plan& plan, std::string_view kept) {
  return {sample_of(plan, kept), plan.read(kept)};
}

}  // namespace

const double* Logs::find(std::string_view name) const {
  const auto found = std::ranges::find(entries, name, &std::pair<std::string, double>::first);
  return found == entries.end() ? nullptr : &found->second;
}

double Logs::operator[](std::string_view name) const {
  if (const double* value = find(name)) return *value;
  throw UsageError({"logs", "have no number of this name", "loss or a metric of the recipe", std::string(name),
                    "Add the metric to the recipe."});
}

BatchPlan& Predictor::plan(Plans& plans, const BatchShape& shape, bool taps) {
  return cached(plans, shape, [&] {
    const Graph graph = prediction_graph(model_, weights_, shape, taps);
    return BatchPlan(shape, vitrine::compile(graph, weights_.backend(), {.taps = taps}));
  });
}

std::vector<std::pair<std::string, Rows>> Predictor::look_inside(const std::vector<Rows>& x) {
  const Data data{x, {}};
  expect_even(data);
  BatchPlan& batch = plan(tapped_, shape_of(data, data.count()), true);
  batch.fill(data, counted(0, data.count()));
  batch.plan().run();
  std::vector<std::pair<std::string, Rows>> answers;
  for (const std::string& name : batch.plan().taps()) answers.emplace_back(name, rows_of(batch.plan(), name));
  return answers;
}

std::vector<Rows> Predictor::operator()(const std::vector<Rows>& x, std::int64_t batch_size) {
  const Data data{x, {}};
  expect_even(data);
  const std::size_t outputs = model_.outputs().size();
  std::vector<std::vector<float>> values(outputs);
  std::vector<Shape> samples(outputs);
  for_batches(data.count(), batch_size, [&](std::int64_t first, std::int64_t count) {
    BatchPlan& batch = plan(plans_, shape_of(data, count), false);
    batch.fill(data, counted(first, count));
    batch.plan().run();
    for (std::size_t i = 0; i < outputs; ++i) {
      const std::string name = "output" + to_text(static_cast<std::int64_t>(i));
      const std::vector<float> answers = batch.plan().read(name);
      values[i].insert(values[i].end(), answers.begin(), answers.end());
      samples[i] = sample_of(batch.plan(), name);
    }
  });
  std::vector<Rows> rows;
  for (std::size_t i = 0; i < outputs; ++i) rows.emplace_back(samples[i], std::move(values[i]));
  return rows;
}

Rows Predictor::operator()(const Rows& x, std::int64_t batch_size) {
  std::vector<Rows> answers = (*this)(std::vector<Rows>{x}, batch_size);
  if (answers.size() != 1) {
    throw UsageError({model_.name(), "has several outputs", "one", to_text(static_cast<std::int64_t>(answers.size())),
                      "Give a list of inputs to get a list."});
  }
  return std::move(answers[0]);
}

Trainer::Trainer(const nn::Model& model, nn::Weights& weights, Recipe recipe)
    : model_(model), weights_(weights), recipe_(std::move(recipe)), predictor_(model, weights) {
  compile(recipe_);
}

void Trainer::compile(Recipe recipe) {
  expect_between_steps("compile");
  if (recipe.loss.empty()) throw UsageError({"recipe", "names no loss", "one or more", "none", "Add .loss."});
  recipe_ = std::move(recipe);
  names_ = learn::reading_names(place());
  retrace();
}

void Trainer::retrace() {
  expect_between_steps("retrace");
  training_.clear();
  evaluation_.clear();
  loaded_ = nullptr;
  latest_ = nullptr;
  Slab slots = make_slots(backend(), recipe_.optimiser, moved_weights(weights_));
  if (slots_) copy_regions(*slots_, slots);
  slots_ = std::move(slots);
  clip_limit_ = static_cast<float>(recipe_.clip.limit);
  hypers_.assign(recipe_.optimiser.reals().size(), 0);
}

void Trainer::set(std::string_view hyper, double value) {
  recipe_.optimiser.set(hyper, value);
}

void Trainer::set_clip_limit(double limit) {
  recipe_.clip.limit = limit;
  clip_limit_ = static_cast<float>(limit);
}

double Trainer::rate() const {
  return recipe_.optimiser.value(kRate) * recipe_.schedule.factor(step_) * rate_factor_;
}

void Trainer::set_numbers() {
  std::size_t i = 0;
  for (const nn::Argument& row : recipe_.optimiser.kind().hypers) {
    if (row.takes != nn::Takes::real) continue;
    hypers_[i++] = static_cast<float>(row.name == kRate ? rate() : recipe_.optimiser.value(row.name));
  }
  step_number_ = static_cast<float>(step_ % kDrawnSteps);
}

void Trainer::bind_numbers(Plan& plan) {
  const std::vector<std::string_view> names = recipe_.optimiser.reals();
  for (std::size_t i = 0; i < names.size(); ++i) plan.bind(plan.input(names[i]), {&hypers_[i], 1});
  plan.bind(plan.input(kClipLimit), {&clip_limit_, 1});
  plan.bind(plan.input(kStep), {&step_number_, 1});
  if (inside_ == 0) set_numbers();
}

BatchPlan& Trainer::plan_for(Plans& plans, const BatchShape& shape, bool training) {
  return cached(plans, shape, [&] {
    const Graph graph = training ? training_graph(place(), *slots_, shape) : evaluation_graph(place(), shape);
    BatchPlan batch(shape, vitrine::compile(graph, backend(), {.whole = true}));
    if (training) bind_numbers(batch.plan());
    return batch;
  });
}

void Trainer::load(const Data& data, std::span<const std::int64_t> rows, std::span<const float> weights) {
  expect_between_steps("load");
  const bool weighted = !weights.empty();
  if (loaded_ == nullptr || !has_shape(*loaded_, data, rows.size(), weighted)) {
    const auto fits = [&](const auto& plan) { return has_shape(*plan, data, rows.size(), weighted); };
    const auto found = std::ranges::find_if(training_, fits);
    loaded_ = found != training_.end()
                  ? found->get()
                  : &plan_for(training_, shape_of(data, static_cast<std::int64_t>(rows.size()), weighted), true);
  }
  loaded_->fill(data, rows, weights);
}

BatchPlan& Trainer::loaded() {
  if (loaded_ != nullptr) return *loaded_;
  throw UsageError({"training step", "has no rows", "a loaded batch", "none", "Load a batch first."});
}

void Trainer::run() {
  if (inside_ > 0) return run_segments(kSegments - 1);
  latest_ = &loaded().plan();
  set_numbers();
  latest_->run();
  ++step_;
}

void Trainer::run_segment() {
  run_segments(inside_);
}

void Trainer::run_segments(int last) {
  latest_ = &stepped(loaded());
  if (inside_ == 0) set_numbers();
  latest_->run(inside_, last);
  inside_ = (last + 1) % kSegments;
  if (inside_ == 0) ++step_;
}

Plan& Trainer::stepped(BatchPlan& batch) {
  if (Plan* plan = batch.stepped()) return *plan;
  Plan& plan = batch.step_by(vitrine::compile(training_graph(place(), *slots_, batch.shape()), backend()));
  bind_numbers(plan);
  return plan;
}

float Trainer::reading(std::size_t i) const {
  VITRINE_ASSERT(latest_ != nullptr && i < names_.size());
  if (!recipe_.readings) {
    throw UsageError({"training step", "answers no loss", "a recipe with readings", "one without",
                      "Leave .readings on, or evaluate."});
  }
  return latest_->item(static_cast<int>(i));  // a plan keeps its outputs in the order in which they were named
}

Logs Trainer::train_on_batch(const Data& batch) {
  expect_even(batch);
  load(batch, counted(0, batch.count()), batch.weights);
  run();
  Logs logs;
  for (std::size_t i = 0; i < readings_of_step(); ++i) logs.entries.emplace_back(names_[i], reading(i));
  return logs;
}

std::vector<double> Trainer::readings_of(const Data& data, std::int64_t batch_size, std::span<const float> weights) {
  expect_even(data);
  std::vector<double> sums(names_.size());
  for_batches(data.count(), batch_size, [&](std::int64_t first, std::int64_t count) {
    BatchPlan& batch = plan_for(evaluation_, shape_of(data, count, !weights.empty()), false);
    batch.fill(data, counted(first, count), weights);
    batch.plan().run();
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i] += static_cast<double>(batch.plan().item(static_cast<int>(i))) * static_cast<double>(count);
    }
  });
  for (double& sum : sums) sum /= static_cast<double>(std::max(data.count(), std::int64_t{1}));
  return sums;
}

Logs Trainer::evaluate(const Data& data, std::int64_t batch_size) {
  const std::vector<double> readings = readings_of(data, batch_size, data.weights);
  Logs logs;
  for (std::size_t i = 0; i < names_.size(); ++i) logs.entries.emplace_back(names_[i], readings[i]);
  return logs;
}

void Trainer::expect_between_steps(std::string_view what) const {
  if (inside_ == 0) return;
  throw UsageError({"training step", "is not finished", "all four segments before " + std::string(what),
                    to_text(static_cast<std::int64_t>(inside_)), "Run its other segments first."});
}

TrainingState Trainer::save() const {
  expect_between_steps("save");
  return {std::as_const(weights_).slab().save(), slots_->save(), step_, rate_factor_};
}

void Trainer::restore(const TrainingState& state) {
  if (state.weights.size() != weights_.slab().floats() || state.slots.size() != slots_->floats()) {
    throw UsageError({"training state", "does not fit the model and its optimiser",
                      to_text(static_cast<std::int64_t>(weights_.slab().floats())) + " and " +
                          to_text(static_cast<std::int64_t>(slots_->floats())) + " numbers",
                      to_text(static_cast<std::int64_t>(state.weights.size())) + " and " +
                          to_text(static_cast<std::int64_t>(state.slots.size())),
                      "Compile them alike first."});
  }
  weights_.slab().restore(state.weights);
  slots_->restore(state.slots);
  step_ = state.step;
  rate_factor_ = state.rate_factor;
  inside_ = 0;
}

void Trainer::restart(std::uint64_t weights_seed) {
  weights_.initialise(weights_seed);
  fill_slots(*slots_, recipe_.optimiser, moved_weights(weights_));
  step_ = 0;
  inside_ = 0;
  rate_factor_ = 1;
}

Graph Trainer::examination_graph(const BatchShape& shape) const {
  return training_graph(place(), *slots_, shape, Insight::examined);
}

std::size_t copy_fitting(const nn::Weights& from, nn::Weights& to) {
  return copy_regions(from.slab(), to.slab());
}

}  // namespace vitrine::learn
