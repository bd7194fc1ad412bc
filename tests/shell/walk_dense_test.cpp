// Every exhibit and the gallery on a large and dense display, at every scale and look.
#include "tests/shell/walk.h"

using namespace vitrine::shell;

TEST_CASE("everything fits a large and dense display at every scale") {
  walk(kDense);
}
