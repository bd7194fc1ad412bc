// What follows from the Playground's settings: points, rows, weights, plans. Made the first time it is needed.
#include <algorithm>
#include <map>

#include "datasets/catalog.h"
#include "engine/core/number.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {
namespace {

// Draws in the order of the published playground: unit by unit, the weights that come into it. Biases begin at 0.1.
std::vector<float> fresh_weights(const Slab& slab, const NetShape& shape, datasets::SeedRandom& random) {
  std::vector<float> values(slab.floats());
  for (int layer = 1; layer <= shape.layers(); ++layer) {
    const int from = shape.units(layer - 1), to = shape.units(layer);
    float* weights = values.data() + slab.region(weights_of(layer)).offset;
    for (int unit = 0; unit < to; ++unit) {
      for (int input = 0; input < from; ++input) {
        weights[input * to + unit] = static_cast<float>(random.uniform(-0.5, 0.5));
      }
    }
    std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(slab.region(bias_of(layer)).offset), to, 0.1f);
  }
  return values;
}

}  // namespace

Session::Net& Session::net() const {
  if (!stale_) return *net_;
  auto next = std::make_unique<Net>();
  next->recipe = {settings_.set, static_cast<double>(settings_.noise) / 100, static_cast<int>(settings_.share),
                  settings_.seed};
  next->batch = settings_.batch;
  for (int f = 0; f < kFeatures; ++f) {
    if (settings_.*features()[static_cast<std::size_t>(f)].on) next->inputs.push_back(f);
  }
  next->shape.inputs = std::max(1, static_cast<int>(next->inputs.size()));
  next->shape.hidden.clear();
  for (const LayerSettings& layer : settings_.layers) next->shape.hidden.push_back(static_cast<int>(layer.units));
  next->shape.activation = settings_.activation;
  next->shape.regression = datasets::find_plane_set(settings_.set)->task == datasets::Task::regress;
  build_data(*next);
  build_slab(*next, net_.get());
  net_ = std::move(next);
  carried_ = 0;
  inside_ = 0;
  ++version_;
  stale_ = false;
  return *net_;
}

void Session::build_data(Net& net) const {
  datasets::SeedRandom random(net.recipe.seed);
  net.sample = std::make_shared<const datasets::PlaneSample>(datasets::make_plane(net.recipe, random));
  Hasher digest;
  digest.word(net.sample->train);
  for (const datasets::PlanePoint& p : net.sample->points) digest.real(p.x).real(p.y).real(p.label);
  net.digest = digest.finish();
  net.train = rows_of(net, 0, net.sample->train);
  net.test = rows_of(net, net.sample->train, net.sample->points.size() - net.sample->train);
  net.slab.emplace(make_slab(*backend_, net.shape));
  net.fresh = fresh_weights(*net.slab, net.shape, random);
}

// A network without features is shown one number that says nothing.
Session::Rows Session::rows_of(const Net& net, std::size_t first, std::size_t count) const {
  Rows rows;
  rows.count = static_cast<int>(count);
  for (std::size_t i = first; i < first + count; ++i) {
    const datasets::PlanePoint& p = net.sample->points[i];
    for (const int f : net.inputs) {
      rows.x.push_back(static_cast<float>(features()[static_cast<std::size_t>(f)].value(p.x, p.y)));
    }
    if (net.inputs.empty()) rows.x.push_back(0);
    rows.y.push_back(static_cast<float>(p.label));
  }
  return rows;
}

void Session::build_slab(Net& net, const Net* before) const {
  std::vector<float> values = net.fresh;
  const std::vector<float> old = before == nullptr ? std::vector<float>() : before->slab->save();
  const bool learnt = before != nullptr && (step_ > 0 || old != before->fresh);
  if (learnt) {
    // Hidden layers keep their place from the front, the output while it follows the same layer. Features keep theirs
    // by name, units by number.
    const bool same_depth = net.shape.layers() == before->shape.layers();
    const int common = std::min(net.shape.layers(), before->shape.layers()) - (same_depth ? 0 : 1);
    for (int layer = 1; layer <= common; ++layer) {
      const int to = net.shape.units(layer), old_to = before->shape.units(layer);
      const auto row_before = [&](int from) -> int {
        if (layer > 1) return from < before->shape.units(layer - 1) ? from : -1;
        const auto feature = static_cast<std::size_t>(from);
        if (feature >= net.inputs.size()) return -1;
        const auto found = std::ranges::find(before->inputs, net.inputs[feature]);
        return found == before->inputs.end() ? -1 : static_cast<int>(found - before->inputs.begin());
      };
      float* weights = values.data() + net.slab->region(weights_of(layer)).offset;
      float* bias = values.data() + net.slab->region(bias_of(layer)).offset;
      const float* old_weights = old.data() + before->slab->region(weights_of(layer)).offset;
      const float* old_bias = old.data() + before->slab->region(bias_of(layer)).offset;
      for (int unit = 0; unit < std::min(to, old_to); ++unit) {
        bias[unit] = old_bias[unit];
        for (int from = 0; from < net.shape.units(layer - 1); ++from) {
          const int row = row_before(from);
          if (row >= 0) weights[from * to + unit] = old_weights[row * old_to + unit];
        }
      }
    }
  }
  net.slab->restore(values);
}

Session::Steps& Session::steps(bool explained) const {
  Net& n = net();
  Steps& steps = explained ? n.explained : n.steps;
  if (steps.full) return steps;
  const auto make = [&](int rows, Carry carry) {
    Plan plan = compile(training_step(n.shape, *n.slab, rows, carry, explained), *backend_);
    plan.bind(plan.input("rate"), {&rate_, 1});
    if (carry == Carry::takes) plan.bind(plan.input("share"), {&share_, 1});
    return plan;
  };
  const auto batch = static_cast<int>(n.batch);
  steps.full = make(batch, Carry::none);
  if (rest() > 0) {
    steps.takes = make(batch, Carry::takes);
    steps.leaves = make(rest(), Carry::leaves);
  }
  return steps;
}

}  // namespace vitrine::views::playground
