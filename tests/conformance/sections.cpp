// What every section does with a case.
#include "tests/conformance/sections.h"

#include <exception>
#include <optional>

namespace vitrine::conformance {

void replay_case(const Replay& replay, const std::string& id, const std::string* reason,
                 const std::function<void()>& check) {
  std::optional<Failure> failure;
  try {
    check();
  } catch (const Failure& found) {
    failure = found;
  } catch (const std::exception& error) {
    failure = Failure{id, {}, error.what(), {}, {}, {}};
  }
  if (reason != nullptr) {
    // Under another seed a listed case may pass by luck, so this is a hint and no failure.
    replay.report.skip(id, failure ? *reason : *reason + " (it passes now)", true);
  } else if (failure) {
    replay.report.fail(*failure);
  } else {
    replay.report.pass();
  }
}

}  // namespace vitrine::conformance
