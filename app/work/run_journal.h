// A RunJournal is the list of what was tried in one sitting: every stretch of training with its settings, how far it
// went and what came of it. A change of settings, a reset, a look back ends a row; the next step of training begins
// another. It is bounded: the oldest rows go first, curves are thinned, and a value too long for a row (a table of many
// points) is left out and named.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/work/session.h"

namespace vitrine::work {

struct TriedRun {
  int number = 0;                     // from 1, in the order in which they began
  Settings settings;                  // that differed from a fresh session
  std::vector<std::string> left_out;  // paths of those whose values were too long to keep
  std::int64_t from = 0, to = 0;      // steps
  double seconds = 0;                 // of computing while it played; 0: it was stepped
  std::vector<ReadOut> results;       // beside the losses
  Curve curve;                        // thinned
  std::vector<float> last, best;      // of each of its series; the best one is the least
};

// Whether a setting says how a run goes; those below "view." say how it is looked at.
bool concerns_the_run(std::string_view path);

class RunJournal {
 public:
  using Runs = std::vector<std::shared_ptr<const TriedRun>>;
  static constexpr std::size_t kMostRuns = 200;
  static constexpr std::size_t kCurvePoints = 128;                // of a row, at most
  static constexpr std::size_t kLongestValue = 1 << 16;           // bytes of one setting, as text
  static constexpr std::size_t kMostText = std::size_t{1} << 20;  // of all rows' settings

  RunJournal() = default;
  explicit RunJournal(Runs runs);

  bool empty() const { return closed_.empty() && !current_; }
  // Whether the run under way has come to this step, and what came of it there is not yet known.
  bool awaits(std::int64_t step) const { return current_ && current_->to == step && stood_ != step; }

  // Trained from one step to another. What it began with is asked for at the first step only.
  void trained(std::int64_t from, std::int64_t to, const std::vector<std::string>& names,
               const std::function<Settings()>& settings);
  void played(double seconds);
  void note(std::int64_t step, const std::vector<float>& values);               // a point of its curves
  void stands(const std::vector<float>& values, std::vector<ReadOut> results);  // at the step it has reached
  void close();

  Runs runs() const;  // the one under way is the last
  std::shared_ptr<const TriedRun> find(int number) const;

 private:
  void make_room();

  Runs closed_;
  std::optional<TriedRun> current_;
  std::size_t stride_ = 1, noted_ = 0;  // every so many-th point is kept; points that came
  int count_ = 0;
  std::int64_t stood_ = -1;  // the step of the last results
};

}  // namespace vitrine::work
