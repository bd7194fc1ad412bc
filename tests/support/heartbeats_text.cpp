// The programs of the code view of Heartbeats, for running them: writes those of all presets and forms with the weights
// of a short run, or holds what they printed against the session.
//
//   heartbeats_text LANGUAGE          one program a case, on standard output, parted by lines "== NAME"
//   heartbeats_text cpp               one program with all of them, which prints the same parting lines
//   heartbeats_text layers            "kind name" of every layer that judges, likewise
//   heartbeats_text --check FILE      FILE is what the programs printed: "code …", "rebuilt …", "score 0.1"
#include <iostream>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "tests/support/program_texts.h"
#include "views/heartbeats/session.h"

using namespace vitrine;
using namespace vitrine::views::heartbeats;
using views::Language;

namespace {

constexpr std::int64_t kEpochs = 3;

struct TextCase {
  std::string name;
  std::vector<std::pair<std::string, std::string>> settings;
};
const std::vector<TextCase> kCases{
    {"ours", {{"model.preset", "ours"}}},
    {"talk", {{"model.preset", "talk"}}},
    {"original", {{"model.preset", "original"}}},
    {"denoised", {{"model.noise", "0.3"}, {"learning.penalty", "both"}, {"model.activation", "elu"}}},
    {"convolutional", {{"model.form", "convolutional"}, {"model.layers", "[{units:4},{units:3},{units:2}]"}}},
    {"variational", {{"model.form", "variational"}}},
};

std::unique_ptr<work::Runner> fitted(const TextCase& each) {
  auto runner = std::make_unique<work::Runner>("heartbeats", std::make_unique<Session>(open_device("cpu", 1), 3));
  const auto tell = [&](const work::Command& command) {
    runner->handle(command);
    runner->expect_ok();
  };
  tell(work::command::Set{"data.beats", std::int64_t{200}});
  for (const auto& [path, value] : each.settings) tell(work::command::Set{path, work::parse_value(value)});
  tell(work::command::Step{kEpochs});
  return runner;
}

std::vector<testing::NamedProgram> programs(Language language) {
  std::vector<testing::NamedProgram> all;
  for (const TextCase& each : kCases)
    all.push_back({each.name, static_cast<const Session&>(fitted(each)->session()).program(language, true).lines});
  return all;
}

testing::Printed expected(work::Runner& runner) {
  const auto shown = runner.snapshot();
  const auto& s = static_cast<const Snapshot&>(*shown);
  const Rebuilt& rebuilt = s.validation->rebuilt;
  const std::size_t beat = first_anomaly(s.beats->validation), rows = s.beats->validation.count();
  const auto row_of = [&](const std::vector<float>& values) {
    const std::size_t width = values.size() / rows;
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(beat * width);
    return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(width));
  };
  const double score = static_cast<double>(rebuilt.scores[beat]);
  return {{"code", row_of(rebuilt.codes)},
          {"rebuilt", row_of(rebuilt.values)},
          {"score", {score}},
          {score > s.validation->threshold ? "flagged" : "passes", {}}};
}

void write_layers() {
  for (const TextCase& each : kCases) {
    std::cout << "== " << each.name << '\n';
    const auto runner = fitted(each);
    for (const auto& [kind, name] : static_cast<const Session&>(runner->session()).layers_of_program())
      std::cout << kind << ' ' << name << '\n';
  }
}

std::map<std::string, testing::Printed> all_expected() {
  std::map<std::string, testing::Printed> all;
  for (const TextCase& each : kCases) all[each.name] = expected(*fitted(each));
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const testing::TextTool tool{programs, write_layers, all_expected};
  return tool.run(argc, argv);
}
