// Core layers: the input, dense, activation.
#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/named_function.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/linear.h"

namespace vitrine::nn {
namespace {

constexpr auto kInputArguments =
    rows(Argument{"batch_input_shape", Takes::extents, kRequired, "of a batch; none is any extent"},
         Argument{"dtype", Takes::choice, "float32", "of the numbers", "float32 int32 bool"},
         Argument{"sparse", Takes::ignored, kNone, "inputs are dense"});

void answer_itself(Call& call) {
  call.output(call.input());
}

constexpr auto kDenseArguments =
    join(rows(Argument{"units", Takes::whole, kRequired, "how many numbers it answers"}.at_least(1),
              kActivationArgument, kUseBias),
         kKernelArguments, kBiasArguments, rows(Argument{"input_dim", Takes::ignored, kNone, "said by the input"}));

void dense_weights(Build& build) {
  const std::int64_t units = build.arguments().whole("units");
  build.weight("kernel", {build.extent(-1), units}, "kernel");
  if (build.arguments().truth("use_bias")) build.weight("bias", {units}, "bias");
}

void dense(Call& call) {
  Tensor y = ops::matmul(call.input(), call.weight("kernel"));
  if (const Tensor bias = call.weight("bias")) y = y + bias;
  call.output(activate(y, call.arguments().text("activation")));
}

constexpr auto kActivationArguments = rows(Argument{"activation", Takes::activation, kRequired, "the function"});

void activation(Call& call) {
  call.output(activate(call.input(), call.arguments().text("activation")));
}

}  // namespace

namespace layers {
const LayerKind InputLayer{.name = "InputLayer",
                           .meaning = "where a model begins",
                           .arguments = kInputArguments,
                           .call = answer_itself,
                           .masks = Masks::pass};
const LayerKind Dense{.name = "Dense",
                      .meaning = "every input leads to every output: activation(x · kernel + bias)",
                      .arguments = kDenseArguments,
                      .weights = dense_weights,
                      .call = dense,
                      .masks = Masks::pass};
const LayerKind Activation{.name = "Activation",
                           .meaning = "a function of each number",
                           .arguments = kActivationArguments,
                           .call = activation,
                           .masks = Masks::pass};
}  // namespace layers

}  // namespace vitrine::nn
