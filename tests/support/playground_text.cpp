// The programs of the code view of the Playground, for running them: writes those of all presets, or holds the numbers
// that they printed against those of the session. Each preset is written twice: as it is after some epochs, to answer
// with those weights, and as it begins, to train a few epochs itself.
//
//   playground_text LANGUAGE          one program a preset, on standard output, parted by lines "== NAME"
//   playground_text cpp               one program with all of them, which prints the same parting lines
//   playground_text layers            "NAME units activation" of every layer, likewise
//   playground_text --check FILE      FILE is what the programs printed: "loss 0.1", "answer x1 x2 …"
#include <cmath>
#include <iostream>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "engine/core/number.h"
#include "tests/support/program_texts.h"
#include "views/playground/presets.h"
#include "views/playground/session.h"

using namespace vitrine;
using namespace vitrine::views::playground;
using views::Language;

namespace {

constexpr std::int64_t kEpochs = 40, kTrained = 2;
constexpr int kApart = 33;  // places of the field: x1 and x2 are -6, -2, 2, 6

struct Case {
  std::string name;
  bool trains = false;
  std::unique_ptr<work::Runner> runner{};  // at the step whose answers the program gives
  const Session& session() const { return static_cast<const Session&>(runner->session()); }
  Session& session() { return static_cast<Session&>(runner->session()); }
};

std::unique_ptr<Snapshot> stand(Case& each) {
  auto snapshot = each.runner->snapshot();
  return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(snapshot.release()));
}

bool is_finite(const Snapshot& s) {
  for (const auto& layer : s.weights)
    for (const float weight : layer)
      if (!std::isfinite(weight)) return false;
  return true;
}

// What presets leave out, once each.
const std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>> kOthers{
    {"formula",
     {{"features.own", "[{formula:\"sin(3 x1)/2 + x2^2 - (x1 < 1)\"}]"}, {"learning.optimiser", "Momentum"}}},
    {"bends",
     {{"network.layers",
       "[{units:3,activation:leaky_relu},{units:3,activation:gelu},{units:3,activation:hard_sigmoid},{units:3,"
       "activation:mish}]"},
      {"learning.loss", "hinge"},
      {"learning.batch", "30"},
      {"learning.optimiser", "RMSProp"}}},
    {"shares",
     {{"data.set", "spiral-arms"}, {"learning.loss", "hinge"}, {"learning.penalty", "L2"}, {"learning.batch", "7"}}},
    {"frozen",
     {{"network.link", "\"1 1 2 freeze\""}, {"learning.loss", "cross_entropy"}, {"learning.activation", "step"}}},
};

std::vector<Case> cases() {
  std::vector<Case> all;
  const auto add = [&](const std::string& name, const auto& settings) {
    for (const bool trains : {false, true}) {
      Case& each = all.emplace_back(Case{.name = name + (trains ? " trained" : ""), .trains = trains});
      each.runner = std::make_unique<work::Runner>("playground", std::make_unique<Session>(open_device("cpu", 1), 3));
      for (const auto& [path, value] : settings) {
        each.runner->handle(work::command::Set{std::string(path), work::parse_value(value)});
        each.runner->expect_ok();
      }
      each.runner->handle(work::command::Step{trains ? kTrained : kEpochs});
      each.runner->expect_ok();
      if (is_finite(*stand(each))) continue;
      if (trains) {
        all.pop_back();  // it breaks within its first epochs: there is nothing to compare
      } else {
        each.runner->handle(work::command::Seek{0});
      }
    }
  };
  for (const Preset& preset : presets())
    add(std::string(preset.id),
        std::vector<std::pair<std::string, std::string>>{{"case.preset", std::string(preset.id)}});
  for (const auto& [name, settings] : kOthers) add(name, settings);
  return all;
}

std::vector<testing::NamedProgram> programs(Language language) {
  std::vector<testing::NamedProgram> all;
  for (Case& each : cases()) all.push_back({each.name, each.session().program(language, !each.trains, kTrained).lines});
  return all;
}

void write_layers() {
  for (Case& each : cases()) {
    if (each.trains) continue;
    const auto s = stand(each);
    std::cout << "== " << each.name << '\n';
    for (int layer = 1; layer <= s->shape.layers(); ++layer) {
      const bool output = layer == s->shape.layers();
      std::cout << (output ? "output" : "layer_" + to_text(std::int64_t{layer})) << ' ' << s->shape.units(layer) << ' '
                << (output ? "" : s->shape.activation(layer)) << '\n';
    }
  }
}

// By "loss", or "answer x1 x2".
testing::Printed expected(const Snapshot& s) {
  testing::Printed all{{"loss", {static_cast<double>(s.train_loss)}}};
  for (int row = 0; row < kFieldSize; row += kApart) {
    for (int column = 0; column < kFieldSize; column += kApart) {
      const auto at = [](int i) { return to_text(std::int64_t{4 * i / kApart - 6}); };
      auto& answers = all["answer " + at(column) + " " + at(kFieldSize - 1 - row)];
      for (const Field& unit : s.fields->layers.back())
        answers.push_back(static_cast<double>(unit[static_cast<std::size_t>(row * kFieldSize + column)]));
    }
  }
  return all;
}

std::map<std::string, testing::Printed> all_expected() {
  std::map<std::string, testing::Printed> all;
  for (Case& each : cases()) all[each.name] = expected(*stand(each));
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const testing::TextTool tool{programs, write_layers, all_expected, {{"answer", 2}}};
  return tool.run(argc, argv);
}
