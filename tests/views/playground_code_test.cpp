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
