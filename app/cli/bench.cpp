// vitrine bench: how long one run of a plan takes here, as the median of many.
#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/print.h"
#include "app/work/words.h"
#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/graph/plan.h"
#include "views/playground/model.h"

namespace vitrine::cli {
namespace {

using Clock = std::chrono::steady_clock;
using views::playground::NetShape;

constexpr auto kWarmUp = std::chrono::milliseconds(200);  // caches, clocks and branch predictors settle
constexpr auto kMeasure = std::chrono::milliseconds(1000);
constexpr std::size_t kLeastSamples = 11, kMostSamples = 20000;
constexpr int kBatch = 10, kSteps = 25, kSurface = 100;

struct Measured {
  std::vector<double> milliseconds;  // ascending
  double at(double share) const {
    return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1) + 0.5)];
  }
};

template <class Work>
Measured measure(const std::stop_token& stop, const Work& work) {
  const auto until = [&](Clock::duration length, auto enough, auto once) {
    const auto end = Clock::now() + length;
    for (std::size_t n = 0; !stop.stop_requested() && !enough(n) && (n < kLeastSamples || Clock::now() < end); ++n)
      once();
  };
  Measured measured;
  measured.milliseconds.reserve(kMostSamples);
  until(
      kWarmUp, [](std::size_t) { return false; }, work);
  until(
      kMeasure, [](std::size_t n) { return n == kMostSamples; },
      [&] {
        const auto began = Clock::now();
        work();
        measured.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
      });
  std::sort(measured.milliseconds.begin(), measured.milliseconds.end());
  return measured;
}

// "2-4-2-1": inputs, hidden layers, one output.
NetShape shape_named(const std::string& text) {
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
                    text.substr(0, 80), "Write sizes with dashes between."});
}

// Numbers in -1 … 1 that do not repeat soon; their values do not matter, their being ordinary numbers does.
std::vector<float> ordinary(std::size_t count) {
  std::vector<float> values(count);
  std::uint32_t state = 1;
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    value = static_cast<float>(state >> 8) * 0x1p-23f - 1;
  }
  return values;
}

struct Network {
  NetShape shape;
  Slab slab;
  Network(Backend& backend, const std::string& text)
      : shape(shape_named(text)), slab(views::playground::make_slab(backend, shape)) {
    std::vector<float> values = ordinary(slab.floats());
    for (float& value : values) value *= 0.5f;
    slab.restore(values);
  }
};

struct Result {
  Measured measured;
  Line figures;
};

Result playground_epoch(Backend& backend, const std::string& text, const std::stop_token& stop) {
  Network network(backend, text);
  Plan plan = compile(views::playground::training_step(network.shape, network.slab, kBatch), backend);
  const auto inputs = static_cast<std::size_t>(network.shape.inputs);
  const std::vector<float> x = ordinary(kSteps * kBatch * inputs);
  std::vector<float> y(kSteps * kBatch);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = x[i * inputs] > 0 ? 1.0f : -1.0f;
  const float rate = 0.03f;
  const int x_at = plan.input("x"), y_at = plan.input("y");
  plan.bind(plan.input("rate"), {&rate, 1});
  const Measured measured = measure(stop, [&] {
    for (std::size_t row = 0; row < kSteps * kBatch; row += kBatch) {
      plan.bind(x_at, std::span(x).subspan(row * inputs));
      plan.bind(y_at, std::span(y).subspan(row));
      plan.run();
    }
  });
  if (measured.milliseconds.empty()) return {};
  return {measured,
          {{"steps", std::int64_t{kSteps}},
           {"steps_per_second", kSteps / (measured.at(0.5) / 1000)},
           {"parameters", std::int64_t{network.shape.parameters()}},
           {"lowering", std::string(plan.lowering())}}};
}

Result playground_surface(Backend& backend, const std::string& text, const std::stop_token& stop) {
  Network network(backend, text);
  constexpr int kPoints = kSurface * kSurface;
  Plan plan = compile(views::playground::every_unit(network.shape, network.slab, kPoints), backend);
  const std::vector<float> x = ordinary(kPoints * static_cast<std::size_t>(network.shape.inputs));
  plan.bind(plan.input("x"), x);
  const Measured measured = measure(stop, [&] { plan.run(); });
  if (measured.milliseconds.empty()) return {};
  return {measured,
          {{"points_per_second", kPoints / (measured.at(0.5) / 1000)}, {"lowering", std::string(plan.lowering())}}};
}

struct Task {
  std::string_view name, fallback, meaning;
  Result (*run)(Backend& backend, const std::string& text, const std::stop_token& stop);
};

constexpr Task kTasks[] = {
    {"playground-epoch", "2-4-2-1", "25 training steps of batch 10; playground-epoch:7-8-8-1 for another network",
     playground_epoch},
    {"playground-surface", "2-4-2-1", "every unit at 100x100 points; playground-surface:7-8-8-1 for another network",
     playground_surface},
};

}  // namespace

int list_benches(const Options& options) {
  for (const Task& task : kTasks) {
    print(options.json, Line{{"task", std::string(task.name)}, {"meaning", std::string(task.meaning)}});
  }
  return 0;
}

int bench(const Options& options) {
  const std::string name = options.task.substr(0, options.task.find(':'));
  const auto task =
      std::find_if(std::begin(kTasks), std::end(kTasks), [&](const Task& each) { return each.name == name; });
  if (task == std::end(kTasks)) {
    std::vector<std::string> names;
    for (const Task& each : kTasks) names.emplace_back(each.name);
    throw UsageError({"bench", "knows no such task", "a task of --list", name.substr(0, 80), work::hint(name, names)});
  }
  const Interrupt interrupt;
  const std::string text =
      name.size() == options.task.size() ? std::string(task->fallback) : options.task.substr(name.size() + 1);
  const std::shared_ptr<Backend> backend =
      open_device(options.device, options.threads, shell::cache_folder(options.environment));
  const Result result = task->run(*backend, text, interrupt.token());
  if (interrupt.token().stop_requested()) return kInterrupted;
  const DeviceInfo info = backend->info();
  Line line{{"task", name + ":" + text},
            {"device", info.id},
            {"isa", info.isa},
            {"threads", std::int64_t{info.threads}},
            {"median_ms", result.measured.at(0.5)},
            {"p10", result.measured.at(0.1)},
            {"p90", result.measured.at(0.9)},
            {"n", static_cast<std::int64_t>(result.measured.milliseconds.size())}};
  line.insert(line.end(), result.figures.begin(), result.figures.end());
  print(options.json, line);
  return 0;
}

}  // namespace vitrine::cli
