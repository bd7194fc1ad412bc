// Builds the net from settings, trains it by epochs, and judges it by validation rows.
#include "views/heartbeats/session.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "datasets/anomaly/threshold.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/core/run_limits.h"
#include "views/heartbeats/code.h"
#include "views/heartbeats/controls.h"
#include "views/heartbeats/numbers.h"
#include "views/held.h"

namespace vitrine::views::heartbeats {
namespace {

constexpr int kSegments = learn::Trainer::kSegments;
constexpr std::int64_t kTriedContamination = 30;  // per cent, as the story suggests
constexpr double kPartedArea = 0.98;              // from here the two heaps are parted
constexpr double kInverted = 0.5;                 // below, anomalies come back better than normal beats
constexpr std::size_t kRowsForAxes = 2000;        // more would not turn them
constexpr std::int64_t kAtLeastEpochs = 3;        // before which nothing is said of a collapse

std::vector<BaselineArea> baseline_areas(const Beats& beats, const Rows& rows) {
  std::vector<BaselineArea> areas;
  for (const datasets::Baseline& baseline : datasets::baselines()) {
    const auto scores = baseline.scores(beats.table(beats.learnt), beats.table(rows));
    areas.push_back(
        {std::string(baseline.id), std::string(baseline.label), datasets::area_under_curve(scores, rows.anomalous)});
  }
  return areas;
}

std::string count(std::size_t rows) {
  return to_text(static_cast<std::int64_t>(rows));
}

std::vector<float> middle_of_normal(std::span<const float> codes, const Rows& rows, std::size_t width) {
  std::vector<float> sum(width);
  float count = 0;
  for (std::size_t row = 0; row < rows.count() && (row + 1) * width <= codes.size(); ++row) {
    if (rows.anomalous[row] != 0) continue;
    for (std::size_t i = 0; i < width; ++i) sum[i] += codes[row * width + i];
    ++count;
  }
  for (float& value : sum) value /= std::max(1.0f, count);
  return sum;
}

}  // namespace

struct Session::Net {
  Net(Backend& backend, const Settings& s, const Beats& beats)
      : model(make_autoencoder(s, beats.width)),
        weights(backend, model.whole, static_cast<std::uint64_t>(s.start_seed)),
        trainer(model.whole, weights,
                {.optimiser = optimiser_of(s),
                 .loss = losses_of(s),
                 .readings = false,  // curves are of the scores, which are measured where a point is noted
                 .seed = static_cast<std::uint64_t>(s.start_seed)}),
        predictor(model.whole, weights),
        decoder(model.decoder, weights),
        examiner(trainer),
        fresh(trainer.save()),
        data(data_of(s, beats.width, beats.learnt.values)) {}

