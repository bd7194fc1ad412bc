// An Op is one operation, declared once: a constant of plain attributes and function pointers. Its entry says how it is
// called, which shape it yields, how it is differentiated (with the same public ops, so gradients of gradients work),
// and samples on which every backend is tested. Kernels are found by the op's name; nothing else lists ops.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/tensor/micro.h"
#include "engine/tensor/shape.h"

namespace vitrine {

class Tensor;

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Attr = std::variant<bool, std::int64_t, double, std::string, Integers, Reals>;
using Attrs = std::vector<Attr>;  // in the order of Op::attrs
constexpr std::string_view kind_of(const Attr& attr) {
  constexpr std::string_view kKinds[] = {"truth", "integer", "real", "text", "integers", "reals"};
  return kKinds[attr.index()];
}

struct AttrSpec {
  std::string_view name;
  Attr example;  // fixes the kind; also what documentation shows
};

// What a shape rule sees. It throws through `refuse`, which names the op; it adds one Spec for each output.
class ShapeRule {
 public:
  ShapeRule(std::string_view op, std::span<const Spec> inputs, const Attrs& attrs)
      : op_(op), inputs_(inputs), attrs_(attrs) {}
  const Spec& input(int i) const { return inputs_[static_cast<std::size_t>(i)]; }
  int inputs() const { return static_cast<int>(inputs_.size()); }
  template <class T>
  const T& attr(int i) const {
    return std::get<T>(attrs_[static_cast<std::size_t>(i)]);
  }
  std::string_view op() const { return op_; }
  void expect_dtype(int input, DType dtype) const;
  [[noreturn]] void refuse(std::string_view argument, std::string fact, std::string expected, std::string got,
                           std::string remedy) const;
  void output(const Spec& spec) { outputs_.push_back(spec); }
  std::vector<Spec> take() && { return std::move(outputs_); }

 private:
  std::string_view op_;
  std::span<const Spec> inputs_;
  const Attrs& attrs_;
  std::vector<Spec> outputs_;
};

// What a gradient sees: the call, its results, and d(target)/d(result). It answers d(target)/d(input) for each input;
// an empty Tensor means none. Broadcasting is undone by the walk, so a rule may answer in the broadcast shape.
struct GradientCall {
  std::span<const Tensor> inputs;
  std::span<const Tensor> outputs;
  std::span<const Tensor> cotangents;
  const Attrs& attrs;
  std::span<const bool> wanted;  // one per input: a rule may skip the rest
};

struct Gradient {
  std::vector<Tensor> (*rule)(const GradientCall&) = nullptr;
  std::string_view reason;  // why there is none
};
constexpr Gradient no_gradient(std::string_view reason) {
  return {nullptr, reason};
}

// A sample call with which every backend, the gradient checks and the documentation exercise the op.
struct Sample {
  std::vector<Spec> inputs;
  Attrs attrs;
  double low = -2, high = 2;  // inputs are drawn from here, away from kinks where there are any
};

// A view op moves no numbers: it answers with other strides into the same memory, or false when those strides cannot
// express the result (a reshape of a transposed tensor); then its kernel makes a dense copy.
struct Layout {
  Strides strides{};
  std::int64_t offset = 0;  // in elements
};
using ViewRule = bool (*)(const Spec& input, const Layout& layout, const Attrs& attrs, const Spec& output,
                          Layout& view);

struct Op {
  std::string_view name;
  std::string_view formula;
  int least_inputs = 1;
  int most_inputs = 1;
  std::span<const AttrSpec> attrs;
  void (*shape)(ShapeRule&) = nullptr;
  Gradient gradient;
  std::vector<Sample> (*samples)() = nullptr;
  ViewRule view = nullptr;
  Micro micro = Micro::none;
  std::string_view cpu_only;  // why there is no Vulkan kernel; empty when there is one
};

}  // namespace vitrine
