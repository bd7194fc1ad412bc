// Trains by epochs, stops inside a batch, saves and comes back.
#include "views/playground/session.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "engine/core/run_limits.h"
#include "views/playground/address.h"
#include "views/playground/effort.h"
#include "views/playground/presets.h"

namespace vitrine::views::playground {
namespace {

constexpr int kSegments = 4;   // forward, loss, backward, update
constexpr int kX = 0, kY = 1;  // inputs of a training step, in the order it declares them
constexpr int kSeedDigits = 5;
constexpr double kGentler = 10, kLeastRate = 0.00001;
constexpr std::size_t kCounters = 3;
constexpr int kLossDigits = 5;

// The seed behind a seed, as the published playground's chain of them.
std::string next_seed(std::string_view seed) {
  return fixed_text(datasets::SeedRandom(seed).next(), kSeedDigits);
}

Points fresh_points() {
  const Settings fresh;
  datasets::SeedRandom random(fresh.seed);
  return make_points(fresh, random);
}

}  // namespace

Session::Session(std::shared_ptr<Backend> backend, std::uint64_t seed) : backend_(std::move(backend)) {
  if (seed != 0) settings_.seed = to_text(static_cast<std::int64_t>(seed));
}

void Session::changed(std::string_view path) {
  code_ = nullptr;
  if (path == "learning.anyway") ++version_;  // nothing was computed while it waited
  if (path == "network.link") {
    edit_link();
  } else if (path == "network.held") {
    follow_held();
  } else if (path == "data.stroke") {
    paint();
  } else if (path == "case.preset") {
    const Preset* preset = find_preset(settings_.preset);
    if (preset == nullptr) return;
    apply(*preset, settings_);
    start_over();
  } else if (path == "data.address") {
    apply_address(std::exchange(settings_.address, {}), settings_);
    stale_ = true;
  } else if (!path.starts_with("view.") && path != "learning.rate" && path != "learning.anyway") {
    const bool nothing_yet = settings_.set == kOwn && settings_.table.empty();
    if (nothing_yet) settings_.table = write_table(own_of(net_ ? *net_->points : fresh_points()));
    if (path == "data.table" && !settings_.table.empty()) {  // what cannot be read is refused, not stood in for
      read_table(settings_.table, {settings_.column_x1, settings_.column_x2, settings_.column_label});
    }
    stale_ = true;
  }
}

// What the machine could not hold is refused before any of it is made.
void Session::expect_memory() const {
  constexpr double kMost = 2e11;  // bytes, so that weights can be counted
  const auto memory = static_cast<double>(backend_->info().memory_bytes);
  const double spare = memory > 0 ? std::min(memory / 2, kMost) : kMost;
  if (const double wanted = bytes_of(settings_); wanted > spare) {
    throw UsageError({"the network with its points", "takes more memory than there is to spare",
                      "up to " + bytes_text(spare), "about " + bytes_text(wanted),
                      "Take fewer layers, units or samples."});
  }
}

// One touch of a brush. Points of another set become own ones first.
void Session::paint() {
  const std::string text = std::exchange(settings_.stroke, {});
  if (text.empty()) return;
  const TableColumns columns{settings_.column_x1, settings_.column_x2, settings_.column_label};
  OwnPoints own = settings_.set == kOwn ? read_table(settings_.table, columns) : own_of(*net().points);
  stroke(own, text);
  settings_.table = write_table(own);
  settings_.column_x1.clear(), settings_.column_x2.clear(), settings_.column_label.clear();
  settings_.set = kOwn;
  stale_ = true;
}

void Session::act(std::string_view action) {
  code_ = nullptr;
  if (action == "data.regenerate") settings_.seed = next_seed(settings_.seed);
  if (action == "network.redraw") {
    settings_.start_seed = next_seed(settings_.start_seed.empty() ? settings_.seed + " weights" : settings_.start_seed);
    start_over();
  }
  if (action == "learning.recover") {
    settings_.rate = std::max(settings_.rate / kGentler, kLeastRate);
    start_over();
  }
  stale_ = true;
}

// Nothing of the network is to be kept.
void Session::start_over() {
  net_ = nullptr;
  step_ = 0;
  best_ = {};
  stale_ = true;
}

void Session::reset() {
  const Net& n = net();
  std::vector<float> fresh = n.fresh;
  fresh.insert(fresh.end(), n.fresh_slots.begin(), n.fresh_slots.end());
  restore({0, std::move(fresh), {0, std::bit_cast<std::uint32_t>(Best{}.loss), 0}});
}

int Session::segments() const {
  return kSegments * (full_batches() + (rest() > 0 ? 1 : 0));
}

Plan& Session::plan_of(Steps& steps, int batch) const {
  return batch == net_->full_batches ? *steps.leaves : batch == 0 && steps.takes ? *steps.takes : *steps.full;
}

// What an epoch's steps are told: the rate as the schedule has it now, and what follows from it.
void Session::set_pace() {
  const double rate = settings_.rate * net_->pace.factor(step_);
  const std::size_t pull = numbers_.size() - 2;
  numbers_[0] = static_cast<float>(rate);
  numbers_[pull] = static_cast<float>(rate * settings_.penalty_rate);
}

void Session::run_batch(Steps& steps, int batch, int first_segment, int last_segment) {
  Net& n = *net_;
  const bool incomplete = batch == n.full_batches;
  Plan& plan = plan_of(steps, batch);
  const auto row = static_cast<std::size_t>(batch * n.batch);
  plan.bind(kX, std::span(n.train.x).subspan(row * static_cast<std::size_t>(n.shape.inputs)));
  plan.bind(kY, std::span(n.train.y).subspan(row * static_cast<std::size_t>(n.shape.outputs)));
  numbers_[numbers_.size() - 3] = static_cast<float>(step_ * n.full_batches + batch);
  numbers_.back() = 1.0f / static_cast<float>(n.batch + carried_);
  plan.run(first_segment, last_segment);
  if (last_segment == kSegments - 1) carried_ = incomplete ? n.rest : 0;
}

void Session::run_batches(Steps& steps, int first, int end) {
  const Streak streak(*backend_);
  for (int batch = first; batch < end; ++batch) run_batch(steps, batch, 0, kSegments - 1);
}

std::int64_t Session::advance(std::stop_token stop, const work::Budget& budget) {
  Steps& plans = steps(false);
  const int batches = segments() / kSegments;
  const bool asks = !asks_first(settings_).empty();
  std::int64_t done = 0;
  while (!asks && done < budget.steps) {
    if (done > 0 && stop.stop_requested()) break;
    if (done > 0 && budget.deadline && std::chrono::steady_clock::now() >= *budget.deadline) break;
    if (!why_ended().empty()) break;
    set_pace();
    int batch = inside_ / kSegments;
    if (const int stage = inside_ % kSegments; stage > 0) run_batch(steps(true), batch++, stage, kSegments - 1);
    run_batches(plans, batch, batches);
    inside_ = 0;
    ++step_;
    ++done;
    note_best();
  }
  ++version_;
  said_.clear();
  return done;
}

void Session::advance_segment() {
  Steps& plans = steps(true);
  set_pace();
  run_batch(plans, inside_ / kSegments, inside_ % kSegments, inside_ % kSegments);
  ++version_;
  if (++inside_ < segments()) return;
  inside_ = 0;
  ++step_;
}

const Plan* Session::step_plan() {
  Steps& plans = steps(false);
  return plans.full ? &*plans.full : &*plans.leaves;
}

work::State Session::save() const {
  Net& n = net();
  work::State state{step_,
                    n.slab->save(),
                    {static_cast<std::uint64_t>(carried_), std::bit_cast<std::uint32_t>(best_.loss),
                     static_cast<std::uint64_t>(best_.step)}};
  if (n.slots) {
    const std::vector<float> slots = n.slots->save();
    state.slab.insert(state.slab.end(), slots.begin(), slots.end());
  }
  return state;
}

void Session::restore(const work::State& state) {
  if (state.counters.size() != kCounters) {
    throw UsageError({"saved state", "does not fit this exhibit", to_text(std::int64_t{kCounters}) + " counters",
                      to_text(static_cast<std::int64_t>(state.counters.size())), "Open a file of the Playground."});
  }
  if (state.counters[0] > kMostPoints || state.counters[2] > std::uint64_t{limits::kSteps}) {
    throw UsageError({"saved state", "has counted further than a run comes",
                      "rows that wait, up to " + to_text(std::int64_t{kMostPoints}) + ", and a step", "more",
                      "Open another copy."});
  }
  Net& n = net();
  const std::size_t own = std::min(n.slab->floats(), state.slab.size());
  const std::span<const float> values(state.slab);
  n.slab->restore(values.first(n.slots ? own : values.size()));
  if (n.slots) n.slots->restore(values.subspan(own));
  follow_rests();
  step_ = state.step;
  carried_ = static_cast<std::int64_t>(state.counters[0]);
  best_ = {std::bit_cast<float>(static_cast<std::uint32_t>(state.counters[1])),
           static_cast<std::int64_t>(state.counters[2])};
  inside_ = 0;
  ++version_;
}

// Why training goes no further from here; empty: it does. Follows from settings and state alone.
std::string Session::why_stopped() {
  std::string question = asks_first(settings_);
  return question.empty() ? why_ended() : question;
}

std::string Session::why_ended() {
  const Net& n = net();
  const Region& last = n.slab->region(bias_of(n.shape.layers()));
  std::vector<float>& biases = output_biases_;
  biases.resize(static_cast<std::size_t>(last.shape.elements()));
  n.slab->read(last, biases);
  if (!std::isfinite(biases.front())) {  // soon after anything else is none
    return "Stopped: the weights are no numbers any more at epoch " + to_text(step_) + ", with a rate of " +
           to_text(settings_.rate) + ". It is too fast: start gentler.";
  }
  if (settings_.stop_loss > 0 && step_ > 0 && static_cast<double>(best_.loss) <= settings_.stop_loss) {
    return "Stopped: the test loss is " + fixed_text(static_cast<double>(best_.loss), kLossDigits) +
           ", as low as asked for.";
  }
  if (settings_.stop_patience > 0 && step_ - best_.step >= settings_.stop_patience) {
    return "Stopped: the test loss was best " + to_text(step_ - best_.step) + " epochs ago.";
  }
  return {};
}

void Session::note_best() {
  if (settings_.stop_loss <= 0 && settings_.stop_patience <= 0) return;
  ++version_;
  const float loss = losses().test;
  if (loss < best_.loss) best_ = {loss, step_};
}

Hash Session::recipe() const {
  return net().points->digest;
}

const Points& Session::points() const {
  return *net().points;
}

std::vector<float> Session::weights(int layer) const {
  const Slab& slab = *net().slab;
  const Region& region = slab.region(weights_of(layer));
  std::vector<float> values(static_cast<std::size_t>(region.shape.elements()));
  slab.read(region, values);
  return values;
}

}  // namespace vitrine::views::playground
