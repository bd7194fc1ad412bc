// Trains the neuron through one plan and surveys the landscape it walks.
#include "views/neuron/line.h"

#include <algorithm>
#include <cmath>

#include "datasets/plane/seed_random.h"
#include "engine/core/number.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {
namespace {

constexpr std::size_t kPathLength = 512;  // stands; a longer path would be drawn in less than a pixel each
constexpr float kFoundLoss = 0.5f;        // "by hand" counts from here
constexpr float kJumpedLoss = 1000;       // no start in the landscape costs as much: the walk has left it

Tensor loss_of(const Tensor& error, Loss loss, Integers axes) {
  const Tensor cost = loss == Loss::squared ? ops::square(error) : ops::relu(error) + ops::relu(-error);
  return ops::mean(cost, std::move(axes));
}

}  // namespace

Line::Line(std::shared_ptr<Backend> backend, Settings& settings)
    : backend_(std::move(backend)),
      settings_(settings),
      slab_(*backend_, {{"weight", {}}, {"bias", {}}}, "first neuron") {
  path_.reserve(kPathLength + 1);
  compile_plan();
  begin();
}

void Line::compile_plan() {
  const Loss loss = settings_.loss;
  const Tensor x = tensor(*backend_, kX, {kPoints}), y = tensor(*backend_, kY, {kPoints});
  const Graph graph = trace([&](Tracer& t) {
    const Tensor rate = t.input("rate", {DType::float32, {}});
    const Tensor w = t.region(slab_, "weight"), b = t.region(slab_, "bias");
    const Tensor answers = w * x + b;
    const Tensor errors = answers - y;
    t.segment("loss");
    const Tensor cost = loss_of(errors, loss, {0});
    t.segment("backward");
    const std::vector<Tensor> slopes = ops::gradients(cost, std::array{w, b});
    t.segment("update");
    t.assign(w, w - rate * slopes[0]);
    t.assign(b, b - rate * slopes[1]);
    t.output("answers", answers);
    t.output("errors", errors);
    t.output("loss", cost);
    t.output("weight gradient", slopes[0]);
    t.output("bias gradient", slopes[1]);
  });
  plan_ = compile(graph, *backend_);
  plan_->bind(plan_->input("rate"), {&rate_, 1});
  answers_ = plan_->kept("answers"), errors_ = plan_->kept("errors"), loss_ = plan_->kept("loss");
  weight_gradient_ = plan_->kept("weight gradient"), bias_gradient_ = plan_->kept("bias gradient");
  rate_ = static_cast<float>(settings_.rate);
  compiled_ = loss;
  inside_ = 0;
}

void Line::begin() {
  float weight = -2, bias = 3.5f;
  if (settings_.start != 0) {
    weight = static_cast<float>(datasets::SeedRandom(to_text(settings_.start)).uniform(-1, 1) * std::sqrt(3.0));
    bias = 0;
  }
  slab_.write(slab_.region("weight"), {&weight, 1});
  slab_.write(slab_.region("bias"), {&bias, 1});
  inside_ = 0;
  path_.clear();
  stride_ = 1;
  by_hand_ = false;
  mirror();
  remember();
}

float Line::read(std::string_view region) const {
  float value = 0;
  slab_.read(slab_.region(region), {&value, 1});
  return value;
}

void Line::mirror() {
  const auto shown = [](double control, float state) {
    if (static_cast<float>(control) == state) return control;  // as it was typed
    return std::isfinite(state) ? std::clamp(*parse_real(to_text(state)), -kReach, kReach) : 0.0;
  };
  settings_.weight = shown(settings_.weight, read("weight"));
  settings_.bias = shown(settings_.bias, read("bias"));
}

void Line::remember() {
  const Stand stand{step_, read("weight"), read("bias")};
  if (!path_.empty() && path_.back().step == step_) path_.pop_back();
  path_.push_back(stand);
  if (path_.size() <= kPathLength) return;
  stride_ *= 2;
  std::erase_if(path_, [&](const Stand& s) { return s.step % stride_ != 0; });
}

