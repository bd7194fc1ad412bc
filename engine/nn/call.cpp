// What every layer has around its own two rules.
#include "engine/nn/call.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/core/number.h"
#include "engine/nn/part.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"

namespace vitrine::nn {
namespace {

// A place among many, in which the order of calls has no part.
std::int64_t mixed(std::int64_t place, std::int64_t index, std::int64_t turn) {
  const Hash hash = Hasher()
                        .word(static_cast<std::uint64_t>(place))
                        .word(static_cast<std::uint64_t>(index))
                        .word(static_cast<std::uint64_t>(turn))
                        .finish();
  return static_cast<std::int64_t>(hash.low);
}

template <class Family>
bool rethrow_as(const Error& error, const Complaint& complaint) {
  if (dynamic_cast<const Family*>(&error) != nullptr) throw Family(complaint);
  return false;
}

[[noreturn]] void rethrow_at(const std::string& path, const Error& error) {
  Complaint complaint = error.complaint();
  complaint.subject = path + ": " + complaint.subject;
  rethrow_as<ShapeError>(error, complaint);
  rethrow_as<UsageError>(error, complaint);
  rethrow_as<UnsupportedOp>(error, complaint);
  rethrow_as<DeviceError>(error, complaint);
  rethrow_as<FileError>(error, complaint);
  throw Error(complaint);
}

}  // namespace

std::string path_of(const Layer& layer) {
  const std::string kind(layer.kind().name);
  return layer.name().empty() ? kind : layer.name() + " (" + kind + ")";
}

void naming(const std::string& path, const std::function<void()>& fn) {
  try {
    fn();
  } catch (const Error& error) {
    if (error.complaint().subject.starts_with(path)) throw;  // it speaks of itself already
    rethrow_at(path, error);
  }
}

std::int64_t Build::extent(std::int64_t axis, std::size_t which) const {
  const Form& form = input(which);
  const auto rank = static_cast<std::int64_t>(form.rank());
  if (axis < -rank || axis >= rank) {
    throw ShapeError({"input", "has no such axis", "an axis of " + text_of(form), to_text(axis), "Check the axis."});
  }
  const std::int64_t extent = form.extents[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)];
  if (extent == kUnknown) {
    throw ShapeError({"input", "has an extent that its weights must know", "a number at axis " + to_text(axis),
                      text_of(form), "Say it in the shape of the model's input."});
  }
  return extent;
}

std::int64_t Build::channels() const {
  const Config& format = arguments()["data_format"];
  return extent(format.text() != nullptr && *format.text() == "channels_first" ? 1 : -1);
}

void Build::expect_rank(std::size_t rank) const {
  if (input().rank() == rank) return;
  throw ShapeError({"input", "has the wrong number of axes",
                    to_text(static_cast<std::int64_t>(rank)) + " with the batch", text_of(input()),
                    "Reshape it first."});
}

Config Build::argument(std::string_view family, std::string_view what) const {
  return arguments()[std::string(family) + "_" + std::string(what)];
}

void Build::weight(std::string name, const Shape& shape, std::string_view family) {
  weights_.push_back({std::move(name), shape, WeightSpec::Role::trained, argument(family, "initializer"),
                      argument(family, "regularizer"), argument(family, "constraint")});
}

void Build::statistic(std::string name, const Shape& shape, std::string_view family) {
  weights_.push_back({std::move(name), shape, WeightSpec::Role::statistic, argument(family, "initializer"), {}, {}});
}

void Build::state(std::string name, const Shape& shape) {
  weights_.push_back({std::move(name), shape, WeightSpec::Role::state, {}, {}, {}});
}

void Build::begin_remembering() {
  WeightSpec& bias = weights_.back();
  if (bias.name != "bias") return;
  bias.initialiser = Config::Record{{"class_name", "UnitForgetBias"},
                                    {"config", Config::Record{{"bias_initializer", bias.initialiser}}}};
}

std::vector<Form> Build::child(std::size_t index, std::vector<Form> forms) const {
  const Layer& child = layer_.children()[index].layer;
  build(child, forms);
  return forms_of_outputs(child, forms);
}

Tensor Call::weight(std::string_view name) const {
  const std::vector<WeightSpec>& specs = layer_.weights();
  const auto found = std::ranges::find(specs, name, &WeightSpec::name);
  if (found == specs.end()) return {};
  return environment_.weight(layer_.state(), static_cast<std::size_t>(found - specs.begin()));
}

ops::Draws Call::draws(std::int64_t use) const {
  const Tensor step = environment_.step ? environment_.step : like(input(), 0);
  return {mixed(environment_.key, place_, use), step};
}

void Call::update(std::string_view weight, Tensor value) {
  const std::vector<WeightSpec>& specs = layer_.weights();
  const auto found = std::ranges::find(specs, weight, &WeightSpec::name);
  VITRINE_ASSERT(found != specs.end());
  environment_.updates.push_back({&layer_.state(), static_cast<std::size_t>(found - specs.begin()), std::move(value)});
}

std::vector<Masked> Call::child(std::size_t index, std::vector<Masked> inputs, std::int64_t turn) const {
  const auto number = static_cast<std::int64_t>(index);
  return run(layer_.children()[index].layer, environment_, std::move(inputs), mixed(place_, number, turn));
}

std::vector<Masked> Call::inner(const Layer& layer, std::vector<Masked> inputs, std::int64_t turn) const {
  return run(layer, environment_, std::move(inputs), mixed(place_, 0, turn));
}

std::vector<Masked> run(const Layer& layer, Environment& environment, std::vector<Masked> inputs, std::int64_t place) {
  const LayerKind& kind = layer.kind();
  const Tensor mask = inputs.empty() ? Tensor() : inputs[0].mask;
  std::vector<Masked> outputs;
  naming(path_of(layer), [&] {
    Call call(layer, environment, std::move(inputs), place);
    kind.call(call);
    outputs = std::move(call).take();
  });
  VITRINE_ASSERT(!outputs.empty());
  const Config& activity = layer.arguments()["activity_regularizer"];
  for (Masked& output : outputs) {
    if (kind.masks == Masks::pass && !output.mask) output.mask = mask;
    if (environment.taps && !layer.name().empty()) output.value = ops::tap(output.value, layer.name());
    if (activity.nothing()) continue;
    const auto chosen = regulariser_of(path_of(layer), activity, layer.state().convention);
    const auto samples = static_cast<float>(output.value.shape().rank() == 0 ? 1 : output.value.shape()[0]);
    environment.penalties.push_back((1 / samples) * chosen.part->penalty(chosen.arguments, output.value));
  }
  return outputs;
}

}  // namespace vitrine::nn
