// Writing down training, evaluation and prediction.
#include "engine/learn/step.h"

#include <algorithm>
#include <map>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/learn/inside.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/exponential.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"

namespace vitrine::learn {
namespace {

std::string numbered(std::string_view name, std::size_t i) {
  return std::string(name) + to_text(static_cast<std::int64_t>(i));
}

Spec spec_of(std::int64_t rows, const Shape& sample) {
  Integers extents{rows};
  for (const std::int64_t extent : sample.extents()) extents.push_back(extent);
  return {DType::float32, Shape(extents)};
}

std::vector<Tensor> trace_inputs(Tracer& t, const BatchShape& shape) {
  std::vector<Tensor> x;
  for (std::size_t i = 0; i < shape.x.size(); ++i) {
    x.push_back(t.input(numbered("x", i), spec_of(shape.rows, shape.x[i])));
  }
  return x;
}

// What is to be given back is not bound twice.
std::vector<Tensor> trace_targets(Tracer& t, const std::vector<Tensor>& x, const BatchShape& shape) {
  std::vector<Tensor> y;
  for (std::size_t i = 0; i < shape.y.size(); ++i) {
    const int echo = shape.echoes[i];
    y.push_back(echo == kNoEcho ? t.input(numbered("y", i), spec_of(shape.rows, shape.y[i]))
                                : x[static_cast<std::size_t>(echo)]);
  }
  return y;
}

// Rows come as floats; a model that counts (tokens of a text) takes whole numbers.
std::vector<Tensor> taken_by(const nn::Model& model, std::vector<Tensor> x) {
  const std::vector<nn::Form> forms = model.inputs();
  if (x.size() != forms.size()) {
    throw ShapeError({model.name(), "has another number of inputs", to_text(static_cast<std::int64_t>(forms.size())),
                      to_text(static_cast<std::int64_t>(x.size())), "Give rows for each."});
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (forms[i].dtype != DType::float32) x[i] = ops::cast(x[i], forms[i].dtype);
  }
  return x;
}

const Objective& loss_of(const Recipe& recipe, std::size_t output) {
  return recipe.loss[std::min(output, recipe.loss.size() - 1)];
}

void expect_losses(const Place& place) {
  const std::size_t outputs = place.model.outputs().size(), losses = place.recipe.loss.size();
  if (losses == outputs || losses == 1) return;
  throw UsageError({place.model.name(), "has another number of losses than outputs",
                    "1 or " + to_text(static_cast<std::int64_t>(outputs)), to_text(static_cast<std::int64_t>(losses)),
                    "Name one for all outputs or one for each."});
}

std::string output_name(const nn::Model& model, std::size_t output) {
  return model.wiring().outputs[output].node().layer.name();
}

struct Judged {
  Tensor loss;                   // weighted, of all outputs
  std::vector<Tensor> readings;  // as reading_names, without the loss in front
};

Judged judge(Tracer& t, const Place& place, const std::vector<Tensor>& x, const std::vector<Tensor>& predicted,
             const BatchShape& shape) {
  const std::vector<Tensor> y = trace_targets(t, x, shape);
  const Tensor weights = shape.weighted ? t.input("weights", {DType::float32, Shape{shape.rows}}) : Tensor();
  const std::vector<nn::Form> forms = place.model.outputs();
  if (y.size() != predicted.size()) {
    throw ShapeError({place.model.name(), "has another number of outputs",
                      to_text(static_cast<std::int64_t>(predicted.size())),
                      to_text(static_cast<std::int64_t>(y.size())), "Give labels for each."});
  }
  Judged judged;
  std::vector<Tensor> metrics;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const Objective& loss = loss_of(place.recipe, i);
    const Tensor mean = weighted_mean(judge_of_loss(loss)(y[i], predicted[i]), weights);
    const Tensor counted = loss.weight == 1 ? mean : static_cast<float>(loss.weight) * mean;
    judged.loss = judged.loss ? judged.loss + counted : counted;
    if (predicted.size() > 1) judged.readings.push_back(mean);
    for (const Objective& metric : place.recipe.metrics) {
      metrics.push_back(ops::mean(judge_of_metric(metric, loss, forms[i])(y[i], predicted[i])));
    }
  }
  judged.readings.insert(judged.readings.end(), metrics.begin(), metrics.end());
  return judged;
}

void answer(Tracer& t, const Place& place, const Tensor& loss, const std::vector<Tensor>& readings) {
  const std::vector<std::string> names = reading_names(place);
  VITRINE_ASSERT(names.size() == readings.size() + 1);
  t.output(names[0], loss);
  for (std::size_t i = 0; i < readings.size(); ++i) t.output(names[i + 1], readings[i]);
}

Tensor with_penalties(Tensor loss, const Place& place, const nn::Parameters& parameters,
                      const std::vector<Tensor>& of_activity) {
  for (std::size_t i = 0; i < parameters.tensors.size(); ++i) {
    const nn::Weights::Entry& entry = place.weights.entries()[i];
    if (const Tensor penalty = nn::penalty_of(entry, parameters.tensors[i])) loss = loss + penalty;
  }
  for (const Tensor& penalty : of_activity) loss = loss + penalty;
  return loss;
}

Tensor squares(const Tensor& x) {
  return ops::sum(ops::square(x));
}
// 1 while the norm is within the limit, else what brings it there.
Tensor shrinking(const Tensor& sum_of_squares, const Tensor& limit) {
  return limit / ops::maximum(ops::sqrt(sum_of_squares), limit);
}

void clip(std::vector<Tensor>& gradients, Clip::How how, const Tensor& limit) {
  if (how == Clip::How::none || gradients.empty()) return;
  Tensor total;
  for (Tensor& g : gradients) {
    if (how == Clip::How::value) g = ops::maximum(ops::minimum(g, limit), ops::neg(limit));
    if (how == Clip::How::norm) g = g * shrinking(squares(g), limit);
    if (how == Clip::How::global_norm) total = total ? total + squares(g) : squares(g);
  }
  if (!total) return;
  const Tensor factor = shrinking(total, limit);
  for (Tensor& g : gradients) g = g * factor;
}

}  // namespace

