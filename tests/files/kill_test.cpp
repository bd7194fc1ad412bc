// Saving while things go wrong: the process is killed, the disk is full.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/shell/files/files.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/files/folder.h"
#include "tests/work/chaos.h"

using namespace vitrine;
using namespace vitrine::work;
using vitrine::shell::load_document;
using vitrine::shell::save_document;

TEST_CASE("killed at any moment of saving, the file is there and whole") {
  const Folder folder;
  const auto path = folder.path() / "run.vitrine";
  Runner runner = make_chaos();
  Document document = runner.document();
  document.state.slab.assign(3000, 0.5f);
  save_document(path, document);
  Dice dice(6);
  std::int64_t furthest = 0;
  int moved = 0;
  for (int trial = 0; trial < 220; ++trial) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (document.state.step = furthest + 1;; ++document.state.step) save_document(path, document);
    }
    const timespec delay{0, static_cast<long>(dice.below(12'000'000))};
    ::nanosleep(&delay, nullptr);
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    const Document saved = load_document(path);
    REQUIRE(saved.state.slab == document.state.slab);
    REQUIRE(saved.state.step >= furthest);
    moved += saved.state.step > furthest;
    furthest = saved.state.step;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      if (entry.path() != path) std::filesystem::remove(entry.path());
    }
  }
  CHECK(moved > 0);
}

TEST_CASE("when the disk is full the old file stays as it was and the failure is said") {
  const Folder folder;
  const auto path = folder.path() / "run.vitrine";
  Runner runner = make_chaos();
  Document document = runner.document();
  save_document(path, document);
  document.state.slab.assign(10000, 0.5f);
  rlimit old{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &old) == 0);
  const auto old_handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{4096, old.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  std::string said;
  try {
    save_document(path, document);
  } catch (const FileError& error) {
    said = error.complaint().fact;
  }
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &old) == 0);
  ::signal(SIGXFSZ, old_handler);
  CHECK(said == "cannot be written");
  CHECK(load_document(path).state == runner.document().state);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);  // nothing left lying about
}
