// The only file of the conformance tests that knows JSON: reads the corpus, writes the lines of --json.
#include "tests/conformance/corpus.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::conformance {
namespace {

using Json = nlohmann::json;

constexpr Tolerance kUsual{1e-4, 1e-5};  // what the heads of the other files say, and folders of models have no head

// The parser reads "-0" as an integer, which has no sign of zero; as "-0.0" it keeps it.
std::string with_signed_zeros(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    result += c;
    if (c == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
    const auto next = [&](std::size_t by) { return i + by < text.size() ? text[i + by] : ' '; };
    const bool alone = next(2) == ',' || next(2) == ']' || next(2) == '}';
    if (!quoted && c == '-' && next(1) == '0' && alone) {
      result += "0.0";
      ++i;
    }
  }
  return result;
}

Json read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw FileError({file.string(), "cannot be read", "a file of the corpus", "", "Name the corpus folder."});
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return Json::parse(with_signed_zeros(text), nullptr, false);
}

Json read(const std::filesystem::path& file) {
  Json json = read_json(file);
  if (json.is_discarded() || json.value("format", "") != "tfjs-cases-1") {
    throw FileError({file.string(), "is no file of the corpus", "format tfjs-cases-1", "", "Name the corpus folder."});
  }
  return json;
}

DType dtype_of(const std::string& name) {
  if (name == "float32") return DType::float32;
  if (name == "int32") return DType::int32;
  if (name == "bool") return DType::boolean;
  if (name == "complex64") return DType::complex64;
  throw UnsupportedOp({"corpus", "has a tensor of a type that the engine lacks", "", name, "Add the type."});
}

double number_of(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto& text = json.get_ref<const std::string&>();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return text == "Infinity" ? kInfinity : text == "-Infinity" ? -kInfinity : std::numeric_limits<double>::quiet_NaN();
}

Shape shape_of(const Json& json) {
  return Shape(json.get<std::vector<std::int64_t>>());
}

Numbers numbers_of(const Json& json) {
  Numbers numbers{{dtype_of(json.at("dtype").get<std::string>()), shape_of(json.at("shape"))}, {}};
  for (const Json& number : json.at("data")) numbers.data.push_back(number_of(number));
  return numbers;
}

std::vector<std::optional<Numbers>> optional_numbers_of(const Json& json, const char* key) {
  std::vector<std::optional<Numbers>> list;
  if (!json.contains(key)) return list;
  for (const Json& entry : json.at(key)) {
    list.push_back(entry.is_null() ? std::nullopt : std::optional(numbers_of(entry)));
  }
  return list;
}

// Under which names a record has a tolerance.
struct ToleranceNames {
  const char *relative = "rtol", *absolute = "atol";
};
constexpr ToleranceNames kOfGradients{"gradRtol", "gradAtol"};

Tolerance tolerance_of(const Json& json, const ToleranceNames& names = {}) {
  return {json.at(names.relative).get<double>(), json.at(names.absolute).get<double>()};
}

Value value_of(const Json& json) {
  if (json.is_boolean()) return {json.get<bool>()};
  if (json.is_number()) return {json.get<double>()};
  if (json.is_string()) return {json.get<std::string>()};
  if (!json.is_array()) return {};
  std::vector<Value> list;
  for (const Json& entry : json) list.push_back(value_of(entry));
  return {std::move(list)};
}

OpCase op_case_of(const Json& json, const Tolerance& gradient) {
  OpCase c;
  c.id = json.at("id").get<std::string>();
  c.op = json.at("op").get<std::string>();
  for (const auto& [name, value] : json.at("attrs").items()) c.attrs.emplace(name, value_of(value));
  for (const Json& input : json.at("inputs")) c.inputs.push_back(numbers_of(input));
  for (const Json& output : json.at("outputs")) c.outputs.push_back(numbers_of(output));
  c.cotangents = optional_numbers_of(json, "cotangents");
  c.grads = optional_numbers_of(json, "grads");
  if (json.contains("second")) {
    c.second_cotangents = optional_numbers_of(json.at("second"), "cotangents");
    c.second_grads = optional_numbers_of(json.at("second"), "grads");
  }
  c.edge = json.contains("edge");
  c.gradient = json.contains("gradTol") ? tolerance_of(json.at("gradTol")) : gradient;
  return c;
}

NamedNumbers named_numbers_of(const Json& json, const char* key) {
  NamedNumbers list;
  if (!json.contains(key)) return list;
  for (const Json& entry : json.at(key)) list.emplace_back(entry.at("name").get<std::string>(), numbers_of(entry));
  return list;
}

