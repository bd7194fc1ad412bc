// Writes the network down with public ops; gradients come from the one autodiff, updates from the optimiser's rule.
#include "views/playground/model.h"

#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/gradients.h"
#include "engine/ops/linear.h"
#include "engine/ops/normal.h"
#include "engine/ops/reduction.h"
#include "engine/ops/rounding.h"
#include "views/playground/activations.h"

namespace vitrine::views::playground {
namespace {

struct Parameters {
  std::vector<std::string> names;
  std::vector<Tensor> tensors;
};

Parameters parameters_of(Tracer& t, const NetShape& shape, const Slab& slab) {
  Parameters p;
  for (const learn::Moved& moved : moved_by(shape)) {
    p.names.push_back(moved.name);
    p.tensors.push_back(t.region(slab, moved.name));
  }
  return p;
}

Tensor answered(Answer answer, const Tensor& sums) {
  switch (answer) {
    case Answer::side:
      return ops::tanh(sums);
    case Answer::classes:
      return ops::softmax(sums);
    case Answer::value:
      break;
  }
  return sums;
}

struct Passed {  // of each layer
  std::vector<Tensor> sums, answers;
};
Passed forward(const NetShape& shape, const Parameters& p, Tensor x) {
  Passed passed;
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const auto at = static_cast<std::size_t>(layer - 1) * 2;
    const Tensor sums = ops::matmul(x, p.tensors[at]) + p.tensors[at + 1];
    x = layer == shape.layers() ? answered(shape.answer, sums) : bend_named(shape.activation(layer)).apply(sums);
    passed.sums.push_back(sums);
    passed.answers.push_back(x);
  }
  return passed;
}

Tensor mean_loss(const NetShape& shape, std::string_view loss, const Tensor& answers, const Tensor& y) {
  return ops::mean(loss_named(loss).each(shape.answer, y, answers));
}

// What the penalty makes of a weight that the optimiser has moved; `live` may become 0.
Tensor pulled(Penalty penalty, const Tensor& before, const Tensor& moved, const Tensor& pull, Tensor& live) {
  if (penalty == Penalty::none) return moved;
  if (penalty == Penalty::l2) return moved - pull * before;
  const Tensor next = moved - pull * ops::sign(before);
  const Tensor crosses = ops::less(moved * next, like(next, 0));
  live = ops::where(crosses, like(live, 0), live);
  return ops::where(crosses, like(next, 0), next);
}

// The gradients with which this batch moves anything: its own, or those that waited, too. Empty: it only leaves them.
std::vector<Tensor> gathered(Tracer& t, const Slab& slab, const Parameters& p, std::vector<Tensor> gradients, int rows,
                             Carry carry, const Tensor& share) {
  for (std::size_t i = 0; carry != Carry::none && i < gradients.size(); ++i) {
    const Tensor waiting = t.region(slab, carried(p.names[i]));
    const Tensor sum = waiting + static_cast<float>(rows) * gradients[i];
    t.assign(waiting, carry == Carry::leaves ? sum : 0.0f * waiting);
    gradients[i] = share ? share * sum : sum;
  }
  if (carry == Carry::leaves) gradients.clear();
  return gradients;
}

}  // namespace

std::string_view NetShape::activation(int layer) const {
  const auto index = static_cast<std::size_t>(layer) - 1;
  return index < activations.size() ? std::string_view(activations[index]) : "tanh";
}

int NetShape::parameters() const {
  int count = 0;
  for (int layer = 1; layer <= layers(); ++layer) count += (units(layer - 1) + 1) * units(layer);
  return count;
}

std::string weights_of(int layer) {
  return "weights " + to_text(std::int64_t{layer});
}

std::string bias_of(int layer) {
  return "bias " + to_text(std::int64_t{layer});
}

std::string live_of(int layer) {
  return "live " + to_text(std::int64_t{layer});
}

std::string carried(const std::string& region) {
  return "carried " + region;
}

std::string answers_of(int layer) {
  return "layer " + to_text(std::int64_t{layer});
}

std::string sums_of(int layer) {
  return "sums " + to_text(std::int64_t{layer});
}

std::string gradients_of(int layer) {
  return "gradients " + to_text(std::int64_t{layer});
}

std::vector<learn::Moved> moved_by(const NetShape& shape) {
  std::vector<learn::Moved> moved;
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    moved.push_back({weights_of(layer), {shape.units(layer - 1), shape.units(layer)}});
    moved.push_back({bias_of(layer), {shape.units(layer)}});
  }
  return moved;
}

Slab make_slab(Backend& backend, const NetShape& shape) {
  std::vector<std::pair<std::string, Shape>> regions;
  for (const learn::Moved& moved : moved_by(shape)) {
    regions.emplace_back(moved.name, moved.shape);
    regions.emplace_back(carried(moved.name), moved.shape);
  }
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    regions.emplace_back(live_of(layer), Shape{shape.units(layer - 1), shape.units(layer)});
  }
  Slab slab(backend, std::move(regions), "playground network");
  slab.restore(std::vector<float>(slab.floats()));
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const Region& live = slab.region(live_of(layer));
    slab.write(live, std::vector<float>(static_cast<std::size_t>(live.shape.elements()), 1.0f));
  }
  return slab;
}

