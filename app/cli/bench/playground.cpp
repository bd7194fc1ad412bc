// The Playground's work: an epoch of training, and the answers of every unit over a surface of points.
#include "app/cli/bench/task.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "views/playground/model.h"

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

Result train(const Setting& setting) {
  Network network(setting.backend, setting.choice);
  Plan plan =
      compile(views::playground::training_step(network.shape, network.slab, kBatch), setting.backend, {.whole = true});
  const auto inputs = static_cast<std::size_t>(network.shape.inputs);
  const std::vector<float> x = ordinary(kSteps * kBatch * inputs);
  std::vector<float> y(kSteps * kBatch);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = x[i * inputs] > 0 ? 1.0f : -1.0f;
  const float rate = 0.03f, none = 0;
  const int x_at = plan.input("x"), y_at = plan.input("y");
  plan.bind(plan.input(learn::kRate), {&rate, 1});
  for (const char* unused : {"step", "pull"}) plan.bind(plan.input(unused), {&none, 1});
  const auto epoch = [&] {
    for (std::size_t row = 0; row < kSteps * kBatch; row += kBatch) {
      plan.bind(x_at, std::span(x).subspan(row * inputs));
      plan.bind(y_at, std::span(y).subspan(row));
      plan.run();
    }
  };
  epoch();
  const std::string hash = hash_of_run(network.slab);
  const Measured measured = measure(setting, epoch);
  if (measured.milliseconds.empty()) return {};
  return {measured,
          floor_of(plan).times(kSteps),
          {{"steps", std::int64_t{kSteps}},
           {"steps_per_second", kSteps / (measured.at(0.5) / 1000)},
           {"parameters", std::int64_t{network.shape.parameters()}},
           {"lowering", std::string(plan.lowering())},
           {"state_hash", hash}}};
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
    {"playground-surface", "2-4-2-1", "every unit at 100x100 points; playground-surface:7-8-8-1 for another network",
     surface},
};

}  // namespace

std::span<const Task> playground_tasks() {
  return kTasks;
}

}  // namespace vitrine::cli
