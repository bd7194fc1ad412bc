// The commands that need the shell: a picture without a window, and the window.
#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "app/shell/screenshot.h"
#include "app/shell/window.h"
#include "app/work/words.h"
#include "engine/core/error.h"
#include "views/exhibit.h"

namespace vitrine::cli {

int screenshot(const Options& options) {
  const shell::Screenshot taken = shell::take_screenshot({.exhibit = options.exhibit,
                                                          .out = options.out,
                                                          .width = options.width,
                                                          .height = options.height,
                                                          .scale = options.scale,
                                                          .theme = options.theme,
                                                          .steps = options.steps,
                                                          .set = options.set,
                                                          .open = options.open,
                                                          .device = options.device,
                                                          .threads = options.threads,
                                                          .seed = options.seed,
                                                          .cache = shell::cache_folder(options.environment)});
  print(options.json, Line{{"exhibit", taken.exhibit},
                           {"width", std::int64_t{taken.width}},
                           {"height", std::int64_t{taken.height}},
                           {"bytes", static_cast<std::int64_t>(taken.bytes)},
                           {"state_hash", taken.state_hash}});
  return 0;
}

namespace {

shell::WindowOptions window_options(const Options& options) {
  return {.open = options.open,
          .exhibit = options.exhibit,
          .device = options.device,
          .threads = options.threads,
          .seed = options.seed,
          .environment = options.environment,
          .version = VITRINE_VERSION};
}

}  // namespace

int window(const Options& options) {
  return shell::run_window(window_options(options));
}

namespace {

shell::MeasurementOptions measurement_options(const Options& options) {
  shell::MeasurementOptions wanted{.minutes = options.minutes};
  if (const std::size_t colon = options.task.find(':'); colon != std::string::npos) {
    wanted.only = options.task.substr(colon + 1);
    if (views::find_exhibit(wanted.only) == nullptr) {
      throw UsageError({"bench shell", "knows no such exhibit", "the id of an exhibit", wanted.only.substr(0, 80),
                        "As in vitrine bench shell:playground."});
    }
  }
  for (const auto& [path, text] : options.set) wanted.settings.emplace_back(path, work::parse_value(text));
  return wanted;
}

}  // namespace

// A line for the start and one for each exhibit; the exit code says whether every promise was kept.
int bench_shell(const Options& options) {
  bool kept = true;
  shell::WindowOptions wanted = window_options(options);
  wanted.measurement = measurement_options(options);
  wanted.measurement->found = [&](const shell::ExhibitFigures& found) {
    Line line{{"task", std::string("shell")}, {"exhibit", found.exhibit}};
    std::string missed;
    for (const shell::Figure& figure : found.figures) {
      line.push_back({figure.name, figure.value});
      if (!figure.kept()) missed += (missed.empty() ? "" : ", ") + figure.name;
    }
    line.push_back({"missed", missed});
    kept = kept && missed.empty();
    print(options.json, line);
  };
  const int left = shell::run_window(wanted);
  return left != 0 || kept ? left : 1;
}

}  // namespace vitrine::cli
