// A Session is the living model of one exhibit: settings that a table describes, a state that training moves, and
// snapshots that a view draws. It has no threads, no window and no clock of its own, so a test, the command line and a
// worker thread drive it alike, always through a Runner. Same settings, seeds and step: same state, bit for bit.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/work/classroom.h"
#include "app/work/control.h"
#include "app/work/errand.h"
#include "engine/core/hash.h"

namespace vitrine {
class Plan;
}

namespace vitrine::work {

// What training moves, as plain numbers: saving, scrubbing and forking a run are copies of this.
struct State {
  std::int64_t step = 0;
  std::vector<float> slab;              // parameters, moments: whatever the plan's slabs hold
  std::vector<std::uint64_t> counters;  // random counters, seeds drawn on the way
  std::size_t bytes() const { return sizeof *this + 4 * slab.size() + 8 * counters.size(); }
  friend bool operator==(const State&, const State&) = default;
};

// How far `advance` may go: whichever comes first. Without a deadline the result depends on nothing but the count.
struct Budget {
  std::int64_t steps = 1;
  std::optional<std::chrono::steady_clock::time_point> deadline;
};

struct ReadOut {
  std::string caption;  // "train loss"
  double value = 0;
  std::string unit;  // "epochs/s"; may be empty
  int digits = 3;    // significant; 0: an integer with thousands commas
};

// The run as the bar shows it: named series over recorded steps.
struct Curve {
  std::vector<std::string> names;          // "train", "test"
  std::vector<std::int64_t> steps;         // ascending
  std::vector<std::vector<float>> series;  // one per name, as long as steps
};

struct TriedRun;  // a row of app/work/run_journal.h

// What everybody sees of a session: immutable once published. The session fills its own part (by deriving), the Runner
// the rest.
struct Snapshot {
  virtual ~Snapshot() = default;
  std::shared_ptr<const void> settings;  // a copy; read through the session's table
  std::vector<ReadOut> read_outs;        // in the order of importance; the bar shows as many as fit
  std::vector<bool> tried;               // one per suggestion of the exhibit's text: done?

  std::int64_t step = 0;  // where the stage stands
  std::int64_t head = 0;  // where the run has been; larger than step while looking back
  int inside = -1;        // segments of the next step already taken; -1: none, between steps
  bool playing = false;
  bool travels = false;       // on its way to a place that was asked for
  std::uint64_t handled = 0;  // number of the last command that is visible here
  std::shared_ptr<const Curve> curve;
  std::vector<std::int64_t> keyframes;
  std::vector<std::int64_t> forks;  // steps at which the chosen run left another
  int run = 0, runs = 1;            // which of the kept runs this is
  std::size_t history_bytes = 0;
  std::vector<std::shared_ptr<const TriedRun>> journal;  // what was tried, the newest last
  std::vector<std::string> undo, redo;  // labels of the edits that can be taken back, or made again; the next first
  Classroom classroom;                  // what the file has locked or hidden
  std::string failed;                   // the sentence, while the session is stopped by an error
  std::string notice;                   // a sentence that is no failure ("continues, not bit for bit")
};

class Session {
 public:
  virtual ~Session() = default;
  virtual const ControlTable& controls() const = 0;
  virtual void* settings() = 0;  // what the table's rows point into
  virtual std::shared_ptr<const void> copy_settings() const = 0;
  virtual void changed(std::string_view path) = 0;  // a control was set: rebuild what hangs on it
  virtual void act(std::string_view action) = 0;    // an action row was pressed
  virtual void reset() = 0;                         // back to step 0 with the same settings and seeds
  virtual std::int64_t advance(std::stop_token stop, const Budget& budget) = 0;  // whole steps taken
  virtual int segments() const = 0;              // stops inside one step: forward, loss, backward, update
  virtual void advance_segment() = 0;            // one of them; after the last a step is done
  virtual int inside() const = 0;                // segments taken of the next step, 0 … segments() - 1
  virtual State save() const = 0;                // between steps only
  virtual void restore(const State& state) = 0;  // throws UsageError when it does not fit the settings
  virtual Hash recipe() const = 0;               // of the data, as made from the settings
  virtual std::vector<std::string> curve_names() const = 0;
  virtual void measure(std::vector<float>& values) = 0;  // one per curve, at this step
  virtual std::vector<ReadOut> results() { return {}; }  // what a run came to, beside its curves: "accuracy"
  virtual std::unique_ptr<Snapshot> snapshot() = 0;
  virtual std::string arithmetic() const = 0;  // of the backend: equal text, equal bits
  virtual const Plan* step_plan() = 0;         // what a step runs, once or batch by batch; null: nothing of the engine

  Errand& errand() const { return errand_; }  // what it is about while none of the above returns

 private:
  mutable Errand errand_;
};

// Controls (sorted), state, recipe; nothing of window, theme, device or threads.
Hash state_hash(Session& session);

}  // namespace vitrine::work
