// summary and predict: the contract's keys, the published table, answers that TensorFlow.js gave.
#include <doctest/doctest.h>

#include <filesystem>

#include "engine/core/file.h"
#include "tests/cli/program.h"

namespace {

const std::string kModels = VITRINE_GOLDEN "/models/";

std::string text_of_file(const std::string& path) {
  return vitrine::read_file(path, 1 << 20);
}
bool shows(const std::string& text, std::string_view part) {
  const bool found = text.find(part) != text.npos;
  if (!found) MESSAGE("said: ", text);
  return found;
}

TEST_CASE("a summary is the table of TensorFlow.js") {
  for (const char* model : {"dense_mlp", "nested_model", "multi_input_concat", "shared_layer"}) {
    const Outcome outcome = run({"summary", kModels + model});
    CHECK(outcome.code == 0);
    CHECK(outcome.out == text_of_file(kModels + model + "/summary.txt"));
  }
}

TEST_CASE("a summary in JSON counts what each layer costs") {
  const Outcome outcome = run({"summary", kModels + "shared_layer/model.json", "--json"});
  CHECK(outcome.code == 0);
  CHECK(shows(outcome.out, R"({"index": 2, "name": "tower", "type": "Dense", "output_shape": [null, 5], "params": 35, )"
                           R"("cumulative_params": 35, "macs": 60})"));
  CHECK(shows(outcome.out, R"("total_params": 35, "trainable_params": 35, "macs": 60)"));
}

TEST_CASE("a prediction is printed, or one of its layers, or written") {
  const std::string folder = kModels + "multi_input_concat", input = folder + "/input.json";
  const Outcome whole = run({"predict", folder, "--input", input, "--top", "1", "--json"});
  CHECK(whole.code == 0);
  CHECK(shows(whole.out, R"({"outputs": [{"name": "cls", "shape": [2, 2], "data": [)"));
  CHECK(shows(whole.out, R"("top": [[{"label": ")"));
  CHECK(shows(whole.out, R"("ms": )"));
  const Outcome tapped = run({"predict", folder, "--input", input, "--tap", "cat", "--json"});
  CHECK(shows(tapped.out, R"("name": "cat", "shape": [2, 8])"));
  const std::string file = (std::filesystem::temp_directory_path() / "vitrine-predict-test.json").string();
  const Outcome written = run({"predict", folder, "--input", input, "--output", file, "--json"});
  CHECK(written.out.starts_with("{\"ms\""));
  CHECK(shows(text_of_file(file), R"({"name": "reg", "shape": [2, 1])"));
  std::filesystem::remove(file);
}

TEST_CASE("what cannot be predicted is told") {
  const std::string folder = kModels + "multi_input_concat", input = folder + "/input.json";
  CHECK(run({"predict", folder}).code == 2);
  CHECK(run({"predict", folder + "/none", "--input", input}).code == 4);
  const Outcome tap = run({"predict", folder, "--input", input, "--tap", "catt"});
  CHECK(tap.code == 2);
  CHECK(shows(tap.err, "Is cat meant?"));
  const Outcome other = run({"predict", kModels + "dense_mlp", "--input", kModels + "nested_model/input.json"});
  CHECK(other.code == 4);
  CHECK(shows(other.err, "does not fit the model's input"));
}

}  // namespace
