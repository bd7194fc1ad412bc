// What differs, over every control of the Playground: one changed setting is the one that is listed.
#include <doctest/doctest.h>

#include "app/shell/comparison.h"
#include "engine/backends.h"
#include "engine/core/error.h"
#include "views/exhibit.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

// A side that nothing drives: what it shows is what its runner was told.
struct Still {
  work::Runner runner;
  Side side;

  Still()
      : runner("playground", views::find_exhibit("playground")->open({open_device("cpu", 1), 0})),
        side{.view = nullptr,
             .controls = ui::ControlsColumn(runner.session().controls(),
                                            runner.session().controls().values(runner.session().settings())),
             .shown = nullptr,
             .dismissed = {},
             .drive = nullptr} {}
  bool tell(const work::Command& command) {
    runner.handle(command);
    const auto picture = std::make_shared<work::Snapshot>();
    picture->settings = runner.session().copy_settings();
    side.shown = picture;
    try {
      runner.expect_ok();
    } catch (const Error&) {
      return false;
    }
    return true;
  }
};

// Every other value of a choice, the ends of a range, another text; lists lose their last record or gain one.
std::vector<work::Value> other_values(const work::Control& row, const work::Value& now) {
  using Kind = work::Control::Kind;
  std::vector<work::Value> all;
  switch (row.kind) {
    case Kind::toggle:
      return {!std::get<bool>(now)};
    case Kind::integer:
      all = {static_cast<std::int64_t>(row.range.low), static_cast<std::int64_t>(row.range.high)};
      break;
    case Kind::real:
      all = {row.range.low, row.range.high};
      break;
    case Kind::choice:
      for (const work::Choice& choice : row.choices) all.emplace_back(choice.id);
      break;
    case Kind::text:
      all = {std::string("3")};
      break;
    case Kind::list: {
      work::List longer = std::get<work::List>(now);
      longer.push_back(row.fresh_record);
      all = {longer};
      break;
    }
    case Kind::action:
      break;
  }
  std::erase(all, now);
  return all;
}

// Rows that stand for others by what they are: a preset, an address, a stroke of the brush; and a set of one's own
// points, which takes over those that are there.
bool stands_for_others(std::string_view path, const work::Value& value) {
  return path == "case.preset" || path == "data.address" || path == "data.stroke" ||
         (path == "data.set" && value == work::Value(std::string("own")));
}

}  // namespace

TEST_CASE("one changed setting is exactly what differs, whichever it is, and undone nothing does") {
  Still a, b;
  a.tell(work::command::Pause{}), b.tell(work::command::Pause{});
  int changed = 0;
  for (const work::Control& row : b.runner.session().controls().rows()) {
    if (!row.get) continue;
    for (const work::Value& value : other_values(row, row.get(b.runner.session().settings()))) {
      if (stands_for_others(row.id, value)) continue;
      CAPTURE(row.id);
      CAPTURE(to_text(value));
      if (!b.tell(work::command::Set{row.id, value})) continue;  // no such table, no such link
      ++changed;
      const auto all = differences(a.side, b.side);
      REQUIRE(all.size() == 1);
      CHECK(all[0].path == row.id);
      CHECK(all[0].label == row.words.label);
      CHECK(all[0].a != all[0].b);
      b.tell(work::command::Undo{});
      CHECK(differences(a.side, b.side).empty());
    }
  }
  CHECK(changed >= 100);
}
