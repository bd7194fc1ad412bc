// Splits, spoils, scales.
#include "views/heartbeats/beats.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "datasets/anomaly/injection.h"
#include "datasets/scaling.h"
#include "datasets/split.h"
#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::views::heartbeats {
namespace {

using datasets::Dataset;
using datasets::ItemId;

constexpr int kTrainShare = 80;  // per cent of a set that brings no test rows of its own
constexpr int kLearnShare = 80;  // per cent of the training rows; the others are for validation
constexpr std::uint64_t kInjectionKey = 0x496e6a656374ull;  // keeps these numbers apart from other uses of a seed
constexpr std::uint32_t kValidationPart = 0, kTestPart = 1;
constexpr std::size_t kLeastRows = 5;  // one for each fifth that a set is parted into
constexpr double kMixedScales = 100;   // between the deviations of two fields: the smaller one then counts nothing

std::int64_t whole(std::size_t count) {
  return static_cast<std::int64_t>(count);
}

// Anomalies up to their share, and as many normal rows as that leaves; in an order of their own.
std::vector<ItemId> rows_to_learn(const Dataset& data, std::vector<ItemId> items, const Settings& s,
                                  std::vector<std::string>& notes) {
  datasets::shuffle(items, static_cast<std::uint64_t>(s.data_seed), 1);
  std::vector<ItemId> normal, strange;
  for (const ItemId item : items) (data.class_of(item) == 0 ? normal : strange).push_back(item);
  const bool none_normal = normal.empty();
  const double share = static_cast<double>(s.contamination) / 100;
  double total = static_cast<double>(normal.size()) / (1 - share);
  if (share > 0) total = std::min(total, static_cast<double>(strange.size()) / share);
  if (s.train_rows > 0) total = std::min(total, static_cast<double>(s.train_rows));
  const auto strangers = static_cast<std::size_t>(std::llround(total * share));
  strange.resize(std::min(strange.size(), strangers));
  normal.resize(std::min(normal.size(), static_cast<std::size_t>(std::llround(total)) - strange.size()));
  if (normal.empty() && strange.empty()) {  // learn what there is, and say so
    notes.push_back(none_normal ? "No training row is normal, so the network learns from anomalies."
                                : "The training rows do not allow this contamination; all of them are learnt from.");
    normal = items;
  }
  normal.insert(normal.end(), strange.begin(), strange.end());
  std::ranges::sort(normal);
  return normal;
}

Rows read_rows(const Dataset& data, std::span<const ItemId> items) {
  const std::size_t width = data.info().shape.size();
  Rows rows;
  rows.values.resize(items.size() * width);
  for (std::size_t i = 0; i < items.size(); ++i) {
    data.read(items[i], std::span(rows.values).subspan(i * width, width));
    const std::size_t kind = data.class_of(items[i]);
    rows.kinds.push_back(static_cast<std::uint8_t>(std::min<std::size_t>(kind, 255)));
    rows.anomalous.push_back(kind == 0 ? 0 : 1);
  }
  return rows;
}

// One normal row in so many, counted rather than drawn, is spoiled and becomes a kind of its own.
void inject(const Settings& s, std::size_t width, std::uint32_t part, std::uint8_t kind, Rows& rows) {
  const datasets::Injection* injection = datasets::find_injection(s.injection);
  if (!injection) return;
  std::int64_t normal = 0;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    if (rows.anomalous[row] != 0) continue;
    const bool chosen = (normal + 1) * s.injected / 100 > normal * s.injected / 100;
    ++normal;
    if (!chosen) continue;
    random::Draw draw(static_cast<std::uint64_t>(s.data_seed) ^ kInjectionKey, part, row);
    injection->spoil(std::span(rows.values).subspan(row * width, width), static_cast<float>(s.injection_strength),
                     draw);
    rows.kinds[row] = kind, rows.anomalous[row] = 1;
  }
}

void fill_band(Beats& beats) {
  const datasets::RowTable rows = beats.table(beats.learnt);
  beats.mean = datasets::mean_row(rows);
  beats.deviation.assign(beats.width, 0);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    for (std::size_t i = 0; i < beats.width; ++i) {
      const float away = rows[row][i] - beats.mean[i];
      beats.deviation[i] += away * away / static_cast<float>(rows.rows());
    }
  }
  for (float& value : beats.deviation) value = std::sqrt(value);
}

// A file of rows is sampled where it is read; windows overlap, so a small file may have very many.
std::vector<ItemId> capped(std::vector<ItemId> items, std::uint64_t seed, std::vector<std::string>& notes) {
  if (whole(items.size()) <= kMostRows) return items;
  notes.push_back("Of " + to_text(whole(items.size())) + " windows, " + to_text(kMostRows) +
                  " drawn by the seed are used.");
  datasets::shuffle(items, seed, 2);
  items.resize(static_cast<std::size_t>(kMostRows));
  std::ranges::sort(items);
  return items;
}

