// What follows from the Playground's settings: points, rows, weights, plans. Made the first time it is needed.
#include <algorithm>

#include "engine/core/number.h"
#include "engine/learn/schedule.h"
#include "views/playground/first_weights.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {
namespace {

learn::Optimiser optimiser_of(const Settings& settings) {
  learn::Optimiser optimiser = learn::optimiser_of(settings.optimiser);
  for (const std::string_view name : optimiser.reals()) {
    if (const auto* hyper = hyper_of(name)) optimiser.set(name, settings.*hyper->value);
  }
  return optimiser;
}

// Whatever the schedule's table asks for: a length is the horizon, a list of places the horizon alone, and the rate
// falls there to a tenth.
learn::Schedule pace_of(const Settings& settings) {
  constexpr double kFall = 0.1;
  nn::Config::Record given;
  for (const learn::ScheduleKind* kind : learn::all_schedules()) {
    if (kind->name != settings.schedule) continue;
    const auto horizon = static_cast<double>(settings.horizon);
    for (const nn::Argument& row : kind->arguments) {
      if (!std::holds_alternative<nn::Required>(row.usual)) continue;
      if (row.takes == nn::Takes::whole) given.emplace_back(row.name, horizon);
      if (row.takes == nn::Takes::wholes) given.emplace_back(row.name, nn::Config::List{horizon});
      if (row.takes == nn::Takes::reals) given.emplace_back(row.name, nn::Config::List{kFall});
    }
  }
  return learn::schedule_of(settings.schedule, given);
}

}  // namespace

Session::Net& Session::net() const {
  if (!stale_) return *net_;
  expect_memory();
  auto next = std::make_unique<Net>();
  datasets::SeedRandom random(settings_.seed);
  next->points = std::make_shared<const Points>(make_points(settings_, random));
  build_features(*next);
  build_shape(*next);
  next->train = rows_of(*next, 0, next->points->train);
  next->full_batches = next->train.count / static_cast<int>(next->batch);
  next->rest = next->train.count % static_cast<int>(next->batch);
  next->test = rows_of(*next, next->points->train, next->points->all.size() - next->points->train);
  build_slabs(*next, random);
  said_.clear();
  if (net_ && (step_ > 0 || !is_fresh(*net_))) take_over(*next, *net_);
  std::vector<float> values = next->slab->save();
  hold(next->held, *next, values);
  next->slab->restore(values);
  next->recipe.some_rest = rests(*next);
  net_ = std::move(next);
  carried_ = 0;
  inside_ = 0;
  net_->made_for = ++version_;
  stale_ = false;
  bind_numbers();
  return *net_;
}

void Session::build_features(Net& net) const {
  net.features = plane_features(settings_, kFieldExtent);
  if (!net.points->trouble.empty()) net.trouble.push_back(net.points->trouble);
  for (const PlaneFeature& feature : net.features) {
    if (!feature.trouble.empty()) net.trouble.push_back(feature.label + ": " + feature.trouble);
  }
  auto fields = std::make_shared<std::vector<Field>>(net.features.size());
  for (std::size_t f = 0; f < fields->size(); ++f) {
    each_place({}, kFieldSize,
               [&](double x, double y) { (*fields)[f].push_back(static_cast<float>(net.features[f].value(x, y))); });
  }
  net.feature_fields = std::move(fields);
}

void Session::build_shape(Net& net) const {
  net.batch = settings_.batch;
  for (std::size_t f = 0; f < net.features.size(); ++f) {
    if (net.features[f].on) net.inputs.push_back(static_cast<int>(f));
  }
  NetShape& shape = net.shape;
  shape.inputs = std::max(1, static_cast<int>(net.inputs.size()));
  shape.hidden.clear();
  for (const LayerSettings& layer : settings_.layers) {
    shape.hidden.push_back(static_cast<int>(layer.units));
    shape.activations.push_back(layer.activation == kShared ? settings_.activation : layer.activation);
  }
  const int classes = net.points->classes;
  shape.answer = classes == 0 ? Answer::value : classes == 2 ? Answer::side : Answer::classes;
  shape.outputs = std::max(1, classes > 2 ? classes : 1);
}

void Session::build_slabs(Net& net, datasets::SeedRandom& random) const {
  net.slab.emplace(make_slab(*backend_, net.shape));
  draw_first_weights(settings_, net.shape, net.inputs.size(), random, *backend_, *net.slab);
  net.drawn = net.slab->save();
  net.held = parse_held(settings_.held);
  net.fresh = net.drawn;
  hold(net.held, net, net.fresh);
  net.slab->restore(net.fresh);
  net.pace = pace_of(settings_);
  net.recipe = {.loss = settings_.loss, .penalty = settings_.penalty, .optimiser = optimiser_of(settings_)};
  const std::vector<learn::Moved> moved = moved_by(net.shape);
  if (net.recipe.optimiser.slots().empty()) return;
  net.slots.emplace(learn::make_slots(*backend_, net.recipe.optimiser, moved));
  net.fresh_slots = net.slots->save();
  net.recipe.slots = &*net.slots;
}

