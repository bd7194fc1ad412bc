// Held against the registry: every control of every exhibit alters what it is or what it shows.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/shell/driver.h"
#include "tests/shell/stages.h"
#include "tests/support/edits.h"

using namespace vitrine;
using namespace vitrine::shell;
using work::Control;

namespace {

constexpr std::int64_t kSteps = 5;  // enough for a learning rate to show

// An exhibit after some edits and steps: what it is, and, where that does not tell, what it shows while it runs.
class Trial {
 public:
  Trial(std::string_view exhibit, const std::vector<work::Command>& edits, std::shared_ptr<ui::Fonts> fonts)
      : driver_({.width = 1600, .height = 1000, .threads = 1, .fonts = std::move(fonts)}) {
    driver_.open(exhibit);
    for (const work::Command& edit : edits) driver_.tell(edit);
    driver_.expect_ok();
    driver_.app().settings().reduce_motion = false;  // what moves counts, too
    driver_.tell(work::command::Step{kSteps});
    driver_.tell(work::command::Call{[&](work::Runner& runner) {
      state_ = runner.session().save();
      recipe_ = runner.session().recipe().hex();
    }});
    driver_.tell(work::command::Play{});
  }

  // The row of the control in question is left out: it repeats its value.
  bool differs(Trial& other, const std::string& control) {
    return state_.slab != other.state_.slab || state_.counters != other.state_.counters || recipe_ != other.recipe_ ||
           pixels_without(control) != other.pixels_without(control);
  }

 private:
  std::vector<std::uint8_t> pixels_without(const std::string& control) {
    if (!drawn_) driver_.settle();
    drawn_ = true;
    const ui::Image& image = driver_.pixels();
    std::vector<std::uint8_t> rgba = image.rgba;
    for (const auto& item : driver_.window().audit().items()) {
      if (item.name != control) continue;
      const ui::Rect row = item.rect.inset(-driver_.window().ui().theme.u(5), 0);  // with its dot
      for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
          if (row.holds(ui::Point{static_cast<float>(x), static_cast<float>(y)}))
            std::fill_n(rgba.begin() + static_cast<std::ptrdiff_t>(y * image.width + x) * 4, 4, std::uint8_t{0});
    }
    return rgba;
  }

  Driver driver_;
  work::State state_;
  std::string recipe_;
  bool drawn_ = false;
};

// A control that something else switches off is tried with that on.
std::vector<std::vector<work::Command>> tries(const Control& control, const work::ControlTable& table,
                                              const void* settings) {
  if (control.kind == Control::Kind::action) return {{work::command::Act{control.id}}};
  std::vector<std::vector<work::Command>> all;
  for (const work::Value& value : testing::other_values(control, table.get(settings, control.id)))
    all.push_back({work::command::Set{control.id, value, true}});
  return all;
}

}  // namespace

TEST_CASE("no control of any exhibit is dead, in any of its stages") {
  const auto fonts = std::make_shared<ui::Fonts>(1.0f);
  for (const views::Exhibit& exhibit : views::exhibits()) {
    Driver driver({.width = 1600, .height = 1000, .threads = 1});
    driver.open(exhibit.id);
    for (const auto& stage : stages_of(driver)) {
      for (const work::Command& command : stage) driver.tell(command);
      driver.settle();
      const std::shared_ptr<const void> settings = driver.snapshot()->settings;
      const work::ControlTable& table = table_of(driver);
      Trial before(exhibit.id, stage, fonts);
      for (const Control& control : table.rows()) {
        if (control.kind == Control::Kind::text) continue;  // what a text means is its exhibit's own test
        if (control.disabled && !control.disabled(settings.get()).empty()) continue;
        CAPTURE(exhibit.id);
        CAPTURE(control.id);
        bool alive = false;
        for (const auto& edits : tries(control, table, settings.get())) {
          std::vector<work::Command> all = stage;
          all.insert(all.end(), edits.begin(), edits.end());
          alive = alive || Trial(exhibit.id, all, fonts).differs(before, control.id);
        }
        CHECK(alive);
      }
    }
  }
}
