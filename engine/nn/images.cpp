// Turning pictures.
#include "engine/nn/images.h"

#include "engine/ops/layout.h"

namespace vitrine::nn {

bool channels_first(const Arguments& arguments) {
  const Config& format = arguments["data_format"];
  return format.text() != nullptr && *format.text() == "channels_first";
}

Tensor channels_last(const Arguments& arguments, const Tensor& x) {
  if (!channels_first(arguments)) return x;
  Integers axes{0};
  for (int axis = 2; axis < x.shape().rank(); ++axis) axes.push_back(axis);
  axes.push_back(1);
  return ops::transpose(x, axes);
}

Tensor turned_back(const Arguments& arguments, const Tensor& y) {
  if (!channels_first(arguments)) return y;
  const int rank = y.shape().rank();
  Integers axes{0, rank - 1};
  for (int axis = 1; axis < rank - 1; ++axis) axes.push_back(axis);
  return ops::transpose(y, axes);
}

Tensor channels_last(const Call& call) {
  return channels_last(call.arguments(), call.input());
}

void answer(Call& call, const Tensor& y) {
  call.output(turned_back(call.arguments(), y));
}

}  // namespace vitrine::nn
