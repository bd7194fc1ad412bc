// Recurrent layers: a cell called at each step of a sequence, unrolled. Those with a name of their own make their cell
// from their arguments; RNN is given one.
#include "engine/nn/cells.h"

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"

namespace vitrine::nn {
namespace {

constexpr int kMostSequenceInputs = 64;  // the sequence, and what is remembered before it

constexpr auto kSequenceArguments =
    rows(Argument{"return_sequences", Takes::truth, false, "whether it answers at every step, or at the last only"},
         Argument{"return_state", Takes::truth, false, "whether it also answers what it remembers at the end"},
         Argument{"go_backwards", Takes::truth, false, "whether it begins with the last step"},
         Argument{"stateful", Takes::truth, false, "whether it remembers from one batch to the next"},
         Argument{"unroll", Takes::ignored, kNone, "it always is"},
         Argument{"time_major", Takes::ignored, kNone, "the batch comes first"},
         Argument{"zero_output_for_mask", Takes::ignored, kNone, "the last answer stays"});
constexpr auto kRnnArguments =
    join(rows(Argument{"cell", Takes::layer, kRequired, "what it does at each step"}), kSequenceArguments);
constexpr auto kSimpleRnnArguments = join(kSimpleCellArguments, kSequenceArguments);
constexpr auto kGruArguments = join(kGruCellArguments, kSequenceArguments);
constexpr auto kLstmArguments = join(kLstmCellArguments, kSequenceArguments);
constexpr auto kConvLstmArguments = join(kConvLstmCellArguments, kSequenceArguments);

// The cell with those of the layer's arguments that it takes.
template <const LayerKind& kind>
std::vector<Child> own_cell(const Arguments& arguments) {
  Config::Record given;
  for (const Argument& row : kind.arguments) {
    if (arguments.has(row.name)) given.emplace_back(row.name, arguments[row.name]);
  }
  return {{{}, Layer(kind, given)}};
}

std::vector<Child> given_cell(const Arguments& arguments) {
  const Layer cell = arguments["cell"].layer();
  if (cell.kind().states == nullptr) arguments.refuse("cell", "is no cell", "a cell such as LSTMCell", "Use one.");
  return {{{}, cell}};
}

const Layer& cell_of(const Layer& layer) {
  return layer.children()[0].layer;
}

// One step of a sequence [batch, steps, ...].
Form step_form(const Form& sequence) {
  Form step = sequence;
  step.extents.erase(step.extents.begin() + 1);
  return step;
}

std::string state_name(std::size_t i) {
  return "state_" + to_text(static_cast<std::int64_t>(i));
}

void sequence_weights(Build& build) {
  if (build.input().rank() < 3) build.expect_rank(3);
  const std::int64_t steps = build.input().extents[1];
  if (steps == 0 || steps > limits::kUnrolledSteps) {
    throw ShapeError({"input", "has no steps, or too many", "1 to " + to_text(limits::kUnrolledSteps),
                      text_of(build.input()), "Use shorter sequences."});
  }
  const Layer& cell = cell_of(build.layer());
  const Form step = step_form(build.input());
  std::vector<Form> inputs{step};
  const std::vector<Form> states = cell.kind().states(cell, step);
  inputs.insert(inputs.end(), states.begin(), states.end());
  build.child(0, inputs);
  if (!build.arguments().truth("stateful")) return;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i].extents[0] == kUnknown) {
      build.arguments().refuse("stateful", "needs to know the batch", "a batch_size", "Say batch_size with the input.");
    }
    build.state(state_name(i), ops::shape_of(states[i].extents));
  }
}