// CenterCrop and CategoryEncoding of TensorFlow.js write the shape of their answer over that of the input they were
// declared with, and that is saved. Where a case's inputs contradict its topology, they are believed.
Json believing_inputs(Json topology, const Json& inputs) {
  std::size_t next = 0;
  for (Json& layer : topology.at("config").at("layers")) {
    if (layer.at("class_name") != "InputLayer") continue;
    Json& declared = layer.at("config").at("batch_input_shape");
    const Json& shape = inputs.at(next++).at("shape");
    bool fits = declared.size() == shape.size();
    for (std::size_t i = 0; fits && i < shape.size(); ++i) fits = declared[i].is_null() || declared[i] == shape[i];
    if (fits) continue;
    declared = shape;
    declared[0] = nullptr;
  }
  return topology;
}

LayerCase layer_case_of(const Json& json, const Tolerance& gradient) {
  LayerCase c;
  c.id = json.at("id").get<std::string>();
  c.class_name = json.at("className").get<std::string>();
  c.topology = believing_inputs(json.at("topology"), json.at("inputs")).dump();
  c.training = json.at("training").get<bool>();
  for (const Json& input : json.at("inputs")) c.inputs.push_back(numbers_of(input));
  for (const Json& output : json.at("outputs")) c.outputs.push_back(numbers_of(output));
  c.cotangents = optional_numbers_of(json, "cotangents");
  c.input_grads = optional_numbers_of(json, "inputGrads");
  c.weights = named_numbers_of(json, "weights");
  c.weight_grads = named_numbers_of(json, "weightGrads");
  c.weights_after = named_numbers_of(json, "weightsAfter");
  c.gradient = json.contains("gradTol") ? tolerance_of(json.at("gradTol")) : gradient;
  return c;
}

Lesson lesson_of(const Json& json) {
  return {json.at("id").get<std::string>(), json.at("topology").dump(), json.at("optimizer").dump(),
          json.at("loss").get<std::string>(), named_numbers_of(json, "initialWeights")};
}

std::vector<double> reals_of(const Json& json) {
  std::vector<double> list;
  for (const Json& number : json) list.push_back(number_of(number));
  return list;
}

TrainCase train_case_of(const Json& json) {
  TrainCase c;
  c.lesson = lesson_of(json);
  for (const Json& batch : json.at("batches")) {
    c.batches.emplace_back(numbers_of(batch.at("x")), numbers_of(batch.at("y")));
  }
  c.losses = reals_of(json.at("losses"));
  c.weights_after_one = named_numbers_of(json, "weightsAfter1");
  c.final_weights = named_numbers_of(json, "finalWeights");
  c.loss_drift = json.at("sensitivity").at("maxLossDiff").get<double>();
  c.weight_drift = json.at("sensitivity").at("maxWeightDiff").get<double>();
  c.evaluated = number_of(json.at("evaluateBatch0"));
  c.predicted = numbers_of(json.at("predictBatch0"));
  return c;
}

FitCase fit_case_of(const Json& json) {
  FitCase c;
  c.lesson = lesson_of(json);
  c.metrics = json.at("metrics").get<std::vector<std::string>>();
  c.metric_names = json.at("metricsNames").get<std::vector<std::string>>();
  const Json& fit = json.at("fit");
  c.epochs = fit.at("epochs").get<std::int64_t>();
  c.initial_epoch = fit.value("initialEpoch", std::int64_t{0});
  c.batch_size = fit.at("batchSize").get<std::int64_t>();
  c.validation_split = fit.value("validationSplit", 0.0);
  if (fit.contains("classWeight")) {
    for (const auto& [label, weight] : fit.at("classWeight").items()) {
      c.class_weights[parse_integer(label).value()] = weight.get<double>();
    }
  }
  if (fit.contains("earlyStopping")) {
    const Json& stopping = fit.at("earlyStopping");
    c.stopping = {stopping.at("monitor").get<std::string>(), stopping.value("mode", ""),
                  stopping.value("minDelta", 0.0), stopping.value("patience", std::int64_t{0})};
  }
  c.x = numbers_of(json.at("x"));
  c.y = numbers_of(json.at("y"));
  c.ran = json.at("epoch").get<std::vector<std::int64_t>>();
  for (const auto& [name, values] : json.at("history").items()) c.history.emplace_back(name, reals_of(values));
  c.evaluated = reals_of(json.at("evaluate"));
  c.final_weights = named_numbers_of(json, "finalWeights");
  return c;
}

KernelRun kernel_of(const Json& json) {
  KernelRun run{json.at("name").get<std::string>(),
                json.at("bytesAdded").get<std::int64_t>(),
                json.at("tensorsAdded").get<std::int64_t>(),
                {},
                {}};
  for (const Json& shape : json.at("inputShapes")) run.inputs.push_back(shape_of(shape));
  for (const Json& shape : json.at("outputShapes")) run.outputs.push_back(shape_of(shape));
  return run;
}

