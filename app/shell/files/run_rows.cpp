// One object a row; numbers that may be none as base64 floats, for JSON has no NaN.
#include "app/shell/files/run_rows.h"

#include <algorithm>
#include <cmath>

#include "app/shell/files/base64.h"
#include "engine/core/number.h"

namespace vitrine::shell {
namespace {

using work::RunJournal;
using work::TriedRun;

constexpr std::size_t kMostSeries = 16, kMostResults = 16, kMostLeftOut = 64;
constexpr int kMostDigits = 9;

Json json_of(const TriedRun& run) {
  Json row = {{"run", run.number},
              {"from", run.from},
              {"to", run.to},
              {"seconds", run.seconds},
              {"left_out", run.left_out},
              {"last", floats_to_base64(run.last)},
              {"best", floats_to_base64(run.best)}};
  Json& settings = row["settings"] = Json::object();
  for (const auto& [path, value] : run.settings) settings[path] = to_text(value);
  Json& results = row["results"] = Json::array();
  for (const work::ReadOut& each : run.results) {
    results.push_back({{"caption", each.caption},
                       {"value", floats_to_base64({static_cast<float>(each.value)})},
                       {"unit", each.unit},
                       {"digits", each.digits}});
  }
  Json& curve = row["curve"];
  curve["names"] = run.curve.names;
  curve["steps"] = run.curve.steps;
  Json& series = curve["series"] = Json::array();
  for (const std::vector<float>& each : run.curve.series) series.push_back(floats_to_base64(each));
  return row;
}

work::Curve curve_of(const Fields& row, const std::string& name) {
  const Json& object = row.at("curve", "an object");
  const Fields fields(object, "journal.curve", name);
  work::Curve curve;
  for (const Json& each : fields.list("names", kMostSeries)) {
    if (!each.is_string() || each.get_ref<const std::string&>().size() > kLongestName)
      fields.fail("names", "names of curves", each.type_name());
    curve.names.push_back(each.get<std::string>());
  }
  for (const Json& step : fields.list("steps", RunJournal::kCurvePoints)) {
    if (!step.is_number_unsigned() || step.get<std::uint64_t>() > std::uint64_t{INT64_MAX})
      fields.fail("steps", "whole numbers", step.type_name());
    curve.steps.push_back(step.get<std::int64_t>());
  }
  if (!std::ranges::is_sorted(curve.steps)) fields.fail("steps", "steps that rise", "others");
  for (const Json& each : fields.list("series", kMostSeries)) {
    const auto values = each.is_string() ? floats_from_base64(each.get_ref<const std::string&>()) : std::nullopt;
    if (!values || values->size() != curve.steps.size()) fields.fail("series", "a float for each step", "others");
    curve.series.push_back(*values);
  }
  if (curve.series.size() != curve.names.size()) fields.fail("series", "one for each name", "others");
  return curve;
}

TriedRun run_of(const Json& object, const std::string& name) {
  const Fields row(object, "journal", name);
  TriedRun run;
  const std::int64_t number = row.count("run");
  if (number > INT32_MAX / 2) row.fail("run", "the number of a run", to_text(number));
  run.number = static_cast<int>(number);
  run.from = row.count("from"), run.to = row.count("to");
  run.seconds = row.real("seconds");
  run.curve = curve_of(row, name);
  run.last = row.floats("last"), run.best = row.floats("best");
  const auto fits = [&](const std::vector<float>& values) { return values.size() <= run.curve.names.size(); };
  if (!fits(run.last) || !fits(run.best)) row.fail("last", "one number for each curve", "more");
  run.settings = Fields(row.at("settings", "an object"), "journal.settings", name).settings();
  for (const Json& path : row.list("left_out", kMostLeftOut)) {
    if (!path.is_string() || path.get_ref<const std::string&>().size() > kLongestName)
      row.fail("left_out", "paths of controls", path.type_name());
    run.left_out.push_back(path.get<std::string>());
  }
  for (const Json& each : row.list("results", kMostResults)) {
    const Fields result(each, "journal.results", name);
    const std::vector<float> value = result.floats("value");
    if (value.size() != 1) result.fail("value", "one float", "others");
    const auto digits = static_cast<int>(std::min<std::int64_t>(result.count("digits"), kMostDigits));
    run.results.push_back({result.name("caption"), static_cast<double>(value[0]), result.name("unit"), digits});
  }
  return run;
}

}  // namespace

Json json_of(const RunJournal::Runs& runs) {
  Json rows = Json::array();
  for (const auto& run : runs) rows.push_back(json_of(*run));
  return rows;
}

RunJournal::Runs runs_of(const Json& rows, const std::string& name) {
  RunJournal::Runs runs;
  for (const Json& row : rows) runs.push_back(std::make_shared<const TriedRun>(run_of(row, name)));
  return runs;
}

}  // namespace vitrine::shell
