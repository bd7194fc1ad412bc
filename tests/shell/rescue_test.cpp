// Unsaved work outlives an app that was killed, is offered to the next one, and to nobody after an end in peace.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include <atomic>
#include <functional>

#include "app/shell/driver.h"
#include "app/shell/files/files.h"
#include "app/work/value.h"
#include "engine/core/file.h"
#include "tests/shell/scratch.h"
#include "tests/support/counts.h"

using namespace vitrine;
using namespace vitrine::shell;
namespace fs = std::filesystem;

namespace {

constexpr int kCopyFrames = 60 * 3 + 10;  // a little more than the three seconds between two copies

struct RescueDesk {
  std::unique_ptr<Driver> driver;
  explicit RescueDesk(const Scratch& scratch)
      : driver(std::make_unique<Driver>(DriverOptions{
            .width = 1280, .height = 720, .threads = 1, .state = scratch.folder, .documents = scratch.folder})) {
    driver->frames(2);
  }
  void work_on(const char* exhibit, std::int64_t steps) {
    driver->open(exhibit);
    driver->tell(work::command::Step{steps});
    driver->frames(kCopyFrames);
  }
  bool offers() const {
    for (const auto& item : driver->window().audit().items())
      if (item.name == "remedy") return true;
    return false;
  }
};

int copies(const Scratch& scratch) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(scratch.folder))
    count += entry.path().filename().string().starts_with("unsaved-") && entry.path().extension() == ".vitrine";
  return count;
}

}  // namespace

TEST_CASE("work of an app that died is offered to the next one and goes on as it was") {
  const Scratch scratch("rescue");
  std::string hash;
  {
    RescueDesk desk(scratch);
    desk.work_on("neuron", 7);
    hash = desk.driver->state_hash();
    CHECK_FALSE(desk.offers());
  }
  {
    RescueDesk next(scratch);
    REQUIRE(next.offers());
    CHECK(faults_of(next.driver->window().audit()) == "");
    next.driver->click("remedy");
    CHECK_FALSE(next.offers());
    CHECK(next.driver->state_hash() == hash);
    CHECK(next.driver->snapshot()->step == 7);
    CHECK(copies(scratch) == 1);  // still unsaved
    next.driver->app().clean_end();
  }
  RescueDesk last(scratch);
  CHECK_FALSE(last.offers());
  CHECK(copies(scratch) == 0);
}

TEST_CASE("what was offered and declined is not offered again") {
  const Scratch scratch("declined");
  { RescueDesk(scratch).work_on("neuron", 3); }
  {
    RescueDesk next(scratch);
    REQUIRE(next.offers());
    next.driver->click("close");
    CHECK_FALSE(next.offers());
  }
  CHECK_FALSE(RescueDesk(scratch).offers());
}

TEST_CASE("an offer that nobody answered is made again after another crash, not after an end in peace") {
  const Scratch scratch("unanswered");
  { RescueDesk(scratch).work_on("neuron", 3); }
  { CHECK(RescueDesk(scratch).offers()); }
  {
    RescueDesk next(scratch);
    CHECK(next.offers());
    next.driver->app().clean_end();
  }
  CHECK_FALSE(RescueDesk(scratch).offers());
}

TEST_CASE("looking at a fresh exhibit or at a saved file leaves nothing to rescue") {
  const Scratch scratch("safe");
  {
    RescueDesk desk(scratch);
    desk.work_on("playground", 0);
    CHECK(copies(scratch) == 0);
    desk.work_on("playground", 4);
    CHECK(copies(scratch) == 1);
    desk.driver->app().save_to(scratch.folder / "mine.vitrine");
    desk.driver->frames(kCopyFrames);
    CHECK(copies(scratch) == 0);
    desk.driver->tell(work::command::Step{1});
    desk.driver->frames(kCopyFrames);
    CHECK(copies(scratch) == 1);
    desk.driver->tell(work::command::Seek{4});  // as it was saved
    desk.driver->frames(kCopyFrames);
  }
  CHECK_FALSE(RescueDesk(scratch).offers());
}

TEST_CASE("restored work belongs to the file it came from") {
  const Scratch scratch("origin");
  const fs::path file = scratch.folder / "mine.vitrine";
  {
    RescueDesk desk(scratch);
    desk.work_on("neuron", 4);
    desk.driver->app().save_to(file);
    desk.driver->frames(2);
    desk.driver->tell(work::command::Step{5});
    desk.driver->frames(kCopyFrames);
  }
  RescueDesk next(scratch);
  next.driver->click("remedy");
  REQUIRE(next.driver->app().opened());
  CHECK(next.driver->app().opened()->file == file);
  CHECK(next.driver->snapshot()->step == 9);
}

