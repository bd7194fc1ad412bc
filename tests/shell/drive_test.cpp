// A drive that is still to come: the gallery draws before all its cases have their data.
#include "app/shell/drive.h"

#include <doctest/doctest.h>

#include <future>
#include <thread>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "views/exhibit.h"

using namespace vitrine;
using namespace vitrine::shell;

TEST_CASE("what is posted to a drive that is still being made waits for it") {
  std::promise<void> go;
  std::promise<void> told;
  const auto drive = drive_when_made(
      [may_go = go.get_future().share()] {
        may_go.wait();
        const views::Exhibit& exhibit = views::exhibits().front();
        return drive_in_step(std::make_unique<work::Runner>(
            std::string(exhibit.id), exhibit.open({.backend = open_device("cpu", 1), .seed = 0})));
      },
      [&] { told.set_value(); });
  CHECK(drive->snapshot() == nullptr);
  drive->post(work::command::Step{5});
  drive->frame();
  go.set_value();
  told.get_future().wait();
  REQUIRE(drive->snapshot());
  CHECK(drive->snapshot()->step == 5);
  drive->post(work::command::Step{2});
  CHECK(drive->snapshot()->step == 7);
}

TEST_CASE("what kept a drive from being made is told to who looks for its picture") {
  std::promise<void> told;
  const auto drive = drive_when_made(
      []() -> std::unique_ptr<Drive> {
        throw UsageError({"the data", "cannot be made", "a device", "none", "Choose another device."});
      },
      [&] { told.set_value(); });
  told.get_future().wait();
  CHECK_THROWS_AS(static_cast<void>(drive->snapshot()), UsageError);
}
