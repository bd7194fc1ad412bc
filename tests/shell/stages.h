// The lessons of an exhibit: one with a row `stage` has several, and every test of all exhibits goes through each.
#pragma once

#include <vector>

#include "app/shell/driver.h"

namespace vitrine::shell {

inline const work::ControlTable& table_of(Driver& driver) {
  const work::ControlTable* table = nullptr;
  driver.tell(work::command::Call{[&](work::Runner& runner) { table = &runner.session().controls(); }});
  return *table;
}

// What brings each of them on, in the order of the row; one that needs nothing where there is no such row.
inline std::vector<std::vector<work::Command>> stages_of(Driver& driver) {
  const work::Control* stage = table_of(driver).find("stage");
  if (!stage) return {{}};
  std::vector<std::vector<work::Command>> all;
  for (const work::Choice& choice : stage->choices) all.push_back({work::command::Set{stage->id, choice.id}});
  return all;
}

}  // namespace vitrine::shell