  Autoencoder model;
  nn::Weights weights;
  learn::Trainer trainer;
  learn::Predictor predictor, decoder;
  learn::Examiner examiner;
  learn::TrainingState fresh;
  learn::Data data;
  std::optional<learn::Course> course;
};

Session::Session(std::shared_ptr<Backend> backend, std::uint64_t seed) : backend_(std::move(backend)) {
  settings_.data_seed = static_cast<std::int64_t>(seed % 100000);
  settings_.start_seed = settings_.data_seed;
}

Session::~Session() = default;

const work::ControlTable& Session::controls() const {
  return control_table();
}

// Epochs go on from where the session stands; the order of rows follows from seed and epoch.
void Session::begin_course(Net& net) const {
  net.course.emplace(net.trainer, net.data,
                     learn::FitOptions{.epochs = std::numeric_limits<std::int64_t>::max(),
                                       .batch_size = settings_.batch,
                                       .initial_epoch = step_,
                                       .seed = static_cast<std::uint64_t>(settings_.start_seed)});
  inside_ = 0;
}

// What still fits of the weights stays; of the optimiser's memory only if all of it does.
void Session::take_over(const Net& before, Net& next) const {
  learn::copy_fitting(before.weights, next.weights);
  const learn::TrainingState old = before.trainer.save();
  learn::TrainingState now = next.trainer.save();
  now.step = old.step;
  if (same_model(built_, settings_) && old.slots.size() == now.slots.size() &&
      built_.optimiser == settings_.optimiser) {
    now.slots = old.slots;
  }
  next.trainer.restore(now);
}

void Session::refresh_beats() const {
  if (beats_ && same_data(beats_from_, settings_)) return;
  std::shared_ptr<const Sources> sources = sources_;
  if (!sources || !same_sources(beats_from_, settings_))
    sources = std::make_shared<const Sources>(read_sources(settings_, errand()));
  beats_ = make_beats(settings_, *sources);
  beats_from_ = settings_, sources_ = std::move(sources);
  baselines_ = nullptr;
}

void Session::judge_anew() const {
  validation_ = nullptr, passing_ = nullptr;
  validated_.reset();
}

Session::Net& Session::net() const {
  if (net_ && !stale_) return *net_;
  refresh_beats();
  auto next = std::make_unique<Net>(*backend_, settings_, *beats_);
  if (net_ && step_ > 0) {
    if (net_->trainer.inside() != 0) net_->trainer.run();
    take_over(*net_, *next);
  }
  net_ = std::move(next);
  begin_course(*net_);
  built_ = settings_;
  judge_anew();
  stale_ = false;
  return *net_;
}

void Session::changed(std::string_view path) {
  if (path.starts_with("stage.") || path.starts_with("code.")) {  // refused here where it is no list of numbers
    read_numbers(settings_.point, "point of the code");
    read_numbers(settings_.drawn, "own beat");
    passing_ = nullptr;
    return;
  }
  if (path == "data.rate") return;
  if (path.starts_with("threshold.")) {
    moved_threshold_ = moved_threshold_ || settings_.by_hand > 0;
    judge_anew();
    return;
  }
  trail_.setting_moved();
  if (path == "learning.rate" && net_ && !stale_) {
    net_->trainer.set(learn::kRate, settings_.rate);
    built_.rate = settings_.rate;
    return;
  }
  if (path == "model.preset") {
    apply_preset(settings_.preset, settings_);
    settings_.preset = Preset::own;
  }
  test_ = nullptr;
  stale_ = true;
}

void Session::act(std::string_view action) {
  if (action == "test.open") open_test();
}

void Session::reset() {
  step_ = 0;
  Net& n = net();
  n.trainer.restore(n.fresh);
  begin_course(n);
  judge_anew();
  test_ = nullptr;
  trail_.clear();
}

int Session::segments() const {
  Net& n = net();
  return kSegments * static_cast<int>((n.data.count() + settings_.batch - 1) / settings_.batch);
}

std::int64_t Session::advance(std::stop_token stop, const work::Budget& budget) {
  Net& n = net();
  std::int64_t done = 0;
  while (done < budget.steps) {
    if (done > 0 && stop.stop_requested()) break;
    if (done > 0 && budget.deadline && std::chrono::steady_clock::now() >= *budget.deadline) break;
    n.course->step_epoch();
    inside_ = 0;
    ++step_;
    ++done;
  }
  judge_anew();
  return done;
}

void Session::advance_segment() {
  Net& n = net();
  n.course->step_segment();
  judge_anew();
  if (++inside_ < segments()) return;
  inside_ = 0;
  ++step_;
}

const Plan* Session::step_plan() {
  Net& n = net();
  if (n.trainer.inside() == 0) {  // a plan is made when its first batch is loaded
    std::vector<std::int64_t> rows(static_cast<std::size_t>(std::min(n.data.count(), settings_.batch)));
    std::iota(rows.begin(), rows.end(), std::int64_t{0});
    n.trainer.load(n.data, rows);
  }
  return &n.trainer.loaded().plan();
}

work::State Session::save() const {
  Net& n = net();
  learn::TrainingState training = n.trainer.save();
  work::State state{step_, std::move(training.weights), {static_cast<std::uint64_t>(training.step)}};
  state.slab.insert(state.slab.end(), training.slots.begin(), training.slots.end());
  return state;
}

void Session::restore(const work::State& state) {
  Net& n = net();
  learn::TrainingState training = n.fresh;
  const std::size_t weights = training.weights.size();
  if (state.counters.size() != 1 || state.slab.size() != weights + training.slots.size()) {
    throw UsageError({"saved state", "does not fit this exhibit",
                      count(weights + training.slots.size()) + " numbers and 1 counter",
                      count(state.slab.size()) + " and " + count(state.counters.size()), "Open a file of Heartbeats."});
  }
  if (state.counters[0] > std::uint64_t{limits::kSteps}) {
    throw UsageError({"saved state", "has taken more batches than anybody can", "at most " + to_text(limits::kSteps),
                      "more", "Open another copy."});
  }
  const auto middle = state.slab.begin() + static_cast<std::ptrdiff_t>(weights);
  training.weights.assign(state.slab.begin(), middle);
  training.slots.assign(middle, state.slab.end());
  training.step = static_cast<std::int64_t>(state.counters[0]);
  trail_.state_restored();
  step_ = state.step;
  n.trainer.restore(training);
  begin_course(n);
  judge_anew();
}

Hash Session::recipe() const {
  net();
  return beats_->digest;
}

int Session::parameters() const {
  return static_cast<int>(net().weights.parameters());
}

double Session::threshold() const {
  if (settings_.by_hand > 0) return settings_.by_hand;
  if (validated_) return *validated_;
  Net& n = net();
  const datasets::ThresholdRule& rule = *datasets::find_threshold_rule(settings_.rule);
  datasets::Evidence evidence{.beta = settings_.beta,
                              .price_of_miss = settings_.price,
                              .percentile = settings_.percentile,
                              .sigmas = settings_.sigmas,
                              .risk = settings_.risk / 100};
  const Rows& rows = rule.needs_labels ? beats_->validation : beats_->learnt;
  const std::vector<float> scores = scores_of(n.predictor, *beats_, rows);
  if (rule.needs_labels) {
    evidence.scores = scores, evidence.anomalous = rows.anomalous;
  } else {
    evidence.learnt = scores;
  }
  const double chosen = rule.choose(evidence);
  validated_ = std::isfinite(chosen) ? chosen : kMostError;
  return *validated_;
}

Judged Session::judge(const Rows& rows) const {
  Judged judged;
  judged.rebuilt = rebuild(net().predictor, *beats_, rows);
  judged.threshold = threshold();
  judged.verdicts = datasets::verdicts(judged.rebuilt.scores, rows.anomalous, judged.threshold);
  judged.area = datasets::area_under_curve(judged.rebuilt.scores, rows.anomalous);
  judged.loss = mean_score(judged.rebuilt.scores, rows);
  judged.health = examine(judged.rebuilt, *beats_, rows);
  const auto units = static_cast<std::size_t>(settings_.code);
  const std::span<const float> codes(judged.rebuilt.codes);
  judged.code_axes = datasets::principal_axes({units, codes.first(std::min(codes.size(), units * kRowsForAxes))},
                                              static_cast<std::size_t>(kComponents));
  return judged;
}

Probe Session::decoded() const {
  Net& n = net();
  const auto width = static_cast<std::size_t>(settings_.code);
  Probe probe{.code = read_numbers(settings_.point, "point of the code")};
  if (probe.code.size() != width) probe.code = middle_of_normal(validation().rebuilt.codes, beats_->validation, width);
  const learn::Rows decoded = n.decoder(learn::Rows({settings_.code}, probe.code));
  probe.rebuilt.assign(decoded.values().begin(), decoded.values().end());
  return probe;
}

Probe Session::drawn() const {
  Net& n = net();
  Rows row{.values = read_numbers(settings_.drawn, "own beat"), .kinds = {0}, .anomalous = {0}};
  if (row.values.size() == beats_->width) {
    beats_->scaling.apply(row.values);
  } else {
    row.values = beats_->mean;
  }
  Rebuilt rebuilt = rebuild(n.predictor, *beats_, row);
  return {std::move(row.values), std::move(rebuilt.values), std::move(rebuilt.codes), rebuilt.scores.front()};
}

std::shared_ptr<const Probe> Session::probe() const {
  switch (settings_.shows) {
    case Shows::scaling:
    case Shows::inside:
    case Shows::timing:
    case Shows::code:
    case Shows::beat:
      return nullptr;
    case Shows::point:
      return std::make_shared<const Probe>(decoded());
    case Shows::drawn:
      return std::make_shared<const Probe>(drawn());
  }
  return nullptr;
}

std::shared_ptr<const Inside> Session::look_inside() const {
  Net& n = net();
  const Rows& rows = beats_->validation;
  if (rows.count() == 0) return nullptr;
  const bool known = settings_.beat >= 0 && settings_.beat < static_cast<std::int64_t>(rows.count());
  const std::size_t beat = known ? static_cast<std::size_t>(settings_.beat) : first_anomaly(rows);
  learn::Examiner* examiner = n.trainer.inside() == 0 ? &n.examiner : nullptr;
  return std::make_shared<const Inside>(
      heartbeats::look_inside(settings_, *beats_, beat, n.model, n.weights, n.predictor, examiner));
}

std::shared_ptr<const Passing> Session::passing() const {
  if (settings_.shows != Shows::beat) return nullptr;
  if (!passing_) {
    const Judged& now = validation();
    passing_ = passing_of({net().model.whole, net().weights, *beats_, now.rebuilt, now.threshold}, settings_.change);
  }
  return passing_;
}

const Judged& Session::validation() const {
  net();
  if (!validation_) validation_ = std::make_shared<const Judged>(judge(beats_->validation));
  return *validation_;
}

ProgramText Session::program(Language language, bool learnt) const {
  const Net& n = net();
  const Rows& rows = beats_->validation;
  std::span<const float> beat(beats_->mean);
  if (rows.count() > 0) beat = beats_->table(rows)[first_anomaly(rows)];
  return write_program(language, {settings_, n.model, n.weights, beats_->scaling, beat, threshold(), learnt});
}

std::vector<std::pair<std::string, std::string>> Session::layers_of_program() const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const nn::Layer& layer : judging_layers(net().model).all()) all.emplace_back(layer.kind().name, layer.name());
  return all;
}

