// Replays layers.json: each case is a small model read from its topology; outputs, gradients towards inputs and
// weights, and the weights that the call itself moves, within the tolerances of the corpus; and the plan of it, bit for
// bit.
#include <algorithm>

#include "engine/core/error.h"
#include "engine/graph/plan.h"
#include "engine/models/json.h"
#include "engine/models/topology.h"
#include "engine/nn/weights.h"
#include "engine/ops/gradients.h"
#include "tests/conformance/compare.h"
#include "tests/conformance/sections.h"

namespace vitrine::conformance {
namespace {

void fill(nn::Weights& weights, const LayerCase& c) {
  for (const auto& [name, numbers] : c.weights) {
    const Shape& shape = weights.entries()[weights.find(name)].spec().shape;
    if (shape != numbers.spec.shape) {
      throw Failure{c.id, "weight " + name, "has another shape", {}, text_of(shape), text_of(numbers.spec.shape)};
    }
    weights.write(name, floats_of(numbers));
  }
  // What a stateful layer remembers is no weight there.
  const auto count = std::ranges::count_if(
      weights.entries(), [](const auto& entry) { return entry.spec().role != nn::WeightSpec::Role::state; });
  expect_count(c.id, "weights", static_cast<std::size_t>(count), c.weights.size());
}

struct Run {
  Tensors inputs;
  nn::Parameters parameters;
  nn::Forward forward;
};

Run run_eagerly(const LayerCase& c, const nn::Model& model, const nn::Weights& weights, Backend& backend) {
  Run run{{}, weights.now(), {}};
  for (const Numbers& input : c.inputs) {
    const Tensor x = upload(backend, input);
    run.inputs.push_back(x.dtype() == DType::float32 ? watch(x) : x);
  }
  for (Tensor& w : run.parameters.tensors) w = watch(w);
  run.forward = nn::forward(model, run.parameters, run.inputs, {.training = c.training});
  return run;
}

void check_gradients(const LayerCase& c, const nn::Weights& weights, const Run& run, Backend& backend) {
  Tensor target;
  for (std::size_t i = 0; i < c.cotangents.size(); ++i) {
    if (c.cotangents[i]) add_product(target, run.forward.outputs[i], *c.cotangents[i], backend);
  }
  if (!target) return;
  const Tensors inputs = ops::gradients(target, run.inputs);
  for (std::size_t i = 0; i < c.input_grads.size(); ++i) {
    if (!c.input_grads[i]) continue;
    compare(c.id, "gradient of input " + std::to_string(i), inputs[i], *c.input_grads[i], c.gradient);
  }
  const Tensors slopes = ops::gradients(target, run.parameters.tensors);
  for (const auto& [name, numbers] : c.weight_grads) {
    compare(c.id, "gradient of " + name, slopes[weights.find(name)], numbers, c.gradient);
  }
}

void check_weights_after(const LayerCase& c, const nn::Weights& weights, const Run& run, const Tolerance& tolerance) {
  for (const auto& [name, numbers] : c.weights_after) {
    const std::size_t entry = weights.find(name);
    Tensor after = run.parameters.tensors[entry];
    for (const nn::Forward::Update& update : run.forward.updates) {
      if (update.entry == entry) after = update.value;
    }
    compare(c.id, name + " after the call", after, numbers, tolerance);
  }
}

void check_plan(const LayerCase& c, const nn::Model& model, const nn::Weights& weights, const Run& run,
                Backend& backend) {
  Plan plan = compile(trace([&](Tracer& t) {
                        Tensors inputs;
                        for (std::size_t i = 0; i < c.inputs.size(); ++i) {
                          inputs.push_back(t.input(std::to_string(i), {DType::float32, c.inputs[i].spec.shape}));
                        }
                        const auto forward = nn::forward(model, weights.regions(t), inputs, {.training = c.training});
                        for (std::size_t i = 0; i < forward.outputs.size(); ++i) {
                          t.output(std::to_string(i), forward.outputs[i]);
                        }
                      }),
                      backend);
  std::vector<std::vector<float>> inputs;
  for (const Numbers& input : c.inputs) inputs.push_back(floats_of(input));
  for (std::size_t i = 0; i < inputs.size(); ++i) plan.bind(static_cast<int>(i), inputs[i]);
  plan.run();
  for (std::size_t i = 0; i < run.forward.outputs.size(); ++i) {
    if (plan.read(std::to_string(i)) == run.forward.outputs[i].floats()) continue;
    throw Failure{c.id, "output " + std::to_string(i), "of the plan differs from the eager one", {}, {}, {}};
  }
}

void check(const LayerCase& c, const Tolerance& tolerance, Backend& backend) {
  const nn::Model model = models::model_of(models::parse_json(c.id, c.topology));
  nn::Weights weights(backend, model, 1);
  fill(weights, c);
  const Run run = run_eagerly(c, model, weights, backend);
  expect_count(c.id, "outputs", run.forward.outputs.size(), c.outputs.size());
  for (std::size_t i = 0; i < c.outputs.size(); ++i) {
    compare(c.id, "output " + std::to_string(i), run.forward.outputs[i], c.outputs[i], tolerance);
  }
  check_gradients(c, weights, run, backend);
  check_weights_after(c, weights, run, tolerance);
  check_plan(c, model, weights, run, backend);
}

}  // namespace

void replay_layers(const Replay& replay) {
  const Corpus<LayerCase> corpus = read_layers(replay.folder / "layers.json");
  for (const LayerCase& c : corpus.cases) {
    replay_case(replay, c.id, replay.skips.reason(c.id, c.class_name, true),
                [&] { check(c, corpus.tolerance, replay.backend); });
  }
}

}  // namespace vitrine::conformance
