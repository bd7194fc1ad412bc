// Which assets are here, and the one program that brings them: progress, success, failure, cancel.
#include "app/shell/assets/assets.h"

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "app/shell/assets/fetch_process.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/shell/scratch.h"

namespace vitrine::shell {
namespace {

namespace fs = std::filesystem;

constexpr auto kPatience = std::chrono::seconds(30);  // for a program that a loaded machine starts late

const Asset kSet{
    .id = "set", .kind = "dataset", .label = "Set", .what = {}, .provenance = {}, .licence = {}, .bytes = 5};

void install(const fs::path& data, std::string_view receipt, std::string_view bytes) {
  fs::create_directories(data / "assets" / "set");
  write_file(data / "assets" / "set" / "receipt.json", receipt);
  write_file(data / "assets" / "set" / "set.bin", bytes);
}

constexpr std::string_view kReceipt =
    R"({"id": "set", "files": [{"path": "set.bin", "bytes": 5, "sha256": "", "known_by": "sha256"}]})";

// What a script of that text said, waited for.
class Watched {
 public:
  Watched(const fs::path& folder, const std::string& script) {
    const fs::path program = folder / "fetch";
    write_file(program, "#!/bin/sh\n" + script);
    fs::permissions(program, fs::perms::owner_all);
    process_ = std::make_unique<FetchProcess>(program, "set", [this] {
      const std::lock_guard lock(mutex_);
      ++changes_;
      changed_.notify_all();
    });
  }
  ~Watched() { process_.reset(); }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  FetchProcess& process() { return *process_; }
  template <class Condition>
  FetchProgress until(Condition condition) {
    std::unique_lock lock(mutex_);
    CHECK(changed_.wait_for(lock, kPatience, [&] { return process_ && condition(process_->progress()); }));
    return process_->progress();
  }
  FetchProgress end() {
    return until([](const FetchProgress& now) { return now.ended; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int changes_ = 0;
  std::unique_ptr<FetchProcess> process_;
};

}  // namespace

TEST_CASE("the manifest names what the issue asks for, each with licence and origin") {
  CHECK(assets().size() >= 20);
  for (const Asset& asset : assets()) {
    CAPTURE(asset.id);
    CHECK(!asset.licence.empty());
    CHECK(!asset.provenance.empty());
    CHECK(!asset.what.empty());
  }
  CHECK_THROWS_AS(read_manifest("{}"), FileError);
  CHECK_THROWS_AS(read_manifest("{\"assets\": [{\"id\": \"a\"}]}"), FileError);
  CHECK_THROWS_AS(read_manifest("{\"assets\": [1"), FileError);
}

TEST_CASE("an asset is missing, present or damaged, as its receipt and the sizes of its files say") {
  const Scratch scratch("assets-states");
  CHECK(look_up(kSet, scratch.folder).state == AssetState::missing);
  CHECK(look_up(kSet, {}).state == AssetState::missing);
  install(scratch.folder, kReceipt, "12345");
  const Installed here = look_up(kSet, scratch.folder);
  CHECK(here.state == AssetState::present);
  CHECK(here.bytes() == 5);
  install(scratch.folder, kReceipt, "1234");
  CHECK(look_up(kSet, scratch.folder).state == AssetState::damaged);
  install(scratch.folder, R"({"files": [{"path": "../../x", "bytes": 1}]})", "12345");
  CHECK(look_up(kSet, scratch.folder).state == AssetState::damaged);
  install(scratch.folder, "not a receipt", "12345");
  CHECK(look_up(kSet, scratch.folder).state == AssetState::damaged);
}

TEST_CASE("what fetch says line by line is progress, then a sentence") {
  const Scratch scratch("assets-progress");
  Watched fetch(scratch.folder,
                "echo '{\"event\": \"progress\", \"what\": \"a.gz\", \"done\": 3, \"total\": 9}'\n"
                "echo nonsense\n"
                "echo \"{\\\"event\\\": \\\"done\\\", \\\"sentence\\\": \\\"$1 $2\\\"}\"\n");
  const FetchProgress end = fetch.end();
  CHECK(end.succeeded);
  CHECK(end.done == 3);
  CHECK(end.total == 9);
  CHECK(end.what == "a.gz");
  CHECK(end.sentence == "set --json");  // the id and a fixed word, nothing else
}

TEST_CASE("a fetch that fails gives its reason, and one that dies without a word gets one") {
  const Scratch scratch("assets-failure");
  Watched told(scratch.folder, "echo '{\"event\": \"failed\", \"sentence\": \"No room.\"}'\nexit 1\n");
  const FetchProgress end = told.end();
  CHECK(!end.succeeded);
  CHECK(end.sentence == "No room.");
  Watched silent(scratch.folder, "exit 3\n");
  CHECK(silent.end().sentence.find("Python 3") != std::string::npos);
  CHECK_THROWS_AS(FetchProcess(scratch.folder / "none", "set", [] {}), FileError);
}

TEST_CASE("a cancelled fetch ends with its helpers, and so does one that is let go of") {
  const Scratch scratch("assets-cancel");
  const std::string script = "echo '{\"event\": \"progress\", \"done\": 1, \"total\": 2}'\nsleep 1000\n";
  Watched fetch(scratch.folder, script);
  fetch.until([](const FetchProgress& now) { return now.done == 1; });
  fetch.process().cancel();
  CHECK(!fetch.end().succeeded);
  const Watched left(scratch.folder, script);  // its end must not wait for the sleeper
}

TEST_CASE("the program lies where the tests find it, too") {
  const auto program = fetch_program();
  REQUIRE(program);
  CHECK(program->filename() == "fetch");
}

}  // namespace vitrine::shell
