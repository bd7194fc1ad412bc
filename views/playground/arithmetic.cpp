// Sums as a person would write them down.
#include "views/playground/arithmetic.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/ui/number.h"
#include "engine/core/number.h"
#include "views/playground/activations.h"

namespace vitrine::views::playground {
namespace {

constexpr int kGradientsKnown = 3;  // of the stages of a step

std::string shown(float value) {
  return ui::number_text(static_cast<double>(value), {.digits = 3});
}

std::string bend_of(const Snapshot& s, int layer) {
  if (layer < s.shape.layers()) return std::string(bend_named(s.shape.activation(layer)).formula);
  return s.shape.answer == Answer::side ? "tanh(z)" : s.shape.answer == Answer::classes ? "softmax(z)" : "z";
}

// What comes into one unit, and what its weights are about to become.
struct Incoming {
  std::vector<float> inputs = {}, weights = {};
  std::vector<float> gradients = {};  // empty until they are known
  float bias = 0, sum = 0, answer = 0, rate = 0;

  float next(std::size_t i) const { return weights[i] - rate * gradients[i]; }
};

std::optional<Incoming> incoming(const Snapshot& s, ui::UnitAt unit) {
  const int layer = unit.column;
  if (s.row_answers.empty() || layer < 1 || layer > s.shape.layers() || unit.unit >= s.shape.units(layer)) return {};
  const auto at = static_cast<std::size_t>(layer);
  const auto to = static_cast<std::size_t>(unit.unit), units = static_cast<std::size_t>(s.shape.units(layer));
  Incoming in{.inputs = s.row_answers[at - 1],
              .bias = s.biases[at - 1][to],
              .answer = s.row_answers[at][to],
              .rate = static_cast<float>(static_cast<const Settings*>(s.settings.get())->rate)};
  in.sum = in.bias;
  for (std::size_t i = 0; i < in.inputs.size(); ++i) {
    in.weights.push_back(s.weights[at - 1][i * units + to]);
    in.sum += in.weights[i] * in.inputs[i];
    if (s.stage >= kGradientsKnown) in.gradients.push_back(s.gradients[at - 1][i * units + to]);
  }
  return in;
}

}  // namespace

std::vector<std::string> arithmetic_of(const Snapshot& s, ui::UnitAt unit) {
  const std::optional<Incoming> in = incoming(s, unit);
  std::vector<std::string> lines;
  if (!in) return lines;
  for (std::size_t i = 0; i < in->inputs.size(); ++i)
    lines.push_back(shown(in->inputs[i]) + " × " + shown(in->weights[i]) + " = " +
                    shown(in->inputs[i] * in->weights[i]));
  lines.push_back("z = sum + bias " + shown(in->bias) + " = " + shown(in->sum));
  lines.push_back(bend_of(s, unit.column) + " = " + shown(in->answer));
  for (std::size_t i = 0; i < in->gradients.size(); ++i)
    lines.push_back("new = " + shown(in->weights[i]) + " − " + shown(in->rate) + " × " + shown(in->gradients[i]) +
                    " = " + shown(in->next(i)));
  return lines;
}

std::string arithmetic_csv(const Snapshot& s, ui::UnitAt unit) {
  const std::optional<Incoming> in = incoming(s, unit);
  const bool moves = in && !in->gradients.empty();
  std::string out = std::string("input,weight,product") + (moves ? ",rate,gradient,new weight" : "") + "\n";
  if (!in) return out;
  for (std::size_t i = 0; i < in->inputs.size(); ++i) {
    out += to_text(in->inputs[i]) + "," + to_text(in->weights[i]) + "," + to_text(in->inputs[i] * in->weights[i]);
    if (moves) out += "," + to_text(in->rate) + "," + to_text(in->gradients[i]) + "," + to_text(in->next(i));
    out += '\n';
  }
  const std::string rest = moves ? ",,," : "";
  for (const auto& [name, number] : {std::pair{"bias", in->bias}, {"sum", in->sum}, {"answer", in->answer}})
    out += std::string(name) + ",," + to_text(number) + rest + "\n";
  return out;
}

}  // namespace vitrine::views::playground
