// The control table: paths, kinds, checks and what its errors say.
#include "app/work/control.h"

#include <doctest/doctest.h>

#include "engine/core/error.h"
#include "tests/work/chaos.h"

using namespace vitrine;
using namespace vitrine::work;

namespace {

struct Bench {
  Chaos session;
  ChaosSettings& settings = *static_cast<ChaosSettings*>(session.settings());
  const ControlTable& table = session.controls();
  std::string get(std::string_view path) { return to_text(table.get(&settings, path)); }
  void set(std::string_view path, std::string_view text) { table.set(&settings, path, parse_value(text)); }
  Complaint refusal(std::string_view path, std::string_view text) {
    const auto before = table.values(&settings);
    try {
      set(path, text);
    } catch (const UsageError& error) {
      CHECK(table.values(&settings) == before);
      return error.complaint();
    }
    FAIL("accepted " << path << "=" << text);
    return {};
  }
};

}  // namespace

TEST_CASE("every kind of control is set and read by its path") {
  Bench bench;
  bench.set("map.rate", "3.25");
  CHECK(bench.settings.rate == 3.25);
  bench.set("map.rate", "2");
  CHECK(bench.get("map.rate") == "2");
  bench.set("map.noise", "7");
  CHECK(bench.settings.noise == 7);
  bench.set("map.noise", "7.0");
  bench.set("map.coupled", "false");
  CHECK(!bench.settings.coupled);
  bench.set("map.mode", "calm");
  CHECK(bench.settings.mode == ChaosSettings::Mode::calm);
  CHECK(bench.get("map.mode") == "calm");
  bench.set("name", "\"two words\"");
  CHECK(bench.settings.name == "two words");
  bench.set("name", "12");
  CHECK(bench.settings.name == "12");
}

TEST_CASE("paths reach into lists") {
  Bench bench;
  CHECK(bench.get("cells") == "[{weight:1,kind:plain},{weight:2,kind:odd}]");
  CHECK(bench.get("cells[1]") == "{weight:2,kind:odd}");
  CHECK(bench.get("cells[1].weight") == "2");
  bench.set("cells[1].weight", "9");
  CHECK(bench.settings.cells[1].weight == 9);
  bench.set("cells[0].kind", "odd");
  CHECK(bench.settings.cells[0].kind == "odd");
  bench.set("cells[1]", "{kind:plain}");
  CHECK(bench.get("cells[1]") == "{weight:1,kind:plain}");
  bench.set("cells", "[{weight:3},{},{kind:odd}]");
  CHECK(bench.get("cells") == "[{weight:3,kind:plain},{weight:1,kind:plain},{weight:1,kind:odd}]");
  bench.table.insert(&bench.settings, "cells", 1, bench.table.find("cells")->fresh_record);
  CHECK(bench.settings.cells.size() == 4);
  bench.table.erase(&bench.settings, "cells", 0);
  CHECK(bench.get("cells[1].weight") == "1");
  CHECK_THROWS_AS(bench.table.erase(&bench.settings, "cells", 3), UsageError);
  CHECK_THROWS_AS(bench.table.insert(&bench.settings, "cells", 9, Record{}), UsageError);
  CHECK_THROWS_AS(bench.table.insert(&bench.settings, "map.rate", 0, Record{}), UsageError);
}

TEST_CASE("a refusal names fact, expected, got and remedy, and changes nothing") {
  Bench bench;
  const Complaint range = bench.refusal("map.rate", "5");
  CHECK(range.subject == "map.rate");
  CHECK(range.fact == "cannot be so large");
  CHECK(range.expected == "0 to 4");
  CHECK(range.got == "5");
  CHECK(!range.remedy.empty());
  CHECK(bench.refusal("map.noise", "301").expected == "0 to 300 %");  // further than its track
  CHECK(bench.refusal("map.noise", "1.5").got == "1.5");
  CHECK(bench.refusal("map.coupled", "1").expected == "true or false");
  CHECK(bench.refusal("map.rate", "nan").got == "nan");
  CHECK(bench.refusal("map.rate", "fast").got == "fast");
  for (const char* control : {"map.rate", "map.noise"}) {  // numbers, also those that no double holds
    CHECK(bench.refusal(control, "1e400").fact == "cannot be so large");
    CHECK(bench.refusal(control, "-1e400").fact == "cannot be so small");
    CHECK(bench.refusal(control, "99999999999999999999").fact == "cannot be so large");
  }
  const Complaint choice = bench.refusal("map.mode", "wildd");
  CHECK(choice.expected == "calm, wild");
  CHECK(choice.remedy == "Did you mean wild?");
  CHECK(bench.refusal("cells", "[{},{},{},{},{}]").expected == "at most 4");
  CHECK(bench.refusal("cells", "3").expected == "a list of records");
  CHECK(bench.refusal("cells", "[3]").got == "3");
  CHECK(bench.refusal("cells[1].weight", "10").subject == "cells[1].weight");
  CHECK(bench.refusal("cells", "[{weight:10}]").subject == "weight in cells");
  CHECK(bench.refusal("name", "[1]").got == "[1]");
  CHECK(bench.refusal("shake", "1").fact == "is an action and holds no value");
}

TEST_CASE("an unknown path gets the nearest one as a hint") {
  Bench bench;
  CHECK(bench.refusal("map.rats", "1").remedy == "Did you mean map.rate?");
  CHECK(bench.refusal("cells[1].wieght", "1").remedy == "Did you mean cells[1].weight?");
  CHECK(bench.refusal("cell[0].kind", "odd").remedy == "Did you mean cells[0].kind?");
  CHECK(bench.refusal("zzzzzzzzzzzzzzzzz", "1").remedy.starts_with("Choose one of map.rate, "));
  const Complaint entry = bench.refusal("cells[2].weight", "1");
  CHECK(entry.fact == "has no such entry");
  CHECK(entry.expected == "0 to 1");
  CHECK(entry.got == "2");
  for (const char* path :
       {"", "[", "cells[", "cells[]", "cells[0", "cells[0]weight", "cells[0].", "cells[-1]", "map.rate[0]",
        "cells.weight", "cells[0].weight.x", "cells[0][0]", "cells[99999999999999999999]"}) {
    INFO(path);
    CHECK(!bench.refusal(path, "1").remedy.empty());
  }
}

TEST_CASE("what is saved is sorted and leaves actions out") {
  Bench bench;
  std::vector<std::string> paths;
  for (const auto& [path, value] : bench.table.values(&bench.settings)) paths.push_back(path);
  CHECK(paths ==
        std::vector<std::string>{"cells", "map.coupled", "map.mode", "map.noise", "map.rate", "name", "start"});
}

TEST_CASE("the state hash follows settings and state and takes -0 for 0") {
  Chaos a, b;
  CHECK(state_hash(a) == state_hash(b));
  auto& settings = *static_cast<ChaosSettings*>(b.settings());
  settings.start = 0.0;
  static_cast<ChaosSettings*>(a.settings())->start = -0.0;
  CHECK(state_hash(a) == state_hash(b));
  settings.cells[1].weight = 5;
  CHECK(state_hash(a) != state_hash(b));
  settings.cells[1].weight = 2;
  State state = b.save();
  state.slab[1] += 1e-7f;
  b.restore(state);
  CHECK(state_hash(a) != state_hash(b));
  state = a.save();
  b.restore(state);
  CHECK(state_hash(a) == state_hash(b));
  state.counters[0] ^= 1;
  b.restore(state);
  CHECK(state_hash(a) != state_hash(b));
}
