// Compiles what was wired, trains it, and notices when it flies apart.
#include "views/neuron/polynomial.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"
#include "views/neuron/points.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {
namespace {

constexpr float kFlown = 1e6f;   // of a parameter: points lie within ±2, so nothing near is a fit
constexpr double kCalmer = 0.1;  // of the rate, to begin again with
constexpr double kLeastRate = 1e-4;

// Named as places of the plan are.
std::string numbered(std::string_view what, std::size_t i) {
  return std::string(what) + " " + to_text(static_cast<std::int64_t>(i) + 1);
}

std::string_view name_of(std::size_t parameter) {
  return kind_of({kParameters[parameter]}).id;
}

std::vector<std::pair<std::string, Shape>> parameter_regions() {
  std::vector<std::pair<std::string, Shape>> regions;
  for (std::size_t p = 0; p < kParameters.size(); ++p) regions.emplace_back(name_of(p), Shape{});
  return regions;
}

std::vector<learn::Moved> moved(const std::array<bool, 4>& which) {
  std::vector<learn::Moved> all;
  for (std::size_t p = 0; p < kParameters.size(); ++p)
    if (which[p]) all.push_back({std::string(name_of(p)), {}});
  return all;
}
constexpr std::array<bool, 4> kAllFour{true, true, true, true};

Leaves trace_leaves(Tracer& t, const Slab& slab, const Tensor& x) {
  Leaves leaves{.x = x, .parameters = {}};
  for (std::size_t p = 0; p < kParameters.size(); ++p) leaves.parameters[p] = t.region(slab, name_of(p));
  return leaves;
}

// The gradients of a loss on everything that was computed on the way: those on the wires are the ones that the
// parameters get.
class Slopes {
 public:
  Slopes(const Tensor& loss, const std::vector<Tensor>& values) {
    for (const Tensor& value : values)
      if (value && value.symbolic()) sources_.push_back(value);
    slopes_ = ops::gradients(loss, sources_);
  }
  const Tensor& of(const Tensor& value) const {
    const auto at = std::ranges::find_if(sources_, [&](const Tensor& source) { return source.same(value); });
    return slopes_[static_cast<std::size_t>(at - sources_.begin())];
  }

 private:
  std::vector<Tensor> sources_, slopes_;
};

}  // namespace

Polynomial::Polynomial(std::shared_ptr<Backend> backend, Settings& settings)
    : backend_(std::move(backend)), settings_(settings), slab_(*backend_, parameter_regions(), "polynomial") {
  draw_points();
  choose_optimiser();
  rewire();
  reset();
}

void Polynomial::draw_points() {
  Points points = neuron::draw_points(settings_.points, settings_.noise, settings_.point_seed, kFitPoints);
  x_ = std::move(points.x);
  y_.resize(points.y.size());
  std::ranges::copy(points.y, y_.begin());  // into the memory that the plan is bound to
}

void Polynomial::choose_optimiser() {
  optimiser_.emplace(learn::optimiser_of(settings_.optimiser));
  slots_.emplace(learn::make_slots(*backend_, *optimiser_, moved(kAllFour)));
  hypers_.clear();
  for (const std::string_view name : optimiser_->reals())
    hypers_.push_back(static_cast<float>(name == learn::kRate ? settings_.fit_rate : optimiser_->value(name)));
}

// The blocks on the stage run as soon as they can; until then those that ran go on.
void Polynomial::rewire() {
  if (!check(settings_.blocks).fault) settings_.running = settings_.blocks;
  if (check(settings_.running).fault) settings_.running = compiled_.empty() ? quadratic_blocks() : compiled_;
  if (settings_.running != compiled_) compile_plans();
}

void Polynomial::compile_plans() {
  compiled_ = settings_.running;
  wiring_ = check(compiled_);
  compile_step();
  compile_curve();
  inside_ = 0;
}

void Polynomial::compile_step() {
  kept_.assign(compiled_.size(), {});
  const Graph graph = trace([&](Tracer& t) { trace_step(t); });
  plan_ = compile(graph, *backend_);
  plan_->bind(plan_->input("y"), y_);
  std::size_t next = 0;
  for (const std::string_view name : optimiser_->reals()) plan_->bind(plan_->input(name), {&hypers_[next++], 1});
  answers_ = plan_->kept("answers"), loss_ = plan_->kept("loss");
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    if (!wiring_.needs(static_cast<int>(i)) || !kept_[i].fixed.empty()) continue;
    kept_[i].gradient = plan_->kept(numbered("gradient", i));
    if (!kind_of(compiled_[i]).parameter) kept_[i].value = plan_->kept(numbered("value", i));
  }
}

