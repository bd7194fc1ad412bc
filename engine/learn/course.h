// A Course is one fit() under way: data, the epoch and row at which it stands, the history so far. It goes on in steps
// of a person's choosing (a segment, a sample, a batch, an epoch), stops and resumes anywhere between two steps, and
// what it saves resumes to the same bits.
#pragma once

#include "engine/learn/callback.h"

namespace vitrine::learn {

struct FitOptions {
  std::int64_t epochs = 1;  // the number of the last one: with initial_epoch 3, epochs 5 runs two
  std::int64_t batch_size = kBatchSize;
  std::int64_t initial_epoch = 0;
  bool shuffle = true;          // anew in each epoch
  std::uint64_t seed = 0;       // of the order
  double validation_split = 0;  // share of the data, from its end, that is only looked at
  std::optional<Data> validation{};
  ClassWeights class_weights{};
  std::vector<std::shared_ptr<Callback>> callbacks{};
};

struct History {
  std::vector<std::int64_t> epochs;
  std::vector<std::pair<std::string, std::vector<double>>> curves;  // one number for each epoch
  std::string stopped;                                              // why it ended early; empty: it did not
  const std::vector<double>& operator[](std::string_view name) const;
  Logs last() const;
};

struct CourseState {
  TrainingState training;
  std::int64_t epoch = 0, row = 0;
  std::vector<double> sums;  // of readings in this epoch
  History history;
  std::vector<Callback::Memory> callbacks;
};

class Course {
 public:
  Course(Trainer& trainer, const Data& data, FitOptions options);

  bool finished() const { return !history_.stopped.empty() || epoch_ >= options_.epochs; }
  void step() { take(options_.batch_size); }  // a batch; the last of an epoch may be smaller
  void step_sample() { take(1); }             // a batch of one sample
  void step_segment();                        // a quarter of a batch: trainer().inside() says how far it is
  void step_epoch();                          // to its end
  void stop(std::string reason) { history_.stopped = std::move(reason); }
  void set_batch_size(std::int64_t rows);

  Trainer& trainer() { return trainer_; }
  const History& history() const { return history_; }
  const FitOptions& options() const { return options_; }
  std::int64_t epoch() const { return epoch_; }
  std::int64_t row() const { return row_; }  // how many samples of this epoch are done
  std::int64_t rows() const { return train_.count(); }
  std::span<const std::int64_t> order() const { return order_; }  // of this epoch

  CourseState save() const;  // between two steps
  void restore(const CourseState& state);

 private:
  void take(std::int64_t rows);
  bool load(std::int64_t rows);
  void finish_step();
  void finish_epoch();
  void order_rows();

  Trainer& trainer_;
  FitOptions options_;
  Data train_, validation_;
  std::vector<float> weights_;  // one for each row, or none
  std::vector<std::int64_t> order_;
  std::vector<double> sums_;
  std::int64_t epoch_ = 0, row_ = 0, taken_ = 0;
  History history_;
};

}  // namespace vitrine::learn
