// The experiment as a program follows the controls. That the programs run and give the app's numbers is tested where
// their compilers and interpreters are (texts/heartbeats_*).
#include <doctest/doctest.h>

#include <algorithm>

#include "app/ui/listing.h"
#include "app/work/runner.h"
#include "engine/backends.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {
namespace {

using Lines = std::vector<std::string>;
constexpr Language kLanguages[] = {Language::tensorflow_js, Language::keras, Language::cpp};

struct CodeDesk {
  work::Runner runner{"heartbeats", std::make_unique<Session>(open_device("cpu", 1), 3)};
  CodeDesk() { set("data.beats", "60"); }

  void set(const std::string& path, const std::string& value) {
    runner.handle(work::command::Set{path, work::parse_value(value)});
    runner.expect_ok();
  }
  Lines lines(Language language, bool learnt = false) {
    return static_cast<const Session&>(runner.session()).program(language, learnt).lines;
  }
  Lines changed_by(Language language, const std::string& path, const std::string& value) {
    const Lines before = lines(language);
    set(path, value);
    const Lines after = lines(language);
    const std::vector<bool> marks = ui::changed_lines(before, after);
    Lines changed;
    for (std::size_t i = 0; i < after.size(); ++i)
      if (marks[i] && after[i].find("threshold = ") == std::string::npos) changed.push_back(after[i]);
    return changed;
  }
};

TEST_CASE("a control that moves changes the one line of the program that it belongs to") {
  for (const Language language : kLanguages) {
    CAPTURE(name_of(language).id);
    CodeDesk desk;
    const Lines rate = desk.changed_by(language, "learning.rate", "0.07");
    REQUIRE(rate.size() == 1);
    CHECK(rate[0].find("0.07") != std::string::npos);
    const Lines noise = desk.changed_by(language, "model.noise", "0.25");
    REQUIRE(noise.size() == 1);
    CHECK(noise[0].find("0.25") != std::string::npos);
    const Lines output = desk.changed_by(language, "model.output", "sigmoid");
    REQUIRE(output.size() == 1);
    CHECK(output[0].find("sigmoid") != std::string::npos);
  }
}

TEST_CASE("a program holds the learnt weights when asked to, and trains none then") {
  for (const Language language : kLanguages) {
    CodeDesk desk;
    const auto trains = [](const Lines& lines) {
      return std::ranges::any_of(lines, [](const std::string& line) { return line.find("fit(") != line.npos; });
    };
    CHECK(trains(desk.lines(language)));
    const Lines before = desk.lines(language, true);
    CHECK_FALSE(trains(before));
    desk.runner.handle(work::command::Step{1});
    CHECK(desk.lines(language, true) != before);
  }
}

TEST_CASE("the line that a number stands in leads to the control that sets it") {
  for (const Language language : kLanguages) {
    CAPTURE(name_of(language).id);
    CodeDesk desk;
    desk.set("learning.rate", "0.01234567");
    desk.set("model.noise", "0.0456789");
    const ProgramText program = static_cast<const Session&>(desk.runner.session()).program(language, false);
    REQUIRE(program.about.size() == program.lines.size());
    const std::pair<std::string, std::string> numbers[] = {{"0.01234567", "learning.rate"},
                                                           {"0.0456789", "model.noise"}};
    for (const auto& [number, path] : numbers) {
      for (std::size_t i = 0; i < program.lines.size(); ++i)
        CHECK((program.lines[i].find(number) != std::string::npos) == is_about(program.about[i], path));
    }
  }
}

TEST_CASE("a program is written only while it is looked at") {
  CodeDesk desk;
  const auto shown = [&] {
    const auto snapshot = desk.runner.snapshot();
    return static_cast<const Snapshot&>(*snapshot).program;
  };
  CHECK(shown() == nullptr);
  desk.set("stage.shows", "code");
  REQUIRE(shown() != nullptr);
  CHECK(shown()->lines == desk.lines(Language::keras));
}

}  // namespace
}  // namespace vitrine::views::heartbeats
