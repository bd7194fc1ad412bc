// Numbers as people read them.
#include <doctest/doctest.h>

#include <cmath>

#include "app/ui/number.h"

using namespace vitrine::ui;

TEST_CASE("a number has three significant digits unless told otherwise") {
  CHECK(number_text(0.0192) == "0.0192");
  CHECK(number_text(0.06) == "0.0600");
  CHECK(number_text(0.06, {.trim = true}) == "0.06");
  CHECK(number_text(7.7734) == "7.77");
  CHECK(number_text(7.7734, {.digits = 4}) == "7.773");
  CHECK(number_text(0.9996) == "1.00");
  CHECK(number_text(99.96) == "100");
  CHECK(number_text(0) == "0");
}

TEST_CASE("the whole part is never rounded away, and its thousands are parted") {
  CHECK(number_text(21480) == "21,480");
  CHECK(number_text(1400, {.decimals = 0}) == "1,400");
  CHECK(number_text(999) == "999");
  CHECK(number_text(1234567.8, {.decimals = 1}) == "1,234,567.8");
}

TEST_CASE("minus is a minus, and nothing rounded to zero has one") {
  CHECK(number_text(-0.31, {.trim = true}) == "−0.31");
  CHECK(number_text(-0.001, {.decimals = 2}) == "0.00");
  CHECK(number_text(0.1, {.decimals = 2, .sign = true}) == "+0.10");
}

TEST_CASE("what zeros cannot carry becomes a power of ten") {
  CHECK(number_text(1.234e-7) == "1.23×10⁻⁷");
  CHECK(number_text(-5e12, {.trim = true}) == "−5×10¹²");
  CHECK(number_text(0.00001, {.trim = true}) == "0.00001");
}

TEST_CASE("no number and no end have their signs") {
  CHECK(number_text(std::nan("")) == "NaN");
  CHECK(number_text(-HUGE_VAL) == "−∞");
}

TEST_CASE("typed numbers may carry minus, thousands and unit") {
  CHECK(parse_typed("−1,400").value() == -1400);
  CHECK(parse_typed(" 5 % ", "%").value() == 5);
  CHECK(parse_typed("+1e-3").value() == 0.001);
  CHECK_FALSE(parse_typed("five"));
  CHECK_FALSE(parse_typed(""));
  CHECK_FALSE(parse_typed("inf"));
}
