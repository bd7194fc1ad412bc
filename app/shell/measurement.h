// A Measurement watches a window from its first frame on and finds out, exhibit by exhibit, whether it keeps what the
// product promises: how soon it stands, what it costs at rest, how evenly it draws while training at full speed, how
// soon it answers a control, a pause, a look back and a reset, and whether its memory grows.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/shell/app.h"

namespace vitrine::shell {

struct Figure {
  std::string name;  // "control_ms"
  double value = 0;
  double least = -1e300, most = 1e300;  // what is promised
  bool kept() const { return value >= least && value <= most; }
};

struct ExhibitFigures {
  std::string exhibit;
  std::vector<Figure> figures;
};

struct MeasurementOptions {
  double minutes = 10;                                          // of training in all, over which memory may not grow
  std::string only{};                                           // the id of an exhibit; empty: all of them
  std::vector<std::pair<std::string, work::Value>> settings{};  // that are made before it is measured
  std::function<void(const ExhibitFigures&)> found = {};
};

class Measurement {
 public:
  Measurement(App& app, MeasurementOptions options);
  void drawn(double now);              // a frame stands on screen; now in seconds
  double due() const { return due_; }  // when it wants to be asked again, however quiet the window is
  bool done() const { return stage_ == stages_.size(); }

 private:
  struct Stage {
    std::function<void()> begin;  // may be empty; likewise the next two
    std::function<bool()> over;   // asked at each frame; empty: after the seconds
    std::function<void()> end;
    double seconds = 0;  // at most
  };
  void plan(const views::Exhibit& exhibit, double minutes);
  void plan_rest();
  void plan_run();
  void plan_growth(double minutes);
  void plan_scrub();
  void stretch(double seconds, std::function<void()> begin, std::function<void()> end);  // over when they have passed
  void turn_knob();
  bool handled() const;
  std::int64_t shown_step() const;
  void tell(work::Command command);
  void ask_hash(std::shared_ptr<std::string> answer);
  void found(std::string name, double value, double least, double most);
  void answered_in(const std::string& name, double most, std::function<void()> ask, std::function<bool()> answered,
                   int times);

  App& app_;
  MeasurementOptions options_;
  std::vector<Stage> stages_;
  std::size_t stage_ = 0;
  bool begun_ = false;
  double now_ = 0, began_ = 0, due_ = 0;
  double asked_ = -1, processor_ = 0, memory_ = 0;
  std::uint64_t command_ = 0;  // the last one told
  std::int64_t step_ = 0;      // where the run began to be watched
  int times_ = 0;
  std::vector<double> frames_, answers_;  // milliseconds
  ExhibitFigures now_found_;
};

}  // namespace vitrine::shell
