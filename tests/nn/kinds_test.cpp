// What every kind of layer must do, from its entry alone: a small sample of each is built, called eagerly and in a
// plan, with the same bits, and knows the form of its answer beforehand.
#include <doctest/doctest.h>

#include <algorithm>

#include "engine/backends.h"
#include "engine/graph/plan.h"
#include "engine/nn/layers.h"
#include "engine/nn/weights.h"

namespace vitrine::nn {
namespace {

// Arguments and forms of inputs with which a kind is tried; those that are not here take nothing and see vectors.
struct Try {
  const LayerKind* kind;
  Config::Record arguments;
  std::vector<Integers> inputs;
};

Integers extents_for(std::size_t spatial) {
  return spatial == 3 ? Integers{4, 6, 4, 2} : spatial == 2 ? Integers{6, 5, 2} : Integers{6, 2};
}

// By the digit in the name: how many spatial axes a kind works on; 0 where it has none.
std::size_t spatial_of(std::string_view name) {
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    if (name[i] >= '1' && name[i] <= '3' && name[i + 1] == 'D') return static_cast<std::size_t>(name[i] - '0');
  }
  return 0;
}

// The smallest value that a required argument takes.
Config sample_value(const Argument& row) {
  switch (row.takes) {
    case Takes::whole:
      return 2;
    case Takes::real:
      return 0.5;
    case Takes::wholes:
      return 1;
    case Takes::activation:
      return "tanh";
    case Takes::layer:
      return row.name == "cell" ? layers::LSTMCell(2) : layers::LSTM(2, {{"return_sequences", true}});
    case Takes::layers:
      return Config::List{layers::GRUCell(2), layers::LSTMCell(2)};
    default:
      return {};
  }
}

Try try_of(const LayerKind& kind) {
  Try sample{&kind, {}, {}};
  for (const Argument& row : kind.arguments) {
    if (!std::holds_alternative<Required>(row.default_of(Convention::ours))) continue;
    sample.arguments.emplace_back(row.name, sample_value(row));
  }
  return sample;
}

bool is_cell(const LayerKind& kind) {
  return kind.states != nullptr;
}

// Special inputs or arguments of a few kinds.
void adapt(Try& sample) {
  const LayerKind& kind = *sample.kind;
  const auto set = [&](std::string_view name, Config value) {
    std::erase_if(sample.arguments, [&](const auto& field) { return field.first == name; });
    sample.arguments.emplace_back(name, std::move(value));
  };
  const std::size_t spatial = spatial_of(kind.name);
  sample.inputs = {spatial == 0 ? Integers{4} : extents_for(spatial)};
  const auto is = [&](const LayerKind& other) { return &kind == &other; };
  if (is(layers::Reshape)) set("target_shape", {2, -1});
  if (is(layers::Permute)) set("dims", {1});
  if (is(layers::Dot)) set("axes", -1);
  if (is(layers::GroupNormalization)) set("groups", 2);
  if (is(layers::TimeDistributed)) set("layer", layers::Dense(3));
  if (is(layers::RandomFlip) || is(layers::RandomContrast) || is(layers::Resizing) || is(layers::CenterCrop)) {
    sample.inputs = {{6, 5, 2}};
  }
  if (is(layers::RNN) || is(layers::SimpleRNN) || is(layers::GRU) || is(layers::LSTM) || is(layers::Bidirectional) ||
      is(layers::TimeDistributed) || is(layers::Masking)) {
    sample.inputs = {{5, 3}};
  }
  if (is(layers::ConvLSTM2D)) sample.inputs = {{3, 6, 5, 2}};
  if (kind.least_inputs == 2) sample.inputs.push_back(sample.inputs[0]);
}

TEST_CASE("every kind of layer answers as its form says, eagerly and in a plan with the same bits, trained or not") {
  const auto backend = open_device("cpu");
  for (const LayerKind* kind : all_kinds()) {
    if (is_cell(*kind) || kind == &layers::InputLayer) continue;  // cells are tried inside recurrent layers
    CAPTURE(kind->name);
    Try sample = try_of(*kind);
    adapt(sample);
    std::vector<Symbol> inputs;
    for (const Integers& extents : sample.inputs) inputs.push_back(input(extents));
    const std::vector<Symbol> outputs = Layer(*kind, sample.arguments).apply(inputs);
    const Model model(inputs, outputs);
    const Weights weights(*backend, model, 1);
    std::vector<std::vector<float>> numbers;
    std::vector<Tensor> tensors;
    for (const Integers& extents : sample.inputs) {
      Integers batch = extents;
      batch.insert(batch.begin(), 2);
      const Shape shape(batch);
      std::vector<float> values(static_cast<std::size_t>(shape.elements()));
      for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i * 7 % 5) * 0.25f;
      tensors.push_back(tensor(*backend, values, shape));
      numbers.push_back(std::move(values));
    }
    for (const bool training : {false, true}) {
      const Forward eager = forward(model, weights.now(), tensors, {.training = training, .key = 5});
      Plan plan = compile(trace([&](Tracer& t) {
                            std::vector<Tensor> placeholders;
                            for (std::size_t i = 0; i < tensors.size(); ++i) {
                              placeholders.push_back(t.input("x" + std::to_string(i), tensors[i].spec()));
                            }
                            const Forward traced =
                                forward(model, weights.regions(t), placeholders, {.training = training, .key = 5});
                            t.output("y", traced.outputs[0]);
                          }),
                          *backend);
      for (std::size_t i = 0; i < numbers.size(); ++i) plan.bind(static_cast<int>(i), numbers[i]);
      plan.run();
      CHECK(plan.read("y") == eager.outputs[0].floats());
      const Integers& form = outputs[0].form().extents;
      REQUIRE(static_cast<int>(form.size()) == eager.outputs[0].shape().rank());
      CHECK(form[0] == kUnknown);
      for (std::size_t axis = 1; axis < form.size(); ++axis) {
        CHECK(form[axis] == eager.outputs[0].shape()[static_cast<int>(axis)]);
      }
    }
  }
}

TEST_CASE("every default is a value that its argument takes, under both conventions") {
  for (const LayerKind* kind : all_kinds()) {
    for (const Convention convention : {Convention::ours, Convention::tfjs}) {
      CAPTURE(kind->name);
      const Config::Record required = try_of(*kind).arguments;
      if (kind == &layers::InputLayer || kind == &layers::Reshape || kind == &layers::Permute) continue;
      const Layer layer(*kind, required, convention);
      Config::Record said = layer.arguments().record();
      std::erase_if(said, [](const auto& field) { return field.second.nothing(); });
      CHECK_NOTHROW(Layer(*kind, said, convention));
    }
  }
}

TEST_CASE("no two kinds share a name or an alias, and each is found by both") {
  for (const LayerKind* kind : all_kinds()) {
    CHECK(find_kind(kind->name) == kind);
    CHECK(!kind->meaning.empty());
  }
  CHECK(find_kind("MaxPool2D") == &layers::MaxPooling2D);
  CHECK(find_kind("Pool") == nullptr);
}

}  // namespace
}  // namespace vitrine::nn
