// What the runner writes into its journal, and the way back from there.
#include <algorithm>
#include <map>

#include "app/work/runner.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::work {

// What training moves says nothing about how a run was begun.
Settings Runner::tried_settings() const {
  const ControlTable& table = session_->controls();
  Settings tried = table.values(session_->settings());
  std::erase_if(tried, [&](const auto& setting) {
    const bool fresh = std::ranges::find(fresh_settings_, setting) != fresh_settings_.end();
    return fresh || !concerns_the_run(setting.first) || table.find(setting.first)->trained;
  });
  return tried;
}

// How the run under way stands; while one looks back or into a step, it stands where it stood.
void Runner::note_run() {
  if (between_ || !journal_.awaits(step_)) return;
  std::vector<ReadOut> results = session_->results();  // which may answer for the losses as well
  std::vector<float> values(session_->curve_names().size());
  session_->measure(values);
  journal_.stands(values, std::move(results));
}

void Runner::recall(int number) {
  const std::shared_ptr<const TriedRun> run = journal_.find(number);
  if (!run) {
    throw UsageError({"the journal", "has no such run", "the number of one of its rows", to_text(std::int64_t{number}),
                      "Choose one that is listed."});
  }
  std::map<std::string, Value> then(fresh_settings_.begin(), fresh_settings_.end());
  for (const auto& [path, value] : run->settings) {
    row_of(path);  // one that is unknown here says which was meant
    then[path] = value;
  }
  for (const std::string& path : run->left_out) then.erase(path);
  std::erase_if(then, [](const auto& setting) { return !concerns_the_run(setting.first); });
  for (const auto& [path, value] : then)
    if (session_->controls().get(session_->settings(), path) != value) expect_free(path);
  playing_ = false;
  edit(
      {}, true,
      [&] {
        apply_settings({then.begin(), then.end()});
        session_->reset();
      },
      "Run " + to_text(std::int64_t{number}) + " again");
}

}  // namespace vitrine::work