void Polynomial::trace_step(Tracer& t) {
  const Tensor x = tensor(*backend_, x_, {kFitPoints});
  const Tensor y = t.input("y", {DType::float32, {kFitPoints}});
  const Leaves leaves = trace_leaves(t, slab_, x);
  const Wired wired = build(compiled_, wiring_, leaves, *backend_);
  t.segment("loss");
  const Tensor loss = ops::mean(ops::square(wired.answer - y));
  t.segment("backward");
  const Slopes slopes(loss, wired.values);
  t.segment("update");
  learn::Update::Values hypers;
  for (const std::string_view name : optimiser_->reals()) hypers.emplace(name, t.input(std::string(name), {}));
  std::vector<Tensor> old, downhill;
  for (std::size_t p = 0; p < kParameters.size(); ++p) {
    if (!wiring_.learns[p]) continue;
    old.push_back(leaves.parameters[p]);
    downhill.push_back(slopes.of(old.back()));
  }
  const std::vector<Tensor> after =
      learn::trace_updates(t, *optimiser_, *slots_, {moved(wiring_.learns), old, downhill, hypers, like(x, 0)});
  for (std::size_t i = 0; i < old.size(); ++i) t.assign(old[i], after[i]);

  t.output("answers", wired.answer);
  t.output("loss", loss);
  for (std::size_t i = 0; i < wired.values.size(); ++i) {
    const Tensor& value = wired.values[i];
    if (!value) continue;
    if (!value.symbolic()) {
      kept_[i].fixed = value.floats();
      continue;
    }
    if (!kind_of(compiled_[i]).parameter) t.output(numbered("value", i), value);
    t.output(numbered("gradient", i), slopes.of(value));
  }
}

// The formula between the points, to draw it.
void Polynomial::compile_curve() {
  curve_x_.clear();
  for (int i = 0; i < kCurvePoints; ++i)
    curve_x_.push_back(x_.front() + (x_.back() - x_.front()) * static_cast<float>(i) / (kCurvePoints - 1));
  const Tensor x = tensor(*backend_, curve_x_, {kCurvePoints});
  const Graph graph = trace([&](Tracer& t) {
    const Wired wired = build(compiled_, wiring_, trace_leaves(t, slab_, x), *backend_);
    t.output("curve", wired.answer + like(x, 0) * x);  // as many as there are places, even if it is one number
  });
  curve_ = compile(graph, *backend_);
}

void Polynomial::changed(std::string_view path) {
  if (path.starts_with("graph.")) {  // the list, or a field of a block
    rewire();
  } else if (path == "fit.rate") {
    hypers_.front() = static_cast<float>(settings_.fit_rate);  // kRate is the first of every kind
  } else if (path == "fit.optimiser") {
    if (settings_.optimiser == optimiser_->kind().name) return;
    choose_optimiser();
    compile_plans();
  } else if (path == "fit.start") {
    reset();
  } else if (path.starts_with("points.")) {
    draw_points();
    inside_ = 0;
  }
  code_ = nullptr;
}

void Polynomial::act(std::string_view action) {
  settings_.blocks = action == "graph.cubic" ? cubic_blocks() : quadratic_blocks();
  changed("graph.blocks");
}

void Polynomial::reset() {
  step_ = 0;
  inside_ = 0;
  const float start = static_cast<float>(settings_.fit_start);
  for (const Region& region : slab_.regions()) slab_.write(region, {&start, 1});
  learn::fill_slots(*slots_, *optimiser_, moved(kAllFour));
  look_whether_flown();
}

std::array<float, 4> Polynomial::parameters() const {
  std::array<float, 4> values{};
  for (std::size_t p = 0; p < values.size(); ++p) slab_.read(slab_.region(name_of(p)), {&values[p], 1});
  return values;
}

void Polynomial::look_whether_flown() {
  flown_ = !std::ranges::all_of(parameters(), [](float p) { return std::fabs(p) < kFlown; });
  has_flown_ = has_flown_ || flown_;
}

work::State Polynomial::save() const {
  work::State state{step_, slab_.save(), {}};
  const std::vector<float> slots = slots_->save();
  state.slab.insert(state.slab.end(), slots.begin(), slots.end());
  return state;
}