TEST_CASE("work that was not saved is kept across a change of the device") {
  const Scratch scratch("device");
  {
    RescueDesk desk(scratch);
    desk.work_on("neuron", 3);
    REQUIRE(copies(scratch) == 1);
    desk.driver->window().press(ui::Key::k, true);
    desk.driver->settle();
    desk.driver->window().type("devices");
    desk.driver->settle();
    desk.driver->window().press(ui::Key::enter);
    desk.driver->settle();
    desk.driver->click("row0");
    desk.driver->frames(kCopyFrames);
    REQUIRE(desk.driver->snapshot()->step == 3);
    CHECK(copies(scratch) == 1);
  }
  CHECK(RescueDesk(scratch).offers());
}

TEST_CASE("two apps at a time keep two copies, and neither is offered the other's") {
  const Scratch scratch("two");
  RescueDesk one(scratch), two(scratch);
  one.work_on("neuron", 3);
  two.work_on("neuron", 4);
  CHECK(copies(scratch) == 2);
  CHECK_FALSE(RescueDesk(scratch).offers());
}

TEST_CASE("a damaged copy is refused in a sentence and is not offered again") {
  const Scratch scratch("damaged");
  { RescueDesk(scratch).work_on("neuron", 3); }
  write_file(scratch.folder / "unsaved-0.vitrine", "{\"vitrine\": 1");
  RescueDesk next(scratch);
  REQUIRE(next.offers());
  next.driver->click("remedy");
  bool said = false;
  for (const auto& run : next.driver->window().audit().runs()) said |= run.text.find("cannot be read") != run.text.npos;
  CHECK(said);
}

TEST_CASE("where nothing can be kept the app says so once and goes on") {
  const Scratch scratch("full");
  write_file(scratch.folder / "file", "no folder");
  Driver driver({.width = 1280, .height = 720, .threads = 1, .state = scratch.folder / "file" / "state"});
  driver.open("neuron");
  driver.tell(work::command::Step{2});
  driver.frames(kCopyFrames);
  int said = 0;
  for (const auto& run : driver.window().audit().runs())
    said += run.text.find("Unsaved work is not kept") != run.text.npos;
  CHECK(said == 1);
  driver.click("close");
  driver.tell(work::command::Step{2});
  driver.frames(kCopyFrames);
  for (const auto& run : driver.window().audit().runs()) CHECK(run.text.find("not kept") == run.text.npos);
}

TEST_CASE("killed at any moment of random editing, no more than five seconds of frames are lost") {
  constexpr int kMostLost = 5 * 60;
  const Scratch scratch("killed");
  auto* frame = static_cast<std::atomic<int>*>(
      ::mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  REQUIRE(frame != MAP_FAILED);
  const auto fonts = std::make_shared<ui::Fonts>(1.0f);
  std::uint32_t dice = 7;
  int rescued = 0;
  for (int trial = 0; trial < testing::count(6, 200); ++trial) {
    fs::remove_all(scratch.folder);
    fs::create_directories(scratch.folder);
    frame->store(0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      Driver driver({.width = 640, .height = 400, .threads = 1, .state = scratch.folder, .fonts = fonts});
      driver.open("neuron");
      for (;;) {  // an edit a frame; the edit is the number of the frame
        const int now = frame->load() + 1;
        driver.tell(work::command::Set{"neuron.start", std::int64_t{now}, true});
        driver.frame();
        frame->store(now);
      }
    }
    dice = dice * 1664525u + 1013904223u;
    const int enough = kMostLost / 2 + static_cast<int>(dice >> 8) % (2 * kMostLost);
    for (constexpr timespec kMoment{0, 1'000'000}; frame->load() < enough;) {
      int left = 0;
      REQUIRE(::waitpid(child, &left, WNOHANG) == 0);  // it is at it, or this would never end
      ::nanosleep(&kMoment, nullptr);
    }
    const timespec delay{0, static_cast<long>(dice >> 4) % 20'000'000};  // anywhere within a frame
    ::nanosleep(&delay, nullptr);
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    const int reached = frame->load();
    if (reached <= kMostLost) continue;  // nothing need be there yet
    const Rescue rescue(scratch.folder, false, [](const std::string&) {});
    REQUIRE(rescue.left());
    int kept = 0;
    for (const auto& [path, value] : load_document(rescue.left()->copy).settings)
      if (path == "neuron.start") kept = static_cast<int>(std::get<std::int64_t>(value));
    CHECK(kept >= reached - kMostLost);
    ++rescued;
  }
  CHECK(rescued > 0);
}
