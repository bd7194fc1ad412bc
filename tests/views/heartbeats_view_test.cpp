// The view of Heartbeats under a hand: every mode of its stage fits, charts are linked, pens draw, handles move.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "engine/core/number.h"
#include "tests/support/counts.h"
#include "tests/views/stage.h"
#include "views/heartbeats/bottleneck.h"
#include "views/heartbeats/numbers.h"
#include "views/heartbeats/scaling_pane.h"
#include "views/heartbeats/session.h"

namespace vitrine::views::heartbeats {
namespace {

using ui::Look;
using ui::Point;
using ui::Rect;
using ui::Theme;
using work::command::Set;

struct Hall {
  views::Stage stage;
  Hall(int width, int height, Theme theme) : stage(*find_exhibit("heartbeats"), width, height, theme) {
    stage.tell(Set{"data.beats", std::int64_t{200}});
    stage.tell(work::command::Step{5});
    stage.settle();
  }
  void show(const char* what) {
    stage.tell(Set{"stage.shows", std::string(what)});
    stage.settle();
  }
  void drag(Point from, Point to) {
    stage.headless.push(ui::input::move(from.x, from.y));
    stage.headless.push(ui::input::button(0, true));
    stage.settle();
    stage.headless.push(ui::input::move(to.x, to.y));
    stage.settle();
    stage.headless.push(ui::input::button(0, false));
    stage.settle();
  }
  void press_segment(const char* id, int at, int of) {
    const Rect row = stage.place(id);
    click({row.x + row.w * (static_cast<float>(at) + 0.5f) / static_cast<float>(of), row.middle_y()});
  }
  void click(Point at) {
    stage.headless.click(at.x, at.y);
    stage.settle();
  }
  const Snapshot& now() { return static_cast<const Snapshot&>(*stage.shown); }
  const Settings& settings() { return *static_cast<const Settings*>(now().settings.get()); }
  bool says(std::string_view words) {
    return std::ranges::any_of(stage.headless.audit().runs(), [&](const auto& run) { return run.text == words; });
  }
};

TEST_CASE("every mode of the stage fits, small and large, before and after it was timed") {
  const struct {
    int width, height;
    Theme theme;
  } kHalls[] = {{1280, 720, Theme(Look::light, 1, true)},
                {1600, 1000, Theme(Look::dark, 1)},
                {3840, 2160, Theme(Look::contrast, 2)}};
  for (const auto& size : kHalls) {
    Hall hall(size.width, size.height, size.theme);
    for (const char* mode : {"beat", "point", "drawn", "scaling", "inside", "code", "timing"}) {
      hall.show(mode);
      CAPTURE(std::string(mode));
      CHECK(hall.stage.faults() == "");
    }
    if (testing::count(0, 1) > 0) {
      hall.click(hall.stage.place("time").centre());  // a second or two
    } else {
      hall.stage.tell(work::command::Call{[](work::Runner& runner) {
        static_cast<Session&>(runner.session()).time_model_of_the_talk({1, 3});
      }});
      hall.stage.settle();
    }
    CHECK(hall.now().timing);
    CHECK(hall.stage.faults() == "");
  }
}

TEST_CASE("the stage shows what each scaling was fitted to, and follows the choice") {
  Hall hall(1600, 1000, Theme(Look::dark, 1));
  hall.show("scaling");
  CHECK(hall.says("every place counts alike"));
  const std::vector<float> recorded = hall.now().beats->validation.values;  // as they lie in the data
  for (const char* kind : {"step", "range", "standard", "robust"}) {
    CAPTURE(kind);
    hall.stage.tell(Set{"data.scaling", std::string(kind)});
    hall.stage.settle();
    CHECK(hall.stage.faults() == "");
    const Beats& beats = *hall.now().beats;
    const FittedPairs pairs = fitted_pairs(beats);
    for (std::size_t i = 0; i < beats.width; ++i) {
      CHECK(beats.validation.values[i] ==
            doctest::Approx((recorded[i] - pairs.centre[i]) / pairs.spread[i]).epsilon(1e-4));
    }
    CHECK(std::ranges::max(pairs.weights()) == 1);
    CHECK(hall.says(words_of(pairs)));
    CHECK(hall.says(words_of_weights(pairs)));
    const bool alike = std::string_view(kind) == "range";
    CHECK((words_of_weights(pairs) == "every place counts alike") == alike);
  }
}

TEST_CASE("a stroke of the pen changes the beat and its score, and goes on along the edge when it leaves the stage") {
  Hall hall(1600, 1000, Theme(Look::dark, 1));
  hall.show("drawn");
  const Rect pen = hall.stage.place("pen");
  const float before = hall.now().probe->score;
  hall.drag({pen.x + pen.w / 2, pen.middle_y()}, {pen.right() + 200, pen.y - 100});
  const auto& beat = hall.now().probe->recorded;
  CHECK(hall.now().probe->score > before);
  CHECK(beat.back() == *std::ranges::max_element(beat));  // the upper right corner
  CHECK(read_numbers(hall.settings().drawn, "own beat").size() == 140);
  hall.stage.tell(work::command::Undo{});
  hall.stage.settle();
  CHECK(hall.settings().drawn.empty());
}

// The stage over rows of a file.
struct FileHall : Hall {
  explicit FileHall(const std::string& rows) : Hall(1280, 720, Theme(Look::light, 1, true)) {
    std::ofstream(path, std::ios::binary) << rows;
    stage.tell(work::command::SetAll{{{"data.set", std::string("files")}, {"data.train_file", path}}});
    stage.tell(work::command::Reset{});
    stage.tell(work::command::Step{5});
    stage.settle();
  }
  ~FileHall() { std::filesystem::remove(path); }
  std::string path = (std::filesystem::temp_directory_path() / "vitrine-heartbeats-view.csv").string();
};

TEST_CASE("rows of nothing but zeros stand in the charts, each over the axis that it is drawn by") {
  std::string rows;
  for (int i = 0; i < 40; ++i) rows += i % 4 == 0 ? "2,0,0,0,0,0\n" : "1,0,0,0,0,0\n";
  FileHall hall(rows);
  CHECK(hall.stage.faults() == "");
  CHECK(hall.says("0.0"));  // in the middle of an axis round nothing
  for (std::int64_t seed = 1; first_anomaly(hall.now().beats->validation) == 0; ++seed) {
    REQUIRE(seed < 50);
    hall.stage.tell(Set{"data.seed", seed});
    hall.stage.settle();
  }
  const Rect errors = hall.stage.place("errors");
  hall.click({errors.x + 2, errors.bottom() - 4});
  CHECK(hall.says("Beat 0"));  // the first bar holds it with all others
  hall.show("scaling");
  CHECK(hall.stage.faults() == "");
  hall.show("drawn");
  CHECK(hall.stage.faults() == "");
}

TEST_CASE("where nothing normal was learnt from, the place of the nearest says so") {
  std::string rows;
  for (int i = 0; i < 40; ++i)
    rows += std::string(i % 2 == 0 ? "2" : "3") + "," + std::to_string(i % 7) + "," + std::to_string(i % 5) + ",1,2\n";
  FileHall hall(rows);
  CHECK(hall.says("None was learnt from."));
  CHECK(hall.stage.faults() == "");
}

TEST_CASE("a validation beat can be taken for drawing, and is judged as it was") {
  Hall hall(1280, 720, Theme(Look::light, 1, true));
  hall.show("drawn");
  hall.click(hall.stage.place("pen-real").centre());
  const Rows& rows = hall.now().beats->validation;
  const std::size_t beat = first_anomaly(rows);
  const auto real = hall.now().beats->table(rows)[beat];
  REQUIRE(hall.now().probe->recorded.size() == real.size());
  for (std::size_t i = 0; i < real.size(); ++i) CHECK(hall.now().probe->recorded[i] == doctest::Approx(real[i]));
  CHECK(hall.now().probe->score == doctest::Approx(hall.now().validation->rebuilt.scores[beat]).epsilon(1e-3));
  CHECK(hall.stage.faults() == "");
  hall.click(hall.stage.place("pen-bend").centre());
  const Rect pen = hall.stage.place("pen");
  hall.drag(pen.centre(), {pen.middle_x(), pen.y - 400});  // far beyond the frame
  CHECK(std::isfinite(hall.now().probe->score));
  CHECK(hall.now().probe->score > hall.now().validation->rebuilt.scores[beat]);
  hall.stage.tell(work::command::Undo{});
  hall.stage.settle();
  CHECK(hall.now().probe->recorded[70] == doctest::Approx(real[70]));
}

TEST_CASE("dragging over the code while walking moves the point that is decoded") {
  Hall hall(1600, 1000, Theme(Look::dark, 1));
  hall.show("point");
  const std::vector<float> before = hall.now().probe->code;
  const Rect code = hall.stage.place("bottleneck");
  hall.drag(code.centre(), {code.x + code.w * 0.8f, code.y + code.h * 0.3f});
  const auto& after = hall.now().probe->code;
  CHECK(after[0] != before[0]);
  CHECK(after[1] != before[1]);
  CHECK(after[2] == before[2]);
}

TEST_CASE("ROC and recall stand beside each other where there is room, in place of the bottleneck") {
  Hall hall(1600, 1000, Theme(Look::dark, 1));
  CHECK(hall.stage.place("bottleneck").w > 0);
  hall.press_segment("third", 1, 4);
  CHECK(hall.stage.place("bottleneck").w == 0);
  CHECK(hall.stage.place("roc").right() < hall.stage.place("precision").x);
  CHECK(hall.stage.faults() == "");
}

TEST_CASE("dragging over the code moves the decoded point along a principal component, and only as far as it must") {
  Hall hall(1600, 1000, Theme(Look::dark, 1));
  hall.show("point");
  hall.stage.tell(Set{"code.across", std::string("p1")});
  hall.stage.settle();
  const Snapshot& s = hall.now();
  const CodeDirection across = code_direction(s, "p1", 3), up = code_direction(s, "h2", 3);
  const std::vector<float> before = s.probe->code;
  const Rect code = hall.stage.place("bottleneck");
  hall.drag(code.centre(), {code.x + code.w * 0.9f, code.middle_y()});
  const std::vector<float> once = hall.now().probe->code;
  hall.drag({code.x + code.w * 0.9f, code.middle_y()}, {code.x + code.w * 0.9f, code.y + code.h * 0.2f});
  const std::vector<float>& twice = hall.now().probe->code;
  CHECK(across.of(once) > across.of(before));
  CHECK(across.of(twice) == doctest::Approx(across.of(once)).epsilon(0.02));
  CHECK(up.of(twice) > up.of(once));
}

TEST_CASE("the beat that is chosen goes through the network, with its gradients") {
  Hall hall(1600, 1000, Theme(Look::dark, 1));
  hall.show("inside");
  REQUIRE(hall.now().inside);
  const Inside& first = *hall.now().inside;
  CHECK(first.beat == first_anomaly(hall.now().beats->validation));
  REQUIRE(first.layers.size() == 5);
  CHECK(first.layers[1].weights.size() == 140 * 16);
  CHECK(first.layers[2].answers.size() == 3);
  CHECK(first.layers[4].gradient > 0);
  const Rect errors = hall.stage.place("errors");
  hall.click({errors.x + errors.w * 0.3f, errors.bottom() - 4});
  hall.stage.headless.push(ui::input::move(2, 2));
  hall.stage.settle();
  const std::size_t beat = hall.now().inside->beat;
  CHECK(static_cast<std::int64_t>(beat) == hall.settings().beat);
  const auto& rebuilt = hall.now().validation->rebuilt.values;
  for (std::size_t i = 0; i < 140; ++i)
    CHECK(hall.now().inside->layers[4].answers[i] == doctest::Approx(rebuilt[beat * 140 + i]).epsilon(1e-4));
}

TEST_CASE("a click on a bar of errors brings a beat of that error onto the stage") {
  Hall hall(1600, 1000, Theme(Look::dark, 1));
  const Rect errors = hall.stage.place("errors");
  hall.click({errors.right() - 4, errors.middle_y()});
  hall.stage.headless.push(ui::input::move(2, 2));  // away: what was chosen stays
  hall.stage.settle();
  const auto& scores = hall.now().validation->rebuilt.scores;
  const auto shown = std::ranges::find_if(
      scores, [&](const float& score) { return hall.says("Beat " + std::to_string(&score - scores.data())); });
  REQUIRE(shown != scores.end());
  CHECK(static_cast<double>(*shown) > hall.now().validation->threshold);
  CHECK(hall.settings().by_hand == 0);  // the threshold stayed where it was
}

TEST_CASE("a flagged beat is asked for the smallest change that would let it pass, and the answer stands over it") {
  Hall hall(1600, 1000, Theme(Look::dark, 1));
  hall.stage.tell(work::command::Step{25});
  hall.stage.settle();
  CHECK_FALSE(hall.now().passing);
  const Judged& judged = *hall.now().validation;
  const auto flagged = std::ranges::find_if(judged.rebuilt.scores,
                                            [&](float score) { return static_cast<double>(score) > judged.threshold; });
  REQUIRE(flagged != judged.rebuilt.scores.end());
  const auto beat = std::int64_t{flagged - judged.rebuilt.scores.begin()};
  hall.stage.tell(Set{"stage.change", beat});
  hall.stage.settle();
  CHECK(hall.now().passing);
  CHECK(hall.says("would pass") == hall.says("Beat " + to_text(beat)));
  CHECK(hall.stage.faults() == "");
  hall.stage.tell(Set{"stage.change", std::int64_t{-1}});
  hall.stage.settle();
  CHECK_FALSE(hall.now().passing);
  CHECK_FALSE(hall.says("would pass"));
}

TEST_CASE("fields of a table and series that stand behind each other have their names under the axis") {
  const std::string path = (std::filesystem::temp_directory_path() / "vitrine-heartbeats-fields.csv").string();
  const struct {
    const char* header;
    std::vector<std::string> names;
  } kTables[] = {{"age,weight,temperature,pressure,label", {"age", "weight", "temperat…", "pressure"}},
                 {"x1,x2,y1,y2,label", {"x", "y"}},
                 {"only,label", {"only"}}};
  for (const auto& table : kTables) {
    std::ofstream file(path);
    file << table.header << "\n";
    for (int row = 0; row < 60; ++row) {
      for (const char* c = table.header; *c != 0; ++c)
        file << (*c == ',' ? to_text(std::int64_t{row * (c - table.header) % 17}) + "," : "");
      file << (row % 5 == 4 ? "2\n" : "1\n");
    }
    file.close();
    Hall hall(1280, 720, Theme(Look::light, 1));
    hall.stage.tell(Set{"data.train_file", path});
    hall.stage.tell(Set{"data.set", std::string("files")});
    hall.stage.settle();
    CAPTURE(std::string(table.header));
    for (const std::string& name : table.names) CHECK(hall.says(name));
    CHECK(hall.stage.faults() == "");
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace vitrine::views::heartbeats
