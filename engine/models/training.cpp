// How a loaded model was trained: its loss, metrics and optimiser, and the optimiser's numbers in the slots of ours.
#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/models/layers_model.h"
#include "engine/models/slot_order.h"

namespace vitrine::models {
namespace {

using nn::Config;

const std::string kSubject = "trainingConfig";

learn::Objective objective_of(const std::string& what, const Config& written) {
  if (written.text() != nullptr) return *written.text();
  if (const Config* name = written.find("class_name"); name != nullptr && name->text() != nullptr) return *name->text();
  throw UsageError({kSubject, "has no name where one should be", what, text_of(written), "Check the file."});
}

// One for all outputs, a list, or by the names of the layers that answer.
std::vector<learn::Objective> losses_of(const nn::Model& model, const Config& written) {
  std::vector<learn::Objective> losses;
  if (written.list() != nullptr) {
    for (const Config& entry : *written.list()) losses.push_back(objective_of("a loss", entry));
  } else if (written.record() != nullptr && written.find("class_name") == nullptr) {
    for (const nn::Symbol& output : model.wiring().outputs) {
      const Config* loss = written.find(output.node().layer.name());
      losses.push_back(objective_of("a loss for " + output.node().layer.name(), loss != nullptr ? *loss : Config()));
    }
  } else {
    losses.push_back(objective_of("a loss", written));
  }
  return losses;
}

std::vector<learn::Objective> metrics_of(const Config* written) {
  std::vector<learn::Objective> metrics;
  if (written == nullptr || written->nothing()) return metrics;
  const auto add = [&](const Config& entry) {
    if (entry.list() == nullptr) return metrics.push_back(objective_of("a metric", entry));
    for (const Config& metric : *entry.list()) metrics.push_back(objective_of("a metric", metric));
  };
  if (written->record() == nullptr) {
    add(*written);
  } else {
    for (const auto& [output, entry] : *written->record()) add(entry);
  }
  return metrics;
}

[[noreturn]] void refuse_slot(const std::string& slot, std::string expected, std::string got) {
  throw FileError({slot, "does not fit what the optimiser keeps", std::move(expected), std::move(got),
                   "Save the model again, or without its optimiser."});
}

// The steps taken, then every weight's first slot, every weight's second.
void fill_from(const LayersModel& loaded, const learn::Optimiser& optimiser, Slab& slots, std::int64_t& step) {
  if (loaded.optimiser.empty()) return;
  const StoredNumbers& steps = loaded.optimiser.front();
  const float taken = steps.values.size() == 1 ? steps.values[0] : -1;
  if (!(taken >= 0 && taken < 0x1p31f)) refuse_slot(steps.name, "the number of steps taken", text_of(steps.shape));
  step = static_cast<std::int64_t>(taken);
  std::size_t next = 1;
  const std::vector<learn::Moved> all = moved_in_file_order(loaded.model, loaded.weights);
  for (const learn::Slot& slot : optimiser.slots()) {
    for (const learn::Moved& moved : all) {
      const std::string name = learn::slot_name(moved.name, slot);
      if (next == loaded.optimiser.size()) refuse_slot(name, text_of(moved.shape), "nothing");
      const StoredNumbers& stored = loaded.optimiser[next++];
      if (stored.shape != moved.shape) refuse_slot(name, text_of(moved.shape), stored.name + text_of(stored.shape));
      slots.write(slots.region(name), stored.values);
    }
  }
  if (next != loaded.optimiser.size()) refuse_slot(loaded.optimiser[next].name, "nothing more", "a weight");
  learn::set_powers(slots, optimiser, step);
}

}  // namespace

Training training_of(const LayersModel& loaded) {
  const Config* loss = loaded.training.find("loss");
  const Config* optimiser = loaded.training.find("optimizer_config");
  if (loss == nullptr || optimiser == nullptr) {
    throw UsageError({kSubject, "does not say how the model was trained", "loss and optimizer_config",
                      text_of(loaded.training).substr(0, 80), "Compile the model before it is saved."});
  }
  Training training{{.optimiser = learn::read_optimiser(*optimiser, nn::Convention::tfjs),
                     .loss = losses_of(loaded.model, *loss),
                     .metrics = metrics_of(loaded.training.find("metrics"))},
                    {}};
  const std::vector<learn::Moved> moved = learn::moved_weights(loaded.weights);
  Slab slots = learn::make_slots(loaded.weights.backend(), training.recipe.optimiser, moved);
  fill_from(loaded, training.recipe.optimiser, slots, training.state.step);
  training.state.weights = loaded.weights.slab().save();
  training.state.slots = slots.save();
  return training;
}

}  // namespace vitrine::models
