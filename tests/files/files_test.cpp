// .vitrine files: bit-exact round trips, unknown fields, and every kind of damage.
#include "app/shell/files/files.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <limits>

#include "app/shell/files/base64.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/files/folder.h"
#include "tests/work/chaos.h"

using namespace vitrine;
using namespace vitrine::work;
using vitrine::shell::load_document;
using vitrine::shell::read_document;
using vitrine::shell::save_document;
using vitrine::shell::write_document;

namespace {

bool equal(const Document& a, const Document& b) {
  return a.exhibit == b.exhibit && a.arithmetic == b.arithmetic && a.settings == b.settings && a.state == b.state;
}

Document some_document() {
  Runner runner = make_chaos();
  do_now(runner, command::Set{"name", std::string("wörds \"quoted\"\n")});
  do_now(runner, command::Step{9});
  return runner.document();
}

// What reading must say about bytes that are no document.
Complaint refusal(const std::string& bytes) {
  try {
    read_document(bytes, "a.vitrine");
  } catch (const FileError& error) {
    const Complaint& complaint = error.complaint();
    CHECK(complaint.subject == "a.vitrine");
    CHECK(!complaint.fact.empty());
    CHECK(!complaint.expected.empty());
    CHECK(!complaint.got.empty());
    CHECK(!complaint.remedy.empty());
    CHECK(std::string(error.what()).size() < 2000);
    return complaint;
  }
  FAIL("it was read");
  return {};
}

std::string with(std::string bytes, const std::string& old, const std::string& now) {
  const auto at = bytes.find(old);
  REQUIRE(at != std::string::npos);
  return bytes.replace(at, old.size(), now);
}

}  // namespace

