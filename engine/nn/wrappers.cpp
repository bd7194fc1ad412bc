// Layers around a layer: at each step of a sequence by itself, or over a sequence in both directions.
#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/names.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/axes.h"
#include "engine/ops/layout.h"

namespace vitrine::nn {
namespace {

constexpr auto kTimeArguments = rows(Argument{"layer", Takes::layer, kRequired, "what is called at each step"});

void time_weights(Build& build) {
  Form step = build.input();
  if (step.rank() < 3) build.expect_rank(3);
  step.extents.erase(step.extents.begin() + 1);
  step.extents[0] = kUnknown;  // batch and steps together
  build.child(0, {step});
}

// The steps of all samples as one large batch.
void time_distributed(Call& call) {
  const Integers extents = ops::extents_of(call.input().shape());
  Integers together(extents.begin() + 1, extents.end());
  together[0] = extents[0] * extents[1];
  for (const Masked& output : call.child(0, {{ops::reshape(call.input(), ops::shape_of(together)), {}}})) {
    Integers apart = ops::extents_of(output.value.shape());
    apart[0] = extents[1];
    apart.insert(apart.begin(), extents[0]);
    call.output(ops::reshape(output.value, ops::shape_of(apart)));
  }
}

constexpr auto kBidirectionalArguments =
    rows(Argument{"layer", Takes::layer, kRequired, "a recurrent layer; the other direction is a copy of it"},
         Argument{"merge_mode", Takes::choice, "concat", "what becomes of the two answers; none keeps both",
                  "concat sum mul ave none"},
         Argument{"backward_layer", Takes::layer, kNone, "what goes the other way, where it is no copy"});

bool flag(const Layer& layer, std::string_view name) {
  const bool* truth = layer.arguments()[name].truth();
  return truth != nullptr && *truth;
}

std::vector<Child> both_directions(const Arguments& arguments) {
  const Layer layer = arguments["layer"].layer();
  if (layer.arguments()["go_backwards"].truth() == nullptr) {
    arguments.refuse("layer", "has no direction", "a recurrent layer", "Use SimpleRNN, GRU, LSTM or RNN.");
  }
  const std::string name = layer.name().empty() ? snake_case(layer.kind().name) : layer.name();
  const Layer forward = layer.changed({{"name", "forward_" + name}});
  const Layer backward =
      arguments.has("backward_layer")
          ? arguments["backward_layer"].layer()
          : layer.changed({{"name", "backward_" + name}, {"go_backwards", !flag(layer, "go_backwards")}});
  const std::string part = backward.name().empty() ? "backward_" + name : backward.name();
  return {{forward.name(), forward}, {part, backward}};
}

void bidirectional_weights(Build& build) {
  build.child(0, {build.input()});
  build.child(1, {build.input()});
}

// States given with the sequence: the first half is the forward layer's.
std::vector<Masked> inputs_of(const Call& call, std::size_t direction) {
  std::vector<Masked> inputs{{call.input(), call.mask()}};
  const std::size_t each = (call.inputs() - 1) / 2;
  for (std::size_t i = 0; i < each; ++i) inputs.push_back({call.input(1 + direction * each + i), {}});
  return inputs;
}

void answer_merged(Call& call, std::string_view mode, const Tensor& forward, const Tensor& backward,
                   const Tensor& mask) {
  if (mode == "none") {
    call.output(forward, mask);
    return call.output(backward, mask);
  }
  const Tensor sum = mode == "mul" || mode == "concat" ? Tensor() : forward + backward;
  call.output(mode == "concat" ? ops::concat(std::vector<Tensor>{forward, backward}, -1)
              : mode == "mul"  ? forward * backward
              : mode == "ave"  ? 0.5f * sum
                               : sum,
              mask);
}

void bidirectional(Call& call) {
  const std::vector<Masked> forward = call.child(0, inputs_of(call, 0)), backward = call.child(1, inputs_of(call, 1));
  const bool sequences = flag(call.layer().children()[0].layer, "return_sequences");
  // Steps stand in the order in which the backward layer saw them.
  const Tensor turned = sequences ? ops::reverse(backward[0].value, {1}) : backward[0].value;
  answer_merged(call, call.arguments().text("merge_mode"), forward[0].value, turned, forward[0].mask);
  for (std::size_t i = 1; i < forward.size(); ++i) call.output(forward[i].value);
  for (std::size_t i = 1; i < backward.size(); ++i) call.output(backward[i].value);
}

}  // namespace

namespace layers {
const LayerKind TimeDistributed{.name = "TimeDistributed",
                                .meaning = "a layer at each step of a sequence by itself",
                                .arguments = kTimeArguments,
                                .weights = time_weights,
                                .call = time_distributed,
                                .masks = Masks::pass};
const LayerKind Bidirectional{.name = "Bidirectional",
                              .meaning = "a recurrent layer over a sequence in both directions",
                              .arguments = kBidirectionalArguments,
                              .most_inputs = 129,
                              .weights = bidirectional_weights,
                              .call = bidirectional,
                              .children = both_directions};
}  // namespace layers

}  // namespace vitrine::nn
