// The programs that the code view of First neuron shows, for running them: writes one, or holds the numbers that one
// printed against those of the session.
//
//   polynomial_text LANGUAGE POINTS OPTIMISER          the program, on standard output
//   polynomial_text --check FILE POINTS OPTIMISER      FILE is what the program printed: "loss 0.1", "a 0.2", …
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "views/neuron/session.h"

using namespace vitrine;
using namespace vitrine::views::neuron;

namespace {

constexpr double kTolerance = 1e-4;     // what two ways to sum floats may differ by after 300 steps
constexpr double kAdaptiveRate = 0.05;  // where steps are measured by the gradient's usual size

std::unique_ptr<Snapshot> fitted(const std::string& language, const std::string& points, const std::string& optimiser,
                                 std::int64_t steps) {
  work::Runner runner("neuron", std::make_unique<Session>(open_device("cpu", 1), 3));
  const auto tell = [&](const work::Command& command) {
    runner.handle(command);
    runner.expect_ok();
  };
  tell(work::command::Set{"stage", std::string("polynomial")});
  tell(work::command::Set{"view.language", language});
  tell(work::command::Set{"points.set", points});
  if (points == "cubic") tell(work::command::Act{"graph.cubic"});
  if (points == "wave") {  // a sin(b x + c) e^(0.5 - d), with a constant in it
    using enum BlockOp;
    Settings wave;
    wave.blocks = {{x},      {a},         {b},       {c},          {d},          {mul, 3, 1},           {add, 6, 4},
                   {sin, 7}, {mul, 2, 8}, {exp, 12}, {mul, 9, 10}, {sub, 13, 5}, {constant, 0, 0, 0.5}, {answer, 11}};
    tell(work::command::Set{"graph.blocks", control_table().get(&wave, "graph.blocks")});
  }
  tell(work::command::Set{"fit.optimiser", optimiser});
  if (optimiser != "SGD") tell(work::command::Set{"fit.rate", kAdaptiveRate});
  if (steps > 0) tell(work::command::Step{steps});
  auto snapshot = runner.snapshot();
  return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(snapshot.release()));
}

int check(const std::string& file, const std::string& points, const std::string& optimiser) {
  std::map<std::string, double> printed;
  std::ifstream in(file);
  std::string name;
  for (double value = 0; in >> name >> value;) printed[name] = value;
  const auto snapshot = fitted("tfjs", points, optimiser, kLessonSteps);
  std::map<std::string, double> ours{{"loss", static_cast<double>(snapshot->fit->loss)}};
  for (const Fit::Parameter& p : snapshot->fit->parameters) ours[std::string(p.name)] = static_cast<double>(p.value);
  int wrong = 0;
  for (const auto& [key, value] : ours) {
    // RMSProp never comes to rest: it ends in swings as wide as its rate, and which side they are on is rounding's.
    const bool swings = optimiser == "RMSProp" && key != "loss";
    const double tolerance = swings ? kAdaptiveRate + kTolerance : kTolerance;
    const bool same = printed.contains(key) && std::abs(printed[key] - value) <= tolerance;
    std::cout << key << ": session " << value << ", program " << (printed.contains(key) ? printed[key] : NAN) << '\n';
    wrong += same ? 0 : 1;
  }
  return wrong == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 4 && words[0] == "--check") return check(words[1], words[2], words[3]);
  if (words.size() != 3) return 2;
  const auto snapshot = fitted(words[0], words[1], words[2], 0);
  for (const std::string& line : snapshot->fit->code->lines) std::cout << line << '\n';
  return 0;
}
