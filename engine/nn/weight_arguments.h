// Rows of tables that several families of layers share.
#pragma once

#include "engine/nn/argument.h"

namespace vitrine::nn {

inline constexpr Argument kActivationArgument{"activation", Takes::activation, "linear", "what bends the answer"};
inline constexpr Argument kUseBias{"use_bias", Takes::truth, true, "whether a bias is added"};
inline constexpr Argument kDataFormat{"data_format", Takes::choice, "channels_last",
                                      "which axis has the channels: the last, or the first after the batch",
                                      "channels_last channels_first"};
inline constexpr Argument kIgnoredSeed{"seed", Takes::ignored, kNone, "randomness comes from the seed of the run"};

// The three arguments of one weight. TensorFlow.js begins kernels with glorot_normal, we and Keras with glorot_uniform.
constexpr auto weight_arguments(std::string_view initialiser, std::string_view regulariser, std::string_view constraint,
                                Usual tfjs, Usual ours) {
  Argument begin{initialiser, Takes::initialiser, tfjs, "what it holds before training"};
  return rows(begin.ours(ours), Argument{regulariser, Takes::regulariser, kNone, "what its size adds to the loss"},
              Argument{constraint, Takes::constraint, kNone, "what it is held to after each update"});
}
inline constexpr auto kKernelArguments = weight_arguments("kernel_initializer", "kernel_regularizer",
                                                          "kernel_constraint", "glorot_normal", "glorot_uniform");
inline constexpr auto kBiasArguments =
    weight_arguments("bias_initializer", "bias_regularizer", "bias_constraint", "zeros", "zeros");

}  // namespace vitrine::nn
