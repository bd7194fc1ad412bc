// The commands: keys of the contract, numbers that can be checked, the same bytes for the same arguments.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>

#include "app/work/value.h"
#include "engine/core/file.h"
#include "tests/cli/program.h"

namespace {

using vitrine::work::List;
using vitrine::work::Record;
using vitrine::work::Value;

// Our values are written as JSON is, but for the quotes around names, so their parser reads the lines.
Value parse_json(const std::string& line) {
  CHECK(line.starts_with("{\""));
  CHECK(line.find("nan") == std::string::npos);
  return vitrine::work::parse_value(line);
}

std::vector<Value> rows(const Outcome& outcome) {
  INFO(outcome.err);
  REQUIRE(outcome.code == 0);
  std::vector<Value> all;
  for (const std::string& line : lines(outcome.out)) all.push_back(parse_json(line));
  return all;
}

const Value* find(const Value& row, const std::string& key) {
  for (const auto& [name, value] : std::get<Record>(row)) {
    if (name == key) return &value;
  }
  return nullptr;
}

const Value& at(const Value& row, const std::string& key) {
  const Value* value = find(row, key);
  REQUIRE_MESSAGE(value != nullptr, key);
  return *value;
}

const Value& at(const Value& row, std::size_t index) {
  REQUIRE(index < std::get<List>(row).size());
  return std::get<List>(row)[index];
}

double number(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return std::get<double>(value);
}

void has(const Value& row, std::initializer_list<const char*> keys) {
  for (const char* key : keys) at(row, key);
}

}  // namespace

TEST_CASE("devices lists the processor and says why it is chosen") {
  const auto found = rows(run({"devices", "--json"}));
  REQUIRE(found.size() == 1);
  const Value& cpu = at(at(found[0], "devices"), 0);
  has(cpu, {"id", "name", "kind", "memory_bytes", "chosen", "reason"});
  CHECK(at(cpu, "id") == Value(std::string("cpu")));
  CHECK(run({"devices"}).out.find("id cpu") != std::string::npos);
}

TEST_CASE("the neuron finds y = 2x - 1") {
  const auto found = rows(run({"--json", "train", "neuron", "--epochs", "500", "--at", "0,1,500"}));
  REQUIRE(found.size() == 3);
  for (const Value& row : found) has(row, {"epoch", "w", "b", "loss", "prediction_at_10"});
  CHECK(number(at(found[0], "w")) == -2);
  CHECK(number(at(found[1], "epoch")) == 1);
  CHECK(number(at(found[1], "loss")) < number(at(found[0], "loss")));
  CHECK(std::abs(number(at(found[2], "w")) - 2) < 0.01);
  CHECK(std::abs(number(at(found[2], "prediction_at_10")) - 19) < 0.1);
}

TEST_CASE("the playground begins as the published one does") {
  const auto found = rows(run({"train", "playground", "--json", "--epochs", "10", "--at", "0,1,10", "--address",
                               "https://playground.tensorflow.org/#activation=tanh&networkShape=4,2&seed=0.12345"}));
  REQUIRE(found.size() == 4);
  has(found[0], {"epoch", "train_loss", "test_loss", "first_point", "first_weights"});
  CHECK(find(found[1], "first_point") == nullptr);
  // Golden values of the published playground, in double precision; ours are floats.
  CHECK(number(at(found[0], "train_loss")) == doctest::Approx(0.501581).epsilon(1e-4));
  CHECK(number(at(found[0], "test_loss")) == doctest::Approx(0.518106).epsilon(1e-4));
  CHECK(number(at(found[1], "train_loss")) == doctest::Approx(0.496359).epsilon(1e-4));
  CHECK(number(at(found[2], "train_loss")) == doctest::Approx(0.476346).epsilon(1e-3));
  CHECK(number(at(at(found[0], "first_point"), 0)) == doctest::Approx(4.618077).epsilon(1e-6));
  CHECK(number(at(at(found[0], "first_point"), 2)) == -1);
  REQUIRE(std::get<List>(at(found[0], "first_weights")).size() == 2);
  CHECK(number(at(at(found[0], "first_weights"), 0)) == doctest::Approx(0.151190).epsilon(1e-5));
  CHECK(number(at(at(found[0], "first_weights"), 1)) == doctest::Approx(0.339542).epsilon(1e-5));
  has(found[3], {"seconds", "steps", "parameters"});
  CHECK(number(at(found[3], "steps")) == 250);
  CHECK(number(at(found[3], "parameters")) == 25);
}

TEST_CASE("what the stage of the playground says of its data stands in the first line of a training") {
  const auto found = rows(run({"train", "playground", "--json", "--epochs", "1", "--set", "data.set=own", "--set",
                               "data.table=\"1,2,1\\n3,4,1\\n-1,2,1\\n\""}));
  REQUIRE(found.size() == 3);
  CHECK(std::get<std::string>(at(at(found[0], "trouble"), 0)).find("one class") != std::string::npos);
  CHECK(find(rows(run({"train", "playground", "--json", "--epochs", "1"}))[0], "trouble") == nullptr);
}