TEST_CASE("floats keep every bit through base64") {
  std::vector<float> values;
  for (std::uint32_t i = 0; i < 1000; ++i) values.push_back(std::bit_cast<float>(i * 4294967u));
  for (std::size_t count = 0; count < 12; ++count) {
    const std::vector<float> some(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
    CHECK(shell::floats_from_base64(shell::floats_to_base64(some))->size() == count);
  }
  const auto back = *shell::floats_from_base64(shell::floats_to_base64(values));
  REQUIRE(back.size() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    REQUIRE(std::bit_cast<std::uint32_t>(back[i]) == std::bit_cast<std::uint32_t>(values[i]));
  }
  CHECK(shell::floats_to_base64({1.0f}) == "AACAPw==");
  for (const char* text : {"AACAPw", "AACAPw=", "AACAPx==", "AACA", "====", "AA==", "AACAP!==", "A===AAAA"}) {
    INFO(text);
    CHECK(!shell::floats_from_base64(text));
  }
}

TEST_CASE("saved, loaded and opened, a run has the same state hash and goes on bit for bit") {
  const Folder folder;
  const auto path = folder.path() / "run.vitrine";
  Runner first = make_chaos();
  do_now(first, command::Set{"map.noise", std::int64_t{12}});
  do_now(first, command::Set{"start", -0.0});
  do_now(first, command::Step{100});
  save_document(path, first.document());
  Runner second = make_chaos();
  shell::open_document(second, path);
  CHECK(hash(second) == hash(first));
  do_now(first, command::Step{50});
  do_now(second, command::Step{50});
  CHECK(hash(second) == hash(first));
}

TEST_CASE("numbers that are none survive as well") {
  Document document = some_document();
  document.state.slab = {std::numeric_limits<float>::quiet_NaN(), -0.0f, std::numeric_limits<float>::infinity(),
                         1e-45f};
  document.state.counters = {0, ~std::uint64_t{0}};
  const Document again = read_document(write_document(document), "a");
  CHECK(again.state.counters == document.state.counters);
  REQUIRE(again.state.slab.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(std::bit_cast<std::uint32_t>(again.state.slab[i]) == std::bit_cast<std::uint32_t>(document.state.slab[i]));
  }
}

TEST_CASE("the journal of what was tried comes back row for row, and damage to it is refused") {
  Runner runner = make_chaos();
  do_now(runner, command::Step{40});
  do_now(runner, command::Set{"map.rate", 3.25});
  do_now(runner, command::Step{200});
  const std::string bytes = write_document(runner.document());
  const Document again = read_document(bytes, "a");
  const auto before = runner.document().journal;
  REQUIRE(again.journal.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    const TriedRun &a = *before[i], &b = *again.journal[i];
    CHECK(a.number == b.number);
    CHECK(a.from == b.from);
    CHECK(a.to == b.to);
    CHECK(a.settings == b.settings);
    CHECK(a.last == b.last);
    CHECK(a.best == b.best);
    CHECK(a.curve.steps == b.curve.steps);
    CHECK(a.curve.series == b.curve.series);
  }
  CHECK(write_document(again) == bytes);
  CHECK(refusal(with(bytes, "\"from\": 0", "\"from\": -1")).fact.find("journal.from") != std::string::npos);
  CHECK(refusal(with(bytes, "\"names\": [", "\"names\": [\"more\",")).fact.find("series") != std::string::npos);
  CHECK(refusal(with(bytes, "\"journal\": [", "\"journal\": [7,")).fact.find("journal") != std::string::npos);
}

TEST_CASE("unknown fields survive loading and saving") {
  std::string bytes = write_document(some_document());
  bytes = with(bytes, "{", "{\"later\": {\"deep\": [1, 2.5, \"x\"]},");
  bytes = with(bytes, "\"state\": {", "\"state\": {\"optimiser\": true,");
  const Document document = read_document(bytes, "a");
  CHECK(equal(document, some_document()));
  const std::string again = write_document(document);
  CHECK(again.find("\"later\"") != std::string::npos);
  CHECK(again.find("\"optimiser\"") != std::string::npos);
  CHECK(read_document(again, "a").unknown == document.unknown);
}

TEST_CASE("a flipped bit anywhere is noticed or means nothing") {
  const Document document = some_document();
  const std::string bytes = write_document(document);
  int noticed = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
      INFO("byte " << i << ", bit " << bit);
      try {
        const Document read = read_document(damaged, "a.vitrine");
        REQUIRE(equal(read, document));
      } catch (const FileError& error) {
        ++noticed;
        REQUIRE(!error.complaint().expected.empty());
        REQUIRE(!error.complaint().got.empty());
        REQUIRE(!error.complaint().remedy.empty());
      }
    }
  }
  CHECK(noticed > static_cast<int>(bytes.size()) * 6);  // what is not noticed is white space turned into other such
}

TEST_CASE("a file cut off anywhere is refused at its end") {
  const std::string bytes = write_document(some_document());
  for (std::size_t length = 0; length + 2 < bytes.size(); ++length) {
    INFO(length);
    CHECK(refusal(bytes.substr(0, length)).got == "the end of the file");
  }
}

TEST_CASE("what is no document is called something else, not damaged, unless its name says that it is one") {
  const auto got = [](std::string_view bytes, const char* name) {
    try {
      read_document(bytes, name);
    } catch (const FileError& error) {
      return error.complaint().fact.starts_with("is nothing") ? error.complaint().got : std::string();
    }
    return std::string("a document");
  };
  CHECK(got("hello\nworld", "note.txt") == "“hello”");
  CHECK(got(std::string(100, 'a'), "note.txt") == "other text");
  CHECK(got("", "note.txt") == "an empty file");
  CHECK(got("\x89PNG\r\n\x1a\n\xff", "a.png") == "bytes that are no text");
  CHECK(got("{\"a\": 1}", "a.json") == "“{\"a\": 1}”");
  CHECK(got("hello", "note.vitrine").empty());
  CHECK(got("{\"vitrine\": 2}", "copy.json").empty());
}

