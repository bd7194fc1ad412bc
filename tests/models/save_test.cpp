// What is saved is what is loaded: topology, weights to the bit or to their packing, and a training that goes on.
#include "engine/models/save.h"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/nn/layers.h"
#include "tests/files/folder.h"

namespace vitrine::models {
namespace {

nn::Model network() {
  using namespace nn::layers;
  const nn::Model inner =
      nn::sequential("inner", {Dense(6, {{"activation", "tanh"}, {"input_shape", {4}}, {"name", "i"}})});
  const nn::Symbol x = nn::input({4}, "x");
  const nn::Symbol y = inner(Dense(4, {{"name", "first"}})(x));
  const nn::Symbol z = BatchNormalization({{"name", "norm"}})(y);
  return nn::Model({x}, {Dense(2, {{"name", "last"}})(Add({{"name", "sum"}})({y, z}))}, "net");
}

learn::Data data() {
  return {{{{4}, {1, 2, 3, 4, 0.5f, -1, 2, -3}}}, {{{2}, {0, 1, 1, 0}}}};
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

TEST_CASE("a saved model is loaded again with every bit") {
  const Folder folder;
  const auto backend = open_device("cpu");
  const nn::Model model = network();
  const nn::Weights weights(*backend, model, 3);
  save(model, weights, folder.path() / "net", {.shard_bytes = 40});
  const LayersModel loaded = load(*backend, folder.path() / "net");
  CHECK(loaded.weights.entries().size() == weights.entries().size());
  for (const auto& entry : weights.entries()) CHECK(loaded.weights.read(entry.name) == weights.read(entry.name));
  learn::Predictor before(model, weights), after(loaded.model, loaded.weights);
  const learn::Rows a = before(data().x[0]), b = after(data().x[0]);
  CHECK(std::vector<float>(a.values().begin(), a.values().end()) ==
        std::vector<float>(b.values().begin(), b.values().end()));
}

TEST_CASE("saving again leaves the shards of the new model only") {
  const Folder folder;
  const auto backend = open_device("cpu");
  const nn::Model model = network();
  save(model, nn::Weights(*backend, model, 3), folder.path(), {.shard_bytes = 40});
  CHECK(files_in(folder.path()) > 5);
  const nn::Weights other(*backend, model, 4);
  save(model, other, folder.path());
  CHECK(files_in(folder.path()) == 2);
  CHECK(load(*backend, folder.path()).weights.read("i/kernel") == other.read("i/kernel"));
}

TEST_CASE("a saving that fails on its way leaves the model that was there") {
  const Folder folder, elsewhere;
  const auto backend = open_device("cpu");
  const nn::Model model = network();
  const nn::Weights before(*backend, model, 3), other(*backend, model, 4);
  save(model, before, folder.path());
  save(model, other, elsewhere.path());
  for (const auto& entry : std::filesystem::directory_iterator(elsewhere.path())) {
    const std::filesystem::path name = entry.path().filename();
    if (name != "model.json") std::filesystem::create_directories(folder.path() / name / "in the way");
  }
  CHECK_THROWS_AS(save(model, other, folder.path()), FileError);
  CHECK(load(*backend, folder.path()).weights.read("i/kernel") == before.read("i/kernel"));
}

TEST_CASE("packed models are as close as their packing") {
  const auto backend = open_device("cpu");
  const nn::Model model = network();
  const nn::Weights weights(*backend, model, 3);
  for (const Packing packing : {Packing::uint8, Packing::uint16, Packing::float16}) {
    const Folder folder;
    save(model, weights, folder.path(), {.packing = packing});
    const LayersModel loaded = load(*backend, folder.path());
    const std::vector<float> stored = loaded.weights.read("i/kernel"), own = weights.read("i/kernel");
    for (std::size_t i = 0; i < own.size(); ++i) CHECK(std::abs(stored[i] - own[i]) < 0.01f);
  }
}

TEST_CASE("numbers that no step reaches are not packed, and the model that was there stays") {
  const Folder folder;
  const auto backend = open_device("cpu");
  const nn::Model model = network();
  nn::Weights weights(*backend, model, 3);
  save(model, weights, folder.path());
  const std::vector<float> before = weights.read("last/bias");
  for (const float number : {NAN, INFINITY}) {
    weights.write("last/bias", std::vector<float>{1, number});
    CHECK_THROWS_AS(save(model, weights, folder.path(), {.packing = Packing::uint8}), UsageError);
    CHECK(load(*backend, folder.path()).weights.read("last/bias") == before);
  }
}

TEST_CASE("a training that was saved goes on as if nothing had been") {
  const Folder folder;
  const auto backend = open_device("cpu");
  const nn::Model model = network();
  nn::Weights weights(*backend, model, 3);
  learn::Trainer trainer(model, weights, {.optimiser = learn::optimisers::Adam(0.01), .loss = {"meanSquaredError"}});
  for (int i = 0; i < 3; ++i) trainer.train_on_batch(data());
  save(model, weights, folder.path(), {.trainer = &trainer});
  LayersModel loaded = load(*backend, folder.path());
  const Training training = training_of(loaded);
  CHECK(training.state.step == 3);
  learn::Trainer again(loaded.model, loaded.weights, training.recipe);
  again.restore(training.state);
  for (int i = 0; i < 3; ++i) {
    trainer.train_on_batch(data());
    again.train_on_batch(data());
  }
  for (const auto& entry : weights.entries()) CHECK(loaded.weights.read(entry.name) == weights.read(entry.name));
}

TEST_CASE("what an optimiser holds lies in the order of depth, in which TensorFlow.js takes it back") {
  const Folder folder;
  const auto backend = open_device("cpu");
  using namespace nn::layers;
  const nn::Symbol a = nn::input({4}, "a"), b = nn::input({3}, "b");
  const nn::Layer shared = Dense(2, {{"name", "shared"}});
  const nn::Model model({a, b}, {Add()({shared(a), shared(Dense(4, {{"name", "widen"}})(b))})});
  nn::Weights weights(*backend, model, 3);
  learn::Trainer trainer(model, weights, {.optimiser = learn::optimisers::Momentum(0.1), .loss = {"meanSquaredError"}});
  trainer.train_on_batch({{{{4}, {1, 2, 3, 4}}, {{3}, {1, -1, 2}}}, {{{2}, {0, 1}}}});
  save(model, weights, folder.path(), {.trainer = &trainer});
  const LayersModel loaded = load(*backend, folder.path());
  std::vector<std::string> names;
  for (const StoredNumbers& stored : loaded.optimiser) names.push_back(stored.name);
  CHECK(names == std::vector<std::string>{"iter", "widen/kernel/momentum", "widen/bias/momentum",
                                          "shared/kernel/momentum", "shared/bias/momentum"});
  CHECK(training_of(loaded).state.slots == trainer.save().slots);
}

}  // namespace
}  // namespace vitrine::models
