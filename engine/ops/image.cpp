// Where the cells of resized, cut out, turned and projected images come from. Places are computed in double, in the
// order of operations of TensorFlow.js: a place halfway between two cells must round as it does there.
#include "engine/ops/image.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/core/error.h"
#include "engine/core/math_double.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"
#include "engine/ops/window.h"

namespace vitrine::ops {
namespace {

constexpr double kFarAway = 1 << 30;  // in cells: there, and for what is no number, fractions mean nothing
constexpr double kMostRadians = 1e6;  // radians, for which our sine is exact

std::string subject(std::string_view op, std::string_view argument) {
  return "[" + std::string(op) + "] " + std::string(argument);
}

constexpr std::int64_t kLargestExtent = 1 << 16;  // of an image
constexpr std::int64_t kMostPlaces = 1 << 24;     // of one list: it takes up to 80 bytes for each

void expect_size(std::string_view op, std::int64_t images, std::int64_t height, std::int64_t width) {
  for (const std::int64_t extent : {height, width}) {
    if (extent >= 1 && extent <= kLargestExtent) continue;
    throw ShapeError({subject(op, "size"), "is out of range", "1 to " + to_text(kLargestExtent), to_text(extent),
                      "Choose another size."});
  }
  if (images <= kMostPlaces && images * height * width <= kMostPlaces) return;
  throw ShapeError({subject(op, "size"), "asks for too much at once", "at most " + to_text(kMostPlaces) + " cells",
                    to_text(images) + " times " + to_text(height) + " by " + to_text(width),
                    "Take fewer or smaller images."});
}

Batched images_of(std::string_view op, const Tensor& images) {
  const Batched b = batched(op, images, 2);
  if (b.x.dtype() != DType::float32) {
    throw UsageError(
        {subject(op, "images"), "have another type", "float32", std::string(name_of(b.x.dtype())), "Cast them."});
  }
  if (b.x.shape()[1] == 0 || b.x.shape()[2] == 0) {
    throw ShapeError({subject(op, "images"), "are empty", "at least one row and column", text_of(images.shape()),
                      "Leave them out."});
  }
  return b;
}

// Numbers that decide which cells are read: they must be there when the op is called.
template <class T>
std::vector<T> numbers_of(std::string_view op, std::string_view argument, const Tensor& x, DType dtype, Shape shape) {
  if (x.dtype() != dtype || x.shape() != shape) {
    throw ShapeError({subject(op, argument), "is another kind of tensor", text_of(Spec{dtype, shape}),
                      text_of(x.spec()), "Reshape or cast it."});
  }
  if (x.symbolic()) {
    throw UsageError({subject(op, argument), "has no numbers while tracing", "a tensor with numbers",
                      "a placeholder of the trace", "Call it outside of a plan, between two of them."});
  }
  const std::vector<std::byte> bytes = x.bytes();
  std::vector<T> numbers(bytes.size() / sizeof(T));
  if (!bytes.empty()) std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

// Exactly: adding a half first would round up what lies just below one.
double round_half_up(double x) {
  const double whole = std::floor(x);
  return x - whole >= 0.5 ? whole + 1 : whole;
}

// Along one axis, from `cells` to `places`.
SampleList resize_list(std::int64_t cells, std::int64_t places, const ResizeOptions& options) {
  const bool corners = options.align_corners && places > 1;
  const double ratio =
      static_cast<double>(corners ? cells - 1 : cells) / static_cast<double>(corners ? places - 1 : places);
  SampleList list;
  for (std::int64_t place = 0; place < places; ++place) {
    const auto at = static_cast<double>(place);
    if (options.interpolation == Interpolation::nearest) {
      const double from = options.half_pixel_centers ? ratio * (at + 0.5) : ratio * at;
      const auto cell = static_cast<std::int64_t>(options.align_corners ? round_half_up(from) : std::floor(from));
      list.take(std::clamp<std::int64_t>(cell, 0, cells - 1), 1);
    } else {
      const double from = options.half_pixel_centers ? ratio * (at + 0.5) - 0.5 : ratio * at;
      const auto low = std::max<std::int64_t>(static_cast<std::int64_t>(std::floor(from)), 0);
      const auto high = std::min(static_cast<std::int64_t>(std::ceil(from)), cells - 1);
      const double part = from - static_cast<double>(low);
      list.take(std::min(low, cells - 1), high > low ? 1 - part : 1);
      if (high > low) list.take(high, part);
    }
    list.finish();
  }
  return list;
}

// Takes the cell at (y, x) of an image, or what fills the outside.
struct Cells {
  SampleList& list;
  std::int64_t height, width, first;  // number of the image's first cell
  double fill, outside = 0;           // weight that fell outside

  void take(double y, double x, double weight) {
    if (weight == 0) return;
    if (y >= 0 && y < static_cast<double>(height) && x >= 0 && x < static_cast<double>(width)) {
      list.take(first + static_cast<std::int64_t>(y) * width + static_cast<std::int64_t>(x), weight);
    } else {
      outside += weight;
    }
  }
  void sample(double y, double x, Interpolation interpolation) {
    if (!(std::abs(y) < kFarAway && std::abs(x) < kFarAway)) {
      outside += 1;
      return;
    }
    if (interpolation == Interpolation::nearest) return take(round_half_up(y), round_half_up(x), 1);
    const double top = std::floor(y), left = std::floor(x);
    for (const double down : {0.0, 1.0}) {
      const double weight = down == 0 ? top + 1 - y : y - top;
      take(top + down, left, weight * (left + 1 - x));
      take(top + down, left + 1, weight * (x - left));
    }
  }
  void finish() { list.finish(outside == 0 ? 0 : outside * fill); }
};

// One coordinate brought inside, as far as the mode does that.
double inside(double at, double length, FillMode mode) {
  if (mode == FillMode::constant) return at;
  if (mode == FillMode::reflect && (at < 0 || at > length - 1)) {
    const double turn = 2 * length;
    if (length <= 1) {
      at = 0;
    } else if (at < 0) {
      if (at < turn) at = turn * std::trunc(-at / turn) + at;
      at = at < -length ? at + turn : -at - 1;
    } else {
      at -= turn * std::trunc(at / turn);
      if (at >= length) at = turn - at - 1;
    }
  }
  if (mode == FillMode::wrap && (at < 0 || at > length - 1)) {
    if (length <= 1) {
      at = 0;
    } else if (at < 0) {
      at += length * (std::trunc(-at / (length - 1)) + 1);
    } else {
      at -= length * std::trunc(at / (length - 1));
    }
  }
  return std::min(std::max(0.0, at), length - 1);
}

}  // namespace

Tensor resize(const Tensor& images, std::int64_t height, std::int64_t width, const ResizeOptions& options) {
  expect_size("resize", 1, height, width);
  if (options.align_corners && options.half_pixel_centers) {
    throw UsageError({subject("resize", "align_corners"), "contradicts half_pixel_centers", "one of them", "both",
                      "Choose where the cells lie."});
  }
  const Batched b = images_of("resize", images);
  const Shape& x = b.x.shape();
  const Tensor rows = resample(reshape(b.x, {x[0], x[1], x[2] * x[3]}), resize_list(x[1], height, options));
  const Tensor cells = resample(reshape(rows, {x[0] * height, x[2], x[3]}), resize_list(x[2], width, options));
  return b.result(reshape(cells, {x[0], height, width, x[3]}));
}

Tensor crop_and_resize(const Tensor& images, const Tensor& boxes, const Tensor& box_indices, std::int64_t height,
                       std::int64_t width, Interpolation interpolation, double outside) {
  constexpr std::string_view kName = "crop_and_resize";
  const Tensor all = images_of(kName, images).x;
  const Shape& x = all.shape();
  const std::int64_t count = boxes.shape().rank() == 2 ? boxes.shape()[0] : 0;
  expect_size(kName, count, height, width);
  const auto corners = numbers_of<float>(kName, "boxes", boxes, DType::float32, {count, 4});
  const auto indices = numbers_of<std::int32_t>(kName, "box_indices", box_indices, DType::int32, {count});
  SampleList list;
  for (std::size_t box = 0; box < indices.size(); ++box) {
    const std::int32_t image = indices[box];
    const float* corner = &corners[4 * box];
    // Where place `at` of the result lies along an axis of the image; −1 outside.
    const auto along = [&](std::int64_t at, std::int64_t places, std::int64_t cells, int axis) {
      const double low = static_cast<double>(corner[axis]), high = static_cast<double>(corner[axis + 2]);
      const double last = static_cast<double>(cells - 1);
      const double from =
          places > 1 ? low * last + static_cast<double>(at) * ((high - low) * last / static_cast<double>(places - 1))
                     : 0.5 * (low + high) * last;
      return from >= 0 && from <= last ? from : -1;
    };
    for (std::int64_t row = 0; row < height; ++row) {
      for (std::int64_t column = 0; column < width; ++column) {
        const double y = along(row, height, x[1], 0), from = along(column, width, x[2], 1);
        Cells cells{list, x[1], x[2], image * x[1] * x[2], outside};
        if (image < 0 || image >= x[0]) {  // a box of no image stays empty
          list.finish();
          continue;
        }
        if (y < 0 || from < 0) {
          cells.outside = 1;
        } else {
          cells.sample(y, from, interpolation);
        }
        cells.finish();
      }
    }
  }
  const Tensor cut = resample(reshape(all, {1, x[0] * x[1] * x[2], x[3]}), std::move(list));
  return reshape(cut, {count, height, width, x[3]});
}

Tensor rotate(const Tensor& images, double radians, const Reals& fill, double center_x, double center_y) {
  constexpr std::string_view kName = "rotate";
  constexpr double kOpaque = 255;
  const Batched b = images_of(kName, images);
  const Shape& shape = b.x.shape();
  const std::int64_t height = shape[1], width = shape[2], channels = shape[3];
  expect_size(kName, 1, height, width);
  if (fill.size() != 1 && static_cast<std::int64_t>(fill.size()) != channels && !(fill.size() == 3 && channels == 4)) {
    throw ShapeError({subject(kName, "fill"), "has the wrong length", "1 or " + to_text(channels),
                      to_text(static_cast<std::int64_t>(fill.size())), "Give one number for each channel."});
  }
  if (!(std::abs(radians) <= kMostRadians)) {
    throw UsageError({subject(kName, "radians"), "is out of range", "-1000000 to 1000000", to_text(radians),
                      "Leave out whole turns."});
  }
  const bool plain = fill.size() == 1;
  const double middle_x = static_cast<double>(width) * center_x, middle_y = static_cast<double>(height) * center_y;
  const double sine = math::sin(radians), cosine = math::cos(radians);
  SampleList list, margin;
  for (std::int64_t row = 0; row < height; ++row) {
    for (std::int64_t column = 0; column < width; ++column) {
      const double y = static_cast<double>(row) - middle_y, x = static_cast<double>(column) - middle_x;
      Cells cells{list, height, width, 0, plain ? fill[0] : 0};
      cells.sample(x * sine + y * cosine + middle_y, x * cosine - y * sine + middle_x, Interpolation::nearest);
      cells.finish();
      margin.finish(cells.outside);
    }
  }
  Tensor turned = resample(reshape(b.x, {shape[0], height * width, channels}), std::move(list));
  for (std::int64_t channel = 0; channel < channels && !plain && !margin.constants.empty(); ++channel) {
    const auto i = static_cast<std::size_t>(channel);
    const auto value = static_cast<float>(i < fill.size() ? fill[i] : kOpaque);
    // The channel's fill, everywhere outside: the margin is a map that takes nothing and adds ones.
    const Tensor nothing = broadcast(like(turned, 0), {1, height * width, 1});
    const Tensor place = value * resample(nothing, margin);
    turned = turned + pad(place, {0, 0, channel}, {0, 0, channels - 1 - channel});
  }
  return b.result(reshape(turned, shape));
}

Tensor transform(const Tensor& images, const Tensor& transforms, std::int64_t height, std::int64_t width,
                 Interpolation interpolation, FillMode mode, double fill) {
  constexpr std::string_view kName = "transform";
  const Batched b = images_of(kName, images);
  const Shape& shape = b.x.shape();
  expect_size(kName, shape[0], height, width);
  const std::int64_t count = transforms.shape().rank() == 2 && transforms.shape()[0] == 1 ? 1 : shape[0];
  const auto rows = numbers_of<float>(kName, "transforms", transforms, DType::float32, {count, 8});
  const auto along = [](const float* t, double x, double y) {
    return static_cast<double>(t[0]) * x + static_cast<double>(t[1]) * y + static_cast<double>(t[2]);
  };
  SampleList list;
  for (std::int64_t image = 0; image < shape[0]; ++image) {
    const float* t = &rows[static_cast<std::size_t>(count == 1 ? 0 : image) * 8];
    for (std::int64_t row = 0; row < height; ++row) {
      for (std::int64_t column = 0; column < width; ++column) {
        const auto x = static_cast<double>(column), y = static_cast<double>(row);
        const double depth = static_cast<double>(t[6]) * x + static_cast<double>(t[7]) * y + 1;
        Cells cells{list, shape[1], shape[2], image * shape[1] * shape[2], fill};
        if (depth == 0) {  // the horizon
          cells.outside = 1;
        } else {
          cells.sample(inside(along(t + 3, x, y) / depth, static_cast<double>(shape[1]), mode),
                       inside(along(t, x, y) / depth, static_cast<double>(shape[2]), mode), interpolation);
        }
        cells.finish();
      }
    }
  }
  const Tensor seen = resample(reshape(b.x, {1, shape[0] * shape[1] * shape[2], shape[3]}), std::move(list));
  return b.result(reshape(seen, {shape[0], height, width, shape[3]}));
}

}  // namespace vitrine::ops