const TestReport& Session::open_test() {
  net();
  const Rows& rows = beats_->test.open();
  test_ = std::make_shared<const TestReport>(
      TestReport{judge(rows), baseline_areas(*beats_, rows), step_, beats_->test.opened(), one_sided(rows, "test")});
  return *test_;
}

void Session::time_model_of_the_talk(const TimingRuns& runs) {
  timing_ = std::make_shared<const Timing>(time_here(*backend_, runs));
}

std::string Session::split() const {
  net();
  return count(beats_->learnt.count()) + " learnt from, " + count(beats_->validation.count()) + " for validation, " +
         count(beats_->test.count()) + " for the test";
}

void Session::measure(std::vector<float>& values) {
  Net& n = net();
  const std::vector<float> learnt = scores_of(n.predictor, *beats_, beats_->learnt);
  const Rebuilt validation = rebuild(n.predictor, *beats_, beats_->validation);
  values = {static_cast<float>(mean_score(learnt, beats_->learnt)),
            static_cast<float>(mean_score(validation.scores, beats_->validation))};
  trail_.leave(step_, validation.codes);
}

std::string Session::sentence() const {
  const Judged& now = validation();
  const bool broken = now.health.beyond > 0, late = step_ >= kAtLeastEpochs;
  if (!broken && late && now.area < kInverted) {
    return "The score inverts: anomalies are the majority of what was learnt, so they come back better than normal "
           "beats.";
  }
  std::string all = broken || late ? now.health.sentence : "";
  for (const std::string& note : beats_->notes) all += (all.empty() ? "" : " ") + note;
  return all;
}

