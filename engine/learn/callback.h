// A Callback is told what happens while a model is fitted, and may act: stop it, turn its rate, keep its weights. What
// it remembers is part of the saved course, so that a resumed training goes on as if it had never paused.
#pragma once

#include <functional>
#include <memory>

#include "engine/learn/trainer.h"

namespace vitrine::learn {

class Course;
struct CourseState;

class Callback {
 public:
  struct Memory {
    std::vector<double> numbers;
    std::vector<float> weights;
  };
  virtual ~Callback() = default;
  virtual void begin(Course&) {}
  virtual void step_end(Course&) {}                  // the readings of the step are in course.trainer()
  virtual void epoch_end(Course&, const Logs&) {}    // epoch means, and those of validation as "val_loss"
  virtual void after_epoch(Course&, const Logs&) {}  // when every callback has seen its end: the time to save
  virtual void end(Course&) {}
  virtual Memory save() const { return {}; }
  virtual void restore(const Memory&) {}
};

// Which number is watched, and what counts as better.
struct Watch {
  std::string monitor = "val_loss";
  double min_delta = 0;                                                            // less is no progress
  enum class Mode : std::uint8_t { by_name, lower, higher } mode = Mode::by_name;  // by name: "acc" is to rise
  bool rises() const;
  bool better(double value, double best) const;
  double worst() const;
};

// Stops when the watched number has not become better for `patience` epochs.
class EarlyStopping : public Callback {
 public:
  struct Options {
    Watch watch{};
    std::int64_t patience = 0;
    bool restore_best = false;  // ends with the weights of the best epoch
  };
  explicit EarlyStopping(Options options) : options_(std::move(options)) {}
  void begin(Course& course) override;
  void epoch_end(Course& course, const Logs& logs) override;
  void end(Course& course) override;
  Memory save() const override;
  void restore(const Memory& memory) override;

 private:
  Options options_;
  double best_ = 0;
  std::int64_t waited_ = 0;
  std::vector<float> best_weights_;
};

// Multiplies the learning rate by `factor` when the watched number stays for `patience` epochs.
class ReduceOnPlateau : public Callback {
 public:
  struct Options {
    Watch watch{.min_delta = 1e-4};
    double factor = 0.1;
    std::int64_t patience = 10, cooldown = 0;  // cooldown: epochs after a fall in which nothing is counted
    double least_rate = 0;
  };
  explicit ReduceOnPlateau(Options options) : options_(std::move(options)) {}
  void begin(Course& course) override;
  void epoch_end(Course& course, const Logs& logs) override;
  Memory save() const override;
  void restore(const Memory& memory) override;

 private:
  Options options_;
  double best_ = 0;
  std::int64_t waited_ = 0, cooling_ = 0;
};

// Hands the whole state out after each epoch, or, with a watch, after each that was better than all before.
class Checkpoint : public Callback {
 public:
  using Keep = std::function<void(const CourseState&)>;
  explicit Checkpoint(Keep keep, std::optional<Watch> watch = {}) : keep_(std::move(keep)), watch_(std::move(watch)) {}
  void begin(Course& course) override;
  void after_epoch(Course& course, const Logs& logs) override;
  Memory save() const override;
  void restore(const Memory& memory) override;

 private:
  Keep keep_;
  std::optional<Watch> watch_;
  double best_ = 0;
};

// Stops at the first loss that is no number, and says which weights are no numbers either.
class StopOnNaN : public Callback {
 public:
  void step_end(Course& course) override;
};

// Functions instead of a class.
class OnEpoch : public Callback {
 public:
  using Function = std::function<void(Course&, const Logs&)>;
  explicit OnEpoch(Function function) : function_(std::move(function)) {}
  void epoch_end(Course& course, const Logs& logs) override { function_(course, logs); }

 private:
  Function function_;
};
class OnStep : public Callback {
 public:
  using Function = std::function<void(Course&)>;
  explicit OnStep(Function function) : function_(std::move(function)) {}
  void step_end(Course& course) override { function_(course); }

 private:
  Function function_;
};

}  // namespace vitrine::learn
