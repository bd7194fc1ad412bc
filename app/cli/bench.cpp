// vitrine bench: how long one run of a task takes here, as the median of many.
#include "app/cli/bench.h"

#include <iterator>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/work/words.h"
#include "engine/backends.h"
#include "engine/core/error.h"

namespace vitrine::cli {
namespace {

constexpr const BenchTask* kTasks[] = {&kPlaygroundEpoch, &kPlaygroundSurface, &kConvNetStep, &kDepthwise, &kSgemm};

}  // namespace

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

int list_benches(const Options& options) {
  for (const BenchTask* task : kTasks) {
    print(options.json, Line{{"task", std::string(task->name)}, {"meaning", std::string(task->meaning)}});
  }
  return 0;
}

int bench(const Options& options) {
  const std::string name = options.task.substr(0, options.task.find(':'));
  const auto found = std::ranges::find(kTasks, name, &BenchTask::name);
  if (found == std::end(kTasks)) {
    std::vector<std::string> names;
    for (const BenchTask* each : kTasks) names.emplace_back(each->name);
    throw UsageError({"bench", "knows no such task", "a task of --list", name.substr(0, 80), work::hint(name, names)});
  }
  const BenchTask* task = *found;
  const Interrupt interrupt;
  const std::string text =
      name.size() == options.task.size() ? std::string(task->fallback) : options.task.substr(name.size() + 1);
  const std::shared_ptr<Backend> backend =
      open_device(options.device, options.threads, shell::cache_folder(options.environment));
  const BenchResult result = task->run(*backend, text, interrupt.token());
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
