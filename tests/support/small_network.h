// A small training step, written as anybody would write it: dense tanh layers, half mean squared error, plain descent.
// Tests of plans, backends and lowerings share it.
#pragma once

#include <string>
#include <vector>

#include "engine/graph/plan.h"
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"

namespace vitrine::support {

struct SmallNetwork {
  std::vector<std::int64_t> sizes{2, 4, 2, 1};
  std::int64_t batch = 10;
  float rate = 0.03f;
  bool keep_loss = true;

  std::vector<std::pair<std::string, Shape>> regions() const {
    std::vector<std::pair<std::string, Shape>> all;
    for (std::size_t l = 1; l < sizes.size(); ++l) {
      all.emplace_back("w" + std::to_string(l), Shape{sizes[l - 1], sizes[l]});
      all.emplace_back("b" + std::to_string(l), Shape{sizes[l]});
    }
    return all;
  }

  // The same numbers on every machine, between -0.5 and 0.5.
  std::vector<float> numbers(std::size_t count, std::uint32_t seed) const {
    std::vector<float> values(count);
    for (float& value : values) {
      seed = seed * 1664525u + 1013904223u;
      value = static_cast<float>(seed >> 8) * 0x1p-24f - 0.5f;
    }
    return values;
  }

  Graph step(const Slab& slab) const {
    return trace([&](Tracer& t) {
      const Tensor x = t.input("x", {DType::float32, {batch, sizes.front()}});
      const Tensor y = t.input("y", {DType::float32, {batch, sizes.back()}});
      const Tensor rate_input = t.input("rate", {});
      std::vector<Tensor> parameters;
      Tensor a = x;
      for (std::size_t l = 1; l < sizes.size(); ++l) {
        parameters.push_back(t.region(slab, "w" + std::to_string(l)));
        parameters.push_back(t.region(slab, "b" + std::to_string(l)));
        a = ops::matmul(a, parameters[parameters.size() - 2]) + parameters.back();
        a = ops::tap(ops::tanh(a), "layer " + std::to_string(l));
      }
      t.segment("loss");
      const Tensor loss = 0.5f * ops::mean(ops::square(a - y));
      if (keep_loss) t.output("loss", loss);
      t.segment("backward");
      const auto gradients = ops::gradients(loss, parameters);
      t.segment("update");
      for (std::size_t i = 0; i < parameters.size(); ++i) {
        t.assign(parameters[i], parameters[i] - rate_input * gradients[i]);
      }
    });
  }
};

}  // namespace vitrine::support
