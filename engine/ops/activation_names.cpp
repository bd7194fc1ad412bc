// The activations that a layer can be given by name. Softmax is one of them to a layer, though it is a normalisation.
#include <map>

#include "engine/ops/activation.h"
#include "engine/ops/normal.h"

namespace vitrine::ops {

Activation find_activation(std::string_view name) {
  static const std::map<std::string_view, Activation> table = {
      {"linear", [](const Tensor& x) { return x; }},
      {"relu", relu},
      {"relu6", relu6},
      {"elu", elu},
      {"selu", selu},
      {"sigmoid", sigmoid},
      {"hardSigmoid", hard_sigmoid},
      {"softplus", softplus},
      {"softsign", softsign},
      {"tanh", tanh},
      {"softmax", [](const Tensor& x) { return softmax(x); }},
      {"logSoftmax", [](const Tensor& x) { return log_softmax(x); }},
      {"swish", [](const Tensor& x) { return swish(x); }},
      {"mish", mish},
      {"gelu", gelu},
      {"gelu_new", gelu_tanh},
  };
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

}  // namespace vitrine::ops
