// A link says what a person set, survives its way through text, and is refused whole when a part is wrong.
#include "app/work/permalink.h"

#include <doctest/doctest.h>

#include "tests/work/chaos.h"

using namespace vitrine;
using namespace vitrine::work;

TEST_CASE("a link names what differs from fresh, and opens to the same state") {
  Runner runner = make_chaos();
  const std::string fresh = to_text(runner.permalink());
  CHECK(fresh == "vitrine:chaos");
  do_now(runner, command::Set{"map.rate", 3.25});
  do_now(runner, command::Set{"name", std::string("two words ] \" and\nmore")});
  do_now(runner, command::Insert{"cells", 0, Record{{"weight", std::int64_t{3}}, {"kind", std::string("odd")}}});
  const std::string text = to_text(runner.permalink());
  CHECK(text.find("map.rate=3.25") != text.npos);
  CHECK(text.find("map.noise") == text.npos);
  CHECK(parse_permalink("  \n" + text + "\r\n") == runner.permalink());

  Runner other = make_chaos();
  do_now(other, command::Set{"map.noise", std::int64_t{4}});
  do_now(other, command::Step{10});
  other.open(parse_permalink(text));
  CHECK(to_text(other.permalink()) == text);
  CHECK(other.step() == 0);
}

TEST_CASE("a link with a wrong part changes nothing") {
  Runner runner = make_chaos();
  do_now(runner, command::Set{"map.rate", 3.25});
  do_now(runner, command::Step{5});
  const std::string before = hash(runner);
  for (const char* text : {"vitrine:chaos map.rate=3 map.nose=1", "vitrine:chaos map.rate=3 map.noise=999",
                           "vitrine:other map.rate=3", "vitrine:chaos map.rate=3 cells=[{weight:0}]"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(runner.open(parse_permalink(text)), UsageError);
    CHECK(hash(runner) == before);
  }
  for (const char* text : {"", "vitrine", "vitrine:", "vitrine:chaos map.rate", "vitrine:chaos =3",
                           "vitrine:chaos a=1 a=2", "vitrine:chaos a=[1", "vitrine:chaos a=\"", "vitrine:\xff"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_permalink(text), UsageError);
  }
}