std::vector<Tensor> first_states(const Call& call, const Form& step) {
  const Layer& cell = cell_of(call.layer());
  const std::vector<Form> forms = cell.kind().states(cell, step);
  if (call.inputs() != 1 && call.inputs() != forms.size() + 1) {
    throw UsageError({"first states", "are not as many as the cell has",
                      to_text(static_cast<std::int64_t>(forms.size())),
                      to_text(static_cast<std::int64_t>(call.inputs()) - 1), "Give one for each, or none."});
  }
  std::vector<Tensor> states;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const bool given = call.inputs() > 1, stateful = call.arguments().truth("stateful");
    states.push_back(given      ? call.input(i + 1)
                     : stateful ? call.weight(state_name(i))
                                : ops::broadcast(like(call.input(), 0), ops::shape_of(forms[i].extents)));
  }
  return states;
}

// The truths of one step, with axes of extent 1 so that they stand beside what is [batch, ...].
Tensor beside(const Tensor& counts, const Tensor& x) {
  Integers extents(static_cast<std::size_t>(x.shape().rank()), 1);
  extents[0] = x.shape()[0];
  return ops::reshape(counts, ops::shape_of(extents));
}

// Where a step does not count, what was before stays.
Tensor kept(const Tensor& counts, const Tensor& next, const Tensor& before) {
  return ops::where(beside(counts, next), next, before);
}

void sequence(Call& call) {
  const Arguments& a = call.arguments();
  std::vector<Tensor> steps = ops::unstack(call.input(), 1), counts;
  if (call.mask()) counts = ops::unstack(call.mask(), 1);
  if (a.truth("go_backwards")) {
    std::reverse(steps.begin(), steps.end());
    std::reverse(counts.begin(), counts.end());
  }
  std::vector<Tensor> states = first_states(call, {ops::extents_of(steps.at(0).shape())}), answers;
  for (std::size_t t = 0; t < steps.size(); ++t) {
    std::vector<Masked> inputs{{steps[t], {}}};
    for (const Tensor& state : states) inputs.push_back({state, {}});
    const std::vector<Masked> outputs = call.child(0, std::move(inputs));
    Tensor answer = outputs[0].value;
    if (!counts.empty()) {
      const Tensor before = answers.empty() ? ops::broadcast(like(answer, 0), answer.shape()) : answers.back();
      answer = kept(counts[t], answer, before);
    }
    for (std::size_t i = 0; i < states.size(); ++i) {
      const Tensor& next = outputs[i + 1].value;
      states[i] = counts.empty() ? next : kept(counts[t], next, states[i]);
    }
    answers.push_back(answer);
  }
  if (a.truth("return_sequences")) {
    call.output(ops::stack(answers, 1), call.mask());
  } else {
    call.output(answers.back());
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (a.truth("stateful")) call.update(state_name(i), states[i]);
    if (a.truth("return_state")) call.output(states[i]);
  }
}

constexpr LayerKind recurrent_kind(std::string_view name, std::string_view meaning, std::string_view aliases,
                                   std::span<const Argument> arguments, std::vector<Child> (*cell)(const Arguments&)) {
  return {.name = name,
          .meaning = meaning,
          .aliases = aliases,
          .arguments = arguments,
          .most_inputs = kMostSequenceInputs,
          .weights = sequence_weights,
          .call = sequence,
          .children = cell};
}

}  // namespace

namespace layers {
const LayerKind RNN = recurrent_kind("RNN", "a cell at each step of a sequence", "", kRnnArguments, given_cell);
const LayerKind SimpleRNN = recurrent_kind("SimpleRNN", "a dense layer that also sees its last answer", "",
                                           kSimpleRnnArguments, own_cell<SimpleRNNCell>);
const LayerKind GRU = recurrent_kind("GRU", "remembers as much as its gates let through", "UnifiedGRU CuDNNGRU",
                                     kGruArguments, own_cell<GRUCell>);
const LayerKind LSTM = recurrent_kind("LSTM", "remembers in a line of its own, behind gates", "UnifiedLSTM CuDNNLSTM",
                                      kLstmArguments, own_cell<LSTMCell>);
const LayerKind ConvLSTM2D =
    recurrent_kind("ConvLSTM2D", "an LSTM over pictures", "", kConvLstmArguments, own_cell<ConvLSTM2DCell>);
}  // namespace layers

}  // namespace vitrine::nn
