// The Playground's work: an epoch of training, and the answers of every unit over a surface of points.
#include <algorithm>
#include <memory>

#include "app/cli/bench/task.h"
#include "app/work/runner.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "views/exhibit.h"
#include "views/playground/model.h"
#include "views/playground/settings.h"

namespace vitrine::cli {
namespace {

using views::playground::NetShape;

constexpr int kBatch = 10, kSteps = 25, kSurface = 100;

// "2-4-2-1": inputs, hidden layers, one output.
NetShape shape_named(std::string_view text) {
  std::vector<int> sizes;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('-', start), text.size());
    const auto size = parse_integer(text.substr(start, end - start));
    if (!size || *size < 1 || *size > 256 || sizes.size() == 16) break;
    sizes.push_back(static_cast<int>(*size));
    if (end == text.size() && sizes.size() >= 2 && sizes.back() == 1) {
      return {.inputs = sizes.front(), .hidden = {sizes.begin() + 1, sizes.end() - 1}};
    }
    start = end + 1;
  }
  throw UsageError({"bench", "names no network", "inputs, hidden layers and one output, as in 2-4-2-1",
                    std::string(text.substr(0, 80)), "Write sizes with dashes between."});
}

struct Network {
  NetShape shape;
  Slab slab;
  Network(Backend& backend, std::string_view text)
      : shape(shape_named(text)), slab(views::playground::make_slab(backend, shape)) {
    std::vector<float> values = ordinary(slab.floats());
    for (float& value : values) value *= 0.5f;
    slab.restore(values);
  }
};

// Bare training: the step's plan over the batches of an epoch, and nothing else.
class Epoch {
 public:
  Epoch(Backend& backend, std::string_view text)
      : network(backend, text),
        plan(compile(views::playground::training_step(network.shape, network.slab, kBatch), backend, {.whole = true})),
        x_at_(plan.input("x")),
        y_at_(plan.input("y")),
        inputs_(static_cast<std::size_t>(network.shape.inputs)),
        x_(ordinary(kSteps * kBatch * inputs_)),
        y_(kSteps * kBatch) {
    for (std::size_t i = 0; i < y_.size(); ++i) y_[i] = x_[i * inputs_] > 0 ? 1.0f : -1.0f;
    plan.bind(plan.input(learn::kRate), {&rate_, 1});
    for (const char* unused : {"step", "pull"}) plan.bind(plan.input(unused), {&none_, 1});
  }
  Epoch(const Epoch&) = delete;
  Epoch& operator=(const Epoch&) = delete;

  void operator()() {
    for (std::size_t row = 0; row < kSteps * kBatch; row += kBatch) {
      plan.bind(x_at_, std::span(x_).subspan(row * inputs_));
      plan.bind(y_at_, std::span(y_).subspan(row));
      plan.run();
    }
  }

  Network network;
  Plan plan;

 private:
  int x_at_, y_at_;
  std::size_t inputs_;
  std::vector<float> x_, y_;
  float rate_ = 0.03f, none_ = 0;
};

Result train(const Setting& setting) {
  Epoch epoch(setting.backend, setting.choice);
  epoch();
  const std::string hash = hash_of_run(epoch.network.slab);
  const Measured measured = measure(setting, [&] { epoch(); });
  if (measured.milliseconds.empty()) return {};
  return {measured,
          floor_of(epoch.plan).times(kSteps),
          {{"steps", std::int64_t{kSteps}},
           {"steps_per_second", kSteps / (measured.at(0.5) / 1000)},
           {"parameters", std::int64_t{epoch.network.shape.parameters()}},
           {"lowering", std::string(epoch.plan.lowering())},
           {"state_hash", hash}}};
}

// The exhibit as the window and `vitrine train` drive it, with a network of this shape.
work::Runner exhibit_with(const Setting& setting, const NetShape& shape) {
  const std::span features(views::playground::features());
  if (shape.inputs > static_cast<int>(features.size())) refuse_choice(setting.choice, "no more inputs than features");
  const std::shared_ptr<Backend> borrowed(std::shared_ptr<Backend>{}, &setting.backend);
  work::Runner runner("playground", views::find_exhibit("playground")->open({borrowed, 1}));
  work::Settings settings;
  for (std::size_t i = 0; i < features.size(); ++i) {
    settings.emplace_back(features[i].id, static_cast<int>(i) < shape.inputs);
  }
  work::List layers;
  for (const int units : shape.hidden) layers.push_back(work::Record{{"units", std::int64_t{units}}});
  settings.emplace_back("network.layers", std::move(layers));
  runner.handle(work::command::SetAll{std::move(settings)});
  runner.expect_ok();
  return runner;
}

// What an epoch takes inside the exhibit, its curve and history included, in turn with a bare one.
Result inside(const Setting& setting) {
  constexpr int kTogether = 1000;  // epochs: some of them note a point of the curve or a keyframe
  Epoch epoch(setting.backend, setting.choice);
  work::Runner runner = exhibit_with(setting, epoch.network.shape);
  std::vector<double> bare, times;
  const auto timed = [](const auto& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count() / kTogether;
  };
  Measured measured;
  measure(setting, [&] {
    bare.push_back(timed([&] {
      for (int i = 0; i < kTogether; ++i) epoch();
    }));
    measured.milliseconds.push_back(timed([&] { runner.walk(setting.stop, kTogether); }));
    times.push_back(measured.milliseconds.back() / bare.back());
  });
  if (setting.stop.stop_requested()) return {};
  for (std::vector<double>* each : {&measured.milliseconds, &bare, &times}) std::ranges::sort(*each);
  return {measured,
          floor_of(epoch.plan).times(kSteps),
          {{"bare_ms", Measured{bare}.at(0.5)}, {"times_bare", Measured{times}.at(0.5)}, {"epochs", runner.step()}}};
}

Result surface(const Setting& setting) {
  Network network(setting.backend, setting.choice);
  constexpr int kPoints = kSurface * kSurface;
  Plan plan = compile(views::playground::every_unit(network.shape, network.slab, kPoints), setting.backend);
  const std::vector<float> x = ordinary(kPoints * static_cast<std::size_t>(network.shape.inputs));
  plan.bind(plan.input("x"), x);
  const Measured measured = measure(setting, [&] { plan.run(); });
  if (measured.milliseconds.empty()) return {};
  return {measured,
          floor_of(plan),
          {{"points_per_second", kPoints / (measured.at(0.5) / 1000)}, {"lowering", std::string(plan.lowering())}}};
}

constexpr Task kTasks[] = {
    {"playground-epoch", "2-4-2-1", "25 training steps of batch 10; playground-epoch:7-8-8-1 for another network",
     train},
    {"playground-exhibit", "2-4-2-1", "such an epoch inside the exhibit, with its curve and history, beside a bare one",
     inside},
    {"playground-surface", "2-4-2-1", "every unit at 100x100 points; playground-surface:7-8-8-1 for another network",
     surface},
};

}  // namespace

std::span<const Task> playground_tasks() {
  return kTasks;
}

}  // namespace vitrine::cli
