// A run is one run, on whichever machine it is continued: saved under one build of the kernels and opened under
// another, with other thread counts, it goes on bit for bit.
#include <doctest/doctest.h>

#include "app/shell/files/files.h"
#include "engine/cpu/backend.h"
#include "engine/cpu/library.h"
#include "views/exhibit.h"

namespace vitrine {
namespace {

std::unique_ptr<work::Runner> open_exhibit(const views::Exhibit& exhibit, const char* variant, int threads) {
  std::shared_ptr<Backend> backend = make_cpu_backend({.threads = threads, .variant = variant});
  return std::make_unique<work::Runner>(std::string(exhibit.id), exhibit.open({std::move(backend), 3}));
}

std::string hash_after(work::Runner& runner, std::int64_t steps) {
  runner.handle(work::command::Step{steps});
  runner.expect_ok();
  return work::state_hash(runner.session()).hex();
}

TEST_CASE(
    "saved under one build of the kernels and continued under another, every exhibit gives the uninterrupted run") {
  for (const char* variant : {"x86-64-v3", "x86-64-v4"}) {
    if (!cpu::machine_runs(variant)) {
      MESSAGE("this machine cannot run the kernels for ", variant, ": skipped");
      return;
    }
  }
  for (const views::Exhibit& exhibit : views::exhibits()) {
    CAPTURE(exhibit.id);
    auto whole = open_exhibit(exhibit, "x86-64-v4", 1);
    const std::string middle = hash_after(*whole, 13);
    const std::string end = hash_after(*whole, 17);
    for (const auto& [first, second] : {std::pair{"x86-64-v3", "x86-64-v4"}, {"x86-64-v4", "x86-64-v3"}}) {
      auto before = open_exhibit(exhibit, first, 2);
      CHECK(hash_after(*before, 13) == middle);
      const std::string bytes = shell::write_document(before->document());
      auto after = open_exhibit(exhibit, second, 7);
      after->open(shell::read_document(bytes, "saved"));
      CHECK(work::state_hash(after->session()).hex() == middle);
      CHECK(hash_after(*after, 17) == end);
    }
  }
}

}  // namespace
}  // namespace vitrine
