// The Corpus is what real TensorFlow.js answered, read from files: cases of ops and scripts of memory. Here it is plain
// data, so that JSON stays in one source file.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/learn/data.h"
#include "tests/conformance/report.h"
#include "tests/conformance/runner.h"

namespace vitrine::conformance {

struct Tolerance {
  double rtol = 0, atol = 0;
};

struct Numbers {
  Spec spec;
  std::vector<double> data;  // row-major; complex ones are pairs
};
Tensor upload(Backend& backend, const Numbers& numbers);
std::vector<float> floats_of(const Numbers& numbers);
learn::Rows rows_of(const Numbers& numbers);  // the first axis counts them

// One file of cases, and how close an answer must come.
template <class CaseOf>
struct Corpus {
  Tolerance tolerance;
  std::vector<CaseOf> cases;
};

struct OpCase {
  std::string id, op;
  std::map<std::string, Value, std::less<>> attrs;
  std::vector<Numbers> inputs, outputs;
  std::vector<std::optional<Numbers>> cotangents, grads, second_cotangents, second_grads;
  bool edge = false;  // special values: only the outputs are law
  Tolerance gradient;
};
Corpus<OpCase> read_ops(const std::filesystem::path& file);

using NamedNumbers = std::vector<std::pair<std::string, Numbers>>;

struct LayerCase {
  std::string id, class_name;
  std::string topology;  // JSON
  bool training = false;
  std::vector<Numbers> inputs, outputs;
  std::vector<std::optional<Numbers>> cotangents, input_grads;
  NamedNumbers weights, weight_grads, weights_after;
  Tolerance gradient;
};
Corpus<LayerCase> read_layers(const std::filesystem::path& file);

// A model that learns: how it is wired, where its weights begin, and what moves them.
struct Lesson {
  std::string id;
  std::string topology, optimiser;  // JSON
  std::string loss;
  NamedNumbers weights;
};

struct TrainCase {
  Lesson lesson;
  std::vector<std::pair<Numbers, Numbers>> batches;
  std::vector<double> losses;  // one for each step, before its update
  NamedNumbers weights_after_one, final_weights;
  double loss_drift = 0, weight_drift = 0;  // when every weight begins one part in a million away
  double evaluated = 0;
  Numbers predicted;
};
Corpus<TrainCase> read_training(const std::filesystem::path& file);

struct FitCase {
  struct Stopping {
    std::string monitor, mode;
    double min_delta = 0;
    std::int64_t patience = 0;
  };
  Lesson lesson;
  std::vector<std::string> metrics, metric_names;
  std::int64_t epochs = 0, initial_epoch = 0, batch_size = 0;
  double validation_split = 0;
  std::map<std::int64_t, double> class_weights;
  std::optional<Stopping> stopping;
  Numbers x, y;
  std::vector<std::int64_t> ran;  // epochs
  std::vector<std::pair<std::string, std::vector<double>>> history;
  std::vector<double> evaluated;
  NamedNumbers final_weights;
};
Corpus<FitCase> read_fits(const std::filesystem::path& file);

// A folder with a model as it was saved, and what it answered.
struct ModelCase {
  std::string id;
  std::filesystem::path folder;
  Tolerance tolerance;
  NamedNumbers inputs, outputs, layers;  // layers: what each of them answered
  std::string summary;                   // as printed; empty where there is none
};
std::vector<std::filesystem::path> model_folders(const std::filesystem::path& folder);  // in order; none: none
ModelCase read_model(const std::filesystem::path& folder);

struct MemoryCount {
  std::int64_t tensors = 0, buffers = 0, bytes = 0;
  friend bool operator==(const MemoryCount&, const MemoryCount&) = default;
};
struct MemoryStep {
  std::string what;
  MemoryCount count;
};
struct KernelRun {
  std::string name;
  std::int64_t bytes = 0, tensors = 0;
  std::vector<Shape> inputs, outputs;
  friend bool operator==(const KernelRun&, const KernelRun&) = default;
};
struct MemoryScript {
  std::string name;
  std::vector<MemoryStep> steps;
  bool profile = false;  // then there are no steps but these
  MemoryCount added;
  std::vector<KernelRun> kernels;
};
std::vector<MemoryScript> read_memory(const std::filesystem::path& file);

std::string json_of(const Failure& failure);
std::string json_of(const Counts& counts);

}  // namespace vitrine::conformance