TEST_CASE("each part that is wrong is named") {
  const std::string bytes = write_document(some_document());
  CHECK(refusal("").fact == "cannot be read at byte 0, line 1");
  CHECK(refusal("[]").expected == "an object");
  CHECK(refusal(with(bytes, "\"vitrine\": 1", "\"vitrine\": 2")).remedy == "Open it with a newer Vitrine.");
  CHECK(refusal(with(bytes, "\"vitrine\": 1", "\"vitrine\": 1.5")).fact == "is wrong in the field vitrine");
  CHECK(refusal(with(bytes, "\"exhibit\"", "\"exhibitt\"")).got == "nothing");
  CHECK(refusal(with(bytes, "\"chaos\"", "\"" + std::string(5000, 'x') + "\"")).got == "5000 bytes");
  CHECK(refusal(with(bytes, "\"step\": 9", "\"step\": -9")).got == "-9");
  CHECK(refusal(with(bytes, "\"step\": 9", "\"step\": 99999999999999999999999")).fact ==
        "is wrong in the field state.step");
  CHECK(refusal(with(bytes, "\"step\": 9", "\"step\": 10")).fact.find("checksum") != std::string::npos);
  CHECK(refusal(with(bytes, "\"map.rate\": \"3.5\"", "\"map.rate\": \"[3.5\"")).fact ==
        "is wrong in the field settings.map.rate");
  CHECK(refusal(with(bytes, "\"map.rate\": \"3.5\"", "\"map.rate\": 3.5")).got == "number");
  CHECK(refusal(with(bytes, "\"slab\": \"", "\"slab\": \"!")).fact == "is wrong in the field state.slab");
  CHECK(refusal(with(bytes, "\"counters\": [", "\"counters\": [-1,")).fact == "is wrong in the field state.counters");
  CHECK(refusal(std::string(100000, '[')).fact.starts_with("is nested too deeply at byte 32"));
  CHECK(refusal("[" + std::string(3u << 20, ',')).fact.starts_with("has too many parts"));
  CHECK(refusal("[1e999]").got == "a number out of range");
  CHECK(refusal("{\n\n \"a\": \xff}").fact.find("line 3") != std::string::npos);
}

TEST_CASE("random damage of several bytes never gets through") {
  const Document document = some_document();
  const std::string bytes = write_document(document);
  Dice dice(5);
  for (int i = 0; i < 3000; ++i) {
    std::string damaged = bytes;
    for (auto count = 1 + dice.below(6); count > 0; --count) {
      const std::size_t at = dice.below(damaged.size());
      const std::uint64_t way = dice.below(3);
      if (way == 0) damaged[at] = static_cast<char>(dice.below(256));
      if (way == 1) damaged.erase(at, 1 + dice.below(9));
      if (way == 2) damaged.insert(at, damaged.substr(dice.below(damaged.size()), dice.below(30)));
    }
    try {
      const Document read = read_document(damaged, "a");
      REQUIRE(equal(read, document));
    } catch (const FileError&) {
    }
  }
}

TEST_CASE("a document of an exhibit that it does not fit is refused with the file's name") {
  const Folder folder;
  const auto path = folder.path() / "other.vitrine";
  Document document = some_document();
  document.state.slab.push_back(1);
  save_document(path, document);
  Runner runner = make_chaos();
  const std::string before = hash(runner);
  try {
    shell::open_document(runner, path);
    FAIL("opened");
  } catch (const FileError& error) {
    CHECK(error.complaint().subject == path.string());
    CHECK(error.complaint().expected == "as many numbers as cells");
  }
  CHECK(hash(runner) == before);
}

TEST_CASE("what is no file to read is refused without waiting or reading on") {
  const Folder folder;
  const auto refused = [](const std::filesystem::path& path) {
    try {
      load_document(path);
    } catch (const FileError& error) {
      CHECK(error.complaint().subject == path.string());
      CHECK(!error.complaint().remedy.empty());
      return true;
    }
    return false;
  };
  CHECK(refused(folder.path()));
  CHECK(refused(folder.path() / "absent.vitrine"));
  CHECK(refused("/dev/zero"));
  const auto pipe = folder.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(refused(pipe));
  const auto sparse = folder.path() / "sparse.vitrine";
  write_file(sparse, "");
  CHECK(refused(sparse));  // empty
  REQUIRE(::truncate(sparse.c_str(), off_t{1} << 40) == 0);
  CHECK(refused(sparse));
}