// Each case with the tolerance of its gradients.
template <class CaseOf>
Corpus<CaseOf> read_cases(const std::filesystem::path& file, CaseOf (*read_case)(const Json&, const Tolerance&)) {
  const Json json = read(file);
  Corpus<CaseOf> corpus{tolerance_of(json.at("tolerance")), {}};
  const Tolerance gradient = tolerance_of(json.at("tolerance"), kOfGradients);
  for (const Json& entry : json.at("cases")) corpus.cases.push_back(read_case(entry, gradient));
  return corpus;
}

template <class CaseOf>
Corpus<CaseOf> read_runs(const std::filesystem::path& file, const ToleranceNames& names,
                         CaseOf (*read_run)(const Json&)) {
  const Json json = read(file);
  Corpus<CaseOf> corpus{tolerance_of(json.at("tolerance"), names), {}};
  for (const Json& entry : json.at("runs")) corpus.cases.push_back(read_run(entry));
  return corpus;
}

template <class T>
void put(std::vector<std::byte>& bytes, T value) {
  const auto at = bytes.size();
  bytes.resize(at + sizeof value);
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

}  // namespace

Tensor upload(Backend& backend, const Numbers& numbers) {
  std::vector<std::byte> bytes;
  for (const double number : numbers.data) {
    if (numbers.spec.dtype == DType::boolean) {
      put(bytes, std::uint8_t{number != 0});
    } else if (numbers.spec.dtype == DType::int32) {
      put(bytes, static_cast<std::int32_t>(number));
    } else {
      put(bytes, static_cast<float>(number));
    }
  }
  return tensor(backend, numbers.spec, bytes);
}

std::vector<float> floats_of(const Numbers& numbers) {
  return {numbers.data.begin(), numbers.data.end()};
}

learn::Rows rows_of(const Numbers& numbers) {
  return {Shape(numbers.spec.shape.extents().subspan(1)), floats_of(numbers)};
}

Corpus<OpCase> read_ops(const std::filesystem::path& file) {
  return read_cases<OpCase>(file, op_case_of);
}

Corpus<LayerCase> read_layers(const std::filesystem::path& file) {
  return read_cases<LayerCase>(file, layer_case_of);
}

Corpus<TrainCase> read_training(const std::filesystem::path& file) {
  return read_runs<TrainCase>(file, {}, train_case_of);
}

// What gradients moved is held to the tolerance of gradients.
Corpus<FitCase> read_fits(const std::filesystem::path& file) {
  return read_runs<FitCase>(file, kOfGradients, fit_case_of);
}

std::vector<std::filesystem::path> model_folders(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> folders;
  if (!std::filesystem::is_directory(folder)) return folders;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (std::filesystem::exists(entry.path() / "model.json")) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

ModelCase read_model(const std::filesystem::path& folder) {
  ModelCase c{folder.filename().string(), folder, kUsual, {}, {}, {}, {}};
  const Json answers = read_json(folder / "output.json");
  const Json inputs = read_json(folder / answers.value("inputsFrom", "input.json"));
  c.inputs = named_numbers_of(inputs, "inputs");
  c.outputs = named_numbers_of(answers, "outputs");
  if (std::ifstream summary(folder / "summary.txt"); summary) {
    c.summary = {std::istreambuf_iterator<char>(summary), {}};
  }
  if (!answers.contains("layers")) return c;
  for (const auto& [layer, numbers] : answers.at("layers").items()) c.layers.emplace_back(layer, numbers_of(numbers));
  return c;
}

std::vector<MemoryScript> read_memory(const std::filesystem::path& file) {
  const Json json = read(file);
  std::vector<MemoryScript> scripts;
  for (const Json& entry : json.at("scripts")) {
    MemoryScript script;
    script.name = entry.at("name").get<std::string>();
    script.profile = entry.contains("kernels");
    if (script.profile) {
      script.added = {entry.at("newTensors").get<std::int64_t>(), 0, entry.at("newBytes").get<std::int64_t>()};
      for (const Json& kernel : entry.at("kernels")) script.kernels.push_back(kernel_of(kernel));
    } else {
      for (const Json& step : entry.at("steps")) {
        script.steps.push_back(
            {step.at("do").get<std::string>(),
             {step.at("numTensors").get<std::int64_t>(), step.at("numDataBuffers").get<std::int64_t>(),
              step.at("numBytes").get<std::int64_t>()}});
      }
    }
    scripts.push_back(std::move(script));
  }
  return scripts;
}

std::string json_of(const Failure& failure) {
  nlohmann::ordered_json json{{"id", failure.id}};
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) json[key] = text;
  };
  add("part", failure.part);
  add("at", failure.at);
  add("fact", failure.fact);
  add("got", failure.got);
  add("expected", failure.expected);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_of(const Counts& counts) {
  return nlohmann::ordered_json{{"passed", counts.passed}, {"failed", counts.failed}, {"skipped", counts.skipped}}
      .dump();
}

}  // namespace vitrine::conformance
