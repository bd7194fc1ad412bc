// The stage of Heartbeats: beats of one's own, points of the code, the nearest normal beats; and the numbers in which
// all of them are kept.
#include <doctest/doctest.h>

#include <cmath>

#include "app/work/runner.h"
#include "engine/backends.h"
#include "engine/core/error.h"
#include "views/heartbeats/nearest.h"
#include "views/heartbeats/numbers.h"
#include "views/heartbeats/session.h"
#include "views/heartbeats/strokes.h"

namespace vitrine::views::heartbeats {
namespace {

using work::command::Set;

struct Stage {
  std::shared_ptr<Backend> backend = open_device("cpu", 1);
  work::Runner runner{"heartbeats", std::make_unique<Session>(backend, 4)};
  Stage() { tell(Set{"data.beats", std::int64_t{200}}); }

  void tell(const work::Command& command) {
    runner.handle(command);
    runner.expect_ok();
  }
  std::unique_ptr<Snapshot> look() {
    return std::unique_ptr<Snapshot>(static_cast<Snapshot*>(runner.snapshot().release()));
  }
};

TEST_CASE("a stroke takes every step between two places, backwards as well, and leaves the others") {
  std::vector<float> beat(10, 7);
  draw_stroke(beat, {2, 0}, {6, 4});
  CHECK(beat == std::vector<float>{7, 7, 0, 1, 2, 3, 4, 7, 7, 7});
  draw_stroke(beat, {6, 0}, {4, 2});
  CHECK(beat == std::vector<float>{7, 7, 0, 1, 2, 1, 0, 7, 7, 7});
  draw_stroke(beat, {-5, 1}, {0.2, 1});
  draw_stroke(beat, {9, 3}, {40, 3});
  CHECK(beat == std::vector<float>{1, 7, 0, 1, 2, 1, 0, 7, 7, 3});
  draw_stroke({}, {0, 0}, {1, 1});
}

TEST_CASE("a bend moves its step most, and smoothing leaves a straight line as it is") {
  std::vector<float> beat(100, 0);
  bend(beat, 50, 1);
  CHECK(beat[50] == 1);
  CHECK(beat[52] > beat[58]);
  CHECK(std::fabs(beat[0]) < 0.01f);
  std::vector<float> line{0, 1, 2, 3}, spike{0, 0, 4, 0, 0};
  smooth(line), smooth(spike);
  CHECK(line == std::vector<float>{0.25f, 1, 2, 2.75f});
  CHECK(spike == std::vector<float>{0, 1, 2, 1, 0});
}

TEST_CASE("numbers come back as they were written, and what is none is refused") {
  const std::vector<float> numbers{0.1f, -3, 1e-20f, 5e5f};
  CHECK(read_numbers(write_numbers(numbers), "own beat") == numbers);
  CHECK(read_numbers(" 1,2\n3 ", "own beat") == std::vector<float>{1, 2, 3});
  for (const char* wrong : {"one", "1 nan", "inf", "1e30", "1;2"})
    CHECK_THROWS_AS(read_numbers(wrong, "own beat"), UsageError);
}

TEST_CASE("the nearest normal beat to one that was learnt from is itself") {
  Stage stage;
  const auto s = stage.look();
  const datasets::RowTable rows = s->beats->table(s->beats->learnt);
  const auto found = nearest_normal(*s->beats, rows[17], 3);
  REQUIRE(found.size() == 3);
  CHECK(found[0].row == 17);
  CHECK(found[0].difference == 0);
  CHECK(found[1].difference <= found[2].difference);
}

TEST_CASE("an own beat begins as the mean normal one, is judged as it is drawn, and a stroke is taken back at once") {
  Stage stage;
  stage.tell(work::command::Step{5});
  stage.tell(Set{"stage.shows", std::string("drawn")});
  const auto before = stage.look();
  REQUIRE(before->probe);
  CHECK(before->probe->recorded == before->beats->mean);
  std::vector<float> beat = before->beats->mean;
  for (const double far : {2.0, 5.0, 9.0}) {  // one stroke, three movements of the hand
    draw_stroke(beat, {40, 0}, {60, far});
    stage.tell(Set{"stage.drawn", write_numbers(beat), far == 9.0});
    CHECK(stage.look()->probe->recorded == beat);
  }
  const auto after = stage.look();
  CHECK(after->probe->score > before->probe->score);
  CHECK(after->step == 5);  // nothing is learnt anew
  stage.tell(work::command::Undo{});
  CHECK(stage.look()->probe->recorded == before->beats->mean);
}

TEST_CASE("an own beat is kept in units of the data, so that another scaling leaves it the same beat") {
  Stage stage;
  stage.tell(Set{"stage.shows", std::string("drawn")});
  stage.tell(Set{"stage.drawn", write_numbers(std::vector<float>(140, 0.0f))});
  const auto plain = stage.look();
  stage.tell(Set{"data.scaling", std::string("range")});
  const auto scaled = stage.look();
  CHECK(plain->probe->recorded[0] == 0);
  CHECK(scaled->probe->recorded[0] > 0.2f);
  std::vector<float> back = scaled->probe->recorded;
  scaled->beats->scaling.undo(back);
  CHECK(std::fabs(back[0]) < 1e-5f);
}

TEST_CASE("a point of the code is decoded as the whole network decodes the beat that lies there") {
  Stage stage;
  stage.tell(work::command::Step{3});
  const auto beats = stage.look();
  const auto& codes = beats->validation->rebuilt.codes;
  const std::span<const float> code = std::span(codes).subspan(3 * 7, 3);
  stage.tell(Set{"stage.shows", std::string("point")});
  stage.tell(Set{"stage.point", write_numbers(code)});
  const auto decoded = stage.look()->probe;
  REQUIRE(decoded);
  CHECK(decoded->recorded.empty());
  for (std::size_t i = 0; i < 140; ++i)
    CHECK(std::fabs(decoded->rebuilt[i] - beats->validation->rebuilt.values[140 * 7 + i]) < 1e-4f);
  stage.tell(Set{"model.code", std::int64_t{2}});  // a point of three numbers means nothing to it
  CHECK(stage.look()->probe->code.size() == 2);
}

TEST_CASE("the way of every beat through the code is kept while the network learns, and begins anew with another run") {
  Stage stage;
  stage.tell(work::command::Step{6});
  const auto learnt = stage.look();
  REQUIRE(learnt->trail->size() >= 2);
  CHECK(*learnt->trail->back().codes == learnt->validation->rebuilt.codes);
  CHECK(learnt->trail->back().step == 6);
  stage.tell(work::command::Seek{2});
  CHECK(stage.look()->trail->back().step == 6);  // it will come by again
  stage.tell(Set{"learning.rate", 0.02});
  stage.tell(work::command::Step{1});
  const auto other = stage.look()->trail;
  CHECK(other->back().step == 3);
  CHECK(*other->back().codes == stage.look()->validation->rebuilt.codes);
  stage.tell(work::command::Reset{});
  CHECK(stage.look()->trail->size() <= 1);
}

TEST_CASE(
    "generated beats are shown in seconds, those of a file in steps until somebody says how fast it was recorded") {
  Settings settings;
  CHECK(settings.samples_per_second_now() == 175);
  settings.source = Source::files, settings.train_file = "beats.csv";
  CHECK(settings.samples_per_second_now() == 0);
  settings.samples_per_second = 250;
  CHECK(settings.samples_per_second_now() == 250);
}

TEST_CASE("timing the talk's model counts every run and leaves the run that is under way as it was") {
  Stage stage;
  stage.tell(work::command::Step{2});
  const Hash before = work::state_hash(stage.runner.session());
  CHECK_FALSE(stage.look()->timing);
  stage.tell(work::command::Call{[](work::Runner& runner) {
    static_cast<Session&>(runner.session()).time_model_of_the_talk({2, 5});
  }});
  const auto timing = stage.look()->timing;
  REQUIRE(timing);
  CHECK(timing->training_ms.size() == 2);
  CHECK(timing->judging_ms.size() == 5);
  CHECK(work::state_hash(stage.runner.session()) == before);
}

TEST_CASE("what is no beat and no point is refused with a sentence") {
  Stage stage;
  for (const char* path : {"stage.drawn", "stage.point"}) {
    stage.runner.handle(Set{path, std::string("1 2 three")});
    CHECK_FALSE(stage.look()->failed.empty());
    stage.tell(Set{path, std::string()});
  }
}

}  // namespace
}  // namespace vitrine::views::heartbeats