void Line::changed(std::string_view path) {
  if (path == "learning.rate") {
    rate_ = static_cast<float>(settings_.rate);
  } else if (path == "learning.loss") {
    if (compiled_ != settings_.loss) compile_plan();
  } else if (path == "neuron.start") {
    reset();
  } else if (path == "neuron.weight" || path == "neuron.bias") {
    const bool weight = path == "neuron.weight";
    const auto value = static_cast<float>(weight ? settings_.weight : settings_.bias);
    slab_.write(slab_.region(weight ? "weight" : "bias"), {&value, 1});
    inside_ = 0;
    by_hand_ = true;
    remember();
  }
}

void Line::reset() {
  step_ = 0;
  begin();
}

void Line::stepped() {
  by_hand_ = false;
  if (step_ % stride_ == 0) remember();
}

work::State Line::save() const {
  return {step_, slab_.save(), {}};
}

void Line::restore(const work::State& state) {
  slab_.restore(state.slab);
  step_ = state.step;
  inside_ = 0;
  by_hand_ = false;
  std::erase_if(path_, [&](const Stand& s) { return s.step > step_; });
  mirror();
  remember();
}

Hash Line::recipe() const {
  return Hasher().reals(kX).reals(kY).finish();
}

float Line::loss() {
  plan_->run(0, plan_->segment("loss"));
  return plan_->item(loss_);
}

void Line::survey() {
  using L = Landscape;
  if (landscape_ && landscape_->loss == settings_.loss) return;
  const auto axis = [](double low, double high, int count) {
    std::vector<float> values;
    for (int i = 0; i < count; ++i) values.push_back(static_cast<float>(low + (high - low) * i / (count - 1)));
    return values;
  };
  const Tensor w = tensor(*backend_, axis(L::kWeightLow, L::kWeightHigh, L::kColumns), {L::kColumns, 1});
  const Tensor b = tensor(*backend_, axis(L::kBiasHigh, L::kBiasLow, L::kRows), {L::kRows, 1, 1});
  const Tensor x = tensor(*backend_, kX, {kPoints}), y = tensor(*backend_, kY, {kPoints});
  const Tensor cost = loss_of(w * x + b - y, settings_.loss, {2});
  landscape_ = std::make_shared<const Landscape>(Landscape{settings_.loss, cost.floats()});
}

void Line::show(Snapshot& s) {
  survey();
  // Everything but the update may run again at any time: it only reads the state.
  plan_->run(0, plan_->segment("backward"));
  s.weight = read("weight"), s.bias = read("bias"), s.loss = plan_->item(loss_);
  s.weight_gradient = plan_->item(weight_gradient_), s.bias_gradient = plan_->item(bias_gradient_);
  s.next_weight = s.weight - rate_ * s.weight_gradient;
  s.next_bias = s.bias - rate_ * s.bias_gradient;
  plan_->read(answers_, s.answers);
  plan_->read(errors_, s.errors);
  s.answer = s.weight * static_cast<float>(settings_.question) + s.bias;
  s.path = path_;
  if (s.path.back().step != step_) s.path.push_back({step_, s.weight, s.bias});
  s.landscape = landscape_;

  found_by_hand_ = found_by_hand_ || (by_hand_ && s.loss < kFoundLoss);
  jumped_ = jumped_ || !(s.loss < kJumpedLoss);
  s.tried[by_hand] = found_by_hand_, s.tried[out_of_the_valley] = jumped_;

  const double slope = std::sqrt(s.weight_gradient * s.weight_gradient + s.bias_gradient * s.bias_gradient);
  s.read_outs = {{"step", static_cast<double>(step_), "", 0}, {"loss", s.loss, "", 4}, {"slope", slope, "", 3}};
}

}  // namespace vitrine::views::neuron
