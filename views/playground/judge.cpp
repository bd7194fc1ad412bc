// How the network stands: losses, answers, gradients, fields, and what of it a snapshot shows.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/number.h"
#include "views/held.h"
#include "views/playground/code.h"
#include "views/playground/effort.h"
#include "views/playground/presets.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {
namespace {

constexpr double kSolvedLoss = 0.05;  // where the published statistics call a run solved
constexpr double kGoodScore = 0.95;
constexpr int kJudgedSegments = 4;
constexpr int kMostWritten = 20000;          // numbers that a program spells out
constexpr std::int64_t kLessonEpochs = 300;  // how far a program trains

int answered_class(const NetShape& shape, std::span<const float> answers, std::size_t row) {
  if (shape.answer == Answer::side) return answers[row] >= 0 ? 0 : 1;
  const auto outputs = static_cast<std::size_t>(shape.outputs);
  const auto first = answers.begin() + static_cast<std::ptrdiff_t>(row * outputs);
  return static_cast<int>(std::max_element(first, first + shape.outputs) - first);
}

}  // namespace

// What is known of a network before it may take its time.
Session::Evaluation Session::unknown(const NetShape& shape, int rows) const {
  constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
  Evaluation none{.version = version_,
                  .train_loss = kUnknown,
                  .test_loss = kUnknown,
                  .test_answers = {},
                  .answers = {},
                  .gradients = {}};
  none.test_answers.resize(static_cast<std::size_t>(rows * shape.outputs));
  none.answers = std::make_shared<const std::vector<float>>(net().points->all.size(), kUnknown);
  for (const learn::Moved& moved : moved_by(shape))
    none.gradients.emplace_back(static_cast<std::size_t>(moved.shape.elements()));
  return none;
}

template <class Make>
void Session::run_over(std::optional<Plan>& plan, const Rows& rows, Make graph) {
  if (!plan) {
    plan = compile(graph(), *backend_);
    plan->bind(plan->input("x"), rows.x);
    plan->bind(plan->input("y"), rows.y);
  }
  plan->run();
}

const Session::Evaluation& Session::evaluate() {
  Net& n = net();
  if (evaluation_.version == version_) return evaluation_;
  if (!asks_first(settings_).empty()) return evaluation_ = unknown(n.shape, n.test.count);
  const auto run = [&](std::optional<Plan>& plan, const Rows& rows, bool gradients) {
    run_over(plan, rows, [&] { return evaluation(n.shape, *n.slab, rows.count, n.recipe.loss, gradients); });
  };
  run(n.train_evaluation, n.train, true);
  run(n.test_evaluation, n.test, false);
  evaluation_.version = version_;
  evaluation_.train_loss = n.train_evaluation->item(n.train_evaluation->kept("loss"));
  evaluation_.test_loss = n.test_evaluation->item(n.test_evaluation->kept("loss"));
  evaluation_.test_answers = n.test_evaluation->read("answers");
  auto answers = std::make_shared<std::vector<float>>();
  for (const std::vector<float>& part : {n.train_evaluation->read("answers"), evaluation_.test_answers}) {
    const std::size_t rows = part.size() / static_cast<std::size_t>(n.shape.outputs);
    for (std::size_t row = 0; row < rows; ++row)
      answers->push_back(n.shape.answer == Answer::classes ? static_cast<float>(answered_class(n.shape, part, row))
                                                           : part[row]);
  }
  evaluation_.answers = std::move(answers);
  evaluation_.gradients.clear();
  for (const learn::Moved& moved : moved_by(n.shape)) {
    evaluation_.gradients.push_back(n.train_evaluation->read(moved.name));
  }
  return evaluation_;
}

float Session::loss_of(std::optional<Plan>& plan, const Rows& rows) {
  const Net& n = net();
  run_over(plan, rows, [&] { return loss_over(n.shape, *n.slab, rows.count, n.recipe.loss); });
  return plan->item(0);
}

Session::Losses Session::losses() {
  Net& n = net();
  if (evaluation_.version == version_) return {evaluation_.train_loss, evaluation_.test_loss};
  if (!asks_first(settings_).empty()) return {};
  return {loss_of(n.train_loss, n.train), loss_of(n.test_loss, n.test)};
}

void Session::measure(std::vector<float>& values) {
  const Losses now = losses();
  values.assign({now.train, now.test, penalty()});
}

// What the weights cost beside the loss; no number while they cost nothing.
float Session::penalty() const {
  if (settings_.penalty == Penalty::none) return std::numeric_limits<float>::quiet_NaN();
  double sum = 0;
  for (int layer = 1; layer <= net().shape.layers(); ++layer) {
    for (const float weight : weights(layer)) {
      const double w = weight;
      sum += settings_.penalty == Penalty::l1 ? std::fabs(w) : w * w / 2;
    }
  }
  return static_cast<float>(settings_.penalty_rate * sum);
}