std::unique_ptr<work::Snapshot> Session::snapshot() {
  Net& n = net();
  auto s = std::make_unique<Snapshot>();
  const Judged& now = validation();
  if (!baselines_) {
    baselines_ = std::make_shared<const std::vector<BaselineArea>>(baseline_areas(*beats_, beats_->validation));
  }
  s->beats = beats_, s->validation = validation_, s->baselines = baselines_, s->test = test_, s->probe = probe(),
  s->passing = passing(), s->timing = timing_, s->trail = trail_.waypoints();
  if (settings_.shows == Shows::inside) s->inside = look_inside();
  if (settings_.shows == Shows::code)
    s->program = std::make_shared<const ProgramText>(program(settings_.language, settings_.learnt_weights));
  s->units = n.model.units, s->code = n.model.code;
  s->sentence = sentence();
  s->split = split();
  learnt_ = learnt_ || (step_ > 0 && now.area >= kPartedArea);
  contaminated_ = contaminated_ || (step_ > 0 && settings_.contamination >= kTriedContamination);
  s->tried = {learnt_, moved_threshold_, contaminated_};
  s->read_outs = {{"epoch", static_cast<double>(step_), "", 0},
                  {"validation loss", now.loss, "", 3},
                  {"area", now.area, "", 3},
                  {"accuracy", 100 * now.verdicts.accuracy(), "%", 3},
                  held(*backend_)};
  return s;
}

}  // namespace vitrine::views::heartbeats
