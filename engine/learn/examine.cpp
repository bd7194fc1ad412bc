// Reads the outputs and taps of an examined step, and sums them up in double in one order.
#include "engine/learn/examine.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/learn/inside.h"

namespace vitrine::learn {
namespace {

Spread spread_of_output(const Plan& plan, std::string_view kind, const std::string& name) {
  return spread_of(plan.read(std::string(kind) + name));
}

// Units are the places of the last axis; all others are samples and positions.
void count_dead(LayerExamined& layer, std::span<const float> answers, const Shape& shape) {
  layer.units = shape.rank() < 2 ? 1 : shape[shape.rank() - 1];
  for (std::int64_t unit = 0; unit < layer.units; ++unit) {
    bool dead = !answers.empty();
    for (auto i = static_cast<std::size_t>(unit); dead && i < answers.size();
         i += static_cast<std::size_t>(layer.units)) {
      dead = answers[i] == 0;
    }
    layer.dead += dead ? 1 : 0;
  }
}

}  // namespace

Spread spread_of(std::span<const float> values) {
  Spread spread;
  double sum = 0, squares = 0;
  std::int64_t zeros = 0;
  for (const float value : values) {
    ++spread.count;
    if (!std::isfinite(value)) {
      ++spread.broken;
      continue;
    }
    const auto x = static_cast<double>(value);
    const bool first = spread.count - spread.broken == 1;
    spread.least = first ? x : std::min(spread.least, x);
    spread.most = first ? x : std::max(spread.most, x);
    sum += x;
    squares += x * x;
    zeros += x == 0 ? 1 : 0;
  }
  const auto counted = static_cast<double>(std::max(spread.count - spread.broken, std::int64_t{1}));
  spread.mean = sum / counted;
  double around = 0;  // in a second pass: the difference of large sums would lose small deviations
  for (const float value : values) {
    const double away = static_cast<double>(value) - spread.mean;
    if (std::isfinite(value)) around += away * away;
  }
  spread.deviation = std::sqrt(around / counted);
  spread.norm = std::sqrt(squares);
  spread.zeros = static_cast<double>(zeros) / counted;
  return spread;
}

Examination Examiner::operator()(const Data& data) {
  const BatchShape shape = shape_of(data, data.count(), !data.weights.empty());
  if (!batch_ || !(batch_->shape() == shape)) {
    batch_.emplace(shape, vitrine::compile(trainer_.examination_graph(shape), trainer_.backend(), {.taps = true}));
  }
  std::vector<std::int64_t> rows(static_cast<std::size_t>(data.count()));
  std::iota(rows.begin(), rows.end(), std::int64_t{0});
  batch_->fill(data, rows, data.weights);
  Plan& plan = batch_->plan();
  trainer_.bind_numbers(plan);
  plan.run();

  Examination seen;
  const std::vector<std::string>& names = trainer_.reading_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    seen.readings.entries.emplace_back(names[i], plan.item(static_cast<int>(i)));
  }
  for (const std::string& name : plan.taps()) {
    const std::vector<float> answers = plan.read(name);
    LayerExamined layer{name, spread_of(answers), spread_of_output(plan, kSlopeAt, name)};
    count_dead(layer, answers, plan.spec(plan.kept(name)).shape);
    seen.layers.push_back(std::move(layer));
  }
  for (const Moved& weight : moved_weights(trainer_.weights())) {
    const Spread values = spread_of(trainer_.weights().read(weight.name));
    const double moved = spread_of_output(plan, kMoveOf, weight.name).norm;
    seen.weights.push_back({weight.name, values, spread_of_output(plan, kGradientOf, weight.name),
                            values.norm > 0 ? moved / values.norm : 0});
  }
  return seen;
}

}  // namespace vitrine::learn
