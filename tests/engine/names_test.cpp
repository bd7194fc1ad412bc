// What model files name: activations, losses and metrics are found by those names, and by no others.
#include <doctest/doctest.h>

#include "engine/backends.h"
#include "engine/ops/activation.h"
#include "engine/ops/objective.h"

namespace vitrine {
namespace {

TEST_CASE("an activation is found by the name that model files use") {
  const auto cpu = open_device("cpu");
  const Tensor x = tensor(*cpu, std::vector<float>{-1, 0, 8}, {3});
  for (const char* name : {"linear", "relu", "relu6", "elu", "selu", "sigmoid", "hardSigmoid", "softplus", "softsign",
                           "tanh", "softmax", "logSoftmax", "swish", "mish", "gelu", "gelu_new"}) {
    CAPTURE(name);
    const ops::Activation activation = ops::find_activation(name);
    REQUIRE((activation != nullptr));
    CHECK(activation(x).shape() == x.shape());
  }
  CHECK(ops::find_activation("linear")(x).same(x));
  CHECK(ops::find_activation("relu6")(x).floats() == std::vector<float>{0, 0, 6});
  CHECK(ops::find_activation("gelu_new")(x).floats() == ops::gelu_tanh(x).floats());
}

TEST_CASE("a name that stands for nothing finds nothing") {
  for (const char* name : {"", "Relu", "gelunew", "relu "}) {
    CHECK((ops::find_activation(name) == nullptr));
    CHECK((ops::find_loss(name) == nullptr));
    CHECK((ops::find_metric(name) == nullptr));
  }
}

}  // namespace
}  // namespace vitrine
