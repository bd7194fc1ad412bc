// Turns snake_case into the camelCase under which the ops keep them.
#include "engine/nn/named_function.h"

#include <string>

#include "engine/core/assert.h"
#include "engine/nn/names.h"

namespace vitrine::nn {

ops::Activation activation_named(std::string_view name) {
  if (const ops::Activation plain = ops::find_activation(name)) return plain;
  std::string camel = camel_case(name);
  if (camel == "silu") camel = "swish";  // its other name
  return ops::find_activation(camel);
}

Tensor activate(const Tensor& x, std::string_view name) {
  const ops::Activation activation = activation_named(name);
  VITRINE_ASSERT(activation != nullptr);
  return activation(x);
}

}  // namespace vitrine::nn
