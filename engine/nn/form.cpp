// Forms of outputs, found by calling the layer with placeholders of two sizes: what differs is unknown.
#include "engine/nn/form.h"

#include <algorithm>

#include "engine/core/number.h"
#include "engine/nn/call.h"

namespace vitrine::nn {
namespace {

// What unknown extents are tried with: batches of few samples, and other axes so long that a deep network, which halves
// them five times, still has room for its windows.
struct Trial {
  std::int64_t batch, other;
};
constexpr Trial kFirstTrial{2, 256}, kSecondTrial{3, 320};

Spec spec_of(const Form& form, const Trial& trial) {
  Integers extents = form.extents;
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    if (extents[axis] == kUnknown) extents[axis] = axis == 0 ? trial.batch : trial.other;
  }
  return {form.dtype, Shape(extents)};
}

std::vector<Spec> specs_of_outputs(const Layer& layer, std::span<const Form> inputs, const Trial& trial) {
  const auto trace = std::make_shared<TraceContext>();
  Environment environment;
  environment.weight = [&](const LayerState& state, std::size_t weight) {
    return placeholder(trace, {DType::float32, state.weights[weight].shape});
  };
  environment.step = placeholder(trace, {});
  std::vector<Masked> tensors;
  for (const Form& form : inputs) tensors.push_back({placeholder(trace, spec_of(form, trial)), {}});
  std::vector<Spec> specs;
  for (const Masked& output : run(layer, environment, std::move(tensors), 0)) specs.push_back(output.value.spec());
  return specs;
}

Form form_of(const Spec& spec) {
  return {{spec.shape.extents().begin(), spec.shape.extents().end()}, spec.dtype};
}

}  // namespace

std::string text_of(const Form& form) {
  std::string text = "[";
  for (std::size_t axis = 0; axis < form.rank(); ++axis) {
    text += (axis != 0 ? ", " : "") + (form.extents[axis] == kUnknown ? "?" : to_text(form.extents[axis]));
  }
  return text + "]";
}

std::vector<Form> forms_of_outputs(const Layer& layer, std::span<const Form> inputs) {
  const auto unknown = [](const Form& form) { return std::ranges::find(form.extents, kUnknown) != form.extents.end(); };
  std::vector<Form> forms;
  for (const Spec& spec : specs_of_outputs(layer, inputs, kFirstTrial)) forms.push_back(form_of(spec));
  if (std::ranges::none_of(inputs, unknown)) return forms;
  const std::vector<Spec> second = specs_of_outputs(layer, inputs, kSecondTrial);
  for (std::size_t i = 0; i < forms.size(); ++i) {
    for (std::size_t axis = 0; axis < forms[i].rank(); ++axis) {
      if (forms[i].extents[axis] != second[i].shape[static_cast<int>(axis)]) forms[i].extents[axis] = kUnknown;
    }
  }
  return forms;
}

}  // namespace vitrine::nn
