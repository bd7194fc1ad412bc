// The column of controls while a session is slow to answer.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/ui/controls.h"
#include "tests/ui/fonts_at.h"
#include "tests/views/stage.h"

namespace vitrine::views {
namespace {

// A column over one snapshot whose session never comes to what is asked for.
struct SlowDesk {
  std::shared_ptr<work::Runner> runner = Stage::run_of(*find_exhibit("neuron"));
  std::shared_ptr<work::Snapshot> shown = runner->snapshot();
  ui::ControlsColumn column{runner->session().controls(),
                            runner->session().controls().values(runner->session().settings())};
  ui::Headless headless{1600, 1000, ui::Theme(ui::Look::dark, 1), ui::fonts_at(1)};
  std::vector<work::Command> posted;

  void settle() {
    headless.settle([&](ui::Ui& u) {
      const ui::Region region(u, "controls", u.window(), u.theme->wall);
      const auto post = [&](work::Command command) {
        posted.push_back(std::move(command));
        return static_cast<std::uint64_t>(posted.size());
      };
      column.draw(u, ui::Rect{20, 20, 260, 900}, *shown, post, {}, {});
    });
  }
  std::string value(std::string_view path) const {
    for (const ui::ControlsColumn::Found& found : column.all(*shown))
      if (found.path == path) return found.value;
    return {};
  }
};

TEST_CASE("a row shows what was asked for until a snapshot has handled that, then what came of it") {
  SlowDesk desk;
  const std::string before = desk.value("learning.rate");
  desk.settle();
  const auto& items = desk.headless.audit().items();
  const auto row = std::ranges::find(items, "learning.rate", &ui::Audit::Item::name);
  REQUIRE(row != items.end());
  const ui::Rect track = row->rect;
  desk.headless.click(track.x + track.w * 0.3f, track.y + track.h * 0.7f);
  desk.settle();
  REQUIRE(!desk.posted.empty());
  const auto& asked = std::get<work::command::Set>(desk.posted.back());
  CHECK(asked.path == "learning.rate");
  CHECK(to_text(asked.value) != before);
  CHECK(desk.value("learning.rate") == to_text(asked.value));
  desk.shown->handled = desk.posted.size();  // handled, and refused
  desk.settle();
  CHECK(desk.value("learning.rate") == before);
}

}  // namespace
}  // namespace vitrine::views
