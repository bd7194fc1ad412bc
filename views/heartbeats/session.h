// The session of Heartbeats: an autoencoder learns to rebuild beats, nearly all of them normal, and a beat that comes
// back wrong is flagged. One step is an epoch. Whatever a person sees while it learns is about validation rows; the
// test rows are judged only when asked for, and the report says how often that was.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/work/session.h"
#include "engine/learn/course.h"
#include "views/heartbeats/findings.h"
#include "views/heartbeats/inside.h"
#include "views/heartbeats/passing.h"
#include "views/heartbeats/timing.h"
#include "views/heartbeats/trail.h"

namespace vitrine::views {
struct SessionContext;
class View;
}  // namespace vitrine::views

namespace vitrine::views::heartbeats {

struct BaselineArea {
  std::string id, label;
  double area = 0;
};

// The model before one part of the rows.
struct Judged {
  Rebuilt rebuilt;
  datasets::Verdicts verdicts;
  double area = 0.5, loss = 0, threshold = 0;
  Health health;
  std::vector<std::vector<double>> code_axes;  // principal ones of the code, the first few
};

// What the stage shows instead of a validation beat: a point of the code decoded, or an own beat judged.
struct Probe {
  std::vector<float> recorded = {};  // empty where only a point was decoded
  std::vector<float> rebuilt = {}, code = {};
  float score = 0;
};

struct TestReport {
  Judged judged;
  std::vector<BaselineArea> baselines;
  std::int64_t step = 0;
  int opened = 0;
  std::string sentence = {};  // what the figures leave unsaid; may be empty
};

struct Snapshot final : work::Snapshot {
  std::shared_ptr<const Beats> beats;
  std::shared_ptr<const Judged> validation;
  std::shared_ptr<const std::vector<BaselineArea>> baselines;  // on validation rows
  std::shared_ptr<const TestReport> test;                      // null until it was asked for
  std::shared_ptr<const Probe> probe;                          // null while the stage shows a validation beat
  std::shared_ptr<const Waypoints> trail;                      // of the run so far; may be empty
  std::shared_ptr<const Inside> inside;                        // likewise
  std::shared_ptr<const ProgramText> program;                  // null while it is not looked at
  std::shared_ptr<const Passing> passing;                      // null until it was asked for, or where there is none
  std::shared_ptr<const Timing> timing;                        // null until it was asked for
  std::vector<int> units;                                      // of every layer
  std::size_t code = 0;                                        // which of them
  std::string sentence;                                        // collapse, inversion, missing data; empty: all is well
  std::string split;                                           // how the rows were parted
};

inline const Settings& settings_of(const Snapshot& s) {
  return *static_cast<const Settings*>(s.settings.get());
}

class Session final : public work::Session {
 public:
  Session(std::shared_ptr<Backend> backend, std::uint64_t seed);
  ~Session() override;

  const work::ControlTable& controls() const override;
  void* settings() override { return &settings_; }
  std::shared_ptr<const void> copy_settings() const override { return std::make_shared<const Settings>(settings_); }
  void changed(std::string_view path) override;
  void act(std::string_view action) override;
  void reset() override;
  std::int64_t advance(std::stop_token stop, const work::Budget& budget) override;
  int segments() const override;
  void advance_segment() override;
  int inside() const override { return inside_; }
  work::State save() const override;
  void restore(const work::State& state) override;
  Hash recipe() const override;
  std::vector<std::string> curve_names() const override { return {"train", "validation"}; }
  void measure(std::vector<float>& values) override;
  std::unique_ptr<work::Snapshot> snapshot() override;
  std::string arithmetic() const override { return backend_->info().arithmetic; }
  const Plan* step_plan() override;

  const TestReport& open_test();                              // once more
  void time_model_of_the_talk(const TimingRuns& runs = {});   // takes a second or two; the run stays as it is
  const Judged& validation() const;                           // the model of this moment before the validation rows
  ProgramText program(Language language, bool learnt) const;  // judges the first validation beat that is an anomaly
  std::vector<std::pair<std::string, std::string>> layers_of_program() const;  // kind and name of each
  std::string split() const;                                                   // how the rows were parted, in words
  std::string sentence() const;  // what is to be said of data and model; may be empty
  int parameters() const;

 private:
  struct Net;
  Net& net() const;
  void refresh_beats() const;
  void take_over(const Net& before, Net& next) const;
  void begin_course(Net& net) const;
  Judged judge(const Rows& rows) const;
  std::shared_ptr<const Probe> probe() const;
  std::shared_ptr<const Inside> look_inside() const;
  Probe decoded() const;  // the point of the code
  Probe drawn() const;    // the own beat
  double threshold() const;
  void judge_anew() const;  // weights or threshold have moved
  std::shared_ptr<const Passing> passing() const;

  std::shared_ptr<Backend> backend_;
  Settings settings_;
  mutable Settings built_, beats_from_;  // those that the net was built from, and the beats
  mutable std::shared_ptr<const Sources> sources_;
  mutable std::shared_ptr<const Beats> beats_;
  mutable std::shared_ptr<const std::vector<BaselineArea>> baselines_;
  mutable std::unique_ptr<Net> net_;
  mutable std::shared_ptr<const Judged> validation_;  // null when weights or threshold moved
  mutable std::optional<double> validated_;           // the rule's threshold for these weights
  mutable std::shared_ptr<const Passing> passing_;    // likewise
  mutable int inside_ = 0;
  std::shared_ptr<const TestReport> test_;
  std::shared_ptr<const Timing> timing_;
  Trail trail_;
  std::int64_t step_ = 0;
  mutable bool stale_ = true;
  bool learnt_ = false, moved_threshold_ = false, contaminated_ = false;
};

// For the registry; both are in view.cpp.
std::unique_ptr<work::Session> open(const SessionContext& context);
std::unique_ptr<View> view();

}  // namespace vitrine::views::heartbeats
