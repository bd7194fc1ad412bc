// A Driver plays the person: it holds the app in a headless window, feeds it input, lets frames pass and looks at what
// came of it. Sessions run step by step in its thread, so a script has one outcome.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "app/shell/app.h"
#include "app/ui/headless.h"

namespace vitrine::shell {

struct DriverOptions {
  int width = 1600, height = 1000;  // device pixels
  float scale = 1;
  ui::Look look = ui::Look::dark;
  std::string device = "cpu";
  int threads = 0;
  std::uint64_t seed = 0;
  std::filesystem::path state = {};
  std::filesystem::path documents = {}, cache = {}, data = {};
  std::shared_ptr<ui::Fonts> fonts = nullptr;  // shared between drivers of one scale; made when absent
};

class Driver {
 public:
  explicit Driver(DriverOptions options);

  App& app() { return app_; }
  ui::Headless& window() { return window_; }
  void open(std::string_view exhibit);  // UsageError when there is none
  void frame();
  void frames(int count);
  void settle();  // until all input was taken, and as many frames more as layouts need
  const ui::Image& pixels() { return window_.pixels(); }
  std::vector<std::string> faults() const { return window_.audit().faults(); }

  // Where an item was drawn last, by its id (the path of a control); UsageError when it was not.
  ui::Rect where(std::string_view item) const;
  void click(std::string_view item);
  void drag(std::string_view item, float from, float to);  // shares of its width

  void tell(work::Command command);
  void expect_ok();  // throws what stopped the session
  std::shared_ptr<const work::Snapshot> snapshot();
  work::Document document();
  std::string state_hash();

 private:
  std::shared_ptr<ui::Fonts> fonts_;
  int width_, height_;
  float scale_;
  App app_;
  ui::Headless window_;  // last: its draw data points at what the app shows
};

}  // namespace vitrine::shell
