// Cells: what a recurrent layer does at one step. A cell is called with the step's input and what it remembers, and
// answers with what it remembers then; the first of that is also its answer.
#include "engine/nn/cells.h"

#include "engine/core/number.h"
#include "engine/nn/images.h"
#include "engine/nn/named_function.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/convolution.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"

namespace vitrine::nn {
namespace {

constexpr int kMostStates = 64;

Tensor activated(const Call& call, const Tensor& x) {
  return activate(x, call.arguments().text("activation"));
}
Tensor gated(const Call& call, const Tensor& x) {
  return activate(x, call.arguments().text("recurrent_activation"));
}

// What a cell is given, with numbers dropped while training: the same ones at every step of a sequence.
Tensor dropped(const Call& call, const Tensor& x, std::string_view rate_name, std::int64_t use) {
  const double rate = call.arguments().real(rate_name);
  if (!call.training() || rate == 0) return x;
  return x * ops::dropout_mask(call.draws(use), x.shape(), static_cast<float>(rate));
}
Tensor step_of(const Call& call) {
  return dropped(call, call.input(0), "dropout", 0);
}
Tensor memory_of(const Call& call) {
  return dropped(call, call.input(1), "recurrent_dropout", 1);
}

std::vector<Tensor> parts(const Tensor& x, std::int64_t count) {
  return ops::split(x, count, -1);
}

std::vector<Form> one_state(const Layer& cell, const Form& step) {
  return {{{step.extents[0], cell.arguments().whole("units")}}};
}
std::vector<Form> two_states(const Layer& cell, const Form& step) {
  const Form state{{step.extents[0], cell.arguments().whole("units")}};
  return {state, state};
}

// Kernel, recurrent kernel and bias of so many gates.
template <std::int64_t gates>
void gate_weights(Build& build) {
  const std::int64_t units = build.arguments().whole("units");
  build.weight("kernel", {build.extent(-1), gates * units}, "kernel");
  build.weight("recurrent_kernel", {units, gates * units}, "recurrent");
  if (build.arguments().truth("use_bias")) build.weight("bias", {gates * units}, "bias");
}

Tensor with_bias(const Call& call, const Tensor& x) {
  const Tensor bias = call.weight("bias");
  return bias ? x + bias : x;
}

void simple_step(Call& call) {
  const Tensor x = with_bias(call, ops::matmul(step_of(call), call.weight("kernel")));
  const Tensor h = activated(call, x + ops::matmul(memory_of(call), call.weight("recurrent_kernel")));
  call.output(h);
  call.output(h);
}

// From the sums of the gates input, forget, new, output, whose axis is the last of `sums`, or that which data_format
// says.
void remember(Call& call, const Tensor& sums, int axis = -1) {
  const std::vector<Tensor> gate = ops::split(sums, 4, axis);
  const Tensor c = gated(call, gate[1]) * call.input(2) + gated(call, gate[0]) * activated(call, gate[2]);
  const Tensor h = gated(call, gate[3]) * activated(call, c);
  call.output(h);
  call.output(h);
  call.output(c);
}

void lstm_weights(Build& build) {
  gate_weights<4>(build);
  if (build.arguments().truth("unit_forget_bias")) build.begin_remembering();
}
void lstm_step(Call& call) {
  const Tensor x = ops::matmul(step_of(call), call.weight("kernel"));
  remember(call, with_bias(call, x + ops::matmul(memory_of(call), call.weight("recurrent_kernel"))));
}

void gru_weights(Build& build) {
  if (!build.arguments().truth("reset_after")) return gate_weights<3>(build);
  const std::int64_t units = build.arguments().whole("units");
  build.weight("kernel", {build.extent(-1), 3 * units}, "kernel");
  build.weight("recurrent_kernel", {units, 3 * units}, "recurrent");
  if (build.arguments().truth("use_bias")) build.weight("bias", {2, 3 * units}, "bias");
}

// Gates: update, reset, new. The reset gate works on what is remembered, or after it went through its kernel.
void gru_step(Call& call) {
  const bool after = call.arguments().truth("reset_after");
  const Tensor h = memory_of(call), kernel = call.weight("recurrent_kernel"), bias = call.weight("bias");
  const std::int64_t units = call.arguments().whole("units");
  const auto bias_row = [&](std::int64_t row) {
    return ops::reshape(ops::slice(bias, {row, 0}, {1, 3 * units}), {3 * units});
  };
  Tensor from_step = ops::matmul(step_of(call), call.weight("kernel"));
  if (bias) from_step = from_step + (after ? bias_row(0) : bias);
  const std::vector<Tensor> x = parts(from_step, 3);
  Tensor update, fresh;
  if (after) {
    const Tensor product = ops::matmul(h, kernel);
    const std::vector<Tensor> inner = parts(bias ? product + bias_row(1) : product, 3);
    update = gated(call, x[0] + inner[0]);
    fresh = activated(call, x[2] + gated(call, x[1] + inner[1]) * inner[2]);
  } else {
    const std::vector<Tensor> kernels = ops::split(kernel, {2 * units, units}, -1);
    const std::vector<Tensor> inner = parts(ops::matmul(h, kernels[0]), 2);
    update = gated(call, x[0] + inner[0]);
    fresh = activated(call, x[2] + ops::matmul(gated(call, x[1] + inner[1]) * h, kernels[1]));
  }
  const Tensor next = (like(update, 1) - update) * fresh + update * call.input(1);
  call.output(next);
  call.output(next);
}

ops::Window window_of_step(const Arguments& a) {
  ops::Window window{a.wholes("strides", 2), a.wholes("dilation_rate", 2), {}};
  if (a.text("padding") == "same") window.padding = ops::Padding::same();
  return window;
}

std::vector<Form> picture_states(const Layer& cell, const Form& step) {
  const Arguments& a = cell.arguments();
  const std::size_t rows_at = channels_first(a) ? 2 : 1;
  const Integers size = a.wholes("kernel_size", 2), dilation = a.wholes("dilation_rate", 2),
                 stride = a.wholes("strides", 2);
  Form state{Integers(4, a.whole("filters"))};
  state.extents[0] = step.extents[0];
  for (std::size_t axis = 0; axis < 2; ++axis) {
    const std::int64_t extent = step.extents[rows_at + axis], reach = (size[axis] - 1) * dilation[axis] + 1;
    const std::int64_t room = a.text("padding") == "same" ? extent : extent - reach + 1;
    state.extents[rows_at + axis] = extent == kUnknown ? kUnknown : (room + stride[axis] - 1) / stride[axis];
  }
  return {state, state};
}

void conv_lstm_weights(Build& build) {
  const Arguments& a = build.arguments();
  const std::int64_t filters = a.whole("filters");
  const Integers size = a.wholes("kernel_size", 2);
  build.weight("kernel", {size[0], size[1], build.channels(), 4 * filters}, "kernel");
  build.weight("recurrent_kernel", {size[0], size[1], filters, 4 * filters}, "recurrent");
  if (a.truth("use_bias")) build.weight("bias", {4 * filters}, "bias");
  if (a.truth("unit_forget_bias")) build.begin_remembering();
}
void conv_lstm_step(Call& call) {
  const Arguments& a = call.arguments();
  ops::Window same;
  same.padding = ops::Padding::same();
  const Tensor x = ops::convolution(channels_last(a, step_of(call)), call.weight("kernel"), window_of_step(a));
  const Tensor h = ops::convolution(channels_last(a, memory_of(call)), call.weight("recurrent_kernel"), same);
  remember(call, turned_back(a, with_bias(call, x) + h), channels_first(a) ? 1 : -1);
}

constexpr auto kStackArguments = rows(
    Argument{"cells", Takes::layers, kRequired, "from the first to the last"},
    Argument{"reverse_state_order", Takes::truth, true, "whether the states of the last cell come first"}.ours(false));

std::vector<Child> stacked(const Arguments& arguments) {
  std::vector<Child> children;
  for (const Config& cell : *arguments["cells"].list()) {
    if (cell.layer().kind().states == nullptr) arguments.refuse("cells", "are not all cells", "cells", "Use LSTMCell.");
    children.push_back({"RNNCell_" + to_text(static_cast<std::int64_t>(children.size())), cell.layer()});
  }
  if (children.empty()) arguments.refuse("cells", "are none", "one or more", "Add a cell.");
  return children;
}

// The forms of what each cell remembers.
std::vector<std::vector<Form>> states_by_cell(const Layer& stack, const Form& step) {
  std::vector<std::vector<Form>> states;
  for (const Child& child : stack.children()) {
    states.push_back(child.layer.kind().states(child.layer, states.empty() ? step : states.back()[0]));
  }
  return states;
}

std::vector<Form> stack_states(const Layer& stack, const Form& step) {
  std::vector<std::vector<Form>> by_cell = states_by_cell(stack, step);
  if (stack.arguments().truth("reverse_state_order")) std::reverse(by_cell.begin(), by_cell.end());
  std::vector<Form> all;
  for (const auto& states : by_cell) all.insert(all.end(), states.begin(), states.end());
  return all;
}

void stack_weights(Build& build) {
  std::vector<Form> inputs{build.input()};
  const auto states = states_by_cell(build.layer(), build.input());
  for (std::size_t i = 0; i < states.size(); ++i) {
    inputs.insert(inputs.end(), states[i].begin(), states[i].end());
    build.child(i, inputs);
    inputs = {states[i][0]};
  }
}

void stack_step(Call& call) {
  const std::size_t count = call.layer().children().size();
  const bool reversed = call.arguments().truth("reverse_state_order");
  const Form step{ops::extents_of(call.input().shape())};
  const auto forms = states_by_cell(call.layer(), step);
  std::vector<std::size_t> first(count);  // where the states of each cell begin among the inputs
  std::size_t at = 1;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t cell = reversed ? count - 1 - i : i;
    first[cell] = at;
    at += forms[cell].size();
  }
  std::vector<Tensor> next(call.inputs());
  Tensor x = call.input();
  for (std::size_t cell = 0; cell < count; ++cell) {
    std::vector<Masked> inputs{{x, {}}};
    for (std::size_t i = 0; i < forms[cell].size(); ++i) inputs.push_back({call.input(first[cell] + i), {}});
    const std::vector<Masked> outputs = call.child(cell, std::move(inputs));
    x = outputs[0].value;
    for (std::size_t i = 0; i < forms[cell].size(); ++i) next[first[cell] + i] = outputs[i + 1].value;
  }
  call.output(x);
  for (std::size_t i = 1; i < next.size(); ++i) call.output(next[i]);
}

constexpr LayerKind cell_kind(std::string_view name, std::string_view meaning, std::span<const Argument> arguments,
                              void (*weights)(Build&), void (*step)(Call&),
                              std::vector<Form> (*states)(const Layer&, const Form&)) {
  return {.name = name,
          .meaning = meaning,
          .arguments = arguments,
          .least_inputs = 2,
          .most_inputs = kMostStates,
          .weights = weights,
          .call = step,
          .states = states};
}

}  // namespace

namespace layers {
const LayerKind SimpleRNNCell = cell_kind("SimpleRNNCell", "a dense layer that also sees its last answer",
                                          kSimpleCellArguments, gate_weights<1>, simple_step, one_state);
const LayerKind GRUCell = cell_kind("GRUCell", "remembers as much as its gates let through", kGruCellArguments,
                                    gru_weights, gru_step, one_state);
const LayerKind LSTMCell = cell_kind("LSTMCell", "remembers in a line of its own, behind gates", kLstmCellArguments,
                                     lstm_weights, lstm_step, two_states);
const LayerKind ConvLSTM2DCell = cell_kind("ConvLSTM2DCell", "an LSTM whose products are convolutions",
                                           kConvLstmCellArguments, conv_lstm_weights, conv_lstm_step, picture_states);
const LayerKind StackedRNNCells{.name = "StackedRNNCells",
                                .meaning = "cells one behind the other, as one cell",
                                .arguments = kStackArguments,
                                .least_inputs = 2,
                                .most_inputs = kMostStates,
                                .weights = stack_weights,
                                .call = stack_step,
                                .children = stacked,
                                .states = stack_states};
}  // namespace layers

}  // namespace vitrine::nn
