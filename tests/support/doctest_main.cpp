// The one object that holds doctest's implementation and main. `--long` asks property, monkey and fuzz tests for their
// full counts; without it they run the small ones that fit a working day.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <string_view>

#include "tests/support/counts.h"

namespace {
bool asked_for_long = false;
}

namespace vitrine::testing {
int count(int usual, int when_long) {
  return asked_for_long ? when_long : usual;
}
}  // namespace vitrine::testing

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) asked_for_long = asked_for_long || std::string_view(argv[i]) == "--long";
  return doctest::Context(argc, argv).run();
}