BatchShape shape_of(const Data& data, std::int64_t rows, bool weighted) {
  BatchShape shape{.rows = rows, .weighted = weighted};
  for (const Rows& x : data.x) shape.x.push_back(x.sample());
  for (const Rows& y : data.y) {
    shape.y.push_back(y.sample());
    shape.echoes.push_back(echo_in(data, y));
  }
  return shape;
}

int echo_in(const Data& data, const Rows& y) {
  const auto same = std::ranges::find_if(data.x, [&](const Rows& x) { return x.same_numbers(y); });
  return same == data.x.end() ? kNoEcho : static_cast<int>(same - data.x.begin());
}

std::vector<std::size_t> moved_entries(const nn::Weights& weights) {
  std::vector<std::size_t> moved;
  for (std::size_t i = 0; i < weights.entries().size(); ++i) {
    if (weights.entries()[i].trainable()) moved.push_back(i);
  }
  return moved;
}

std::vector<Moved> moved_weights(const nn::Weights& weights) {
  std::vector<Moved> moved;
  for (const std::size_t i : moved_entries(weights)) {
    moved.push_back({weights.entries()[i].name, weights.entries()[i].spec().shape});
  }
  return moved;
}

std::vector<std::string> reading_names(const Place& place) {
  std::vector<std::string> names{"loss"};
  const std::size_t outputs = place.model.outputs().size();
  const bool several = outputs > 1;
  for (std::size_t i = 0; several && i < outputs; ++i) names.push_back(output_name(place.model, i) + "_loss");
  for (std::size_t i = 0; i < outputs; ++i) {
    for (const Objective& metric : place.recipe.metrics) {
      names.push_back((several ? output_name(place.model, i) + "_" : "") + history_name(metric));
    }
  }
  return names;
}

Graph training_graph(const Place& place, const Slab& slots, const BatchShape& shape, Insight insight) {
  expect_losses(place);
  const bool examined = insight == Insight::examined;
  return trace([&](Tracer& t) {
    const std::vector<Tensor> x = trace_inputs(t, shape);
    Update::Values hypers;
    for (const std::string_view name : place.recipe.optimiser.reals()) {
      hypers.emplace(name, t.input(std::string(name), {}));
    }
    const Tensor limit = t.input(std::string(kClipLimit), {}), step = t.input(std::string(kStep), {});
    const nn::Parameters parameters = place.weights.regions(t);
    const nn::Mode mode{true, static_cast<std::int64_t>(place.recipe.seed), step, examined};
    const nn::Forward forward = nn::forward(place.model, parameters, taken_by(place.model, x), mode);

    t.segment("loss");
    const Judged judged = judge(t, place, x, forward.outputs, shape);
    const Tensor loss = with_penalties(judged.loss, place, parameters, forward.penalties);
    if (examined || place.recipe.readings) answer(t, place, loss, judged.readings);

    t.segment("backward");
    const std::vector<std::size_t> entries = moved_entries(place.weights);
    const std::vector<Moved> moved = moved_weights(place.weights);
    std::vector<Tensor> weights;
    for (const std::size_t i : entries) weights.push_back(parameters.tensors[i]);
    std::vector<Tensor> gradients;
    if (!weights.empty()) gradients = ops::gradients(loss, weights);
    if (examined) show_inside(t, loss, moved, gradients);

    t.segment("update");
    clip(gradients, place.recipe.clip.how, limit);
    std::vector<Tensor> after =
        trace_updates(t, place.recipe.optimiser, slots, {moved, weights, gradients, hypers, step}, !examined);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (place.recipe.constraints) after[i] = nn::constrained(place.weights.entries()[entries[i]], after[i]);
    }
    if (examined) return show_moves(t, moved, weights, after);
    for (std::size_t i = 0; i < entries.size(); ++i) t.assign(weights[i], after[i]);
    std::map<std::size_t, Tensor> moved_by_calls;  // of a layer that is called twice, by the last
    for (const nn::Forward::Update& update : forward.updates) moved_by_calls[update.entry] = update.value;
    for (const auto& [entry, value] : moved_by_calls) t.assign(parameters.tensors[entry], value);
  });
}

