// Sums as a person would write them down.
#include "views/playground/arithmetic.h"

#include <algorithm>

#include "app/ui/number.h"
#include "engine/core/number.h"
#include "views/playground/activations.h"

namespace vitrine::views::playground {
namespace {

std::string shown(float value) {
  return ui::number_text(static_cast<double>(value), {.digits = 3});
}

std::string bend_of(const Snapshot& s, int layer) {
  if (layer < s.shape.layers()) return std::string(bend_named(s.shape.activation(layer)).formula);
  return s.shape.answer == Answer::side ? "tanh(z)" : s.shape.answer == Answer::classes ? "softmax(z)" : "z";
}

}  // namespace

std::vector<std::string> arithmetic_of(const Snapshot& s, ui::UnitAt unit) {
  const int layer = unit.column;
  if (s.row_answers.empty() || layer < 1 || layer > s.shape.layers() || unit.unit >= s.shape.units(layer)) return {};
  const auto at = static_cast<std::size_t>(layer);
  const auto to = static_cast<std::size_t>(unit.unit), units = static_cast<std::size_t>(s.shape.units(layer));
  const std::vector<float>&inputs = s.row_answers[at - 1], &weights = s.weights[at - 1];
  std::vector<std::string> lines;
  float sum = s.biases[at - 1][to];
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const float weight = weights[i * units + to];
    sum += weight * inputs[i];
    lines.push_back(shown(inputs[i]) + " × " + shown(weight) + " = " + shown(inputs[i] * weight));
  }
  lines.push_back("z = sum + bias " + shown(s.biases[at - 1][to]) + " = " + shown(sum));
  lines.push_back(bend_of(s, layer) + " = " + shown(s.row_answers[at][to]));
  if (s.stage < 3) return lines;
  const auto& settings = *static_cast<const Settings*>(s.settings.get());
  const auto rate = static_cast<float>(settings.rate);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const float weight = weights[i * units + to], gradient = s.gradients[at - 1][i * units + to];
    lines.push_back("new = " + shown(weight) + " − " + shown(rate) + " × " + shown(gradient) + " = " +
                    shown(weight - rate * gradient));
  }
  return lines;
}

}  // namespace vitrine::views::playground
