// A ConvNet is a small classifier of pictures as the benchmarks train it: 3 × 3 convolutions with a relu each, pools of
// 2 × 2 after some of them, dense layers at the end, softmax cross-entropy, Adam.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"

namespace vitrine::cli {

struct ConvNet {
  struct Convolution {
    std::int64_t filters;
    bool pooled;
  };
  std::string_view name;
  std::int64_t edge, channels;  // of a picture
  bool same;                    // convolutions keep the extents
  std::vector<Convolution> convolutions;
  std::vector<std::int64_t> dense;  // units; a relu between

  // Regions "w0", "b0" …, and for each of them Adam's two moments.
  Slab make_slab(Backend& backend) const;
  // Inputs "x" [batch, edge, edge, channels], "y" [batch, classes] (ones and zeros), and Adam's "rate" [] and "boost"
  // [], which follow from the number of the step. Output "loss".
  Graph training_step(const Slab& slab, std::int64_t batch) const;
  double multiply_adds() const;  // of one picture's step

  struct Batch {
    std::vector<float> x, y;
  };
  Batch make_batch(std::int64_t size) const;  // of noise, the same everywhere
};

const ConvNet& convnet_named(std::string_view name);  // mnist or cifar

// The two inputs of the next step: the rate over 1 − β₁ᵗ, and 1 / √(1 − β₂ᵗ).
struct Adam {
  double first = 1, second = 1;
  float rate = 0, boost = 0;
  void next();
};

}  // namespace vitrine::cli