TEST_CASE("an address and settings say the same") {
  const auto lines_of = [](std::vector<std::string> words) {
    words.insert(words.begin(), {"train", "playground", "--epochs", "3", "--json"});
    auto all = lines(run(words).out);
    REQUIRE(all.size() == 3);
    all.pop_back();  // with the seconds
    return all;
  };
  const auto address = lines_of({"--address",
                                 "dataset=xor&noise=10&batchSize=7&x=true&y=true&xTimesY=true&sinX=false"
                                 "&networkShape=3&problem=classification&tutorial=a&learningRate=0.1"});
  const auto settings =
      lines_of({"--set", "data.set=xor", "--set", "data.noise=10", "--set", "learning.batch=7", "--set",
                "features.product=true", "--set", "network.layers=[{units:3}]", "--set", "learning.rate=0.1"});
  CHECK(address == settings);
  CHECK(lines_of({"--address", "problem=regression&regDataset=reg-gauss"}) ==
        lines_of({"--set", "data.set=reg-gauss"}));
}

TEST_CASE("the same seed gives the same bytes, another one others, whatever the locale and the threads") {
  const std::vector<std::string> words = {"train", "neuron", "--epochs", "50", "--at", "0,1,50", "--seed", "12345"};
  const std::string once = run(words).out;
  CHECK(!once.empty());
  CHECK(run(words).out == once);
  CHECK(run(words, {"LC_ALL=de_DE.UTF-8"}).out == once);
  auto with_threads = words;
  with_threads.insert(with_threads.end(), {"--threads", "3"});
  CHECK(run(with_threads).out == once);
  auto other = words;
  other.back() = "54321";
  CHECK(run(other).out != once);
}

TEST_CASE("a bench says what was measured where") {
  CHECK(lines(run({"bench", "--list"}).out).size() >= 2);
  for (const char* task : {"playground-epoch:2-4-2-1", "playground-surface", "playground-exhibit:7-8-8-1",
                           "autoencoder:infer500", "cnn:mnist", "depthwise", "sgemm:64"}) {
    const bool is_tiny = std::string_view(task).starts_with("playground-epoch");  // the others are run once
    const auto found = rows(run({"bench", task, "--json", "--seconds", is_tiny ? "0.1" : "0"}));
    REQUIRE(found.size() == 1);
    has(found[0], {"task", "device", "isa", "threads", "median_ms", "p10", "p90", "n"});
    CHECK(number(at(found[0], "median_ms")) > 0);
    CHECK(number(at(found[0], "p10")) <= number(at(found[0], "median_ms")));
    CHECK(number(at(found[0], "median_ms")) <= number(at(found[0], "p90")));
  }
}

TEST_CASE("the window is measured with settings of one exhibit, and no other task takes any") {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"bench", "sgemm", "--set", "learning.rate=1"},
                                                {"bench", "shell", "--set", "learning.rate=1"},
                                                {"bench", "shell:nothing"}}) {
    const Outcome ran = run(wrong);
    CHECK(ran.code == 2);
    CHECK(ran.err.find("bench shell:playground") != std::string::npos);
  }
}

TEST_CASE("a benchmark's training run leaves the same bits on any number of threads") {
  for (const char* task : {"playground-epoch:2-4-2-1", "playground-epoch:7-8-8-1", "autoencoder:b512"}) {
    std::string first;
    for (const char* threads : {"1", "2", "7"}) {
      const auto found = rows(run({"bench", task, "--threads", threads, "--json", "--seconds", "0"}));
      const auto& hash = std::get<std::string>(at(found[0], "state_hash"));
      CHECK(hash.size() == 32);
      if (first.empty()) first = hash;
      CHECK(hash == first);
    }
  }
}

TEST_CASE("a bench keeps its results in a file, one for each way to measure, and says how a new one relates") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "vitrine_bench_records";
  std::filesystem::create_directories(folder);
  const std::string file = (folder / "results.json").string();
  std::filesystem::remove(file);
  const std::string task = "playground-epoch:2-4-2-1";
  CHECK(run({"bench", task, "--json", "--seconds", "0", "--compare", file}).code == 4);  // nothing to compare with yet
  for (const char* threads : {"1", "2", "1"})
    run({"bench", task, "--threads", threads, "--json", "--seconds", "0", "--out", file});
  Outcome written{.code = 0, .out = {}, .err = {}};
  written.out = vitrine::read_file(file, 1 << 20);
  const auto kept = rows(written);
  REQUIRE(kept.size() == 2);  // the second run on one thread took the place of the first
  CHECK(number(at(kept[0], "threads")) == 2);
  const double earlier = number(at(kept[1], "median_ms"));
  const auto now = rows(run({"bench", task, "--threads", "1", "--json", "--seconds", "0", "--compare", file}));
  REQUIRE(now.size() == 1);
  CHECK(number(at(now[0], "earlier_ms")) == earlier);
  CHECK(number(at(now[0], "times_faster")) == doctest::Approx(earlier / number(at(now[0], "median_ms"))));
  for (const char* key : {"flops", "bytes", "peak_gflops", "peak_gbytes_per_second", "floor_ms"}) {
    CHECK(number(at(now[0], key)) > 0);
  }
}

