// A History is what lets a person go back: keyframes (state and settings) of one run within a byte budget, the recorded
// curve, and the other runs it forked from. Between keyframes the run is replayed exactly, so a keyframe is set
// wherever a setting changes, and plain ones may be thinned when the budget is short. Where that is not enough, as
// after many edits of a large network, others go too, and one comes back to those that are left, not between them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/work/session.h"

namespace vitrine::work {

struct Keyframe {
  State state;
  std::shared_ptr<const Settings> settings;  // one copy for all from an edit to the next
  bool pinned = false;                       // a setting changed here, or a fork began: goes when no plain one is left
  std::size_t bytes() const;                 // with the settings
  std::size_t own_bytes() const;             // without them
};

class History {
 public:
  static constexpr std::int64_t kFirstStride = 64;  // steps from keyframe to keyframe, until there are many

  explicit History(std::size_t byte_budget) : budget_(byte_budget) {}

  void clear();                       // one empty run
  void keep(Keyframe frame);          // appended, or in place of one at the same step; thins when over budget
  bool due(std::int64_t step) const;  // is it time for the next plain keyframe?
  std::int64_t next_stop(std::int64_t step) const;  // the next step at which a keyframe or a point of the curve is due
  const Keyframe& before(std::int64_t step) const;  // the last one at or before
  const Keyframe* after(std::int64_t step) const;   // the first one behind, if any
  std::int64_t reachable(std::int64_t step) const;  // the last place at or before that can be replayed exactly
  std::int64_t fork(std::int64_t step);             // a new run that shares all up to `step`; the old one stays
  void choose(int run);
  int chosen() const { return chosen_; }
  int runs() const { return static_cast<int>(runs_.size()); }

  void record(std::int64_t step, const std::vector<float>& values);  // a point of the curve; thins evenly when long
  bool wants_record(std::int64_t step) const;
  void names(std::vector<std::string> names);
  std::shared_ptr<const Curve> curve() const;  // a copy only when it has grown
  std::int64_t head() const;                   // the furthest step the chosen run has been
  void reached(std::int64_t step);
  std::vector<std::int64_t> keyframe_steps() const;
  std::vector<std::int64_t> forks() const;
  std::size_t bytes() const;

 private:
  struct Run {
    std::vector<std::shared_ptr<const Keyframe>> frames;
    std::set<std::int64_t> torn;  // steps of frames that replaying from the one before does not lead to
    std::vector<std::int64_t> forks;
    Curve curve;
    std::int64_t head = 0;
    std::int64_t frame_stride = kFirstStride, record_stride = 1;
  };
  void thin();
  void forget();
  bool forget_closest();
  void drop_oldest_run();
  void hold(const Keyframe& frame);
  void drop(std::shared_ptr<const Keyframe>& frame);
  Run& run() { return runs_[static_cast<std::size_t>(chosen_)]; }
  const Run& run() const { return runs_[static_cast<std::size_t>(chosen_)]; }

  std::size_t budget_;
  std::size_t held_ = 0;                          // bytes of all frames and settings, each once however many share it
  std::map<const Settings*, int> settings_held_;  // by how many frames
  std::vector<std::string> names_;
  std::vector<Run> runs_ = std::vector<Run>(1);
  int chosen_ = 0;
  mutable std::shared_ptr<const Curve> published_;
};

}  // namespace vitrine::work
