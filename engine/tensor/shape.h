// A Shape is the extent of a tensor along each of at most six axes; Strides are the steps, in elements, between
// neighbours along them. Both are small values. A Spec is what is known of a tensor before it has numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/limits.h"

namespace vitrine {

enum class DType : std::uint8_t { float32, int32, boolean, complex64, string };  // a string is a code of four bytes

constexpr std::size_t bytes_of(DType dtype) {
  return dtype == DType::boolean ? 1 : dtype == DType::complex64 ? 8 : 4;
}
std::string_view name_of(DType dtype);

class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<std::int64_t> extents);
  explicit Shape(std::span<const std::int64_t> extents);

  int rank() const { return rank_; }
  std::int64_t operator[](int axis) const { return extents_[static_cast<std::size_t>(axis)]; }
  std::int64_t& operator[](int axis) { return extents_[static_cast<std::size_t>(axis)]; }
  std::int64_t elements() const;
  std::span<const std::int64_t> extents() const { return {extents_.data(), static_cast<std::size_t>(rank_)}; }
  friend bool operator==(const Shape& a, const Shape& b) = default;  // unused extents are always zero

 private:
  std::array<std::int64_t, limits::kRank> extents_{};
  int rank_ = 0;
};

using Strides = std::array<std::int64_t, limits::kRank>;

struct Spec {
  DType dtype = DType::float32;
  Shape shape;
  std::size_t bytes() const { return static_cast<std::size_t>(shape.elements()) * bytes_of(dtype); }
  friend bool operator==(const Spec&, const Spec&) = default;
};

std::string text_of(const Shape& shape);  // "[10, 2]"
std::string text_of(const Spec& spec);    // "float32[10, 2]"
Strides dense_strides(const Shape& shape);
bool is_dense(const Shape& shape, const Strides& strides);

// The shape both broadcast to (axes aligned at the right, extent 1 stretches); throws ShapeError naming the op.
Shape broadcast_shapes(std::string_view op, const Shape& a, const Shape& b);
// Strides with which a tensor of `from` is read as one of `to`: stretched axes have step 0.
Strides broadcast_strides(const Shape& from, const Strides& strides, const Shape& to);

}  // namespace vitrine
