// Replays train.json, twenty steps of one optimiser each, and fit.json, whole fits with their histories.
#include <algorithm>

#include "engine/core/error.h"
#include "engine/learn/course.h"
#include "engine/models/json.h"
#include "engine/models/topology.h"
#include "tests/conformance/compare.h"
#include "tests/conformance/sections.h"

namespace vitrine::conformance {
namespace {

// One update of a weight is exact but for the rounding of a few operations.
constexpr Tolerance kOneUpdate{1e-5, 1e-5};
constexpr double kLeastDrift = 1e-4;     // what the corpus always grants after all steps,
constexpr double kDriftOverProbe = 100;  // and how many times what a nudge of its weights did

learn::Data data_of(const Numbers& x, const Numbers& y) {
  return {{rows_of(x)}, {rows_of(y)}};
}

learn::Optimiser optimiser_of(const std::string& id, const std::string& json) {
  nn::Config::Record values;
  std::string name;
  const nn::Config written = models::parse_json(id, json);
  for (const auto& [key, value] : *written.record()) {
    if (key == "class") {
      name = *value.text();
    } else {
      values.emplace_back(key, value);
    }
  }
  return learn::optimiser_of(name, values);
}

// A model of the corpus with its weights and a trainer.
struct Pupil {
  Pupil(const Lesson& lesson, Backend& backend, std::vector<learn::Objective> metrics = {})
      : id(lesson.id),
        model(models::model_of(models::parse_json(lesson.id, lesson.topology))),
        weights(backend, model, 1),
        trainer(model, weights, recipe_of(lesson, std::move(metrics))) {
    for (const auto& [name, numbers] : lesson.weights) weights.write(name, floats_of(numbers));
  }
  static learn::Recipe recipe_of(const Lesson& lesson, std::vector<learn::Objective> metrics) {
    return {.optimiser = optimiser_of(lesson.id, lesson.optimiser),
            .loss = {lesson.loss},
            .metrics = std::move(metrics),
            .constraints = false};  // TensorFlow.js writes updates past them
  }
  void expect(const NamedNumbers& wanted, const std::string& when, const Tolerance& tolerance) const {
    for (const auto& [name, numbers] : wanted) {
      const Tensor got = tensor(weights.backend(), weights.read(name), numbers.spec.shape);
      compare(id, name + " " + when, got, numbers, tolerance);
    }
  }
  void expect(const std::string& what, double got, double wanted, const Tolerance& tolerance) const {
    const auto number = static_cast<float>(got);
    compare(id, what, tensor(weights.backend(), {&number, 1}, {}), {{DType::float32, {}}, {wanted}}, tolerance);
  }

  std::string id;
  nn::Model model;
  nn::Weights weights;
  learn::Trainer trainer;
};

void check(const TrainCase& c, const Tolerance& tolerance, Backend& backend) {
  Pupil pupil(c.lesson, backend);
  const Tolerance losses{tolerance.rtol, std::max(kLeastDrift, kDriftOverProbe * c.loss_drift)};
  const Tolerance weights{tolerance.rtol, std::max(kLeastDrift, kDriftOverProbe * c.weight_drift)};
  for (std::size_t step = 0; step < c.losses.size(); ++step) {
    const auto& [x, y] = c.batches[step % c.batches.size()];
    const learn::Logs logs = pupil.trainer.train_on_batch(data_of(x, y));
    if (step == 0) pupil.expect(c.weights_after_one, "after one step", kOneUpdate);
    pupil.expect("loss of step " + std::to_string(step), logs["loss"], c.losses[step], losses);
  }
  pupil.expect(c.final_weights, "after all steps", weights);
  const learn::Data first = data_of(c.batches[0].first, c.batches[0].second);
  pupil.expect("loss after all steps", pupil.trainer.evaluate(first)["loss"], c.evaluated, losses);
  const learn::Rows predicted = pupil.trainer.predict(first.x[0]);
  const std::vector<float> answers(predicted.values().begin(), predicted.values().end());
  compare(c.lesson.id, "prediction", tensor(backend, answers, c.predicted.spec.shape), c.predicted, weights);
}

void check(const FitCase& c, const Tolerance& tolerance, Backend& backend) {
  Pupil pupil(c.lesson, backend, {c.metrics.begin(), c.metrics.end()});
  learn::FitOptions options;
  options.epochs = c.epochs;
  options.initial_epoch = c.initial_epoch;
  options.batch_size = c.batch_size;
  options.validation_split = c.validation_split;
  options.shuffle = false;
  options.class_weights = c.class_weights;
  if (c.stopping) {
    using Mode = learn::Watch::Mode;
    const Mode mode = c.stopping->mode == "min"   ? Mode::lower
                      : c.stopping->mode == "max" ? Mode::higher
                                                  : Mode::by_name;
    options.callbacks.push_back(std::make_shared<learn::EarlyStopping>(learn::EarlyStopping::Options{
        .watch = {.monitor = c.stopping->monitor, .min_delta = c.stopping->min_delta, .mode = mode},
        .patience = c.stopping->patience}));
  }
  const learn::Data data = data_of(c.x, c.y);
  const learn::History history = pupil.trainer.fit(data, options);
  expect_count(c.lesson.id, "epochs", history.epochs.size(), c.ran.size());
  if (history.epochs != c.ran) throw Failure{c.lesson.id, "epochs", "are not those that ran", {}, {}, {}};
  expect_count(c.lesson.id, "curves", history.curves.size(), c.history.size());
  for (const auto& [name, values] : c.history) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      pupil.expect(name + " of epoch " + std::to_string(i), history[name].at(i), values[i], tolerance);
    }
  }
  pupil.expect(c.final_weights, "after fitting", tolerance);
  const learn::Logs logs = pupil.trainer.evaluate(data, 4);
  for (std::size_t i = 0; i < c.metric_names.size(); ++i) {
    pupil.expect("evaluated " + c.metric_names[i], logs[c.metric_names[i]], c.evaluated[i], tolerance);
  }
}

template <class CaseOf>
void replay_runs(const Replay& replay, const Corpus<CaseOf>& corpus) {
  for (const CaseOf& c : corpus.cases) {
    const std::string& id = c.lesson.id;
    replay_case(replay, id, replay.skips.reason(id, id, true), [&] { check(c, corpus.tolerance, replay.backend); });
  }
}

}  // namespace

void replay_training(const Replay& replay) {
  replay_runs(replay, read_training(replay.folder / "train.json"));
}

void replay_fits(const Replay& replay) {
  replay_runs(replay, read_fits(replay.folder / "fit.json"));
}

}  // namespace vitrine::conformance
