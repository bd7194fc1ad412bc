// Core layers: the input, dense, activation, masking, embedding.
#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/named_function.h"
#include "engine/nn/weight_arguments.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/comparison.h"
#include "engine/ops/gather.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"

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

constexpr auto kMaskingArguments =
    rows(Argument{"mask_value", Takes::real, 0.0, "a step of which every number is this does not count"});

void masking(Call& call) {
  const Tensor& x = call.input();
  const Tensor differs = ops::not_equal(x, like(x, static_cast<float>(call.arguments().real("mask_value"))));
  const Tensor counts = ops::any(differs, {-1}, true);
  call.output(ops::where(counts, x, like(x, 0)), ops::squeeze(counts, {-1}));
}

constexpr auto kEmbeddingArguments =
    join(rows(Argument{"input_dim", Takes::whole, kRequired, "how many numbers there are"}.at_least(1),
              Argument{"output_dim", Takes::whole, kRequired, "how long the vector of each is"}.at_least(1)),
         weight_arguments("embeddings_initializer", "embeddings_regularizer", "embeddings_constraint", "random_uniform",
                          "random_uniform"),
         rows(Argument{"mask_zero", Takes::truth, false, "whether steps with number 0 do not count"},
              Argument{"input_length", Takes::ignored, kNone, "said by the input"}));

void embedding_weights(Build& build) {
  const Arguments& a = build.arguments();
  build.weight("embeddings", {a.whole("input_dim"), a.whole("output_dim")}, "embeddings");
}

void embedding(Call& call) {
  const Tensor numbers = ops::cast(call.input(), DType::int32);
  const bool mask = call.arguments().truth("mask_zero");
  call.output(ops::gather(call.weight("embeddings"), numbers),
              mask ? ops::not_equal(call.input(), like(call.input(), 0)) : Tensor());
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
const LayerKind Masking{.name = "Masking",
                        .meaning = "marks steps of a sequence that do not count",
                        .arguments = kMaskingArguments,
                        .call = masking};
const LayerKind Embedding{.name = "Embedding",
                          .meaning = "a learned vector for each of a few whole numbers",
                          .arguments = kEmbeddingArguments,
                          .weights = embedding_weights,
                          .call = embedding};
}  // namespace layers

}  // namespace vitrine::nn
