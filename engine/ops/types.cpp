// Entries of conversion and of complex parts.
#include "engine/ops/types.h"

#include "engine/core/error.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"
#include "engine/ops/rules.h"

namespace vitrine::ops {
namespace {

int width_of(DType dtype) {
  switch (dtype) {
    case DType::boolean:
      return 0;
    case DType::int32:
      return 1;
    case DType::float32:
      return 2;
    case DType::complex64:
      return 3;
    case DType::string:
      return 4;
  }
  return 0;
}

DType wider(DType a, DType b) {
  return width_of(a) < width_of(b) ? b : a;
}

void cast_shape(ShapeRule& rule) {
  const DType from = rule.input(0).dtype, to = dtype_named(rule.attr<std::string>(0));
  if (from == DType::string || to == DType::string) {
    rule.refuse("x", "does not convert", "numbers to numbers",
                std::string(name_of(from)) + " to " + std::string(name_of(to)),
                "Strings become numbers by a look-up: unique or hash_bucket.");
  }
  rule.output({to, rule.input(0).shape});
}

std::vector<Tensor> cast_gradient(const GradientCall& call) {
  const DType from = call.inputs[0].dtype(), to = call.outputs[0].dtype();
  const bool smooth = width_of(from) >= 2 && width_of(to) >= 2;  // truths and whole numbers have no slope
  return {smooth ? cast(call.cotangents[0], from) : Tensor()};
}

void complex_shape(ShapeRule& rule) {
  expect_types(rule, 0, kFloat);
  expect_types(rule, 1, kFloat);
  rule.output({DType::complex64, broadcast_shapes(rule.op(), rule.input(0).shape, rule.input(1).shape)});
}

std::vector<Tensor> complex_gradient(const GradientCall& call) {
  return {real(call.cotangents[0]), imag(call.cotangents[0])};
}

void part_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::complex64);
  rule.output({DType::float32, rule.input(0).shape});
}

// A complex number is two floats side by side.
template <std::int64_t part>
bool part_view(const Spec& input, const Layout& layout, const Attrs&, const Spec&, Layout& view) {
  view = {};
  view.offset = 2 * layout.offset + part;
  for (std::size_t axis = 0; axis < static_cast<std::size_t>(input.shape.rank()); ++axis) {
    view.strides[axis] = 2 * layout.strides[axis];
  }
  return true;
}

std::vector<Tensor> real_gradient(const GradientCall& call) {
  return {complex(call.cotangents[0], like(call.cotangents[0], 0))};
}
std::vector<Tensor> imag_gradient(const GradientCall& call) {
  return {complex(like(call.cotangents[0], 0), call.cotangents[0])};
}

std::vector<Sample> cast_samples() {
  return {{.inputs = {{DType::float32, {5, 7}}}, .attrs = {std::string("int32")}, .low = -9, .high = 9},
          {.inputs = {{DType::float32, {13}}}, .attrs = {std::string("bool")}},
          {.inputs = {{DType::int32, {3, 5}}}, .attrs = {std::string("float32")}},
          {.inputs = {{DType::boolean, {3, 5}}}, .attrs = {std::string("int32")}},
          {.inputs = {{DType::boolean, {17}}}, .attrs = {std::string("float32")}},
          {.inputs = {{DType::float32, {2, 3}}}, .attrs = {std::string("complex64")}},
          {.inputs = {{DType::complex64, {4}}}, .attrs = {std::string("float32")}}};
}
std::vector<Sample> complex_samples() {
  return {{.inputs = {{DType::float32, {3, 5}}, {DType::float32, {3, 5}}}, .attrs = {}},
          {.inputs = {{DType::float32, {4, 1}}, {DType::float32, {3}}}, .attrs = {}}};
}
std::vector<Sample> part_samples() {
  return {{.inputs = {{DType::complex64, {3, 5}}}, .attrs = {}}, {.inputs = {{DType::complex64, {}}}, .attrs = {}}};
}

const AttrSpec kCastAttrs[] = {{"dtype", std::string("int32")}};

}  // namespace

const Op kCast{.name = "cast",
               .formula = "x as a number of another type",
               .attrs = kCastAttrs,
               .shape = cast_shape,
               .gradient = {cast_gradient, {}},
               .samples = cast_samples,
               .cpu_only = kNoShaderYet};
const Op kComplex{.name = "complex",
                  .formula = "a + i b",
                  .least_inputs = 2,
                  .most_inputs = 2,
                  .attrs = {},
                  .shape = complex_shape,
                  .gradient = {complex_gradient, {}},
                  .samples = complex_samples,
                  .cpu_only = kNoComplexShaders};
const Op kReal{.name = "real",
               .formula = "Re z",
               .attrs = {},
               .shape = part_shape,
               .gradient = {real_gradient, {}},
               .samples = part_samples,
               .view = part_view<0>,
               .cpu_only = kNoComplexShaders};
const Op kImag{.name = "imag",
               .formula = "Im z",
               .attrs = {},
               .shape = part_shape,
               .gradient = {imag_gradient, {}},
               .samples = part_samples,
               .view = part_view<1>,
               .cpu_only = kNoComplexShaders};

Tensor cast(const Tensor& x, DType dtype) {
  return x.dtype() == dtype ? x : apply(kCast, {x}, {std::string(name_of(dtype))});
}

DType dtype_named(std::string_view name) {
  for (const DType dtype : {DType::float32, DType::int32, DType::boolean, DType::complex64, DType::string}) {
    if (name == name_of(dtype)) return dtype;
  }
  throw UsageError(
      {"dtype", "is unknown", "float32, int32, bool, complex64 or string", std::string(name), "Choose one."});
}

Pair alike(const Tensor& a, const Tensor& b) {
  const DType common = wider(a.dtype(), b.dtype());
  return {cast(a, common), cast(b, common)};
}
Pair numbers(const Tensor& a, const Tensor& b) {
  const DType common = wider(wider(a.dtype(), b.dtype()), DType::int32);
  return {cast(a, common), cast(b, common)};
}
Tensor at_least(const Tensor& x, DType dtype) {
  return cast(x, wider(x.dtype(), dtype));
}

Tensor apply_to_float(const Op& op, const Tensor& x) {
  return apply(op, {at_least(x, DType::float32)});
}

Tensor complex(const Tensor& re, const Tensor& im) {
  return apply(kComplex, {cast(re, DType::float32), cast(im, DType::float32)});
}
Tensor real(const Tensor& z) {
  return z.dtype() == DType::complex64 ? apply(kReal, {z}) : cast(z, DType::float32);
}
Tensor imag(const Tensor& z) {
  return z.dtype() == DType::complex64 ? apply(kImag, {z}) : broadcast(like(z, 0), z.shape());
}
Tensor conj(const Tensor& z) {
  return z.dtype() == DType::complex64 ? complex(real(z), neg(imag(z))) : z;
}

}  // namespace vitrine::ops
