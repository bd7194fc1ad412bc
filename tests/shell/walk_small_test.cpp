// Every exhibit and the gallery in a small window, at every scale and look.
#include "tests/shell/walk.h"

using namespace vitrine::shell;

TEST_CASE("everything fits a small window at every scale") {
  walk(kSmall);
}
