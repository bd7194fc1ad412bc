// The worker: order, rest, failure, and an end that comes soon.
#include "app/work/worker.h"

#include <doctest/doctest.h>

#include <atomic>
#include <future>

#include "tests/work/chaos.h"

using namespace vitrine::work;
using namespace vitrine::work::command;

namespace {

// A worker over a chaos, and a way to wait for what it has published.
struct Desk {
  std::atomic<std::uint64_t> wakes = 0;
  Worker worker{std::make_unique<Runner>(make_chaos()), [this] {
                  ++wakes;
                  wakes.notify_all();
                }};

  std::shared_ptr<const Snapshot> wait_until(const std::function<bool(const Snapshot&)>& fulfilled) {
    while (true) {
      const std::uint64_t seen = wakes;
      if (auto snapshot = worker.snapshot(); fulfilled(*snapshot)) return snapshot;
      wakes.wait(seen);
    }
  }
  std::uint64_t go_on_errand() {  // an endless one
    worker.post(Call{[](Runner& runner) { chaos(runner).errand_of_change = "Reading endless.csv"; }});
    return worker.post(Set{"map.noise", std::int64_t{40}});
  }
  std::shared_ptr<const Snapshot> wait_for(std::uint64_t number) {
    return wait_until([number](const Snapshot& snapshot) { return snapshot.handled >= number; });
  }
};

}  // namespace

TEST_CASE("there is a picture from the start and commands are done in their order") {
  Desk desk;
  REQUIRE(desk.worker.snapshot() != nullptr);
  std::uint64_t last = 0;
  for (int i = 0; i < 50; ++i) {
    desk.worker.post(Set{"map.noise", static_cast<std::int64_t>(i)});
    last = desk.worker.post(Step{2});
  }
  CHECK(last == 100);
  const auto snapshot = desk.wait_for(last);
  CHECK(snapshot->step == 100);
  CHECK(static_cast<const ChaosSettings*>(snapshot->settings.get())->noise == 49);
  Runner straight = make_chaos();
  for (int i = 0; i < 50; ++i) {
    do_now(straight, Set{"map.noise", static_cast<std::int64_t>(i)});
    do_now(straight, Step{2});
  }
  CHECK(static_cast<const ChaosSnapshot&>(*snapshot).cells == straight.session().save().slab);
}

TEST_CASE("an idle worker publishes nothing and takes no slices") {
  Desk desk;
  desk.wait_for(desk.worker.post(Pause{}));
  const std::uint64_t wakes = desk.wakes;
  std::promise<int> slices;
  desk.worker.post(Call{[&](Runner& runner) { slices.set_value(chaos(runner).slices); }});
  CHECK(slices.get_future().get() == 0);
  desk.wait_for(2);
  CHECK(desk.wakes == wakes + 1);
}

TEST_CASE("playing goes on by itself, pausing ends it") {
  for (const std::int64_t speed : {1, 0}) {
    Desk desk;
    desk.worker.post(Speed{speed});
    desk.worker.post(Play{});
    desk.wait_until([](const Snapshot& snapshot) { return snapshot.step >= 5; });
    const auto paused = desk.wait_for(desk.worker.post(Pause{}));
    CHECK(!paused->playing);
    const auto later = desk.wait_for(desk.worker.post(Pause{}));
    CHECK(later->step == paused->step);
  }
}

TEST_CASE("a picture from before a command waits for the answer, but not for long") {
  bool held = false;
  for (int i = 0; i < 50 && !held; ++i) {  // a machine may be too busy to look at once
    std::promise<void> end;
    Desk desk;
    desk.worker.post(Speed{0});
    desk.wait_for(desk.worker.post(Play{}));
    const auto shown = desk.worker.snapshot();
    desk.wakes.wait(desk.wakes);  // until there is a newer one
    desk.worker.post(Call{[&end](Runner&) { end.get_future().wait(); }});
    held = desk.worker.snapshot() == shown;
    while (desk.worker.snapshot() == shown) std::this_thread::yield();
    CHECK(desk.worker.snapshot()->step > shown->step);
    CHECK(desk.worker.snapshot()->handled == shown->handled);
    end.set_value();
  }
  CHECK(held);
}

