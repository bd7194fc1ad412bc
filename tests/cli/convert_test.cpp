// convert: a model written again, how many bytes that takes, and how far its answers are then.
#include <doctest/doctest.h>

#include "engine/core/file.h"
#include "engine/core/number.h"
#include "tests/cli/program.h"
#include "tests/files/folder.h"

namespace {

const std::string kSaved = VITRINE_GOLDEN "/models/";

double field(const std::string& line, const std::string& name) {
  const std::string key = "\"" + name + "\": ";
  const std::size_t at = line.find(key);
  REQUIRE(at != line.npos);
  const std::size_t from = at + key.size();
  const auto number = vitrine::parse_real(line.substr(from, line.find_first_of(",}", from) - from));
  REQUIRE(number);
  return *number;
}

double bytes_in(const std::filesystem::path& folder, std::string_view ending = "") {
  double bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().string().ends_with(ending)) bytes += static_cast<double>(file.file_size());
  }
  return bytes;
}

std::string answers(const std::string& model) {
  const std::string out = run({"predict", model, "--input", kSaved + "dense_mlp/input.json", "--json"}).out;
  return out.substr(0, out.find(", \"ms\""));
}

TEST_CASE("a converted model has the bytes that are said and the answers of the first") {
  const Folder folder;
  const std::string out = (folder.path() / "copy").string();
  const Outcome outcome = run({"convert", kSaved + "dense_mlp", out, "--json"});
  CHECK(outcome.code == 0);
  CHECK(outcome.err.empty());
  CHECK(field(outcome.out, "probes") == 16);
  CHECK(field(outcome.out, "max_difference") == 0);
  CHECK(field(outcome.out, "bytes_out") == bytes_in(out));
  CHECK(field(outcome.out, "bytes_in") > 0);
  CHECK(answers(out) == answers(kSaved + "dense_mlp"));
}

TEST_CASE("fewer bits are fewer bytes and a larger difference, which comes once") {
  double bytes = 1e9, away = 0;
  for (const char* packing : {"none", "float16", "uint8"}) {
    const Folder folder;
    const std::string once = (folder.path() / "once").string(), twice = (folder.path() / "twice/model.json").string();
    const Outcome outcome =
        run({"convert", kSaved + "multi_input_concat", once, "--quantize", packing, "--to", "tfjs", "--json"});
    CHECK(outcome.code == 0);
    // How a weight is packed is said in model.json: of a model as small as this one, that takes more than it spares.
    const double now = bytes_in(once, ".bin"), difference = field(outcome.out, "max_difference");
    CHECK(now < bytes);
    CHECK(difference >= away);
    CHECK(difference < 0.1);
    bytes = now;
    away = difference;
    CHECK(field(run({"convert", once, twice, "--quantize", packing, "--json"}).out, "max_difference") < 1e-6);
  }
  CHECK(away > 0);
}

TEST_CASE("a model may be written onto itself") {
  const Folder folder;
  std::filesystem::copy(kSaved + "nested_model", folder.path() / "net");
  const std::string net = (folder.path() / "net").string();
  const std::string model = net + "/model.json";
  CHECK(run({"convert", model, net, "--quantize", "uint16"}).code == 0);
  CHECK(run({"summary", model}).out == run({"summary", kSaved + "nested_model"}).out);
}

TEST_CASE("how a model was trained goes along, and is left out with a word where it cannot be said") {
  const Folder folder;
  const std::string first = (folder.path() / "first").string(), file = first + "/model.json";
  CHECK(run({"convert", kSaved + "dense_mlp", first}).err.empty());
  std::string text = vitrine::read_file(file, 1 << 20);
  const std::size_t rate = text.find("learning_rate\":");
  REQUIRE(rate != text.npos);
  CHECK(text.find("\"group\":\"optimizer\"") != text.npos);
  vitrine::write_file(file, text.insert(rate + 15, "NaN,\"rate\":"));
  const Outcome outcome = run({"convert", first, (folder.path() / "second").string()});
  CHECK(outcome.code == 0);
  CHECK(outcome.err.starts_with("vitrine: How the model was trained is left out. "));
}

TEST_CASE("what cannot be converted is told, and nothing is written") {
  const Folder folder;
  const std::string in = kSaved + "shared_layer", out = (folder.path() / "out").string();
  CHECK(run({"convert"}).code == 2);
  CHECK(run({"convert", in}).code == 2);
  CHECK(run({"convert", in, out, "--quantize", "uint4"}).code == 2);
  CHECK(run({"convert", in, out, "--to", "onnx"}).code == 2);
  CHECK(run({"convert", in, out + "/other.json"}).code == 2);
  CHECK(run({"convert", in + "/none", out}).code == 4);
  CHECK(run({"convert", in, out, "--per-channel"}).code == 4);
  for (const char* name : {"/net.h5", "/net.keras"}) {
    const Outcome outcome = run({"convert", in, out + name});
    CHECK(outcome.code == 4);
    CHECK(outcome.err.find("expected tfjs, which is") != outcome.err.npos);
  }
  CHECK_FALSE(std::filesystem::exists(out));
  vitrine::write_file(out, "a file where a folder should be");
  CHECK(run({"convert", in, out}).code == 4);
  CHECK(vitrine::read_file(out, 100) == "a file where a folder should be");
}

}  // namespace
