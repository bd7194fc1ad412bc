// Text as numbers: what no double holds is a number all the same.
#include "engine/core/number.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

namespace vitrine {

TEST_CASE("a number beyond all doubles is infinite, one beneath them is 0, and both keep their sign") {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  const std::string zeros(400, '0');
  const std::string huge[] = {"1e400",     "1E+400",           "0.001e500",
                              "1" + zeros, "1" + zeros + ".5", "1e99999999999999999999"};
  for (const std::string& text : huge) {
    CAPTURE(text);
    CHECK(parse_real(text) == kInfinite);
    CHECK(parse_real("-" + text) == -kInfinite);
  }
  const std::string tiny[] = {"1e-400", "1000e-500", "0." + zeros + "1", "." + zeros + "1e9",
                              "1e-99999999999999999999"};
  for (const std::string& text : tiny) {
    CAPTURE(text);
    CHECK(parse_real(text) == 0.0);
    CHECK(std::signbit(*parse_real("-" + text)));
  }
  CHECK(parse_real("0" + zeros + "1.5e-1") == 0.15);
  for (const char* text : {"", "1e400x", "1e", "e400", "--1e400", "+1e400"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(parse_real(text).has_value());
  }
}

}  // namespace vitrine
