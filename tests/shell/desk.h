// A Desk is an app in a headless window with hands that let it settle and eyes that read what it shows.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/shell/driver.h"

struct Desk {
  vitrine::shell::Driver driver;

  explicit Desk(vitrine::shell::DriverOptions options) : driver(std::move(options)) {}
  Desk(vitrine::shell::DriverOptions options, std::string_view exhibit) : Desk(std::move(options)) {
    driver.open(exhibit);
    driver.settle();
  }

  void press(vitrine::ui::Key key, bool ctrl = false, bool shift = false) {
    driver.window().press(key, ctrl, shift);
    driver.settle();
  }
  void type(std::string_view text) {
    driver.window().type(text);
    driver.settle();
  }
  void find(std::string_view text) {  // in the list of everything
    press(vitrine::ui::Key::k, true);
    type(text);
  }

  bool says(std::string_view line) {
    return std::ranges::any_of(audit().runs(), [&](const auto& run) { return run.text == line; });
  }
  bool shows(std::string_view part) {
    return std::ranges::any_of(audit().runs(), [&](const auto& run) { return run.text.find(part) != run.text.npos; });
  }
  bool has(std::string_view item) {
    return std::ranges::any_of(audit().items(), [&](const auto& each) { return each.name == item; });
  }
  const vitrine::ui::Audit& audit() { return driver.window().audit(); }
};
