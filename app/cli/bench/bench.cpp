// vitrine bench: how long a task takes here, as the median of many runs, beside the floor that no program can pass.
#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "app/cli/bench/records.h"
#include "app/cli/bench/task.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/work/words.h"
#include "engine/backends.h"
#include "engine/core/error.h"

namespace vitrine::cli {
namespace {

// The families, in the order of --list.
std::vector<Task> all_tasks() {
  std::vector<Task> list;
  for (const auto tasks : {playground_tasks, autoencoder_tasks, convnet_tasks, product_tasks}) {
    const auto family = tasks();
    list.insert(list.end(), family.begin(), family.end());
  }
  return list;
}

constexpr std::string_view kShellTask = "shell";  // no plan is timed but a window; or shell:EXHIBIT

Task task_named(const std::string& name) {
  const std::vector<Task> tasks = all_tasks();
  const auto found = std::ranges::find(tasks, name, &Task::name);
  if (found != tasks.end()) return *found;
  std::vector<std::string> names{std::string(kShellTask)};
  for (const Task& each : tasks) names.emplace_back(each.name);
  throw UsageError({"bench", "knows no such task", "a task of --list", name.substr(0, 80), work::hint(name, names)});
}

// What the machine was seen to do at most, with memory of which there is as much as the task's, and the time that the
// task's unavoidable work takes at that pace on all its threads: the longer of computing and of moving memory.
Line floor_figures(const Floor& floor, const std::optional<MachinePeak>& peak, int threads) {
  if (!peak) return {{"flops", floor.flops}, {"bytes", floor.bytes}};
  const double computing = floor.flops / (peak->flops_per_second * threads);
  const double moving = floor.bytes / peak->bytes_per_second;  // all threads share one memory
  return {{"flops", floor.flops},
          {"bytes", floor.bytes},
          {"peak_gflops", peak->flops_per_second * 1e-9},
          {"peak_gbytes_per_second", peak->bytes_per_second * 1e-9},
          {"floor_ms", std::max(computing, moving) * 1000}};
}

Line line_of(const std::string& task, const Result& result, Backend& backend) {
  const DeviceInfo info = backend.info();
  Line line{{"task", task},
            {"device", info.id},
            {"isa", info.isa},
            {"threads", std::int64_t{info.threads}},
            {"median_ms", result.measured.at(0.5)},
            {"p10", result.measured.at(0.1)},
            {"p90", result.measured.at(0.9)},
            {"n", static_cast<std::int64_t>(result.measured.milliseconds.size())}};
  const auto bytes = static_cast<std::int64_t>(result.floor.bytes / result.floor.rounds);
  for (const Line& more : {result.figures, floor_figures(result.floor, measure_peak(info, bytes), info.threads)}) {
    line.insert(line.end(), more.begin(), more.end());
  }
  return line;
}

}  // namespace

int list_benches(const Options& options) {
  print(options.json,
        Line{{"task", std::string(kShellTask)},
             {"meaning", std::string("the window, exhibit by exhibit, or shell:playground; needs a display")}});
  for (const Task& task : all_tasks()) {
    print(options.json, Line{{"task", std::string(task.name)}, {"meaning", std::string(task.meaning)}});
  }
  return 0;
}

int bench(const Options& options) {
  const std::string name = options.task.substr(0, options.task.find(':'));
  if (!options.set.empty() && !options.task.starts_with("shell:")) {
    throw UsageError({"--set", "is for one exhibit in its window", "shell: and its id", options.task.substr(0, 80),
                      "As in vitrine bench shell:playground --set learning.rate=0.1."});
  }
  if (name == kShellTask) return bench_shell(options);
  const Task task = task_named(name);
  const Interrupt interrupt;
  const std::string choice =
      name.size() == options.task.size() ? std::string(task.fallback) : options.task.substr(name.size() + 1);
  const std::shared_ptr<Backend> backend =
      open_device(options.device, options.threads, shell::cache_folder(options.environment));
  const Result result = task.run({*backend, choice, interrupt.token(), options.seconds});
  if (interrupt.token().stop_requested()) return kInterrupted;
  Line line = line_of(choice.empty() ? name : name + ":" + choice, result, *backend);
  if (!options.compare.empty()) {
    const auto before = earlier_median(options.compare, line);
    if (before) {
      line.push_back({"earlier_ms", *before});
      line.push_back({"times_faster", *before / result.measured.at(0.5)});
    } else {
      complain("The file of --compare has no result of this task, device and number of threads.");
    }
  }
  if (!options.out.empty()) keep_record(options.out, line);
  print(options.json, line);
  return 0;
}

}  // namespace vitrine::cli
