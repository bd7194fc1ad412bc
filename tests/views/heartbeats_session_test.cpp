// What the session of Heartbeats promises: an honest split, a default that works, a collapse that is named, and figures
// that others measured on the published beats.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/work/runner.h"
#include "datasets/files/csv.h"
#include "engine/backends.h"
#include "engine/core/file.h"
#include "tests/support/counts.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {
namespace {

using work::command::Set;
using work::command::Step;

const std::filesystem::path kBeats = "../shared/assets/ecg5000";
constexpr std::int64_t kEpochs = 25;  // as the command line has them

bool no_beats() {
  if (std::filesystem::exists(kBeats)) return false;
  MESSAGE("skipped: no assets folder beside the checkout (../shared/assets)");
  return true;
}

struct Room {
  std::shared_ptr<Backend> backend = open_device("cpu", 1);
  work::Runner runner;
  explicit Room(std::uint64_t seed) : runner("heartbeats", std::make_unique<Session>(backend, seed)) {}

  void tell(const work::Command& command) {
    runner.handle(command);
    runner.expect_ok();
  }
  void use_published() {
    tell(Set{"data.beats", std::int64_t{50}});  // until both files are chosen, beats are generated
    tell(Set{"data.train_file", (kBeats / "ecg5000_train_3500.csv").string()});
    tell(Set{"data.test_file", (kBeats / "ecg5000_test_500.csv").string()});
    tell(Set{"data.set", std::string("files")});
  }
  Session& session() { return static_cast<Session&>(runner.session()); }
  std::unique_ptr<Snapshot> look() {
    return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(runner.snapshot().release()));
  }
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

TEST_CASE("nothing opens the test rows but the wish to, and each time is counted") {
  Room room(3);
  room.tell(Set{"data.beats", std::int64_t{400}});
  room.tell(Step{3});
  CHECK(room.look()->beats->test.opened() == 0);
  room.tell(Set{"threshold.rule", std::string("percentile")});
  room.tell(Step{1});
  CHECK(room.look()->beats->test.opened() == 0);
  CHECK(room.session().open_test().opened == 1);
  CHECK(room.session().open_test().opened == 2);
}

TEST_CASE("a fifth of the training rows is for validation, every kind in its share") {
  Room room(5);
  room.tell(Set{"data.beats", std::int64_t{1000}});
  const auto s = room.look();
  CHECK(s->beats->validation.count() == 160);
  CHECK(s->beats->test.count() == 200);
  std::size_t normal = 0;
  for (const std::uint8_t strange : s->beats->validation.anomalous) normal += strange == 0 ? 1u : 0u;
  CHECK(std::fabs(static_cast<double>(normal) / 160 - 0.584) < 0.02);
  for (const std::uint8_t strange : s->beats->learnt.anomalous) CHECK(strange == 0);
}

TEST_CASE("contamination lets as many anomalies in as it says, even where there are few") {
  for (const std::int64_t share : {5, 30, 70}) {
    Room room(1);
    room.tell(Set{"data.beats", std::int64_t{500}});
    room.tell(Set{"data.contamination", share});
    const auto s = room.look();
    double strange = 0;
    for (const std::uint8_t is : s->beats->learnt.anomalous) strange += is;
    CHECK(std::fabs(strange / static_cast<double>(s->beats->learnt.count()) - static_cast<double>(share) / 100) < 0.01);
  }
}

TEST_CASE("on generated beats the default learns what is normal and does not collapse, whatever the seed") {
  std::vector<double> areas, accuracies;
  const int seeds = testing::count(1, 20);
  for (int seed = 1; seed <= seeds; ++seed) {
    Room room(static_cast<std::uint64_t>(seed));
    room.session().advance({}, {kEpochs, {}});
    const TestReport& report = room.session().open_test();
    areas.push_back(report.judged.area);
    accuracies.push_back(report.judged.verdicts.accuracy());
    CAPTURE(seed);
    CHECK(report.judged.area > 0.985);
    CHECK_FALSE(report.judged.health.collapsed);
  }
  MESSAGE("median area ", median(areas), ", accuracy ", median(accuracies));
  CHECK(median(areas) >= 0.993);
  CHECK(median(accuracies) >= 0.975);
}

TEST_CASE("on the published beats the default's median of ten seeds is what the page says") {
  if (no_beats()) return;
  std::vector<double> areas, accuracies;
  const int seeds = testing::count(1, 10);
  for (int seed = 1; seed <= seeds; ++seed) {
    Room room(static_cast<std::uint64_t>(seed));
    room.use_published();
    room.session().advance({}, {kEpochs, {}});
    const TestReport& report = room.session().open_test();
    areas.push_back(report.judged.area);
    accuracies.push_back(report.judged.verdicts.accuracy());
    CHECK_FALSE(report.judged.health.collapsed);
  }
  MESSAGE("median area ", median(areas), ", accuracy ", median(accuracies));
  CHECK(median(areas) >= 0.993);
  CHECK(median(accuracies) >= 0.97);
}

TEST_CASE("the published demo's weights give its figures, and its collapse is named") {
  if (no_beats()) return;
  Settings settings;
  apply_preset(Preset::original, settings);
  const auto backend = open_device("cpu", 1);
  const Autoencoder model = make_autoencoder(settings, 140);
  nn::Weights weights(*backend, model.whole, 0);
  CHECK(weights.parameters() == 2176);
  const std::string bytes = read_file(kBeats / "anomagram_webmodel/weights.bin", 1 << 20);
  std::size_t at = 0;
  for (const char* layer : {"encode1", "encode2", "code", "decode2", "decode1", "rebuilt"}) {
    for (const char* part : {"/kernel", "/bias"}) {
      std::vector<float> values = weights.read(std::string(layer) + part);
      std::memcpy(values.data(), bytes.data() + at, 4 * values.size());
      at += 4 * values.size();
      weights.write(std::string(layer) + part, values);
    }
  }
  REQUIRE(at == bytes.size());

  const auto pairs = nlohmann::json::parse(read_file(kBeats / "anomagram_scale.json", 1 << 20));
  const auto scaling = datasets::Scaling::from_range({pairs["minimum"], pairs["maximum"]});
  Beats beats;
  beats.width = 140;
  const auto read = [&](const char* file, bool only_normal) {
    const datasets::Dataset data = datasets::load_beats(kBeats / file);
    Rows rows;
    for (datasets::ItemId item = 0; item < data.size(); ++item) {
      if (only_normal && data.class_of(item) != 0) continue;
      rows.values.resize(rows.values.size() + 140);
      data.read(item, std::span(rows.values).last(140));
      rows.kinds.push_back(static_cast<std::uint8_t>(data.class_of(item)));
      rows.anomalous.push_back(data.class_of(item) != 0 ? 1 : 0);
    }
    scaling.apply(rows.values);
    return rows;
  };
  beats.learnt = read("ecg5000_train_3500.csv", true);
  const Rows test = read("ecg5000_test_500.csv", false);
  learn::Predictor predictor(model.whole, weights);
  const Rebuilt rebuilt = rebuild(predictor, beats, test);
  CHECK(std::fabs(datasets::area_under_curve(rebuilt.scores, test.anomalous) - 0.9604) < 0.0003);
  CHECK(datasets::verdicts(rebuilt.scores, test.anomalous, 0.01108).accuracy() == doctest::Approx(0.950));
  CHECK(datasets::verdicts(rebuilt.scores, test.anomalous, 0.0075).accuracy() == doctest::Approx(0.904));
  const Health health = examine(rebuilt, beats, test);
  CHECK(health.collapsed);
  CHECK(health.dead_units >= 11);
  CHECK(health.rebuilt_variance < 1e-6);
  CHECK(health.sentence.ends_with("Your model equals the mean beat."));
}

TEST_CASE("the published recipe: better than untrained, on the plateau, and upside down when contaminated") {
  if (no_beats()) return;
  const auto area_of = [](std::int64_t share, std::int64_t epochs, std::uint64_t seed) {
    Room room(seed);
    room.use_published();
    room.tell(Set{"model.preset", std::string("original")});
    room.tell(Set{"data.contamination", share});
    room.session().advance({}, {epochs, {}});
    const double area = room.session().open_test().judged.area;
    if (share == 70) CHECK(room.look()->sentence.starts_with("The score inverts"));
    return area;
  };
  const int seeds = testing::count(1, 10);
  std::vector<double> clean, third, most;
  for (int seed = 1; seed <= seeds; ++seed) {
    clean.push_back(area_of(0, 30, static_cast<std::uint64_t>(seed)));
    third.push_back(area_of(30, 50, static_cast<std::uint64_t>(seed)));
    most.push_back(area_of(70, 50, static_cast<std::uint64_t>(seed)));
  }
  MESSAGE("clean ", median(clean), ", 30 % ", median(third), ", 70 % ", median(most));
  CHECK(median(clean) > 0.90);
  CHECK(median(clean) < 0.98);
  CHECK(median(third) > 0.85);
  CHECK(median(most) < 0.3);
}

TEST_CASE("what is no data is refused with a sentence, and the last good data stays") {
  Room room(1);
  room.tell(Set{"data.beats", std::int64_t{200}});
  room.tell(Step{2});
  const auto refused = [&](const char* path, work::Value value) {
    room.runner.handle(Set{path, std::move(value)});
    return room.look()->failed;
  };
  CHECK(refused("data.set", std::string("files")).empty());  // until a file is chosen, beats are generated
  CHECK(room.look()->step == 2);
  CHECK_FALSE(refused("data.train_file", std::string("/nowhere/beats.csv")).empty());
  CHECK(room.look()->beats->learnt.count() > 0);
}

TEST_CASE("a preset sets the rows it names and is one edit") {
  Room room(1);
  room.tell(Set{"data.beats", std::int64_t{200}});
  room.tell(Set{"model.preset", std::string("talk")});
  CHECK(room.look()->units == std::vector<int>{140, 15, 7, 2, 7, 15, 140});
  room.tell(work::command::Undo{});
  CHECK(room.look()->units == std::vector<int>{140, 16, 3, 16, 140});
}

}  // namespace
}  // namespace vitrine::views::heartbeats
