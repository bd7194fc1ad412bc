// The list of kinds, by family.
#include "engine/nn/layers.h"

#include <algorithm>

namespace vitrine::nn {
namespace {

constexpr const LayerKind* kAll[] = {
    // core
    &layers::InputLayer,
    &layers::Dense,
    &layers::Activation,
    &layers::Masking,
    &layers::Embedding,
    // activation
    &layers::ReLU,
    &layers::LeakyReLU,
    &layers::PReLU,
    &layers::ELU,
    &layers::ThresholdedReLU,
    &layers::Softmax,
    // reshaping
    &layers::Flatten,
    &layers::Reshape,
    &layers::Permute,
    &layers::RepeatVector,
    &layers::ZeroPadding1D,
    &layers::ZeroPadding2D,
    &layers::ZeroPadding3D,
    &layers::Cropping1D,
    &layers::Cropping2D,
    &layers::Cropping3D,
    &layers::UpSampling1D,
    &layers::UpSampling2D,
    &layers::UpSampling3D,
    // convolution
    &layers::Conv1D,
    &layers::Conv2D,
    &layers::Conv3D,
    &layers::Conv1DTranspose,
    &layers::Conv2DTranspose,
    &layers::Conv3DTranspose,
    &layers::DepthwiseConv1D,
    &layers::DepthwiseConv2D,
    &layers::SeparableConv1D,
    &layers::SeparableConv2D,
    // pooling
    &layers::MaxPooling1D,
    &layers::MaxPooling2D,
    &layers::MaxPooling3D,
    &layers::AveragePooling1D,
    &layers::AveragePooling2D,
    &layers::AveragePooling3D,
    &layers::GlobalMaxPooling1D,
    &layers::GlobalMaxPooling2D,
    &layers::GlobalMaxPooling3D,
    &layers::GlobalAveragePooling1D,
    &layers::GlobalAveragePooling2D,
    &layers::GlobalAveragePooling3D,
    // merging
    &layers::Add,
    &layers::Subtract,
    &layers::Multiply,
    &layers::Average,
    &layers::Maximum,
    &layers::Minimum,
    &layers::Concatenate,
    &layers::Dot,
    // normalisation
    &layers::BatchNormalization,
    &layers::LayerNormalization,
    &layers::GroupNormalization,
    &layers::Normalization,
    // noise
    &layers::Dropout,
    &layers::SpatialDropout1D,
    &layers::SpatialDropout2D,
    &layers::SpatialDropout3D,
    &layers::GaussianNoise,
    &layers::GaussianDropout,
    &layers::AlphaDropout,
    // recurrent layers and their cells
    &layers::RNN,
    &layers::SimpleRNN,
    &layers::GRU,
    &layers::LSTM,
    &layers::ConvLSTM2D,
    &layers::SimpleRNNCell,
    &layers::GRUCell,
    &layers::LSTMCell,
    &layers::ConvLSTM2DCell,
    &layers::StackedRNNCells,
    // wrappers
    &layers::TimeDistributed,
    &layers::Bidirectional,
    // preprocessing
    &layers::Rescaling,
    &layers::CenterCrop,
    &layers::Resizing,
    &layers::CategoryEncoding,
    &layers::RandomFlip,
    &layers::RandomContrast,
};

bool has_alias(std::string_view aliases, std::string_view name) {
  for (std::size_t start = 0; start < aliases.size();) {
    const std::size_t end = std::min(aliases.find(' ', start), aliases.size());
    if (aliases.substr(start, end - start) == name) return true;
    start = end + 1;
  }
  return false;
}

}  // namespace

std::span<const LayerKind* const> all_kinds() {
  return kAll;
}

const LayerKind* find_kind(std::string_view name) {
  for (const LayerKind* kind : kAll) {
    if (kind->name == name || has_alias(kind->aliases, name)) return kind;
  }
  return nullptr;
}

}  // namespace vitrine::nn