// How good the answers to the test rows are, and what one would get without a network.
Score Session::judge() {
  const std::vector<float>& answers = evaluate().test_answers;
  const Net& n = net();
  const auto first = static_cast<std::ptrdiff_t>(n.points->train);
  const std::span tested = std::span(n.points->all).subspan(n.points->train);
  const auto count = static_cast<double>(tested.size());
  Score score;
  if (n.points->are_values()) {
    const double sum = std::accumulate(n.points->all.begin(), n.points->all.begin() + first, 0.0,
                                       [](double s, const datasets::PlanePoint& p) { return s + p.label; });
    const double mean = sum / static_cast<double>(first);
    double error = 0, plain = 0;
    for (std::size_t i = 0; i < tested.size(); ++i) {
      const double label = tested[i].label, answer = static_cast<double>(answers[i]);
      error += (answer - label) * (answer - label);
      plain += (mean - label) * (mean - label);
    }
    score.error = std::sqrt(error / count), score.of_mean = std::sqrt(plain / count);
    score.explained = plain > 0 ? 1 - error / plain : 0;
    return score;
  }
  const auto classes = static_cast<std::size_t>(n.points->classes);
  score.confusion.resize(classes * classes);
  std::vector<std::int64_t> labels(classes);
  std::int64_t right = 0;
  for (std::size_t i = 0; i < tested.size(); ++i) {
    const auto label = static_cast<std::size_t>(n.points->class_of(tested[i].label));
    const auto answer = static_cast<std::size_t>(answered_class(n.shape, answers, i));
    ++score.confusion[label * classes + answer];
    ++labels[label];
    right += label == answer ? 1 : 0;
  }
  score.share = static_cast<double>(right) / count;
  score.by_chance = static_cast<double>(*std::ranges::max_element(labels)) / count;
  return score;
}

std::vector<ClassScore> by_class(const std::vector<std::int64_t>& confusion) {
  const auto classes = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(confusion.size()))));
  std::vector<ClassScore> all;
  for (std::size_t c = 0; c < classes; ++c) {
    std::int64_t of_it = 0, answered = 0;
    for (std::size_t other = 0; other < classes; ++other) {
      of_it += confusion[c * classes + other];
      answered += confusion[other * classes + c];
    }
    const auto share = [right = confusion[c * classes + c]](double count) {
      return count > 0 ? static_cast<double>(right) / count : std::numeric_limits<double>::quiet_NaN();
    };
    all.push_back({share(static_cast<double>(answered)), share(static_cast<double>(of_it)),
                   share(static_cast<double>(of_it + answered) / 2)});
  }
  return all;
}

std::vector<work::ReadOut> Session::results() {
  const Score score = judge();
  if (net().points->are_values()) return {{"R²", score.explained, "", 3}};
  return {{"accuracy", 100 * score.share, "%", 3}};
}

void Session::show_layers(Snapshot& s) {
  const Net& n = net();
  const Evaluation& now = evaluate();
  const auto read = [&](const std::string& name) {
    const Region& region = n.slab->region(name);
    std::vector<float> values(static_cast<std::size_t>(region.shape.elements()));
    n.slab->read(region, values);
    return values;
  };
  for (int layer = 1; layer <= n.shape.layers(); ++layer) {
    const auto at = static_cast<std::size_t>(layer - 1) * 2;
    s.weights.push_back(read(weights_of(layer)));
    s.live.push_back(read(live_of(layer)));
    s.biases.push_back(read(bias_of(layer)));
    s.gradients.push_back(now.gradients[at]);
    double square = 0;
    for (const auto& part : {now.gradients[at], now.gradients[at + 1]}) {
      for (const float v : part) square += static_cast<double>(v) * v;
    }
    s.gradient_norms.push_back(std::sqrt(square));
  }
}

void Session::show_row(Snapshot& s) {
  const Net& n = net();
  const auto inputs = static_cast<std::size_t>(n.shape.inputs);
  const auto first = n.train.x.begin() + static_cast<std::ptrdiff_t>(s.first_row * inputs);
  s.row_answers.emplace_back(first, first + n.shape.inputs);
  const Plan& plan = plan_of(steps(true), s.batch);
  for (int layer = 1; layer <= n.shape.layers(); ++layer) {
    const std::vector<float> rows = plan.read(answers_of(layer));
    s.row_answers.emplace_back(rows.begin(), rows.begin() + n.shape.units(layer));
  }
}