void Polynomial::restore(const work::State& state) {
  const std::size_t own = slab_.floats(), all = own + slots_->floats();
  if (state.slab.size() != all) {
    throw UsageError({"the state", "does not fit the optimiser", to_text(static_cast<std::int64_t>(all)) + " numbers",
                      to_text(static_cast<std::int64_t>(state.slab.size())), "Open another copy."});
  }
  slab_.restore(std::span(state.slab).first(own));
  slots_->restore(std::span(state.slab).subspan(own));
  step_ = state.step;
  inside_ = 0;
  look_whether_flown();
}

Hash Polynomial::recipe() const {
  return Hasher().reals(x_).reals(y_).finish();
}

float Polynomial::loss() {
  plan_->run(0, plan_->segment("loss"));
  return plan_->item(loss_);
}

// An update is tried, looked at and taken back: what it does depends on the optimiser's memory as well.
std::array<float, 4> Polynomial::parameters_after_a_step() {
  const std::vector<float> slab = slab_.save(), slots = slots_->save();
  plan_->run();
  const std::array<float, 4> after = parameters();
  slab_.restore(slab), slots_->restore(slots);
  return after;
}

void Polynomial::show_blocks(Fit& fit) {
  const auto shown = [&](const std::vector<float>& values) {
    return values.size() == 1 ? values.front() : values[static_cast<std::size_t>(settings_.shown_point)];
  };
  const auto read = [&](int place) {
    std::vector<float> values(static_cast<std::size_t>(plan_->spec(place).shape.elements()));
    plan_->read(place, values);
    return shown(values);
  };
  const std::array<float, 4> parameters = this->parameters();
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    const Kept& kept = kept_[i];
    Fit::Live& live = fit.blocks.emplace_back();
    live.known = wiring_.needs(static_cast<int>(i));
    if (!live.known) continue;
    live.learns = kept.gradient >= 0;
    if (live.learns) live.gradient = read(kept.gradient);
    if (kind_of(compiled_[i]).parameter)
      live.value = parameters[place_of(compiled_[i].op)];
    else
      live.value = kept.value >= 0 ? read(kept.value) : shown(kept.fixed);
  }
}

void Polynomial::show_parameters(Fit& fit) {
  const std::array<float, 4> now = parameters(), after = flown_ ? now : parameters_after_a_step();
  for (std::size_t p = 0; p < kParameters.size(); ++p) {
    if (!wiring_.learns[p]) continue;
    const auto block = std::ranges::find(compiled_, kParameters[p], &Block::op) - compiled_.begin();
    fit.parameters.push_back({name_of(p), now[p], fit.blocks[static_cast<std::size_t>(block)].gradient, after[p]});
  }
}

std::shared_ptr<const ProgramText> Polynomial::code() {
  if (!code_ || code_->language != settings_.language)
    code_ = std::make_shared<const ProgramText>(write_code(settings_.language, {.blocks = compiled_,
                                                                                .wiring = wiring_,
                                                                                .x = x_,
                                                                                .y = y_,
                                                                                .optimiser = settings_.optimiser,
                                                                                .rate = settings_.fit_rate,
                                                                                .start = settings_.fit_start}));
  return code_;
}

void Polynomial::show(Snapshot& s) {
  auto fit = std::make_shared<Fit>();
  const Wiring stage = check(settings_.blocks);
  fit->fault = stage.fault;
  fit->stale = stage.fault.has_value();
  fit->note = stage.note;
  fit->flown = flown_;
  fit->calmer_rate = std::max(kLeastRate, settings_.fit_rate * kCalmer);
  fit->x = x_, fit->y = y_;
  // Everything but the update may run again at any time: it only reads the state.
  plan_->run(0, plan_->segment("backward"));
  fit->loss = s.loss = plan_->item(loss_);
  fit->answers.resize(x_.size());
  std::vector<float> answers(static_cast<std::size_t>(plan_->spec(answers_).shape.elements()));
  plan_->read(answers_, answers);
  for (std::size_t i = 0; i < x_.size(); ++i) fit->answers[i] = answers[answers.size() == 1 ? 0 : i];
  show_blocks(*fit);
  show_parameters(*fit);
  curve_->run();
  fit->curve = curve_->read("curve"), fit->curve_x = curve_x_;
  fit->code = code();
  s.tried[Tried::a_cubic] = wiring_.learns == kAllFour && step_ > 0;
  s.tried[Tried::flown_apart] = has_flown_;
  s.read_outs = {{"step", static_cast<double>(step_), "", 0}, {"loss", fit->loss, "", 4}};
  s.fit = std::move(fit);
}

}  // namespace vitrine::views::neuron
