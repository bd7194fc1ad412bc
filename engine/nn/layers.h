// Every kind of layer, by family. Kinds are spelled as the classes that people know, because calling one makes a layer:
// layers::Dense(10, {{"activation", "softmax"}}).
#pragma once

#include "engine/nn/kind.h"
#include "engine/nn/layer.h"

namespace vitrine::nn {

namespace layers {
extern const LayerKind InputLayer, Dense, Activation, Masking, Embedding;      // core
extern const LayerKind ReLU, LeakyReLU, PReLU, ELU, ThresholdedReLU, Softmax;  // activation
extern const LayerKind Flatten, Reshape, Permute, RepeatVector, ZeroPadding1D, ZeroPadding2D, ZeroPadding3D, Cropping1D,
    Cropping2D, Cropping3D, UpSampling1D, UpSampling2D, UpSampling3D;  // reshaping
extern const LayerKind Conv1D, Conv2D, Conv3D, Conv1DTranspose, Conv2DTranspose, Conv3DTranspose, DepthwiseConv1D,
    DepthwiseConv2D, SeparableConv1D, SeparableConv2D;  // convolution
extern const LayerKind MaxPooling1D, MaxPooling2D, MaxPooling3D, AveragePooling1D, AveragePooling2D, AveragePooling3D,
    GlobalMaxPooling1D, GlobalMaxPooling2D, GlobalMaxPooling3D, GlobalAveragePooling1D, GlobalAveragePooling2D,
    GlobalAveragePooling3D;                                                                        // pooling
extern const LayerKind Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate, Dot;       // merging
extern const LayerKind BatchNormalization, LayerNormalization, GroupNormalization, Normalization;  // normalisation
extern const LayerKind Dropout, SpatialDropout1D, SpatialDropout2D, SpatialDropout3D, GaussianNoise, GaussianDropout,
    AlphaDropout;  // noise
extern const LayerKind RNN, SimpleRNN, GRU, LSTM, ConvLSTM2D, SimpleRNNCell, GRUCell, LSTMCell, ConvLSTM2DCell,
    StackedRNNCells;                                    // recurrent layers and their cells
extern const LayerKind TimeDistributed, Bidirectional;  // wrappers
extern const LayerKind Rescaling, CenterCrop, Resizing, CategoryEncoding, RandomFlip, RandomContrast;  // preprocessing
}  // namespace layers

std::span<const LayerKind* const> all_kinds();
const LayerKind* find_kind(std::string_view name);  // by its name or an alias; null when there is none

}  // namespace vitrine::nn
