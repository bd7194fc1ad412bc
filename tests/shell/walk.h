// A walk through every exhibit and the gallery in one size of window: all scales, all looks. What it finds wrong is a
// failed check; there is no size that is let off.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "app/shell/driver.h"
#include "tests/shell/scratch.h"
#include "tests/shell/stages.h"

namespace vitrine::shell {

struct Size {
  int width, height;  // device pixels
  float display_scale;
};
inline constexpr Size kSmall{1280, 720, 1}, kUsual{1600, 1000, 1}, kDense{3840, 2160, 2};
inline constexpr float kScales[] = {0.75f, 1, 1.25f, 1.5f, 1.75f, 2, 2.5f, 3};

inline void check_looks(Driver& driver, const std::string& what) {
  for (const ui::Look look : {ui::Look::dark, ui::Look::light, ui::Look::contrast}) {
    driver.app().settings().look = look;
    driver.settle();
    INFO(what << ", " << name_of(look));
    CHECK(faults_of(driver.window().audit()) == "");
  }
}

inline void walk(const Size& size) {
  for (const float zoom : kScales) {
    const float scale = size.display_scale * zoom;
    const std::string where = std::to_string(size.width) + "×" + std::to_string(size.height) + " at " +
                              std::to_string(std::lround(scale * 100)) + " %";
    Driver driver({.width = size.width, .height = size.height, .scale = scale, .threads = 1});
    check_looks(driver, "gallery " + where);
    for (const views::Exhibit& exhibit : views::exhibits()) {
      driver.open(exhibit.id);
      for (const auto& stage : stages_of(driver)) {
        for (const work::Command& command : stage) driver.tell(command);
        driver.tell(work::command::Step{12});
        check_looks(driver, std::string(exhibit.id) + " " + where);
        driver.window().press(ui::Key::e, true);
        check_looks(driver, std::string(exhibit.id) + " over its engine room " + where);
        driver.window().press(ui::Key::e, true);
        driver.window().press(ui::Key::b, true);
        check_looks(driver, std::string(exhibit.id) + " beside its copy " + where);
        driver.window().press(ui::Key::b, true);
      }
    }
  }
}

}  // namespace vitrine::shell
