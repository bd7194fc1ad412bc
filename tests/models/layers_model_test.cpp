// Reading whole models: weights across shards, packed ones, an optimiser's; and what is said of a file that lies.
#include "engine/models/layers_model.h"

#include <doctest/doctest.h>

#include <map>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/core/random.h"
#include "engine/models/packing.h"
#include "tests/models/mutated.h"
#include "tests/support/counts.h"
#include "tests/support/said.h"

namespace vitrine::models {
namespace {

using testing::says;

using Shards = std::map<std::string, std::string>;

std::string bytes(const std::vector<float>& values) {
  StoredWeight weight;
  return packed(weight, values);
}

LayersModel read(const std::string& text, const Shards& shards) {
  static const auto backend = open_device("cpu");
  return read_layers_model(*backend, "model.json", text, [&](const std::string& path, std::size_t cap) {
    const auto found = shards.find(path);
    if (found == shards.end()) throw FileError({path, "cannot be opened", "a file", "none", "Copy it, too."});
    if (found->second.size() > cap) throw FileError({path, "is too large", "less", "more", "Copy it again."});
    return found->second;
  });
}

std::string error_of(const std::string& text, const Shards& shards) {
  return testing::said_by([&] { read(text, shards); });
}

const std::string kKernel = R"({"name":"d/kernel","shape":[2,1],"dtype":"float32"})";
const std::string kBias = R"({"name":"d/bias","shape":[1],"dtype":"float32"})";
const std::string kTraining =
    R"("trainingConfig":{"loss":"mean_squared_error","metrics":["acc"],"optimizer_config":{"class_name":"Adam","config":{"learningRate":0.01,"beta1":0.9,"beta2":0.999,"epsilon":1e-7}}},)";

// One dense layer with two inputs.
std::string model(const std::string& weights, const std::string& paths = R"("a.bin")", const std::string& more = "") {
  return "{" + more +
         R"("modelTopology":{"class_name":"Sequential","config":{"name":"net","layers":[{"class_name":"Dense","config":{"name":"d","units":1,"batch_input_shape":[null,2]}}]},"keras_version":"tfjs-layers 4.22.0"},"weightsManifest":[{"paths":[)" +
         paths + R"(],"weights":[)" + weights + "]}]}";
}
const std::string kWeights = kKernel + "," + kBias;

TEST_CASE("a weight that lies across shards is put together") {
  const std::string all = bytes({1, 2, 3});
  const LayersModel loaded =
      read(model(kWeights, R"("a.bin","b/c.bin","d.bin")"),
           {{"a.bin", all.substr(0, 3)}, {"b/c.bin", all.substr(3, 7)}, {"d.bin", all.substr(10)}});
  CHECK(loaded.weights.read("d/kernel") == std::vector<float>{1, 2});
  CHECK(loaded.weights.read("d/bias") == std::vector<float>{3});
}

TEST_CASE("names with a cell or a number behind them are understood") {
  const std::string spelled = R"({"name":"d/dense_cell/kernel:0","shape":[2,1],"dtype":"float32"},)" + kBias;
  CHECK(read(model(spelled), {{"a.bin", bytes({1, 2, 3})}}).weights.read("d/kernel") == std::vector<float>{1, 2});
}

TEST_CASE("a file of weights that is short, long or absent is refused") {
  const std::string all = bytes({1, 2, 3});
  CHECK(says(error_of(model(kWeights), {{"a.bin", all.substr(1)}}), "d/bias: is cut off"));
  CHECK(says(error_of(model(kWeights), {{"a.bin", all + "!"}}), "a.bin: is too large"));
  CHECK(says(error_of(model(kWeights), {}), "a.bin: cannot be opened"));
  CHECK(says(error_of(model(kWeights, ""), {}), "d/kernel: is cut off"));
}

TEST_CASE("a weight that does not fit its layer is named") {
  const Shards shards{{"a.bin", bytes({1, 2, 3, 4})}};
  const std::string wide = R"({"name":"d/kernel","shape":[1,2],"dtype":"float32"},)" + kBias;
  CHECK(says(error_of(model(wide), shards), "d/kernel: has another shape than its layer needs; expected [2, 1]"));
  CHECK(says(error_of(model(kKernel), shards), "d/bias: has no numbers"));
  CHECK(says(error_of(model(kWeights + "," + kBias), shards), "d/bias: is the name of two weights"));
  CHECK(says(error_of(model(kWeights + R"(,{"name":"d/bias:0","shape":[1],"dtype":"float32"})"), shards),
             "d/bias: is given twice"));
  CHECK(says(error_of(model(kWeights + R"(,{"name":"d/biass","shape":[1],"dtype":"float32"})"), shards),
             "Is d/bias meant?"));
}

TEST_CASE("what is wrong with a topology is told as the file's, with its layer") {
  std::string text = model(kWeights);
  text.replace(text.find("\"units\":1"), 9, "\"units\":NaN");
  CHECK(says(error_of(text, {}), "model.json net/d: d (Dense) units: is not understood"));
  CHECK_THROWS_AS(read(text, {}), FileError);
}

TEST_CASE("brackets in brackets are read 64 deep and refused beyond, however deep") {
  for (const int depth : {65, 100'000}) {
    const std::string text = std::string(static_cast<std::size_t>(depth), '[');
    CHECK(says(error_of(text + std::string(text.size(), ']'), {}), "at most 64 brackets"));
  }
  const std::string most = std::string(64, '[') + std::string(64, ']');
  CHECK_FALSE(says(error_of(most, {}), "brackets"));
}

TEST_CASE("a path that leads out of the folder is not followed") {
  for (const char* path : {"../a.bin", "/a.bin", "b/../../a.bin", ""}) {
    CHECK(says(error_of(model(kWeights, "\"" + std::string(path) + "\""), {}), "not in its folder"));
  }
  CHECK(says(error_of(model(kWeights, R"("a.bin","a.bin")"), {}), "a shard twice"));
}

TEST_CASE("sizes that cannot be are refused before there is memory for them") {
  for (const char* shape : {"[1e10,1e10]", "[-1]", "[0.5]", "[1e300]", "[1,1,1,1,1,1,1]", "null", "[null]"}) {
    const std::string weight = R"({"name":"d/kernel","dtype":"float32","shape":)" + std::string(shape) + "}";
    CHECK(says(error_of(model(weight), {}), "d/kernel"));
  }
}

TEST_CASE("packed numbers are those of their scale, to half a step") {
  const std::vector<float> values{-0.7f, 0, 0.31f, 1.2f, 0.001f};
  for (const Packing packing : {Packing::uint8, Packing::uint16, Packing::float16}) {
    StoredWeight weight{"w", {DType::float32, {5}}, packing};
    const std::string stored = packed(weight, values);
    CHECK(stored.size() == weight.bytes());
    const std::vector<float> back = unpacked(weight, stored);
    const double step = packing == Packing::float16 ? 1e-3 : weight.scale;
    for (std::size_t i = 0; i < values.size(); ++i) CHECK(back[i] == doctest::Approx(values[i]).epsilon(step));
    CHECK(back[1] == 0.0f);
  }
  StoredWeight constant{"w", {DType::float32, {2}}, Packing::uint8};
  const std::vector<float> same{3.5f, 3.5f};
  const std::string stored = packed(constant, same);
  CHECK(unpacked(constant, stored) == same);
}

TEST_CASE("an optimiser goes on where the file stopped") {
  const auto slot = [](const std::string& name, const char* shape, const char* type) {
    return R"(,{"name":")" + name + R"(","shape":)" + shape + R"(,"dtype":")" + type + R"(","group":"optimizer"})";
  };
  const std::string weights = kWeights + slot("iter", "[]", "int32") + slot("d/kernel_7/m", "[2,1]", "float32") +
                              slot("d/bias_7/m", "[1]", "float32") + slot("d/kernel_7/v", "[2,1]", "float32") +
                              slot("d/bias_7/v", "[1]", "float32");
  const std::string iterations("\3\0\0\0", 4);
  const Shards shards{{"a.bin", bytes({1, 2, 3}) + iterations + bytes({4, 5, 6, 7, 8, 9})}};
  const LayersModel loaded = read(model(weights, R"("a.bin")", kTraining), shards);
  const Training training = training_of(loaded);
  CHECK(training.recipe.optimiser.kind().name == "Adam");
  CHECK(training.recipe.optimiser.value("learning_rate") == 0.01);
  CHECK(training.recipe.metrics.size() == 1);
  CHECK(training.state.step == 3);
  Slab slots =
      learn::make_slots(loaded.weights.backend(), training.recipe.optimiser, learn::moved_weights(loaded.weights));
  slots.restore(training.state.slots);
  const auto held = [&](const char* name) {
    std::vector<float> values(static_cast<std::size_t>(slots.region(name).shape.elements()));
    slots.read(slots.region(name), values);
    return values;
  };
  CHECK(held("d/kernel/m") == std::vector<float>{4, 5});
  CHECK(held("d/bias/m") == std::vector<float>{6});
  CHECK(held("d/kernel/v") == std::vector<float>{7, 8});
  CHECK(held("d/bias/v") == std::vector<float>{9});
  CHECK_THROWS_AS(training_of(read(model(kWeights), {{"a.bin", bytes({1, 2, 3})}})), UsageError);
}

TEST_CASE("a model with changed bytes in its texts or shards is a model or an error") {
  const std::string text = model(
      R"({"name":"d/kernel","shape":[2,1],"dtype":"float32","quantization":{"dtype":"uint8","min":-1,"scale":0.5}},)" +
          kBias,
      R"("a.bin","b.bin")", kTraining);
  int models = 0, errors = 0;
  for (int i = 0; i < testing::count(600, 120'000); ++i) {
    random::Draw draw(23, 0, static_cast<std::uint64_t>(i));
    Shards shards{{"a.bin", "\1"}, {"b.bin", "\2" + bytes({3})}};
    if (draw.word() % 4 == 0) shards["b.bin"] = mutated(shards["b.bin"], draw);
    try {
      const LayersModel loaded = read(mutated(text, draw), shards);
      if (!loaded.training.nothing()) training_of(loaded);
      ++models;
    } catch (const Error& error) {
      ++errors;
      CHECK(!error.complaint().subject.empty());
    }
  }
  CHECK(models > 0);
  CHECK(errors > 0);
}

}  // namespace
}  // namespace vitrine::models