void Session::show_inside(Snapshot& s) {
  const Net& n = net();
  s.batches = segments() / kJudgedSegments;
  if (inside_ == 0) return;
  s.batch = inside_ / kJudgedSegments;
  s.stage = inside_ % kJudgedSegments;
  s.first_row = static_cast<std::size_t>(s.batch * n.batch);
  s.rows = static_cast<std::size_t>(s.batch == full_batches() ? rest() : n.batch);
  show_row(s);
  if (s.stage < 2) return;
  const Plan& plan = plan_of(steps(true), s.batch);
  s.batch_loss = plan.item(plan.kept("loss"));
  for (int layer = 1; s.stage >= 3 && layer <= n.shape.layers(); ++layer) {
    s.gradients[static_cast<std::size_t>(layer) - 1] = plan.read(weights_of(layer));
  }
}

void Session::note_tries(const Snapshot& s) {
  const bool of_classes = s.shape.answer != Answer::value;
  tried_[0] = tried_[0] || (step_ > 0 && of_classes && static_cast<double>(s.test_loss) < kSolvedLoss);
  tried_[1] = tried_[1] || (settings_.set == "circle" && s.shape.layers() == 2 && s.inputs == std::vector{0, 1} &&
                            s.score.share >= kGoodScore);
  tried_[2] = tried_[2] || (settings_.set == "spiral" && s.score.share >= kGoodScore);
}

ProgramText Session::program(Language language, bool learnt, std::int64_t epochs) const {
  const Net& n = net();
  learn::Optimiser optimiser = n.recipe.optimiser;
  optimiser.set(learn::kRate, settings_.rate);  // the one number that moves without anything being made anew
  const std::vector<float> values = learnt ? n.slab->save() : n.fresh;
  Program program{.settings = settings_,
                  .points = *n.points,
                  .shape = n.shape,
                  .inputs = n.inputs,
                  .optimiser = optimiser,
                  .numbers = {},
                  .live = {},
                  .epochs = learnt ? 0 : epochs};
  const auto part = [&](const std::vector<float>& of, const std::string& name) {
    const Region& region = n.slab->region(name);
    const auto first = of.begin() + static_cast<std::ptrdiff_t>(region.offset);
    return std::vector<float>(first, first + region.shape.elements());
  };
  if (n.shape.parameters() <= kMostWritten)
    for (const learn::Moved& moved : moved_by(n.shape)) program.numbers.push_back(part(values, moved.name));
  if (n.recipe.some_rest && n.recipe.penalty != Penalty::l1) {  // those that a person laid to rest
    const std::vector<float> now = n.slab->save();
    for (int layer = 1; layer <= n.shape.layers(); ++layer) program.live.push_back(part(now, live_of(layer)));
  }
  return write_program(language, program);
}

std::shared_ptr<const ProgramText> Session::code() {
  if (settings_.instrument != Instrument::code) return nullptr;
  const bool learnt = settings_.learnt_weights && std::isfinite(evaluate().train_loss);
  if (!code_ || learnt) code_ = std::make_shared<const ProgramText>(program(settings_.language, learnt, kLessonEpochs));
  return code_;
}

std::unique_ptr<work::Snapshot> Session::snapshot() {
  Net& n = net();
  auto s = std::make_unique<Snapshot>();
  const Evaluation& now = evaluate();
  s->points = n.points;
  s->features = n.feature_fields;
  s->trouble = n.trouble;
  if (const std::string why = why_stopped(); !why.empty()) s->trouble.insert(s->trouble.begin(), why);
  if (const Preset* preset = find_preset(settings_.preset); preset != nullptr && step_ == 0) s->remark = preset->remark;
  s->fields = fields();
  show_close_up(*s);
  s->shape = n.shape;
  s->inputs = n.inputs;
  s->train_loss = now.train_loss, s->test_loss = now.test_loss;
  s->score = judge();
  s->answers = now.answers;
  s->said = said_;
  s->code = code();
  show_layers(*s);
  show_inside(*s);
  note_tries(*s);
  s->tried.assign(tried_.begin(), tried_.end());
  s->read_outs = {{"epoch", static_cast<double>(step_), "", 0},
                  {"train loss", now.train_loss, "", 3},
                  {"test loss", now.test_loss, "", 3},
                  held(*backend_)};
  if (const float cost = penalty(); !std::isnan(cost))
    s->read_outs.insert(s->read_outs.end() - 1, {"penalty", cost, "", 3});
  if (settings_.stop_patience > 0) {
    const std::int64_t left = std::max<std::int64_t>(0, settings_.stop_patience - (step_ - best_.step));
    s->read_outs.insert(s->read_outs.end() - 1, {"patience left", static_cast<double>(left), "", 0});
  }
  return s;
}

}  // namespace vitrine::views::playground