Graph training_step(const NetShape& shape, const Slab& slab, int rows, const StepRecipe& recipe, Carry carry,
                    bool explain) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, shape.inputs}});
    const Tensor y = t.input("y", {DType::float32, {rows, shape.outputs}});
    learn::Update::Values hypers;
    for (const std::string_view name : recipe.optimiser.reals()) hypers.emplace(name, t.input(std::string(name), {}));
    const Tensor step = t.input("step", {}), pull = t.input("pull", {});
    const Tensor share = carry == Carry::takes ? t.input("share", {}) : Tensor();
    const Parameters p = parameters_of(t, shape, slab);
    const std::vector<Tensor> answers = forward(shape, p, x).answers;
    t.segment("loss");
    const Tensor loss = mean_loss(shape, recipe.loss, answers.back(), y);
    t.segment("backward");
    const std::vector<Tensor> slopes = ops::gradients(loss, p.tensors);
    t.segment("update");
    if (const auto gradients = gathered(t, slab, p, slopes, rows, carry, share); !gradients.empty()) {
      const std::vector<learn::Moved> moved = moved_by(shape);
      std::vector<Tensor> after =
          learn::trace_updates(t, recipe.optimiser, recipe.slots == nullptr ? slab : *recipe.slots,
                               {moved, p.tensors, gradients, hypers, step});
      for (std::size_t i = 0; i < after.size(); ++i) {
        const Tensor& before = p.tensors[i];
        const bool is_link = i % 2 == 0;  // biases neither rest nor are pulled
        const bool rests = is_link && (recipe.some_rest || recipe.penalty == Penalty::l1);
        const Tensor live = rests ? t.region(slab, live_of(static_cast<int>(i / 2) + 1)) : Tensor();
        Tensor stays = live;
        const Tensor next = is_link ? pulled(recipe.penalty, before, after[i], pull, stays) : after[i];
        const Tensor moves = rests ? ops::greater(live, like(live, 0)) : Tensor();
        t.assign(before, rests ? ops::where(moves, next, before) : next);
        if (recipe.penalty == Penalty::l1 && rests) t.assign(live, ops::where(moves, stays, live));
      }
    }
    if (!explain) return;
    t.output("loss", loss);
    for (int layer = 1; layer <= shape.layers(); ++layer)
      t.output(answers_of(layer), answers[static_cast<std::size_t>(layer) - 1]);
    for (std::size_t i = 0; i < slopes.size(); ++i) t.output(p.names[i], slopes[i]);
  });
}

Graph evaluation(const NetShape& shape, const Slab& slab, int rows, std::string_view loss, bool gradients) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, shape.inputs}});
    const Tensor y = t.input("y", {DType::float32, {rows, shape.outputs}});
    const Parameters p = parameters_of(t, shape, slab);
    const Tensor answers = forward(shape, p, x).answers.back();
    const Tensor mean = mean_loss(shape, loss, answers, y);
    t.output("answers", answers);
    t.output("loss", mean);
    if (!gradients) return;
    const std::vector<Tensor> slopes = ops::gradients(mean, p.tensors);
    for (std::size_t i = 0; i < slopes.size(); ++i) t.output(p.names[i], slopes[i]);
  });
}

Graph loss_over(const NetShape& shape, const Slab& slab, int rows, std::string_view loss) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, shape.inputs}});
    const Tensor y = t.input("y", {DType::float32, {rows, shape.outputs}});
    t.output("loss", mean_loss(shape, loss, forward(shape, parameters_of(t, shape, slab), x).answers.back(), y));
  });
}

Graph every_unit(const NetShape& shape, const Slab& slab, int rows) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {rows, shape.inputs}});
    const std::vector<Tensor> answers = forward(shape, parameters_of(t, shape, slab), x).answers;
    for (int layer = 1; layer <= shape.layers(); ++layer)
      t.output(answers_of(layer), answers[static_cast<std::size_t>(layer) - 1]);
  });
}

Graph probe(const NetShape& shape, const Slab& slab, std::string_view loss) {
  return trace([&](Tracer& t) {
    const Tensor x = t.input("x", {DType::float32, {1, shape.inputs}});
    const Tensor y = t.input("y", {DType::float32, {1, shape.outputs}});
    const Passed passed = forward(shape, parameters_of(t, shape, slab), x);
    std::vector<Tensor> sources{x};
    sources.insert(sources.end(), passed.sums.begin(), passed.sums.end());
    const std::vector<Tensor> slopes = ops::gradients(mean_loss(shape, loss, passed.answers.back(), y), sources);
    t.output(gradients_of(0), slopes.front());
    for (int layer = 1; layer <= shape.layers(); ++layer) {
      const auto at = static_cast<std::size_t>(layer);
      t.output(sums_of(layer), passed.sums[at - 1]);
      t.output(answers_of(layer), passed.answers[at - 1]);
      t.output(gradients_of(layer), slopes[at]);
    }
  });
}

}  // namespace vitrine::views::playground
