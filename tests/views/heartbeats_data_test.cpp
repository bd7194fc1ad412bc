// What Heartbeats makes of data as people have it: files with holes, rows of one kind, long series, rows that are
// spoiled on purpose. Every refusal is a sentence, and the last good data stands.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "app/work/runner.h"
#include "datasets/anomaly/threshold.h"
#include "engine/backends.h"
#include "engine/core/number.h"
#include "tests/support/counts.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {
namespace {

using work::command::Set;
using work::command::Step;

class Lab {
 public:
  explicit Lab(std::uint64_t seed = 1) : runner("heartbeats", std::make_unique<Session>(backend, seed)) {
    tell(Set{"data.beats", std::int64_t{200}});
  }
  ~Lab() { std::filesystem::remove(path_); }
  void tell(const work::Command& command) {
    runner.handle(command);
    runner.expect_ok();
  }
  // The sentence of a refusal; empty where the file was taken.
  std::string choose(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    runner.handle(Set{"data.set", std::string("files")});
    runner.handle(Set{"data.train_file", path_});
    return look()->failed;
  }
  std::unique_ptr<Snapshot> look() {
    return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(runner.snapshot().release()));
  }
  Session& session() { return static_cast<Session&>(runner.session()); }

 private:
  static std::string fresh_path() {
    static int number = 0;
    return (std::filesystem::temp_directory_path() / ("vitrine-heartbeats-" + to_text(std::int64_t{++number}) + ".csv"))
        .string();
  }
  std::string path_ = fresh_path();
  std::shared_ptr<Backend> backend = open_device("cpu", 1);

 public:
  work::Runner runner;
};

// Rows of six values round their number; every seventh is an anomaly.
std::string table(std::size_t rows, const std::string& normal = "1", const std::string& strange = "2") {
  std::string text;
  for (std::size_t i = 0; i < rows; ++i) {
    text += i % 7 == 6 ? strange : normal;
    for (std::size_t k = 0; k < 6; ++k) text += "," + to_text(static_cast<std::int64_t>((i * (k + 3)) % 11));
    text += "\n";
  }
  return text;
}

bool all_finite(const std::vector<float>& values) {
  return std::ranges::all_of(values, [](float v) { return std::isfinite(v); });
}

TEST_CASE("holes, words and rows of unequal length are refused with their line, and the beats go on") {
  Lab lab;
  for (const std::string& line : {std::string("1,2,,3,4,5,6\n"), std::string("1,2,two,3,4,5,6\n"),
                                  std::string("1,2,3\n"), std::string("1,2,3,4,5,6,7,8\n")}) {
    CAPTURE(line);
    const std::string sentence = lab.choose(table(30) + line);
    CHECK(sentence.find("31") != sentence.npos);
    CHECK(lab.look()->beats->learnt.count() > 0);
  }
  CHECK_FALSE(lab.choose("").empty());
  CHECK_FALSE(lab.choose("1,2,3\n").empty());  // one row cannot be parted
  CHECK_FALSE(lab.choose(std::string("1,\0,2\n", 6)).empty());
  CHECK(lab.choose(table(100)).empty());
  CHECK(lab.look()->beats->width == 6);
}

TEST_CASE("rows of nothing but anomalies, or of nothing but normal ones, are learnt from and said to be so") {
  Lab strange;
  CHECK(strange.choose(table(60, "2", "3")).empty());
  strange.tell(Step{4});
  CHECK(strange.look()->sentence.starts_with("No training row is normal"));
  CHECK(all_finite(strange.look()->validation->rebuilt.scores));

  Lab normal;
  CHECK(normal.choose(table(60, "1", "1")).empty());
  normal.tell(Step{4});
  CHECK(normal.session().open_test().judged.area == 0.5);
  CHECK(normal.session().open_test().sentence ==
        "No test row is an anomaly, so its area under the curve says nothing.");
  for (const std::int64_t share : {5, 70}) {
    normal.tell(Set{"data.contamination", share});
    CHECK(normal.look()->beats->learnt.count() > 0);
  }
}

TEST_CASE("a signal of zeros gives finite numbers under every scaling") {
  std::string zeros;
  for (int i = 0; i < 40; ++i) zeros += i % 4 == 0 ? "2,0,0,0,0\n" : "1,0,0,0,0\n";
  for (const char* scaling : {"none", "step", "range", "standard", "robust"}) {
    CAPTURE(scaling);
    Lab lab;
    lab.tell(Set{"data.scaling", std::string(scaling)});
    CHECK(lab.choose(zeros).empty());
    CHECK(lab.look()->sentence.starts_with("All rows that are learnt from are the same"));
    lab.tell(Step{4});
    const TestReport& report = lab.session().open_test();
    CHECK(all_finite(report.judged.rebuilt.scores));
    CHECK(std::isfinite(report.judged.threshold));
    CHECK(std::isfinite(report.judged.health.like_mean_beat));
  }
}