TEST_CASE("a seek is finished without further commands") {
  Desk desk;
  desk.worker.post(Step{1000});
  desk.worker.post(Seek{777});
  const auto snapshot = desk.wait_until([](const Snapshot& s) { return s.handled == 2 && s.step == 777; });
  CHECK(snapshot->head == 1000);
}

TEST_CASE("a failure is published and the worker lives on") {
  Desk desk;
  const auto failed = desk.wait_for(desk.worker.post(Set{"map.rate", 99.0}));
  CHECK(!failed->failed.empty());
  const auto fine = desk.wait_for(desk.worker.post(Step{}));
  CHECK(fine->failed.empty());
  CHECK(fine->step == 1);
}

TEST_CASE("an errand tells how far it is, is called off from elsewhere, and leaves the state it found") {
  Desk desk;
  desk.wait_for(desk.worker.post(Step{3}));
  const std::uint64_t number = desk.go_on_errand();
  const auto under_way = [&] { return desk.worker.errand().progress(); };
  while (!under_way() || under_way()->so_far.empty()) {
    const std::uint64_t seen = desk.wakes;
    if (!under_way() || under_way()->so_far.empty()) desk.wakes.wait(seen);
  }
  CHECK(under_way()->what == "Reading endless.csv");
  CHECK(under_way()->share == 0.5);
  CHECK(desk.worker.snapshot()->step == 3);  // the picture before stands meanwhile
  desk.worker.errand().call_off();
  const auto after = desk.wait_for(number);
  CHECK_FALSE(under_way());
  CHECK(after->failed.empty());
  CHECK(after->notice == "Reading endless.csv was called off; what was there before stands.");
  CHECK(after->step == 3);
  CHECK(static_cast<const ChaosSettings*>(after->settings.get())->noise == 0);
  CHECK(desk.wait_for(desk.worker.post(Step{}))->notice.empty());
}

TEST_CASE("a worker whose session is on an endless errand stops when it is asked to") {
  Desk desk;
  desk.go_on_errand();
  while (!desk.worker.errand().progress()) desk.wakes.wait(desk.wakes);
}

TEST_CASE("an errand that was called off while none was under way calls nothing off") {
  Errand errand;
  errand.call_off();
  Errand::Leg leg(errand, "Reading");
  leg.reached(0.25, "1 row");
  CHECK(errand.progress()->share == 0.25);
  errand.call_off();
  CHECK_THROWS_AS(leg.reached(0.5, "2 rows"), CalledOff);
}

TEST_CASE("what is left of an errand is told when there is enough to tell it from") {
  CHECK_FALSE(Progress{"Reading", "", 0.01, 10}.seconds_left());
  CHECK_FALSE(Progress{"Reading", "", 0.5, 0.1}.seconds_left());
  CHECK(*Progress{"Reading", "", 0.25, 5}.seconds_left() == doctest::Approx(15));
}

TEST_CASE("a worker that plays flat out stops when it is asked to") {
  for (int i = 0; i < 20; ++i) {
    Desk desk;
    desk.worker.post(Speed{0});
    desk.worker.post(Play{});
    if (i % 2 == 0) desk.wait_until([](const Snapshot& snapshot) { return snapshot.playing; });
  }
}

TEST_CASE("the latest value is whole and never older than one seen before") {
  Latest<std::vector<int>> latest;
  constexpr int kLast = 200000;
  std::jthread writer([&] {
    for (int i = 1; i <= kLast; ++i) latest.publish(std::make_shared<const std::vector<int>>(8, i));
  });
  int seen = 0;
  while (seen < kLast) {
    const auto value = latest.get();
    if (!value) continue;
    REQUIRE(value->front() == value->back());
    REQUIRE(value->front() >= seen);
    seen = value->front();
  }
  CHECK(!latest.fresh());
}
