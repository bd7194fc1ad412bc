// Batches, epochs, history.
#include "engine/learn/course.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::learn {
namespace {

void check(const FitOptions& options, const Data& data) {
  expect_even(data);
  if (options.batch_size < 1) {
    throw UsageError({"batch size", "is too small", "1 or more", to_text(options.batch_size), "Raise it."});
  }
  if (!(options.validation_split >= 0 && options.validation_split < 1)) {
    throw UsageError(
        {"validation split", "is no share", "0 to below 1", to_text(options.validation_split), "Lower it."});
  }
}

void append(History& history, const Logs& logs) {
  for (const auto& [name, value] : logs.entries) {
    const auto found = std::ranges::find(history.curves, name, &decltype(history.curves)::value_type::first);
    auto& curve = found == history.curves.end() ? history.curves.emplace_back(name, std::vector<double>()) : *found;
    curve.second.push_back(value);
  }
}

}  // namespace

const std::vector<double>& History::operator[](std::string_view name) const {
  const auto found = std::ranges::find(curves, name, &decltype(curves)::value_type::first);
  if (found != curves.end()) return found->second;
  throw UsageError({"history", "has no curve of this name", "loss or a metric of the recipe", std::string(name),
                    "Add the metric to the recipe."});
}

Logs History::last() const {
  Logs logs;
  for (const auto& [name, curve] : curves) logs.entries.emplace_back(name, curve.back());
  return logs;
}

Course::Course(Trainer& trainer, const Data& data, FitOptions options)
    : trainer_(trainer), options_(std::move(options)), epoch_(options_.initial_epoch) {
  check(options_, data);
  const auto rows = static_cast<double>(data.count());
  const auto trained = static_cast<std::int64_t>(std::floor(rows * (1 - options_.validation_split)));
  train_ = data.part(0, trained);
  if (options_.validation) {
    validation_ = *options_.validation;
  } else if (trained < data.count()) {
    validation_ = data.part(trained, data.count() - trained);
  }
  if (train_.count() == 0) throw UsageError({"fit", "has no samples", "one or more", "none", "Check the data."});
  weights_ = sample_weights(train_, options_.class_weights);
  sums_.assign(trainer_.readings_of_step(), 0);
  order_.resize(static_cast<std::size_t>(train_.count()));
  order_rows();
  for (const auto& callback : options_.callbacks) callback->begin(*this);
}

void Course::order_rows() {
  if (options_.shuffle) {
    shuffle(order_, options_.seed, epoch_);
  } else {
    std::iota(order_.begin(), order_.end(), std::int64_t{0});
  }
}

void Course::set_batch_size(std::int64_t rows) {
  FitOptions changed = options_;
  changed.batch_size = rows;
  check(changed, train_);
  options_ = std::move(changed);
}

bool Course::load(std::int64_t rows) {
  if (finished()) return false;
  taken_ = std::min(rows, train_.count() - row_);
  const std::span<const std::int64_t> order(order_);
  trainer_.load(train_, order.subspan(static_cast<std::size_t>(row_), static_cast<std::size_t>(taken_)), weights_);
  return true;
}

void Course::take(std::int64_t rows) {
  if (trainer_.inside() == 0 && !load(rows)) return;
  trainer_.run();
  finish_step();
}

void Course::step_segment() {
  if (trainer_.inside() == 0 && !load(options_.batch_size)) return;
  trainer_.run_segment();
  if (trainer_.inside() == 0) finish_step();
}

void Course::step_epoch() {
  const std::int64_t epoch = epoch_;
  while (!finished() && epoch_ == epoch) step();
}

void Course::finish_step() {
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    sums_[i] += static_cast<double>(trainer_.reading(i)) * static_cast<double>(taken_);
  }
  row_ += taken_;
  for (const auto& callback : options_.callbacks) callback->step_end(*this);
  if (row_ == train_.count()) {
    finish_epoch();
  }
  if (!finished()) return;
  for (const auto& callback : options_.callbacks) callback->end(*this);
}

void Course::finish_epoch() {
  const std::vector<std::string>& names = trainer_.reading_names();
  Logs logs;
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    logs.entries.emplace_back(names[i], sums_[i] / static_cast<double>(train_.count()));
  }
  if (validation_.count() > 0) {
    const std::vector<double> seen = trainer_.readings_of(validation_, options_.batch_size, validation_.weights);
    for (std::size_t i = 0; i < names.size(); ++i) logs.entries.emplace_back("val_" + names[i], seen[i]);
  }
  history_.epochs.push_back(epoch_);
  append(history_, logs);
  ++epoch_;
  row_ = 0;
  std::ranges::fill(sums_, 0);
  order_rows();
  for (const auto& callback : options_.callbacks) callback->epoch_end(*this, logs);
  for (const auto& callback : options_.callbacks) callback->after_epoch(*this, logs);
}

CourseState Course::save() const {
  CourseState state{trainer_.save(), epoch_, row_, sums_, history_, {}};
  for (const auto& callback : options_.callbacks) state.callbacks.push_back(callback->save());
  return state;
}

void Course::restore(const CourseState& state) {
  if (state.callbacks.size() != options_.callbacks.size() || state.sums.size() != sums_.size() || state.row < 0 ||
      state.row >= train_.count()) {
    throw UsageError({"course", "has a state that does not fit it", "the same data, metrics and callbacks", "others",
                      "Begin it with the same ones."});
  }
  trainer_.restore(state.training);
  epoch_ = state.epoch;
  row_ = state.row;
  sums_ = state.sums;
  history_ = state.history;
  for (std::size_t i = 0; i < state.callbacks.size(); ++i) options_.callbacks[i]->restore(state.callbacks[i]);
  order_rows();
}

History Trainer::fit(const Data& data, const FitOptions& options) {
  Course course(*this, data, options);
  while (!course.finished()) course.step();
  return course.history();
}

}  // namespace vitrine::learn
