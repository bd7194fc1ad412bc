// Draws the arguments of a function by their types: draw(f) is a call of f with what the dice throw.
#pragma once

#include <optional>
#include <tuple>

#include "engine/ops/arrange.h"
#include "engine/ops/detection.h"
#include "engine/ops/gradients.h"
#include "engine/ops/image.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/loss.h"
#include "engine/ops/normal.h"
#include "engine/ops/random.h"
#include "engine/ops/reduction.h"
#include "engine/ops/spectral.h"
#include "engine/ops/text.h"
#include "engine/ops/window.h"
#include "tests/engine/dice.h"

namespace vitrine::test {

// The arguments of one call. Tensors are often alike, so that calls get past the first check.
class Arguments {
 public:
  explicit Arguments(Dice& dice) : dice_(dice), last_(dice.spec()) {}

  const std::vector<Tensor>& sources() const { return sources_; }

  template <class T>
  T draw() {
    if constexpr (std::is_same_v<T, bool>) {
      return dice_.once_in(2);
    } else if constexpr (std::is_enum_v<T>) {
      return static_cast<T>(dice_.below(2));
    } else if constexpr (std::is_integral_v<T>) {
      return static_cast<T>(dice_.integer());
    } else if constexpr (std::is_floating_point_v<T>) {
      return static_cast<T>(dice_.real());
    } else {
      return draw_as(static_cast<T*>(nullptr));
    }
  }

 private:
  Tensor draw_as(const Tensor*) {
    if (dice_.once_in(60)) return {};
    if (dice_.once_in(40)) return placeholder(trace_, {DType::float32, last_.shape});
    if (!dice_.once_in(3)) {
      if (dice_.once_in(4)) last_.dtype = dice_.dtype();
    } else {
      last_ = dice_.spec();
    }
    const Tensor x = dice_.filled(last_);
    if (x.dtype() == DType::float32) sources_.push_back(x);
    return x;
  }
  std::vector<Tensor> draw_as(const std::vector<Tensor>*) {
    std::vector<Tensor> list(dice_.below(5));
    for (Tensor& entry : list) entry = draw<Tensor>();
    return list;
  }
  DType draw_as(const DType*) { return dice_.dtype(); }
  Shape draw_as(const Shape*) { return dice_.once_in(2) ? last_.shape : dice_.shape(); }
  Spec draw_as(const Spec*) { return dice_.spec(); }
  std::string draw_as(const std::string*) { return dice_.text(); }
  Reals draw_as(const Reals*) { return dice_.reals(); }
  // As many as the last tensor has axes, or one less or more.
  Integers draw_as(const Integers*) {
    Integers list = dice_.integers();
    if (!dice_.once_in(3)) list.resize(static_cast<std::size_t>(last_.shape.rank()), 1);
    if (dice_.once_in(4)) list.resize(2, 1);
    return list;
  }
  template <class T>
  std::optional<T> draw_as(const std::optional<T>*) {
    return dice_.once_in(2) ? std::optional<T>() : draw<T>();
  }
  ops::Padding draw_as(const ops::Padding*) {
    return {static_cast<ops::Padding::Kind>(dice_.below(3)), draw<Integers>(), draw<Integers>(), draw<bool>()};
  }
  ops::Window draw_as(const ops::Window*) { return {draw<Integers>(), draw<Integers>(), draw<ops::Padding>()}; }
  ops::SuppressionOptions draw_as(const ops::SuppressionOptions*) {
    return {draw<std::int64_t>(), draw<double>(), draw<double>(), draw<double>(), draw<bool>()};
  }
  ops::LossOptions draw_as(const ops::LossOptions*) {
    return {dice_.once_in(2) ? Tensor() : draw<Tensor>(), static_cast<ops::Reduction>(dice_.below(4))};
  }
  ops::ResizeOptions draw_as(const ops::ResizeOptions*) {
    return {draw<ops::Interpolation>(), draw<bool>(), draw<bool>()};
  }
  ops::Frames draw_as(const ops::Frames*) {
    return {draw<std::int64_t>(), draw<std::int64_t>(), draw<bool>(), draw<double>()};
  }
  ops::Draws draw_as(const ops::Draws*) { return {draw<std::int64_t>(), draw<Tensor>()}; }
  ops::Finish draw_as(const ops::Finish*) {
    constexpr const char* kNames[] = {"linear", "relu", "prelu", "leakyrelu", "tanh", ""};
    return {draw<Tensor>(), kNames[dice_.below(std::size(kNames))], draw<Tensor>(), draw<float>()};
  }
  ops::Grams draw_as(const ops::Grams*) {
    return {" ", draw<Integers>(), "<", ">", draw<std::int64_t>(), draw<bool>()};
  }
  ops::Cell draw_as(const ops::Cell*) { return {draw<Tensor>(), draw<Tensor>()}; }
  ops::StridedSlice draw_as(const ops::StridedSlice*) {
    const auto mask = [&] { return static_cast<std::int64_t>(dice_.below(8)); };
    return {draw<Integers>(), draw<Integers>(), draw<Integers>(), mask(), mask(), mask(), mask(), mask()};
  }

  Dice& dice_;
  Spec last_;
  std::vector<Tensor> sources_;
  std::shared_ptr<TraceContext> trace_ = std::make_shared<TraceContext>();
};

// What is kept while a function sees it: spans and views look at something.
template <class T>
struct Kept {
  using type = T;
};
template <>
struct Kept<std::span<const Tensor>> {
  using type = std::vector<Tensor>;
};
template <>
struct Kept<std::string_view> {
  using type = std::string;
};

template <class T>
decltype(auto) drawn(Dice& dice, Arguments& arguments) {
  if constexpr (std::is_same_v<T, Backend>) {
    return (dice.backend());
  } else {
    return arguments.draw<typename Kept<T>::type>();
  }
}

using Play = std::function<void(Dice&)>;

template <class R, class... A>
Play draw(R (*f)(A...)) {
  return [f](Dice& dice) {
    Arguments arguments(dice);
    // Braces, because only they are evaluated from left to right.
    std::tuple<decltype(drawn<std::remove_cvref_t<A>>(dice, arguments))...> values{
        drawn<std::remove_cvref_t<A>>(dice, arguments)...};
    const auto result = std::apply(f, values);
    if constexpr (std::is_same_v<R, Tensor>) {
      const bool small = result.shape().elements() <= 4096;
      if (result.dtype() != DType::float32 || result.symbolic() || !small || !dice.once_in(4)) return;
      ops::gradients(ops::sum(result), arguments.sources());
    }
  };
}

}  // namespace vitrine::test
