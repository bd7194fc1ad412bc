// vitrine train: the session of an exhibit, driven as the window drives it, with a line at each epoch asked for.
#include <chrono>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/print.h"
#include "app/cli/train.h"
#include "app/work/runner.h"
#include "engine/backends.h"
#include "engine/core/error.h"
#include "views/exhibit.h"
#include "views/neuron/session.h"
#include "views/playground/address.h"
#include "views/playground/session.h"

namespace vitrine::cli {
namespace {

using Clock = std::chrono::steady_clock;

Line neuron_line(work::Runner& runner) {
  const auto picture = runner.snapshot();
  const auto& now = static_cast<const views::neuron::Snapshot&>(*picture);
  return {{"epoch", now.step},
          {"w", shortest(now.weight)},
          {"b", shortest(now.bias)},
          {"loss", shortest(now.loss)},
          {"prediction_at_10", shortest(now.weight * 10 + now.bias)}};
}

Line playground_line(work::Runner& runner) {
  const auto picture = runner.snapshot();
  const auto& now = static_cast<const views::playground::Snapshot&>(*picture);
  Line line{{"epoch", now.step}, {"train_loss", shortest(now.train_loss)}, {"test_loss", shortest(now.test_loss)}};
  if (!now.trouble.empty()) line.emplace_back("trouble", work::List(now.trouble.begin(), now.trouble.end()));
  return line;
}

// The first training point, and the weights into the first unit: what identifies a run among implementations.
Line playground_start(work::Runner& runner) {
  const auto picture = runner.snapshot();
  const auto& start = static_cast<const views::playground::Snapshot&>(*picture);
  const datasets::PlanePoint& point = start.points->all.front();
  std::vector<float> weights;
  const auto units = static_cast<std::size_t>(start.shape.units(1));
  for (std::size_t i = 0; i < start.weights.front().size(); i += units) weights.push_back(start.weights.front()[i]);
  const auto& settings = *static_cast<const views::playground::Settings*>(start.settings.get());
  return {{"first_point", work::List{point.x, point.y, point.label}},
          {"first_weights", numbers(weights)},
          {"address", views::playground::address_of(settings)}};
}

std::int64_t updates_an_epoch(work::Runner& runner) {
  const auto picture = runner.snapshot();
  const auto& now = static_cast<const views::playground::Snapshot&>(*picture);
  const auto& settings = *static_cast<const views::playground::Settings*>(now.settings.get());
  return static_cast<std::int64_t>(now.points->train) / settings.batch;  // a rest waits for the next epoch's first
}

}  // namespace

void set(work::Runner& runner, const std::string& path, const work::Value& value) {
  runner.handle(work::command::Set{path, value});
  runner.expect_ok();
}

int train(const Options& options) {
  const Interrupt interrupt;
  const bool is_playground = options.exhibit == "playground";
  const std::shared_ptr<Backend> backend =
      open_device(options.device, options.threads, shell::cache_folder(options.environment));
  work::Runner runner(options.exhibit, views::find_exhibit(options.exhibit)->open({backend, options.seed}));
  if (options.exhibit == "heartbeats") return train_heartbeats(runner, options);
  if (!options.address.empty()) set(runner, "data.address", options.address);
  for (const auto& [path, text] : options.set) set(runner, path, work::parse_value(text));

  Line start = is_playground ? playground_start(runner) : Line{};
  Clock::duration spent{};
  const auto walk_to = [&](std::int64_t epoch) {
    const auto began = Clock::now();
    runner.walk(interrupt.token(), epoch - runner.step());
    spent += Clock::now() - began;
    return !interrupt.token().stop_requested();
  };
  for (const std::int64_t epoch : options.at) {
    if (!walk_to(epoch)) return kInterrupted;
    Line line = is_playground ? playground_line(runner) : neuron_line(runner);
    line.insert(line.end(), start.begin(), start.end());
    start.clear();
    print(options.json, line);
  }
  if (!walk_to(options.epochs)) return kInterrupted;
  if (!is_playground) return 0;
  print(options.json,
        Line{{"seconds", std::chrono::duration<double>(spent).count()},
             {"steps", options.epochs * updates_an_epoch(runner)},
             {"parameters", std::int64_t{static_cast<views::playground::Session&>(runner.session()).parameters()}}});
  return 0;
}

}  // namespace vitrine::cli
