// The experiment as a program follows the controls. That the programs run and give the app's numbers is tested where
// their compilers and interpreters are (texts/playground_*).
#include <doctest/doctest.h>

#include <algorithm>

#include "app/ui/listing.h"
#include "tests/views/playground_bench.h"

namespace vitrine::views::playground {
namespace {

using Lines = std::vector<std::string>;

struct CodeBench : Bench {
  Lines lines(Language language = Language::tensorflow_js, bool learnt = false) {
    return session().program(language, learnt, 300).lines;
  }
  Lines changed_by(Language language, const std::string& path, const std::string& value) {
    const Lines before = lines(language);
    set(path, value);
    const Lines after = lines(language);
    const std::vector<bool> marks = ui::changed_lines(before, after);
    Lines changed;
    for (std::size_t i = 0; i < after.size(); ++i)
      if (marks[i]) changed.push_back(after[i]);
    return changed;
  }
};

TEST_CASE("a control that moves changes the one line of the program that it belongs to") {
  for (const Language language : {Language::tensorflow_js, Language::keras, Language::cpp}) {
    CAPTURE(name_of(language).id);
    CodeBench bench;
    const auto changed = bench.changed_by(language, "learning.rate", "0.07");
    REQUIRE(changed.size() == 1);
    CHECK(changed[0].find("0.07") != std::string::npos);
    const auto bent = bench.changed_by(language, "network.layers[1].activation", "relu");
    REQUIRE(bent.size() == 1);
    CHECK(bent[0].find("relu") != std::string::npos);
  }
}

TEST_CASE("each line that a control changes says that it is about it, in every language") {
  const std::pair<const char*, const char*> edits[] = {{"learning.rate", "0.07"},
                                                       {"learning.optimiser", "Adam"},
                                                       {"learning.activation", "relu"},
                                                       {"learning.loss", "huber"},
                                                       {"learning.penalty", "L1"},
                                                       {"learning.penalty_rate", "0.02"},
                                                       {"learning.batch", "7"},
                                                       {"network.layers[1].units", "3"},
                                                       {"network.layers", "[{units:3,activation:gelu}]"},
                                                       {"network.start", "HeNormal"},
                                                       {"learning.schedule", "Cosine"},
                                                       {"data.noise", "20"}};
  for (const Language language : {Language::tensorflow_js, Language::keras, Language::cpp}) {
    CodeBench bench;
    for (const auto& [path, value] : edits) {
      const Lines before = bench.lines(language);
      bench.set(path, value);
      const ProgramText after = bench.session().program(language, false, 300);
      const std::vector<bool> changed = ui::changed_lines(before, after.lines);
      REQUIRE(after.about.size() == after.lines.size());
      const std::string row = std::string(path).substr(0, std::string(path).find('['));
      bool any = false;
      for (std::size_t i = 0; i < after.lines.size(); ++i) any = any || (changed[i] && is_about(after.about[i], row));
      CAPTURE(name_of(language).id);
      CAPTURE(row);
      CHECK(any);
      for (std::size_t i = 0; i < after.about.size(); ++i)
        for (std::string_view about = after.about[i]; !about.empty();) {
          const std::string_view each = first_of(about);
          about.remove_prefix(std::min(about.size(), each.size() + 1));
          CHECK(bench.session().controls().find(each.substr(0, each.find('['))) != nullptr);
        }
    }
  }
}

TEST_CASE(
    "a program is there only while it is looked at, and training does not change it until it holds learnt weights") {
  CodeBench bench;
  const auto shown = [&] { return static_cast<const Snapshot&>(*bench.runner.snapshot()).code; };
  CHECK(shown() == nullptr);
  bench.set("view.instrument", "code");
  const auto before = shown();
  REQUIRE(before != nullptr);
  bench.runner.handle(work::command::Step{5});
  CHECK(shown()->lines == before->lines);
  bench.set("view.learnt_weights", "true");
  CHECK(shown()->lines == bench.lines(Language::tensorflow_js, true));
  CHECK(shown()->lines != before->lines);
}

TEST_CASE("what a language lacks is said in the program instead of another thing being written") {
  CodeBench bench;
  bench.set("learning.optimiser", "Lion");
  const Lines lines = bench.lines();
  CHECK(std::ranges::find(lines, "// TensorFlow.js has no Lion: nothing is trained.") != lines.end());
  CHECK(std::ranges::none_of(lines, [](const std::string& line) { return line.find("optimizer") != line.npos; }));
}

}  // namespace
}  // namespace vitrine::views::playground
