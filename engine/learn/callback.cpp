// Stopping, slowing down and keeping, by what a number does over epochs.
#include "engine/learn/callback.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/learn/course.h"

namespace vitrine::learn {
namespace {

double watched(const Watch& watch, const Logs& logs) {
  if (const double* value = logs.find(watch.monitor)) return *value;
  std::string known;
  for (const auto& [name, value] : logs.entries) known += (known.empty() ? "" : ", ") + name;
  throw UsageError({"callback", "watches a number that there is not", known, watch.monitor,
                    "Give validation data for \"val_\" numbers."});
}

std::vector<float> weights_of(Course& course) {
  return course.trainer().weights().slab().save();
}

}  // namespace

bool Watch::rises() const {
  return mode == Mode::by_name ? monitor.find("acc") != std::string::npos : mode == Mode::higher;
}

bool Watch::better(double value, double best) const {
  const double gain = std::abs(min_delta);
  return rises() ? value - gain > best : value + gain < best;
}

double Watch::worst() const {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return rises() ? -kInfinity : kInfinity;
}

void EarlyStopping::begin(Course&) {
  best_ = options_.watch.worst();
  waited_ = 0;
  best_weights_.clear();
}

void EarlyStopping::epoch_end(Course& course, const Logs& logs) {
  const double value = watched(options_.watch, logs);
  if (options_.watch.better(value, best_)) {
    best_ = value;
    waited_ = 0;
    if (options_.restore_best) best_weights_ = weights_of(course);
  } else if (++waited_ >= options_.patience) {
    course.stop(options_.watch.monitor + " was not better than " + to_text(best_) + " for " + to_text(waited_) +
                (waited_ == 1 ? " epoch" : " epochs"));
  }
}

void EarlyStopping::end(Course& course) {
  if (!best_weights_.empty()) course.trainer().weights().slab().restore(best_weights_);
}

Callback::Memory EarlyStopping::save() const {
  return {{best_, static_cast<double>(waited_)}, best_weights_};
}

void EarlyStopping::restore(const Memory& memory) {
  best_ = memory.numbers.at(0);
  waited_ = static_cast<std::int64_t>(memory.numbers.at(1));
  best_weights_ = memory.weights;
}

void ReduceOnPlateau::begin(Course&) {
  best_ = options_.watch.worst();
  waited_ = cooling_ = 0;
}

void ReduceOnPlateau::epoch_end(Course& course, const Logs& logs) {
  const double value = watched(options_.watch, logs);
  if (cooling_ > 0) {
    --cooling_;
    waited_ = 0;
  }
  if (options_.watch.better(value, best_)) {
    best_ = value;
    waited_ = 0;
    return;
  }
  if (cooling_ > 0 || ++waited_ < options_.patience) return;
  Trainer& trainer = course.trainer();
  const double rate = trainer.rate();
  const double wanted = std::max(rate * options_.factor, options_.least_rate);
  if (wanted < rate) trainer.set_rate_factor(trainer.rate_factor() * (wanted / rate));
  waited_ = 0;
  cooling_ = options_.cooldown;
}

Callback::Memory ReduceOnPlateau::save() const {
  return {{best_, static_cast<double>(waited_), static_cast<double>(cooling_)}, {}};
}

void ReduceOnPlateau::restore(const Memory& memory) {
  best_ = memory.numbers.at(0);
  waited_ = static_cast<std::int64_t>(memory.numbers.at(1));
  cooling_ = static_cast<std::int64_t>(memory.numbers.at(2));
}

void Checkpoint::begin(Course&) {
  if (watch_) best_ = watch_->worst();
}

void Checkpoint::after_epoch(Course& course, const Logs& logs) {
  if (watch_) {
    const double value = watched(*watch_, logs);
    if (!watch_->better(value, best_)) return;
    best_ = value;
  }
  keep_(course.save());
}

Callback::Memory Checkpoint::save() const {
  return {{best_}, {}};
}

void Checkpoint::restore(const Memory& memory) {
  best_ = memory.numbers.at(0);
}

void StopOnNaN::step_end(Course& course) {
  Trainer& trainer = course.trainer();
  const float loss = trainer.reading(0);
  if (std::isfinite(loss)) return;
  std::string where;
  for (const nn::Weights::Entry& entry : trainer.weights().entries()) {
    const std::vector<float> values = trainer.weights().read(entry.name);
    if (std::ranges::all_of(values, [](float value) { return std::isfinite(value); })) continue;
    where += (where.empty() ? ", and so are numbers in " : ", ") + entry.name;
  }
  course.stop("the loss of step " + to_text(trainer.step()) + " is " + to_text(loss) + where);
}

}  // namespace vitrine::learn
