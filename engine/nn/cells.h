// The arguments of cells, which recurrent layers take as well.
#pragma once

#include <algorithm>

#include "engine/nn/call.h"
#include "engine/nn/layers.h"
#include "engine/nn/weight_arguments.h"

namespace vitrine::nn {

inline constexpr auto kRecurrentArguments = weight_arguments("recurrent_initializer", "recurrent_regularizer",
                                                             "recurrent_constraint", "orthogonal", "orthogonal");
inline constexpr auto kUnitsArguments =
    rows(Argument{"units", Takes::whole, kRequired, "how many numbers it remembers"}.at_least(1));
inline constexpr auto kBendArguments =
    rows(Argument{"activation", Takes::activation, "tanh", "what bends the answer"}, kUseBias);
inline constexpr auto kGateArguments =
    rows(Argument{"recurrent_activation", Takes::activation, "hard_sigmoid", "what bends the gates"}.ours("sigmoid"));
inline constexpr auto kRecurrentDropout = rows(
    Argument{"dropout", Takes::real, 0.0, "the share of the input that is dropped while training"}.between(0, 0.999999),
    Argument{"recurrent_dropout", Takes::real, 0.0, "the share of the memory that is dropped while training"}.between(
        0, 0.999999),
    Argument{"implementation", Takes::ignored, kNone, "there is one"}, kIgnoredSeed);
inline constexpr auto kForgetArguments =
    rows(Argument{"unit_forget_bias", Takes::truth, false, "whether it begins by remembering"}.ours(true));

inline constexpr auto kSimpleCellArguments =
    join(kUnitsArguments, kBendArguments, kKernelArguments, kRecurrentArguments, kBiasArguments, kRecurrentDropout);
inline constexpr auto kGruCellArguments = join(
    kUnitsArguments, kBendArguments, kGateArguments, kKernelArguments, kRecurrentArguments, kBiasArguments,
    kRecurrentDropout,
    rows(Argument{"reset_after", Takes::truth, false, "whether the reset gate comes after the product"}.ours(true)));
inline constexpr auto kLstmCellArguments =
    join(kUnitsArguments, kBendArguments, kGateArguments, kForgetArguments, kKernelArguments, kRecurrentArguments,
         kBiasArguments, kRecurrentDropout);
inline constexpr auto kConvLstmCellArguments =
    join(rows(Argument{"filters", Takes::whole, kRequired, "how many channels it remembers"}.at_least(1),
              Argument{"kernel_size", Takes::wholes, kRequired, "extents of the window"}.at_least(1),
              Argument{"strides", Takes::wholes, 1.0, "steps of the window"}.at_least(1),
              Argument{"padding", Takes::choice, "valid", "whether windows may reach over the edge", "valid same"},
              kDataFormat,
              Argument{"dilation_rate", Takes::wholes, 1.0, "how far apart the cells of the window lie"}.at_least(1)),
         kBendArguments, kGateArguments, kForgetArguments, kKernelArguments, kRecurrentArguments, kBiasArguments,
         kRecurrentDropout);

}  // namespace vitrine::nn
