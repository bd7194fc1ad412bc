// Dense layers, and convolutions with their reshapes.
#include "views/heartbeats/layers.h"

#include <string>

#include "engine/core/number.h"
#include "engine/nn/layers.h"

namespace vitrine::views::heartbeats {
namespace {

using nn::Layer;
using nn::Named;

constexpr int kFilter = 7;  // samples: about as wide as the narrowest wave of a beat

Named regulariser_of(const Settings& s) {
  if (s.penalty == Penalty::none) return {};
  const double l1 = s.penalty == Penalty::l2 ? 0 : s.penalty_rate, l2 = s.penalty == Penalty::l1 ? 0 : s.penalty_rate;
  return {{"kernel_regularizer",
           nn::Config::Record{{"class_name", "L1L2"}, {"config", nn::Config::Record{{"l1", l1}, {"l2", l2}}}}}};
}

std::string numbered(const char* side, std::size_t i) {
  return side + to_text(static_cast<std::int64_t>(i) + 1);
}

// Of a hidden layer.
Named named(const Settings& s, const std::string& name) {
  Named named{{"name", name}, {"activation", s.activation}};
  const Named penalty = regulariser_of(s);
  named.insert(named.end(), penalty.begin(), penalty.end());
  return named;
}

int units_of(const Settings& s, std::size_t layer) {
  return static_cast<int>(s.layers[layer].units);
}

}  // namespace

Halves dense_halves(const Settings& s, int width) {
  Halves halves;
  for (std::size_t i = 0; i < s.layers.size(); ++i) {
    halves.encode.push_back(nn::layers::Dense(units_of(s, i), named(s, numbered("encode", i))));
  }
  for (std::size_t i = s.layers.size(); i-- > 0;) {
    halves.decode.push_back(nn::layers::Dense(units_of(s, i), named(s, numbered("decode", i))));
  }
  halves.decode.push_back(nn::layers::Dense(width, {{"name", "rebuilt"}, {"activation", s.output}}));
  return halves;
}

Halves filter_halves(const Settings& s, int width) {
  Halves halves;
  halves.encode.push_back(nn::layers::Reshape({width, 1}, {{"name", "beat_as_series"}}));
  int length = width;
  for (std::size_t i = 0; i < s.layers.size(); ++i) {
    Named more = named(s, numbered("encode", i));
    more.insert(more.end(), {{"strides", 2}, {"padding", "same"}});
    halves.encode.push_back(nn::layers::Conv1D(units_of(s, i), kFilter, more));
    length = (length + 1) / 2;
  }
  halves.encode.push_back(nn::layers::Flatten({{"name", "features"}}));

  const int last = s.layers.empty() ? 1 : units_of(s, s.layers.size() - 1);
  halves.decode.push_back(nn::layers::Dense(length * last, named(s, "decode_features")));
  halves.decode.push_back(nn::layers::Reshape({length, last}, {{"name", "features_as_series"}}));
  for (std::size_t i = s.layers.size(); i-- > 0;) {
    halves.decode.push_back(nn::layers::UpSampling1D(2, {{"name", numbered("doubled", i)}}));
    length *= 2;
    const bool end = i == 0;
    Named more = end ? Named{{"name", "curve"}, {"activation", s.output}} : named(s, numbered("decode", i));
    more.emplace_back("padding", "same");
    halves.decode.push_back(nn::layers::Conv1D(end ? 1 : units_of(s, i - 1), kFilter, more));
  }
  if (length > width) {  // odd lengths were rounded up on the way in
    const nn::Config::List both{0, length - width};
    halves.decode.push_back(nn::layers::Cropping1D({{"name", "cropped"}, {"cropping", both}}));
  }
  halves.decode.push_back(nn::layers::Flatten({{"name", "rebuilt"}}));
  return halves;
}

}  // namespace vitrine::views::heartbeats
