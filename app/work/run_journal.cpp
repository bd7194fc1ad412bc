// Rows grow at their end and are thinned when they are full.
#include "app/work/run_journal.h"

#include <algorithm>
#include <cmath>

namespace vitrine::work {
namespace {

std::size_t text_bytes(const TriedRun& run) {
  std::size_t bytes = 0;
  for (const auto& [path, value] : run.settings) bytes += path.size() + to_text(value).size();
  return bytes;
}

template <class Value>
void halve(std::vector<Value>& values) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < values.size(); i += 2) values[kept++] = values[i];
  values.resize(kept);
}

void keep_best(std::vector<float>& best, const std::vector<float>& values) {
  best.resize(values.size(), std::nanf(""));
  for (std::size_t i = 0; i < values.size(); ++i) best[i] = std::fmin(best[i], values[i]);  // over what is no number
}

}  // namespace

bool concerns_the_run(std::string_view path) {
  return !path.starts_with("view.");
}

RunJournal::RunJournal(Runs runs) : closed_(std::move(runs)) {
  for (const auto& run : closed_) count_ = std::max(count_, run->number);
  make_room();
}

void RunJournal::trained(std::int64_t from, std::int64_t to, const std::vector<std::string>& names,
                         const std::function<Settings()>& settings) {
  if (!current_) {
    current_.emplace();
    current_->number = ++count_;
    current_->from = from;
    current_->curve.names = names;
    current_->curve.series.resize(names.size());
    for (auto& setting : settings()) {
      if (to_text(setting.second).size() <= kLongestValue) {
        current_->settings.push_back(std::move(setting));
      } else {
        current_->left_out.push_back(std::move(setting.first));
      }
    }
    stride_ = 1, noted_ = 0, stood_ = -1;
    make_room();
  }
  current_->to = to;
}

void RunJournal::played(double seconds) {
  if (current_) current_->seconds += seconds;
}

void RunJournal::note(std::int64_t step, const std::vector<float>& values) {
  if (!current_) return;
  keep_best(current_->best, values);
  current_->last = values;
  if (noted_++ % stride_ != 0) return;
  Curve& curve = current_->curve;
  curve.steps.push_back(step);
  for (std::size_t i = 0; i < curve.series.size(); ++i) curve.series[i].push_back(values[i]);
  if (curve.steps.size() <= kCurvePoints) return;
  halve(curve.steps);
  for (std::vector<float>& series : curve.series) halve(series);
  stride_ *= 2;
}

void RunJournal::stands(const std::vector<float>& values, std::vector<ReadOut> results) {
  if (!current_) return;
  keep_best(current_->best, values);
  current_->last = values;
  current_->results = std::move(results);
  stood_ = current_->to;
}

void RunJournal::close() {
  if (!current_) return;
  closed_.push_back(std::make_shared<const TriedRun>(std::move(*current_)));
  current_.reset();
}

RunJournal::Runs RunJournal::runs() const {
  Runs all = closed_;
  if (current_) all.push_back(std::make_shared<const TriedRun>(*current_));
  return all;
}

std::shared_ptr<const TriedRun> RunJournal::find(int number) const {
  for (const auto& run : closed_)
    if (run->number == number) return run;
  return current_ && current_->number == number ? std::make_shared<const TriedRun>(*current_) : nullptr;
}

void RunJournal::make_room() {
  std::size_t bytes = current_ ? text_bytes(*current_) : 0, kept = 0;
  for (auto run = closed_.rbegin(); run != closed_.rend() && kept + 1 < kMostRuns; ++run, ++kept) {
    bytes += text_bytes(**run);
    if (bytes > kMostText) break;
  }
  closed_.erase(closed_.begin(), closed_.end() - static_cast<std::ptrdiff_t>(kept));
}

}  // namespace vitrine::work