Graph evaluation_graph(const Place& place, const BatchShape& shape) {
  expect_losses(place);
  return trace([&](Tracer& t) {
    const std::vector<Tensor> x = trace_inputs(t, shape);
    const nn::Forward forward = nn::forward(place.model, place.weights.regions(t), taken_by(place.model, x));
    t.segment("loss");
    const Judged judged = judge(t, place, x, forward.outputs, shape);
    answer(t, place, judged.loss, judged.readings);
  });
}

Graph prediction_graph(const nn::Model& model, const nn::Weights& weights, const BatchShape& shape, bool taps) {
  return trace([&](Tracer& t) {
    const std::vector<Tensor> x = taken_by(model, trace_inputs(t, shape));
    const nn::Mode mode{false, 0, {}, taps};
    const nn::Forward forward = nn::forward(model, weights.regions(t), x, mode);
    for (std::size_t i = 0; i < forward.outputs.size(); ++i) t.output(numbered("output", i), forward.outputs[i]);
  });
}

BatchPlan::BatchPlan(BatchShape shape, Plan plan) : shape_(std::move(shape)), plan_(std::move(plan)) {
  const auto numbers_in = [&](const Shape& sample) {
    return static_cast<std::size_t>(shape_.rows * sample.elements());
  };
  for (const Shape& x : shape_.x) x_.emplace_back(numbers_in(x));
  for (std::size_t i = 0; i < shape_.y.size(); ++i) {
    y_.emplace_back(shape_.echoes[i] == kNoEcho ? numbers_in(shape_.y[i]) : 0);
  }
  if (shape_.weighted) weights_.resize(static_cast<std::size_t>(shape_.rows));
  bind_rows(plan_);
}

void BatchPlan::bind_rows(Plan& plan) {
  for (std::size_t i = 0; i < x_.size(); ++i) plan.bind(plan.input(numbered("x", i)), x_[i]);
  for (std::size_t i = 0; i < y_.size(); ++i) {
    if (shape_.echoes[i] == kNoEcho) plan.bind(plan.input(numbered("y", i)), y_[i]);
  }
  if (shape_.weighted) plan.bind(plan.input("weights"), weights_);
}

Plan& BatchPlan::step_by(Plan plan) {
  bind_rows(plan);
  return stepped_.emplace(std::move(plan));
}

void BatchPlan::fill(const Data& data, std::span<const std::int64_t> rows, std::span<const float> weights) {
  VITRINE_ASSERT(static_cast<std::int64_t>(rows.size()) == shape_.rows && shape_.weighted == !weights.empty());
  const auto copy = [&](std::vector<std::vector<float>>& memory, const std::vector<Rows>& from) {
    for (std::size_t i = 0; i < memory.size(); ++i) {
      if (memory[i].empty()) continue;
      const std::span<const float> numbers = from[i].values();
      const auto size = memory[i].size() / rows.size();
      float* to = memory[i].data();
      for (const std::int64_t row : rows) {
        VITRINE_ASSERT(row >= 0 && row < from[i].count());
        to = std::copy_n(numbers.data() + static_cast<std::size_t>(row) * size, size, to);
      }
    }
  };
  copy(x_, data.x);
  copy(y_, data.y);
  for (std::size_t i = 0; i < weights_.size(); ++i) weights_[i] = weights[static_cast<std::size_t>(rows[i])];
}

}  // namespace vitrine::learn