TEST_CASE("a file of very many rows is read, and as many as can be looked at are drawn by the seed") {
  Lab lab;
  const auto rows = static_cast<std::size_t>(testing::count(60'000, 1'000'000));
  CHECK(lab.choose(table(rows)).empty());
  const auto s = lab.look();
  const std::size_t judged = s->beats->validation.count() + s->beats->test.count();
  CHECK(judged > 17'900);  // 8,000 and 10,000 of the 50,000, but for rounding by kind
  CHECK(judged < 18'100);
  CHECK(s->sentence.find(to_text(static_cast<std::int64_t>(rows)) + " rows") != s->sentence.npos);
  CHECK(s->sentence.find("50000 drawn by the seed are used") != s->sentence.npos);
}

TEST_CASE("a file that is being read can be called off: settings, rows and weights stand as they did") {
  Lab lab;
  CHECK(lab.choose(table(50)).empty());
  lab.tell(Step{2});
  const auto before = lab.look();
  const std::string hash = work::state_hash(lab.session()).hex();
  std::vector<double> shares;
  lab.session().errand().watch({}, [&] {
    shares.push_back(lab.session().errand().progress()->share);
    if (shares.size() == 3) lab.session().errand().call_off();
  });
  const std::string path =
      (std::filesystem::temp_directory_path() / ("vitrine-heartbeats-larger-" + to_text(std::int64_t{1}) + ".csv"))
          .string();
  std::ofstream(path, std::ios::binary) << table(700'000);  // three blocks
  lab.runner.handle(Set{"data.train_file", path});
  std::filesystem::remove(path);
  const auto after = lab.look();
  CHECK(after->failed.empty());
  CHECK(after->notice.find("was called off") != std::string::npos);
  REQUIRE(shares.size() == 3);
  CHECK(shares[1] > shares[0]);
  CHECK(shares[2] < 1);
  CHECK(settings_of(*after).train_file == settings_of(*before).train_file);
  CHECK(after->beats == before->beats);
  CHECK(work::state_hash(lab.session()).hex() == hash);
}

TEST_CASE("a file is read once: what follows from other settings is made of what was read") {
  Lab lab;
  const std::string text = table(60);
  CHECK(lab.choose(text).empty());
  int reports = 0;
  lab.session().errand().watch({}, [&] { ++reports; });
  for (const char* scaling : {"standard", "step", "none"}) lab.tell(Set{"data.scaling", std::string(scaling)});
  lab.tell(Set{"data.contamination", std::int64_t{10}});
  CHECK(reports == 0);
  lab.tell(Set{"data.seed", std::int64_t{4}});  // draws which rows are kept
  CHECK(reports > 0);
}

TEST_CASE("rows of fields keep their names, and fields of mixed scales are said to hide each other") {
  Lab lab;
  std::string text = "age,income,class\n";
  for (std::size_t i = 0; i < 200; ++i) {
    text +=
        to_text(static_cast<std::int64_t>(20 + i % 50)) + "," + to_text(static_cast<std::int64_t>(i * 7919 % 60000));
    text += i % 10 == 9 ? ",sick\n" : ",normal\n";
  }
  CHECK(lab.choose(text).empty());
  CHECK(lab.look()->beats->fields == std::vector<std::string>{"age", "income"});
  CHECK(lab.look()->beats->kinds == std::vector<std::string>{"Normal", "sick"});
  CHECK(lab.look()->sentence.find("choose Standard as scaling") != std::string::npos);
  lab.tell(Set{"data.scaling", std::string("standard")});
  CHECK(lab.look()->sentence.empty());
  lab.tell(Step{3});
  CHECK(all_finite(lab.look()->validation->rebuilt.scores));
}

TEST_CASE("where errors are no finite numbers it is said at once, and what to do about it") {
  std::string far;
  for (int row = 0; row < 60; ++row) {
    far += row % 7 == 6 ? "2" : "1";
    for (int k = 1; k < 7; ++k) far += "," + to_text(static_cast<std::int64_t>(row * k % 11)) + "e29";
    far += "\n";
  }
  Lab lab;
  CHECK(lab.choose(far).empty());
  CHECK(lab.look()->sentence.starts_with("The errors of "));
  for (const datasets::ThresholdRule& rule : datasets::threshold_rules()) {
    CAPTURE(rule.id);
    lab.tell(Set{"threshold.rule", std::string(rule.id)});
    CHECK(std::isfinite(lab.look()->validation->threshold));
  }
  CHECK_FALSE(lab.look()->validation->health.collapsed);
  lab.tell(Set{"data.scaling", std::string("standard")});
  CHECK(lab.look()->sentence.empty());
  CHECK(all_finite(lab.look()->validation->rebuilt.scores));
}

TEST_CASE("where seven tenths of what is learnt are anomalies, it is said that the score inverts") {
  Lab lab;
  lab.tell(Set{"data.beats", std::int64_t{1000}});
  lab.tell(Set{"model.preset", std::string("original")});
  lab.tell(Set{"data.contamination", std::int64_t{70}});
  lab.tell(Step{40});
  CHECK(lab.look()->validation->area < 0.5);
  CHECK(lab.look()->sentence.starts_with("The score inverts"));
}

TEST_CASE("injected anomalies are a kind of their own among the rows that are judged, never among those learnt from") {
  Lab lab;
  const auto before = lab.look();
  for (const char* kind : {"spike", "drift", "gap", "noise"}) {
    CAPTURE(kind);
    lab.tell(Set{"data.injection", std::string(kind)});
    lab.tell(Set{"data.injected", std::int64_t{50}});
    const auto s = lab.look();
    CHECK(s->beats->learnt.values == before->beats->learnt.values);
    CHECK(s->beats->kinds.size() == 6);
    const auto of_kind = [&](const Rows& rows, std::uint8_t wanted) { return std::ranges::count(rows.kinds, wanted); };
    const auto normal = of_kind(before->beats->validation, 0);
    CHECK(of_kind(s->beats->validation, 5) == normal / 2);
    for (std::size_t row = 0; row < s->beats->validation.count(); ++row)
      CHECK((s->beats->validation.kinds[row] != 0) == (s->beats->validation.anomalous[row] != 0));
  }
}

TEST_CASE("the stronger the injected noise, the better it is noticed") {
  Lab lab(2);
  lab.tell(Set{"data.beats", std::int64_t{1000}});
  lab.tell(Set{"data.injection", std::string("noise")});
  lab.tell(Set{"data.injected", std::int64_t{50}});
  const auto area = [&](double strength) {
    lab.tell(Set{"data.injection_strength", strength});
    lab.tell(work::command::Reset{});
    lab.tell(Step{15});
    return lab.look()->validation->area;
  };
  const double none = area(0), weak = area(0.1), strong = area(1);
  CHECK(weak > none);
  CHECK(strong > weak);
  CHECK(strong > 0.99);
}

// A series of two columns that repeats itself, with a stretch that does not.
std::string series(std::size_t lines, std::size_t odd_from, std::size_t odd_to) {
  std::string text = "time,pressure,label\n";
  for (std::size_t i = 0; i < lines; ++i) {
    const bool odd = i >= odd_from && i < odd_to;
    text += to_text(static_cast<std::int64_t>(i % 10)) + "," + (odd ? "9" : to_text(static_cast<std::int64_t>(i % 5))) +
            (odd ? ",1\n" : ",0\n");
  }
  return text;
}

TEST_CASE("a long series is cut into windows of all its columns, anomalous where one of their lines is") {
  Lab lab;
  lab.tell(Set{"data.window", std::int64_t{20}});
  lab.tell(Set{"data.stride", std::int64_t{10}});
  CHECK(lab.choose(series(1000, 500, 540)).empty());
  const auto s = lab.look();
  CHECK(s->beats->width == 40);
  CHECK(s->beats->series == std::vector<std::string>{"time", "pressure"});
  CHECK(s->beats->kinds == std::vector<std::string>{"Normal", "Anomaly"});
  // 99 windows, 5 of which meet lines 500 to 539; none of those is learnt from.
  const auto strange = [](const Rows& rows) { return std::ranges::count(rows.anomalous, 1); };
  CHECK(strange(s->beats->learnt) == 0);
  CHECK(s->beats->learnt.count() + s->beats->validation.count() + s->beats->test.count() >= 99 - 5);
  const work::Document windows = lab.runner.document();
  lab.runner.handle(Set{"data.window", std::int64_t{4000}});
  CHECK(lab.look()->failed.find("too few lines") != std::string::npos);
  lab.tell(Set{"data.set", std::string("generated")});
  lab.tell(Set{"data.window", std::int64_t{0}});
  // All settings are there before the file is read: as rows of fields it would be another.
  int readings = 0;
  lab.session().errand().watch({}, [&] { ++readings; });
  lab.runner.open(windows);
  CHECK(readings == 1);
  CHECK(lab.look()->beats->width == 40);
}

}  // namespace
}  // namespace vitrine::views::heartbeats
