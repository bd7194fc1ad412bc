// Without layers: a cubic is found by its gradients, from coefficients that are all 0.1 at first.
#include <iostream>

#include "engine/backends.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/reduction.h"
#include "engine/tensor/scope.h"

using namespace vitrine;

int main() {
  const auto backend = open_device("cpu");
  const Tensor x = tensor(*backend, std::vector<float>{-1, -0.75f, -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f, 1}, {9});
  const Tensor y = -0.8f * x * x * x - 0.2f * x * x + 0.9f * x + like(x, 0.5f);
  std::vector<Tensor> c(4, tensor(*backend, std::vector<float>{0.1f}, {}));

  const auto slopes = ops::grads([&](std::span<const Tensor> k) {
    return ops::mean(ops::square(k[0] * x * x * x + k[1] * x * x + k[2] * x + k[3] - y));
  });
  for (int step = 0; step < 3000; ++step) {
    const std::vector<Tensor> slope = slopes(c);
    for (std::size_t i = 0; i < c.size(); ++i) c[i] = forget(c[i] - 0.5f * slope[i]);
  }
  for (const Tensor& coefficient : c) std::cout << coefficient.item() << '\n';
}
