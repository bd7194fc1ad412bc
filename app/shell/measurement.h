// A Measurement watches a window from its first frame on: it plays the Playground at full speed and counts frames, then
// lets it rest and reads how much processor time the process took.
#pragma once

#include "app/shell/app.h"
#include "app/shell/window.h"

namespace vitrine::shell {

class Measurement {
 public:
  void drawn(App& app, double now);    // a frame stands on screen; now in seconds
  double due() const { return due_; }  // when it wants to be asked again, however quiet the window is
  bool done() const { return stage_ == Stage::done; }
  const Measured& result() const { return result_; }

 private:
  enum class Stage { first, settling, running, calming, resting, done };
  void next(Stage stage, double now, double seconds);

  Stage stage_ = Stage::first;
  Measured result_;
  double began_ = 0, due_ = 0;
  double processor_ = 0;  // seconds taken when the rest began
  int frames_ = 0;
};

}  // namespace vitrine::shell
