// A Playground on the bench: its session under a runner that answers at once.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

using work::command::Act;
using work::command::Erase;
using work::command::Insert;
using work::command::Set;
using work::command::Step;
using work::command::StepInside;

struct Bench {
  std::shared_ptr<Backend> backend = open_device("cpu", 1);
  work::Runner runner{"playground", std::make_unique<Session>(backend, 0)};

  Session& session() { return static_cast<Session&>(runner.session()); }
  void tell(const work::Command& command) {
    runner.handle(command);
    runner.expect_ok();
  }
  void set(std::string path, std::string_view value) {  // as --set writes it
    tell(Set{std::move(path), work::parse_value(value)});
  }
  std::vector<float> losses() {
    std::vector<float> values;
    session().measure(values);
    return values;
  }
  std::unique_ptr<Snapshot> look() {
    auto s = runner.snapshot();
    return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(s.release()));
  }
};

}  // namespace vitrine::views::playground