TEST_CASE("a bench is not compared with a file that holds no results") {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "vitrine_bench_no_records.json";
  for (const char* text :
       {"{\"task\": \n", "{\"task\": \"sgemm:8\"} {", "results\n", "[1,2]\n", "\xff\xfe\n", "{\xff}\n"}) {
    CAPTURE(text);
    vitrine::write_file(file, text);
    const Outcome refused = run({"bench", "sgemm:8", "--seconds", "0", "--compare", file.string()});
    CHECK(refused.code == 4);
    CHECK(refused.err.find("holds no results of a bench") != std::string::npos);
  }
}

TEST_CASE("a screenshot opens a table of points by its path, and says where one is wrong") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path();
  const std::string table = (folder / "vitrine-test-points.csv").string();
  const std::string out = (folder / "vitrine-test-points.png").string();
  const auto shot = [&](const std::string& text) {
    vitrine::write_file(table, text);
    return run({"screenshot", "neuron", out, "--size", "1280x720", "--open", table, "--json"});
  };
  const auto found = rows(shot("x1,x2,label\n1,2,a\n-1,2,b\n0,1,a\n2,2,b\n"));
  REQUIRE(found.size() == 1);
  CHECK(std::get<std::string>(at(found[0], "exhibit")) == "playground");
  for (const auto& [text, fact] : {std::pair{"x1,x2,label\n1,2,a\n3,four,b\n", "line 3, column 2 (x2) is no number"},
                                   {"x1,x2,label\n1,2,a\n1e308,1,b\n", "line 3, column 1 (x1) is too large a number"},
                                   {"x1,x2,label\n1,2,a\n,1,b\n", "line 3, column 1 is empty"},
                                   {"x1,x2,label\n1,2,a\n3,b\n", "line 3, column 3"},
                                   {"x1,x2\n1,2\n2,3\n", "too few columns"}}) {
    const Outcome outcome = shot(text);
    CHECK((outcome.code == 2 || outcome.code == 4));
    CHECK_MESSAGE(outcome.err.find(fact) != std::string::npos, outcome.err);
  }
  std::filesystem::remove(table);
  std::filesystem::remove(out);
}

TEST_CASE("a screenshot is the same bytes for the same arguments and knows its state") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path();
  const auto shot = [&](const char* name, const char* rate) {
    const std::string out = (folder / name).string();
    const auto found = rows(run({"screenshot", "neuron", out, "--size", "1280x720", "--steps", "3", "--set",
                                 std::string("learning.rate=") + rate, "--json"}));
    REQUIRE(found.size() == 1);
    has(found[0], {"exhibit", "width", "height", "bytes", "state_hash"});
    const std::string bytes = vitrine::read_file(out, 1 << 24);
    CHECK(static_cast<double>(bytes.size()) == number(at(found[0], "bytes")));
    CHECK(bytes.starts_with("\x89PNG"));
    std::filesystem::remove(out);
    return std::pair(bytes, std::get<std::string>(at(found[0], "state_hash")));
  };
  const auto once = shot("vitrine-test-a.png", "0.02"), again = shot("vitrine-test-b.png", "0.02");
  const auto other = shot("vitrine-test-c.png", "0.03");
  CHECK(once == again);
  CHECK(once.second.size() == 32);
  CHECK(once.second != other.second);
  CHECK(once.first != other.first);
}

TEST_CASE("an interrupted training ends with 130 and whole lines") {
  const Outcome outcome =
      run({"train", "playground", "--epochs", "100000000", "--at", "0,100,100000000", "--json"}, {}, 1);
  CHECK(outcome.code == 130);
  for (const std::string& line : lines(outcome.out)) parse_json(line);
  CHECK(outcome.out.back() == '\n');
  CHECK(outcome.err.empty());
}

TEST_CASE("assets lists what can be fetched, and with --missing what is not here") {
  const std::filesystem::path data = std::filesystem::temp_directory_path() / "vitrine-no-assets";
  const std::vector<std::string> environment = {"XDG_DATA_HOME=" + data.string()};
  const auto all = rows(run({"assets", "--json"}, environment));
  const auto missing = rows(run({"assets", "--missing", "--json"}, environment));
  REQUIRE(all.size() == 1);
  const Value& first = at(at(all[0], "assets"), 0);
  has(first, {"id", "kind", "state", "bytes", "licence", "path"});
  CHECK(at(first, "state") == Value(std::string("missing")));
  CHECK(std::get<std::string>(at(first, "path")).starts_with((data / "vitrine" / "assets").string()));
  CHECK(all == missing);
}