// A network without features is shown one number that says nothing.
Session::Rows Session::rows_of(const Net& net, std::size_t first, std::size_t count) const {
  Rows rows;
  rows.count = static_cast<int>(count);
  for (std::size_t i = first; i < first + count; ++i) {
    const datasets::PlanePoint& p = net.points->all[i];
    add_inputs(rows.x, net.inputs, net.features, p.x, p.y);
    if (net.shape.answer != Answer::classes) {
      rows.y.push_back(static_cast<float>(p.label));
      continue;
    }
    for (int c = 0; c < net.shape.outputs; ++c) rows.y.push_back(net.points->class_of(p.label) == c ? 1.0f : 0.0f);
  }
  return rows;
}

// Hidden layers keep their place from the front, the output while it follows the same layer and answers the same.
// Features keep theirs by name, units by number.
void Session::take_over(Net& net, const Net& before) const {
  const bool same_end = net.shape.layers() == before.shape.layers() && net.shape.answer == before.shape.answer;
  const int common = std::min(net.shape.layers(), before.shape.layers()) - (same_end ? 0 : 1);
  std::vector<float> values = net.fresh;
  const std::vector<float> old = before.slab->save();
  int kept = 0;
  for (int layer = 1; layer <= common; ++layer) {
    const int to = net.shape.units(layer), old_to = before.shape.units(layer);
    const auto row_before = [&](int from) -> int {
      if (layer > 1) return from < before.shape.units(layer - 1) ? from : -1;
      const auto feature = static_cast<std::size_t>(from);
      if (feature >= net.inputs.size()) return -1;
      const auto found = std::ranges::find(before.inputs, net.inputs[feature]);
      return found == before.inputs.end() ? -1 : static_cast<int>(found - before.inputs.begin());
    };
    const auto copy = [&](const std::string& region, int from, int row, int unit) {
      values[net.slab->region(region).offset + static_cast<std::size_t>(from * to + unit)] =
          old[before.slab->region(region).offset + static_cast<std::size_t>(row * old_to + unit)];
    };
    for (int unit = 0; unit < std::min(to, old_to); ++unit) {
      copy(bias_of(layer), 0, 0, unit);
      ++kept;
      for (int from = 0; from < net.shape.units(layer - 1); ++from) {
        const int row = row_before(from);
        if (row < 0) continue;
        copy(weights_of(layer), from, row, unit);
        copy(live_of(layer), from, row, unit);
        ++kept;
      }
    }
  }
  net.slab->restore(values);
  const bool same_slots = net.slots && before.slots && net.slots->floats() == before.slots->floats() &&
                          &net.recipe.optimiser.kind() == &before.recipe.optimiser.kind();
  if (same_slots) net.slots->restore(before.slots->save());
  if (net.shape == before.shape && net.inputs == before.inputs) return;
  said_ = "Kept " + to_text(std::int64_t{kept}) + " of " + to_text(std::int64_t{net.shape.parameters()}) +
          " weights and biases; the others are drawn anew.";
}

// The numbers that plans read at each run: hyper-parameters in their order, then step, pull and share.
void Session::bind_numbers() const {
  const learn::Optimiser& optimiser = net_->recipe.optimiser;
  numbers_.clear();
  for (const std::string_view name : optimiser.reals()) {
    const auto* hyper = hyper_of(name);
    numbers_.push_back(static_cast<float>(hyper != nullptr ? settings_.*hyper->value : optimiser.value(name)));
  }
  numbers_.insert(numbers_.end(), {0, 0, 0});
}

Session::Steps& Session::steps(bool explained) const {
  Net& n = net();
  Steps& steps = explained ? n.explained : n.steps;
  if (steps.full || steps.leaves) return steps;
  const auto make = [&](int rows, Carry carry) {
    Plan plan =
        compile(training_step(n.shape, *n.slab, rows, n.recipe, carry, explained), *backend_, {.whole = !explained});
    const float* number = numbers_.data();
    for (const std::string_view name : n.recipe.optimiser.reals()) plan.bind(plan.input(name), {number++, 1});
    plan.bind(plan.input("step"), {number++, 1});
    plan.bind(plan.input("pull"), {number++, 1});
    if (carry == Carry::takes) plan.bind(plan.input("share"), {number, 1});
    return plan;
  };
  const auto batch = static_cast<int>(n.batch);
  if (full_batches() > 0) steps.full = make(batch, Carry::none);
  if (rest() > 0) {
    if (full_batches() > 0) steps.takes = make(batch, Carry::takes);
    steps.leaves = make(rest(), Carry::leaves);
  }
  return steps;
}

}  // namespace vitrine::views::playground
