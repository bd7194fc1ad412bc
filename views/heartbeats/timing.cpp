// The talk's recipe on generated beats. Preparation is not timed.
#include "views/heartbeats/timing.h"

#include <chrono>

#include "datasets/heartbeats/heartbeats.h"
#include "engine/learn/course.h"
#include "engine/learn/trainer.h"
#include "views/heartbeats/model.h"

namespace vitrine::views::heartbeats {
namespace {

template <class Work>
float milliseconds(Work work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<float, std::milli>(std::chrono::steady_clock::now() - began).count();
}

Beats normal_beats() {
  Beats beats;
  beats.width = datasets::kBeatSamples;
  beats.learnt.values.resize(kTimedRows * beats.width);
  beats.learnt.kinds.resize(kTimedRows);
  beats.learnt.anomalous.resize(kTimedRows);
  for (std::size_t row = 0; row < kTimedRows; ++row) {
    datasets::make_beat({}, 0, row, std::span(beats.learnt.values).subspan(row * beats.width, beats.width));
  }
  return beats;
}

}  // namespace

Timing time_here(Backend& backend, const TimingRuns& runs) {
  Settings s;
  apply_preset(Preset::talk, s);
  const Beats beats = normal_beats();
  const learn::Data data = data_of(s, beats.width, beats.learnt.values);
  const Autoencoder model = make_autoencoder(s, beats.width);
  nn::Weights weights(backend, model.whole, 0);
  learn::Trainer trainer(model.whole, weights, {.optimiser = optimiser_of(s), .loss = losses_of(s)});
  const learn::TrainingState fresh = trainer.save();
  Timing timing;
  for (int run = -1; run < runs.trainings; ++run) {  // the first makes the plans
    trainer.restore(fresh);
    learn::Course course(trainer, data, {.epochs = kTimedEpochs, .batch_size = s.batch});
    const float took = milliseconds([&] {
      for (int epoch = 0; epoch < kTimedEpochs; ++epoch) course.step_epoch();
    });
    if (run >= 0) timing.training_ms.push_back(took);
  }
  const learn::Rows some = data.x[0].part(0, kTimedJudged);
  for (int run = -1; run < runs.judgings; ++run) {
    const float took = milliseconds([&] { trainer.predict(some, kTimedJudged); });
    if (run >= 0) timing.judging_ms.push_back(took);
  }
  return timing;
}

}  // namespace vitrine::views::heartbeats
