// vitrine train heartbeats: trains on one file, chooses the threshold on validation rows, and opens the test rows once.
#include <chrono>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/print.h"
#include "app/cli/train.h"
#include "datasets/anomaly/threshold.h"
#include "views/heartbeats/session.h"

namespace vitrine::cli {
namespace {

using views::heartbeats::Session;
using views::heartbeats::Settings;

// Together, so that a file is read once, and as it is meant.
void set_all(work::Runner& runner, const Options& options) {
  work::command::SetAll all;
  if (!options.train_file.empty()) {
    all.settings = {{"data.set", std::string("files")},
                    {"data.train_file", options.train_file.string()},
                    {"data.test_file", options.test_file.string()}};
  }
  for (const auto& [path, text] : options.set) all.settings.emplace_back(path, work::parse_value(text));
  runner.handle(all);
  runner.expect_ok();
}

std::string threshold_from(const Settings& settings) {
  if (settings.by_hand > 0) return "by hand";
  const datasets::ThresholdRule& rule = *datasets::find_threshold_rule(settings.rule);
  return std::string(rule.id) + (rule.needs_labels ? " on validation rows" : " on rows learnt from");
}

double mean_of(const std::vector<float>& scores) {
  double sum = 0;
  for (const float score : scores) sum += static_cast<double>(score);
  return scores.empty() ? 0 : sum / static_cast<double>(scores.size());
}

std::string joined(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + " " + b;
}

Line report(Session& session, double seconds) {
  const double validation_loss = session.validation().loss;
  const views::heartbeats::TestReport& test = session.open_test();
  const datasets::Verdicts& v = test.judged.verdicts;
  work::Record baselines;
  for (const auto& each : test.baselines) baselines.emplace_back(each.id, each.area);
  return {{"auc", test.judged.area},
          {"accuracy", v.accuracy()},
          {"precision", v.precision()},
          {"recall", v.recall()},
          {"threshold", test.judged.threshold},
          {"threshold_from", threshold_from(*static_cast<const Settings*>(session.settings()))},
          {"validation_loss", validation_loss},
          {"test_loss", mean_of(test.judged.rebuilt.scores)},
          {"dead_units", std::int64_t{test.judged.health.dead_units}},
          {"collapsed", test.judged.health.collapsed},
          {"baselines", std::move(baselines)},
          {"confusion", work::List{work::List{v.passes, v.false_alarms}, work::List{v.misses, v.hits}}},
          {"rebuilt_variance", test.judged.health.rebuilt_variance},
          {"like_mean_beat", test.judged.health.like_mean_beat},
          {"epochs", test.step},
          {"parameters", std::int64_t{session.parameters()}},
          {"split", session.split()},
          {"test_reads", std::int64_t{test.opened}},
          {"sentence", joined(session.sentence(), test.sentence)},
          {"seconds", seconds}};  // last: all before it is the same for a seed
}

}  // namespace

int train_heartbeats(work::Runner& runner, const Options& options) {
  const Interrupt interrupt;
  set_all(runner, options);
  auto& session = static_cast<Session&>(runner.session());
  session.parameters();  // reads the data and builds the model: training is what is timed
  const auto began = std::chrono::steady_clock::now();
  session.advance(interrupt.token(), {options.epochs, {}});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  if (interrupt.token().stop_requested()) return kInterrupted;
  print(options.json, report(session, seconds));
  return 0;
}

}  // namespace vitrine::cli