// A field that varies a hundred times as much as another is all that the error sees.
void note_mixed_scales(Beats& beats) {
  if (beats.fields.empty()) return;
  float least = 0, most = 0;
  for (const float deviation : beats.deviation) {
    if (deviation > 0 && (least == 0 || deviation < least)) least = deviation;
    most = std::max(most, deviation);
  }
  if (least == 0 || static_cast<double>(most / least) < kMixedScales) return;
  beats.notes.push_back("The largest field varies " + to_text(std::int64_t{std::llround(most / least)}) +
                        " times as much as the smallest and hides it; choose Standard as scaling.");
}

std::vector<ItemId> all_of(const Dataset& data) {
  std::vector<ItemId> items(data.size());
  for (ItemId i = 0; i < items.size(); ++i) items[i] = i;
  return items;
}

void expect_usable(const Dataset& train, const Dataset& test) {
  if (train.info().task != datasets::Task::classify) {
    throw UsageError({"data", "has labels that are no classes", "a first column that calls normal rows 1",
                      "numbers to predict", "Write 1 for normal rows and other whole numbers for anomalies."});
  }
  if (train.size() < kLeastRows) {
    throw UsageError({"data", "has too few rows to part", to_text(whole(kLeastRows)) + " or more",
                      to_text(whole(train.size())), "Add rows, or choose the generated beats."});
  }
  if (train.info().shape == test.info().shape) return;
  throw UsageError({"test rows", "are of another length than the training rows",
                    to_text(whole(train.info().shape.size())) + " values", to_text(whole(test.info().shape.size())),
                    "Choose two files of one kind."});
}

}  // namespace

std::size_t first_anomaly(const Rows& rows) {
  const auto found = std::ranges::find(rows.anomalous, 1);
  return found == rows.anomalous.end() ? 0 : static_cast<std::size_t>(found - rows.anomalous.begin());
}

std::string one_sided(const Rows& rows, std::string_view part) {
  const auto strange = static_cast<std::size_t>(std::ranges::count(rows.anomalous, 1));
  if (rows.count() > 0 && strange > 0 && strange < rows.count()) return {};
  return "No " + std::string(part) + " row is " + (strange == 0 ? "an anomaly" : "normal") +
         ", so its area under the curve says nothing.";
}

bool same_data(const Settings& a, const Settings& b) {
  const auto facts = [](const Settings& s) {
    return std::tie(s.scaling, s.train_rows, s.contamination, s.injection, s.injected, s.injection_strength);
  };
  return same_sources(a, b) && facts(a) == facts(b);
}

std::shared_ptr<const Beats> make_beats(const Settings& s, Sources sources) {
  const auto seed = static_cast<std::uint64_t>(s.data_seed);
  const Dataset& train = *sources.train;
  const Dataset& test = sources.test ? *sources.test : train;
  expect_usable(train, test);

  auto beats = std::make_shared<Beats>();
  beats->label = train.info().label;
  beats->kinds = test.info().classes;  // those of the training rows, and perhaps more
  beats->width = train.info().shape.size();
  beats->fields = std::move(sources.fields), beats->series = std::move(sources.series);
  beats->notes = std::move(sources.notes);
  // The validation's share is of the training rows: of the rest, where the test rows come from the same set.
  const int trained = sources.test ? 100 : kTrainShare;
  const datasets::Split parts = datasets::split(train, {.seed = seed,
                                                        .train_percent = trained * kLearnShare / 100,
                                                        .validation_percent = trained - trained * kLearnShare / 100});
  beats->scaling = datasets::Scaling::fitted(s.scaling, train, parts.train);
  beats->learnt = read_rows(train, rows_to_learn(train, capped(parts.train, seed, beats->notes), s, beats->notes));
  beats->validation = read_rows(train, capped(parts.validation, seed, beats->notes));
  Rows judged = read_rows(test, capped(sources.test ? all_of(test) : parts.test, seed, beats->notes));
  if (const datasets::Injection* injection = datasets::find_injection(s.injection)) {
    const auto kind = static_cast<std::uint8_t>(std::min<std::size_t>(beats->kinds.size(), 255));
    beats->kinds.push_back(std::string(injection->label) + ", injected");
    inject(s, beats->width, kValidationPart, kind, beats->validation);
    inject(s, beats->width, kTestPart, kind, judged);
  }
  for (Rows* rows : {&beats->learnt, &beats->validation, &judged}) beats->scaling.apply(rows->values);
  beats->test = TestRows(std::move(judged));
  fill_band(*beats);
  note_mixed_scales(*beats);
  if (std::ranges::all_of(beats->deviation, [](float deviation) { return deviation == 0; }))
    beats->notes.push_back("All rows that are learnt from are the same: there is nothing to learn but this one.");
  if (std::string note = one_sided(beats->validation, "validation"); !note.empty()) beats->notes.push_back(note);
  Hasher hasher;
  hasher.reals(beats->learnt.values).reals(beats->validation.values);
  beats->digest = hasher.finish();
  return beats;
}

}  // namespace vitrine::views::heartbeats
