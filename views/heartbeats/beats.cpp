// Reads or generates, splits, scales.
#include "views/heartbeats/beats.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "datasets/anomaly/injection.h"
#include "datasets/anomaly/windows.h"
#include "datasets/files/csv.h"
#include "datasets/heartbeats/heartbeats.h"
#include "datasets/scaling.h"
#include "datasets/split.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::views::heartbeats {
namespace {

using datasets::Dataset;
using datasets::ItemId;

constexpr int kTrainShare = 80;  // per cent of a set that brings no test rows of its own
constexpr int kLearnShare = 80;  // per cent of the training rows; the others are for validation
constexpr std::uint64_t kInjectionKey = 0x496e6a656374ull;  // keeps these numbers apart from other uses of a seed
constexpr std::uint32_t kValidationPart = 0, kTestPart = 1;
constexpr std::size_t kLeastRows = 5;     // one for each fifth that a set is parted into
constexpr std::size_t kMostRows = 20000;  // of one part: more would only be slower to look at

Dataset read_set(const std::string& path, const Settings& s) {
  const std::string text = read_file(path, limits::kTableFileBytes);
  if (s.window > 0) {
    const datasets::WindowRecipe recipe{static_cast<std::size_t>(s.window), static_cast<std::size_t>(s.stride)};
    return datasets::windows(datasets::parse_csv(text, path), recipe, path);
  }
  const auto kinds = datasets::beat_kinds();
  return datasets::parse_series(text, path, {kinds.begin(), kinds.end()});
}

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

std::vector<ItemId> capped(std::vector<ItemId> items, std::uint64_t seed, std::vector<std::string>& notes,
                           std::string_view part) {
  if (items.size() <= kMostRows) return items;
  notes.push_back("Of " + to_text(whole(items.size())) + " " + std::string(part) + " rows, " +
                  to_text(whole(kMostRows)) + " drawn by the seed are used.");
  datasets::shuffle(items, seed, 2);
  items.resize(kMostRows);
  std::ranges::sort(items);
  return items;
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

bool same_data(const Settings& a, const Settings& b) {
  const auto facts = [](const Settings& s) {
    return std::tie(s.source, s.beats, s.data_seed, s.train_file, s.test_file, s.scaling, s.train_rows, s.contamination,
                    s.window, s.stride, s.injection, s.injected, s.injection_strength);
  };
  return facts(a) == facts(b);
}

std::shared_ptr<const Beats> make_beats(const Settings& s) {
  const auto seed = static_cast<std::uint64_t>(s.data_seed);
  const bool generated = s.generated();
  const Dataset train = generated ? datasets::heartbeats({.seed = seed, .count = static_cast<std::size_t>(s.beats)})
                                  : read_set(s.train_file, s);
  const bool own_test = !generated && !s.test_file.empty();
  const Dataset test = own_test ? read_set(s.test_file, s) : train;
  expect_usable(train, test);

  auto beats = std::make_shared<Beats>();
  if (generated && s.source == Source::files)
    beats->notes.push_back("No training file is chosen yet: these beats are generated. Type its path at the left.");
  beats->label = train.info().label;
  beats->kinds = train.info().classes;
  beats->width = train.info().shape.size();
  // The validation's share is of the training rows: of the rest, where the test rows come from the same set.
  const int trained = own_test ? 100 : kTrainShare;
  const datasets::Split parts = datasets::split(train, {.seed = seed,
                                                        .train_percent = trained * kLearnShare / 100,
                                                        .validation_percent = trained - trained * kLearnShare / 100});
  const auto scaling = datasets::Scaling::fitted(s.scaling, train, parts.train);
  beats->scaling = scaling;
  const std::vector<ItemId> learnt =
      capped(rows_to_learn(train, parts.train, s, beats->notes), seed, beats->notes, "training");
  beats->learnt = read_rows(train, learnt);
  beats->validation = read_rows(train, capped(parts.validation, seed, beats->notes, "validation"));
  Rows judged = read_rows(test, capped(own_test ? all_of(test) : parts.test, seed, beats->notes, "test"));
  if (const datasets::Injection* injection = datasets::find_injection(s.injection)) {
    const auto kind = static_cast<std::uint8_t>(std::min<std::size_t>(beats->kinds.size(), 255));
    beats->kinds.push_back(std::string(injection->label) + ", injected");
    inject(s, beats->width, kValidationPart, kind, beats->validation);
    inject(s, beats->width, kTestPart, kind, judged);
  }
  for (Rows* rows : {&beats->learnt, &beats->validation, &judged}) scaling.apply(rows->values);
  beats->test = TestRows(std::move(judged));
  fill_band(*beats);
  Hasher hasher;
  hasher.reals(beats->learnt.values).reals(beats->validation.values);
  beats->digest = hasher.finish();
  return beats;
}

}  // namespace vitrine::views::heartbeats
