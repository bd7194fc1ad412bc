// Trains by epochs, stops inside a batch, and says how the network stands.
#include "views/playground/session.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "datasets/catalog.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "views/held.h"

namespace vitrine::views::playground {
namespace {

constexpr int kSegments = 4;          // forward, loss, backward, update
constexpr int kX = 0, kY = 1;         // inputs of a training step, in the order it declares them
constexpr double kSolvedLoss = 0.05;  // where the published statistics call a run solved
constexpr double kGoodScore = 0.95;

}  // namespace

Session::Session(std::shared_ptr<Backend> backend, std::uint64_t seed) : backend_(std::move(backend)) {
  if (seed != 0) settings_.seed = to_text(static_cast<std::int64_t>(seed));
  rate_ = static_cast<float>(settings_.rate);
  auto fields = std::make_shared<std::array<Field, kFeatures>>();
  for (std::size_t f = 0; f < kFeatures; ++f) {
    for (int row = 0; row < kFieldSize; ++row) {
      for (int column = 0; column < kFieldSize; ++column) {
        const auto at = [](int i) { return kFieldExtent * (2.0 * i / (kFieldSize - 1) - 1); };
        (*fields)[f].push_back(static_cast<float>(features()[f].value(at(column), -at(row))));
      }
    }
  }
  feature_fields_ = std::move(fields);
}

void Session::changed(std::string_view path) {
  if (path == "learning.rate") {
    rate_ = static_cast<float>(settings_.rate);
  } else if (path == "network.link") {
    set_link();
  } else if (!path.starts_with("view.")) {
    stale_ = true;
  }
}

void Session::act(std::string_view action) {
  if (action != "data.regenerate") return;
  datasets::SeedRandom random(settings_.seed);
  settings_.seed = fixed_text(random.next(), 5);
  changed("data.seed");
}

// Sets one weight from the text of the row; what does not name a link of this network is ignored where the row merely
// comes along (an opened file), for the state that follows says it better.
void Session::set_link() {
  if (settings_.link.empty()) return;
  std::array<double, 4> numbers{};
  std::size_t count = 0;
  std::string_view text = settings_.link;
  while (!text.empty() && count < 4) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const auto number = parse_real(text.substr(0, end));
    if (!number) break;
    numbers[count++] = *number;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (count != 4 || !text.empty()) {
    throw UsageError({"network.link", "is no weight of a link", "layer from to weight, as in 1 2 3 -0.5",
                      settings_.link.substr(0, 80), "Write four numbers."});
  }
  const NetShape& shape = net().shape;
  const auto layer = static_cast<int>(std::clamp(numbers[0], 0.0, 99.0));
  if (layer < 1 || layer > shape.layers()) return;
  const auto from = static_cast<int>(std::clamp(numbers[1], 0.0, 99.0)) - 1;
  const auto to = static_cast<int>(std::clamp(numbers[2], 0.0, 99.0)) - 1;
  if (from < 0 || from >= shape.units(layer - 1) || to < 0 || to >= shape.units(layer)) return;
  std::vector<float> values = weights(layer);
  values[static_cast<std::size_t>(from * shape.units(layer) + to)] = static_cast<float>(numbers[3]);
  net().slab->write(net().slab->region(weights_of(layer)), values);
  inside_ = 0;
  ++version_;
}

void Session::reset() {
  step_ = 0;
  carried_ = 0;
  inside_ = 0;
  settings_.link.clear();
  net().slab->restore(net().fresh);
  ++version_;
}

int Session::full_batches() const {
  return net().train.count / static_cast<int>(net().batch);
}

int Session::rest() const {
  return net().train.count % static_cast<int>(net().batch);
}

int Session::segments() const {
  return kSegments * (full_batches() + (rest() > 0 ? 1 : 0));
}

void Session::run_batch(Steps& steps, int batch, int first_segment, int last_segment) {
  Net& n = *net_;
  const bool incomplete = batch == full_batches();
  Plan& plan = incomplete ? *steps.leaves : batch == 0 && steps.takes ? *steps.takes : *steps.full;
  const auto row = static_cast<std::size_t>(batch * n.batch);
  plan.bind(kX, std::span(n.train.x).subspan(row * static_cast<std::size_t>(n.shape.inputs)));
  plan.bind(kY, std::span(n.train.y).subspan(row));
  share_ = 1.0f / static_cast<float>(n.batch + carried_);
  plan.run(first_segment, last_segment);
  if (last_segment == kSegments - 1) carried_ = incomplete ? rest() : 0;
}

std::int64_t Session::advance(std::stop_token stop, const work::Budget& budget) {
  Steps& plans = steps(false);
  const int batches = segments() / kSegments;
  std::int64_t done = 0;
  while (done < budget.steps) {
    if (done > 0 && stop.stop_requested()) break;
    if (done > 0 && budget.deadline && std::chrono::steady_clock::now() >= *budget.deadline) break;
    const int batch = inside_ / kSegments;
    run_batch(plans, batch, inside_ % kSegments, kSegments - 1);
    for (int b = batch + 1; b < batches; ++b) run_batch(plans, b, 0, kSegments - 1);
    inside_ = 0;
    ++step_;
    ++done;
  }
  ++version_;
  return done;
}

void Session::advance_segment() {
  Steps& plans = steps(true);
  run_batch(plans, inside_ / kSegments, inside_ % kSegments, inside_ % kSegments);
  ++version_;
  if (++inside_ < segments()) return;
  inside_ = 0;
  ++step_;
}

const Plan* Session::step_plan() {
  return &*steps(false).full;
}

work::State Session::save() const {
  return {step_, net().slab->save(), {static_cast<std::uint64_t>(carried_)}};
}

void Session::restore(const work::State& state) {
  if (state.counters.size() != 1) {
    throw UsageError({"saved state", "does not fit this exhibit", "1 counter",
                      to_text(static_cast<std::int64_t>(state.counters.size())), "Open a file of the Playground."});
  }
  net().slab->restore(state.slab);
  step_ = state.step;
  carried_ = static_cast<std::int64_t>(state.counters[0]);
  inside_ = 0;
  ++version_;
}

Hash Session::recipe() const {
  return net().digest;
}

const datasets::PlaneSample& Session::sample() const {
  return *net().sample;
}

std::vector<float> Session::weights(int layer) const {
  const Slab& slab = *net().slab;
  const Region& region = slab.region(weights_of(layer));
  std::vector<float> values(static_cast<std::size_t>(region.shape.elements()));
  slab.read(region, values);
  return values;
}

const Session::Evaluation& Session::evaluate() {
  Net& n = net();
  if (evaluation_.version == version_) return evaluation_;
  const auto make = [&](std::optional<Plan>& plan, const Rows& rows, bool gradients) {
    if (plan) return;
    plan = compile(evaluation(n.shape, *n.slab, rows.count, gradients), *backend_);
    plan->bind(plan->input("x"), rows.x);
    plan->bind(plan->input("y"), rows.y);
  };
  make(n.train_evaluation, n.train, true);
  make(n.test_evaluation, n.test, false);
  n.train_evaluation->run();
  n.test_evaluation->run();
  evaluation_.version = version_;
  evaluation_.train_loss = n.train_evaluation->item(n.train_evaluation->kept("loss"));
  evaluation_.test_loss = n.test_evaluation->item(n.test_evaluation->kept("loss"));
  evaluation_.test_answers = n.test_evaluation->read("answers");
  evaluation_.gradients.clear();
  for (int layer = 1; layer <= n.shape.layers(); ++layer) {
    for (const std::string& name : {weights_of(layer), bias_of(layer)}) {
      evaluation_.gradients.push_back(n.train_evaluation->read(name));
    }
  }
  return evaluation_;
}

void Session::measure(std::vector<float>& values) {
  const Evaluation& now = evaluate();
  values.assign({now.train_loss, now.test_loss});
}

std::shared_ptr<const Fields> Session::fields() {
  Net& n = net();
  if (fields_ && fields_->version == version_) return fields_;
  constexpr int kRows = kFieldSize * kFieldSize;
  if (!n.field) {
    for (std::size_t i = 0; i < kRows; ++i) {
      for (const int f : n.inputs) n.grid.push_back((*feature_fields_)[static_cast<std::size_t>(f)][i]);
      if (n.inputs.empty()) n.grid.push_back(0);
    }
    n.field = compile(every_unit(n.shape, *n.slab, kRows), *backend_);
    n.field->bind(n.field->input("x"), n.grid);
  }
  n.field->run();
  auto next = std::make_shared<Fields>();
  next->version = version_;
  for (int layer = 1; layer <= n.shape.layers(); ++layer) {
    const auto units = static_cast<std::size_t>(n.shape.units(layer));
    const std::vector<float> rows = n.field->read("layer " + to_text(std::int64_t{layer}));
    auto& fields = next->layers.emplace_back(units, Field(kRows));
    for (std::size_t i = 0; i < kRows; ++i) {
      for (std::size_t unit = 0; unit < units; ++unit) fields[unit][i] = rows[i * units + unit];
    }
  }
  return fields_ = std::move(next);
}

// How good the answers to the test rows are, and what one would get without a network.
void Session::judge(Snapshot& s) {
  const std::vector<float>& answers = evaluate().test_answers;
  const std::vector<float>&labels = net().test.y, &seen = net().train.y;
  const auto count = static_cast<double>(labels.size());
  if (s.shape.regression) {
    double mean = 0, error = 0, plain = 0;
    for (const float label : seen) mean += label / static_cast<double>(seen.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
      error += (answers[i] - labels[i]) * (answers[i] - labels[i]);
      plain += (mean - labels[i]) * (mean - labels[i]);
    }
    s.score = std::sqrt(error / count), s.baseline = std::sqrt(plain / count);
    return;
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    ++s.confusion[static_cast<std::size_t>((labels[i] < 0 ? 2 : 0) + (answers[i] >= 0 ? 0 : 1))];
  }
  const int positive = s.confusion[0] + s.confusion[1];
  s.score = (s.confusion[0] + s.confusion[3]) / count;
  s.baseline = std::max(positive / count, 1 - positive / count);
}

std::unique_ptr<work::Snapshot> Session::snapshot() {
  Net& n = net();
  auto s = std::make_unique<Snapshot>();
  const Evaluation& now = evaluate();
  s->sample = n.sample;
  s->features = feature_fields_;
  s->fields = fields();
  s->shape = n.shape;
  s->inputs = n.inputs;
  s->train_loss = now.train_loss, s->test_loss = now.test_loss;
  judge(*s);

  s->batches = segments() / kSegments;
  const bool stopped = inside_ > 0;
  if (stopped) {
    s->batch = inside_ / kSegments;
    s->stage = inside_ % kSegments;
    s->first_row = static_cast<std::size_t>(s->batch * n.batch);
    s->rows = static_cast<std::size_t>(s->batch == full_batches() ? rest() : n.batch);
  }
  for (int layer = 1; layer <= n.shape.layers(); ++layer) {
    const auto at = static_cast<std::size_t>(layer - 1) * 2;
    s->weights.push_back(weights(layer));
    std::vector<float> bias(static_cast<std::size_t>(n.shape.units(layer)));
    n.slab->read(n.slab->region(bias_of(layer)), bias);
    s->biases.push_back(std::move(bias));
    s->gradients.push_back(now.gradients[at]);
    double square = 0;
    for (const auto& part : {now.gradients[at], now.gradients[at + 1]}) {
      for (const float v : part) square += static_cast<double>(v) * v;
    }
    s->gradient_norms.push_back(std::sqrt(square));
  }
  if (stopped && s->stage >= 2) {
    Steps& plans = steps(true);
    const Plan& plan = s->batch == full_batches()     ? *plans.leaves
                       : s->batch == 0 && plans.takes ? *plans.takes
                                                      : *plans.full;
    s->batch_loss = plan.item(plan.kept("loss"));
    for (int layer = 1; s->stage >= 3 && layer <= n.shape.layers(); ++layer) {
      s->gradients[static_cast<std::size_t>(layer) - 1] = plan.read(weights_of(layer));
    }
  }

  tried_[0] = tried_[0] || (step_ > 0 && !n.shape.regression && now.test_loss < kSolvedLoss);
  tried_[1] = tried_[1] || (settings_.set == "circle" && n.shape.layers() == 2 && n.inputs == std::vector{0, 1} &&
                            s->score >= kGoodScore);
  tried_[2] = tried_[2] || (settings_.set == "spiral" && s->score >= kGoodScore);
  s->tried.assign(tried_.begin(), tried_.end());
  s->read_outs = {{"epoch", static_cast<double>(step_), "", 0},
                  {"train loss", now.train_loss, "", 3},
                  {"test loss", now.test_loss, "", 3},
                  held(*backend_)};
  return s;
}

}  // namespace vitrine::views::playground
