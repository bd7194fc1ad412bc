// Values as text and back.
#include "app/work/value.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>

#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "tests/work/chaos.h"

using namespace vitrine;
using namespace vitrine::work;

namespace {

Value random_value(Dice& dice, int depth) {
  switch (dice.below(depth > 3 ? 4 : 6)) {
    case 0:
      return dice.below(2) == 0;
    case 1:
      return static_cast<std::int64_t>(dice.next() << 16 ^ dice.next());
    case 2:
      return std::bit_cast<double>(dice.next() << 16 ^ dice.next());
    case 3: {
      std::string text;
      for (auto count = dice.below(6); count > 0; --count) text += static_cast<char>(dice.below(128));
      return text + (dice.below(3) == 0 ? "é√" : "");
    }
    case 4: {
      List list;
      for (auto count = dice.below(4); count > 0; --count) list.push_back(random_value(dice, depth + 1));
      return list;
    }
    default: {
      Record record;
      for (auto count = dice.below(4); count > 0; --count) {
        record.emplace_back("f" + to_text(Value(static_cast<std::int64_t>(count))), random_value(dice, depth + 1));
      }
      return record;
    }
  }
}

}  // namespace

TEST_CASE("values are written as the contract says") {
  CHECK(to_text(Value(true)) == "true");
  CHECK(to_text(Value(std::int64_t{-3})) == "-3");
  CHECK(to_text(Value(0.1)) == "0.1");
  CHECK(to_text(Value(1.0)) == "1");
  CHECK(to_text(Value(std::string("tanh"))) == "tanh");
  CHECK(to_text(Value(std::string("two words"))) == "\"two words\"");
  CHECK(to_text(Value(std::string(""))) == "\"\"");
  CHECK(
      to_text(Value(List{std::int64_t{1}, Record{{"units", std::int64_t{4}}, {"activation", std::string("tanh")}}})) ==
      "[1,{units:4,activation:tanh}]");
}

TEST_CASE("a text that looks like another kind is quoted") {
  for (const char* text : {"true", "false", "nan", "inf", "12", "-inf", "1e5", "a b", "[", "\"", "\\", "\n", "\x01"}) {
    const Value value = std::string(text);
    CHECK(to_text(value).front() == '"');
    CHECK(parse_value(to_text(value)) == value);
  }
}

TEST_CASE("random values survive being written and read") {
  Dice dice(1);
  for (int i = 0; i < 20000; ++i) {
    const Value value = random_value(dice, 0);
    const std::string text = to_text(value);
    const Value again = parse_value(text);
    REQUIRE(again == value);
    REQUIRE(to_text(again) == text);
  }
}

TEST_CASE("every float survives, signed zero and the extremes included") {
  for (const double number : {-0.0, 5e-324, 1.7976931348623157e308, 0x1p53 + 2, 1e22, -1e-7}) {
    const Value again = parse_value(to_text(Value(number)));
    const double back = std::holds_alternative<double>(again) ? std::get<double>(again)
                                                              : static_cast<double>(std::get<std::int64_t>(again));
    CHECK(std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(number));
  }
  CHECK(std::isnan(std::get<double>(parse_value("nan"))));
  CHECK(std::get<double>(parse_value("-inf")) < 0);
}

TEST_CASE("spaces between the parts do not matter") {
  CHECK(parse_value(" [ {a : 1 , b:\t\"x\" } ,2 ] ") == parse_value("[{a:1,b:x},2]"));
}

TEST_CASE("what is no value is refused at its place") {
  for (const char* text :
       {"",    " ",  "[",       "[1",     "[1,",       "]",     "{",   "{a",  "{a:", "{a:1", "{:1}",   "{a:1,a:2}",
        "1 2", "\"", "\"\\q\"", "\"\\x8", "\"\\xff\"", "1.2.3", "--1", "a,b", "#",   "\xff", "9e999x", "[1}"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_value(text), UsageError);
  }
  try {
    parse_value("[1,2");
  } catch (const UsageError& error) {
    CHECK(error.complaint().fact == "cannot be read at character 5");
    CHECK(error.complaint().expected == "',' or ']'");
    CHECK(error.complaint().got == "the end");
    CHECK(!error.complaint().remedy.empty());
  }
}

TEST_CASE("depth and length are bounded") {
  CHECK_THROWS_AS(parse_value(std::string(100000, '[')), UsageError);
  CHECK_THROWS_AS(parse_value(std::string(limits::kTextBytes + 1, 'a')), UsageError);
  std::string many = "[0";
  for (std::size_t i = 0; i < limits::kListLength; ++i) many += ",0";
  CHECK_THROWS_AS(parse_value(many + "]"), UsageError);
}

TEST_CASE("random bytes are read or refused, and nothing else happens") {
  static constexpr char kLetters[] = "[]{}:,\"\\ xn019.-+eainftrue\n\xC3\xA9\x80";
  Dice dice(2);
  int read = 0;
  for (int i = 0; i < 100000; ++i) {
    std::string text;
    for (auto count = dice.below(14); count > 0; --count) text += kLetters[dice.below(sizeof kLetters)];
    try {
      const Value value = parse_value(text);
      REQUIRE(parse_value(to_text(value)) == value);
      ++read;
    } catch (const UsageError&) {
    }
  }
  CHECK(read > 1000);
}
