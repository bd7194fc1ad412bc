// Functions on numbers as they are: read, decided on the host, made into tensors again.
#include "engine/ops/dynamic.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/arrange.h"
#include "engine/ops/axes.h"
#include "engine/ops/comparison.h"
#include "engine/ops/gather.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"
#include "engine/ops/rounding.h"
#include "engine/ops/types.h"
#include "engine/tensor/strings.h"

namespace vitrine::ops {
namespace {

[[noreturn]] void refuse_numbers(std::string_view function, std::string fact, std::string expected, std::string got) {
  throw UsageError(
      {"[" + std::string(function) + "]", std::move(fact), std::move(expected), std::move(got), "Check the call."});
}

Backend& backend_with_numbers(std::string_view function, const Tensor& x) {
  if (x.symbolic()) {
    throw UsageError({"[" + std::string(function) + "]", "has a shape that depends on numbers, and a plan has none yet",
                      "a tensor with numbers", "a symbolic one", "Call it outside of the plan."});
  }
  return x.operand().buffer->backend();
}

std::vector<std::int32_t> whole_numbers(std::string_view function, const Tensor& x) {
  backend_with_numbers(function, x);
  if (x.dtype() != DType::int32)
    refuse_numbers(function, "needs whole numbers", "int32", std::string(name_of(x.dtype())));
  const std::vector<std::byte> bytes = x.bytes();
  std::vector<std::int32_t> numbers(bytes.size() / sizeof(std::int32_t));
  if (!bytes.empty()) std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

Tensor list_of(Backend& backend, const std::vector<std::int32_t>& numbers, const Shape& shape) {
  return tensor(backend, {DType::int32, shape}, std::as_bytes(std::span(numbers)));
}
Tensor list_of(Backend& backend, const std::vector<std::int32_t>& numbers) {
  return list_of(backend, numbers, {static_cast<std::int64_t>(numbers.size())});
}

// The bytes of each part along the first axis. Parts are equal when these are: -0 is made 0 by adding it.
std::vector<std::vector<std::byte>> elements_of(const Tensor& x) {
  const auto bytes = (x.dtype() == DType::float32 ? x + like(x, 0) : x).bytes();
  const auto count = static_cast<std::size_t>(x.shape()[0]);
  const std::size_t size = count == 0 ? 0 : bytes.size() / count;
  std::vector<std::vector<std::byte>> parts;
  for (std::size_t i = 0; i < count; ++i) {
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(i * size);
    parts.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
  }
  return parts;
}

void expect_rank(std::string_view function, const Tensor& x, int rank) {
  if (x.shape().rank() == rank) return;
  refuse_numbers(function, "got a tensor of other axes", to_text(std::int64_t{rank}), text_of(x.shape()));
}

}  // namespace

Tensor where_indices(const Tensor& condition) {
  Backend& backend = backend_with_numbers("where_indices", condition);
  const Shape& shape = condition.shape();
  std::vector<std::int32_t> places;
  const auto truths = cast(condition, DType::boolean).bytes();
  std::int64_t count = 0;
  for (std::size_t i = 0; i < truths.size(); ++i) {
    if (truths[i] == std::byte{0}) continue;
    ++count;
    Integers index;
    auto rest = static_cast<std::int64_t>(i);
    for (int axis = shape.rank() - 1; axis >= 0; --axis) {
      index.push_back(rest % shape[axis]);
      rest /= shape[axis];
    }
    for (auto at = index.rbegin(); at != index.rend(); ++at) places.push_back(static_cast<std::int32_t>(*at));
  }
  return list_of(backend, places, {count, shape.rank()});
}

Tensor boolean_mask(const Tensor& x, const Tensor& mask, std::int64_t axis) {
  const auto along = static_cast<std::size_t>(resolved_axis("boolean_mask", x, axis));
  Integers extents = extents_of(x.shape());
  const Integers masked = extents_of(mask.shape());
  const std::size_t end = along + masked.size();
  if (masked.empty() || end > extents.size() ||
      !std::equal(masked.begin(), masked.end(), extents.begin() + static_cast<std::ptrdiff_t>(along))) {
    refuse_numbers("boolean_mask", "the mask does not fit", "axes of " + text_of(x.shape()), text_of(mask.shape()));
  }
  const std::int64_t count = product(masked, 0, masked.size());
  extents.erase(extents.begin() + static_cast<std::ptrdiff_t>(along),
                extents.begin() + static_cast<std::ptrdiff_t>(end));
  extents.insert(extents.begin() + static_cast<std::ptrdiff_t>(along), count);
  const Tensor kept = where_indices(reshape(mask, {count}));
  return gather(reshape(x, shape_of(extents)), reshape(kept, {kept.shape()[0]}), static_cast<std::int64_t>(along));
}

Indexed unique(const Tensor& x, std::int64_t axis) {
  Backend& backend = backend_with_numbers("unique", x);
  const auto along = static_cast<std::size_t>(resolved_axis("unique", x, axis));
  const Integers extents = extents_of(x.shape());
  Integers order{static_cast<std::int64_t>(along)};
  for (std::size_t i = 0; i < extents.size(); ++i) {
    if (i != along) order.push_back(static_cast<std::int64_t>(i));
  }
  const auto parts = elements_of(transpose(x, order));
  std::map<std::vector<std::byte>, std::int32_t> seen;
  std::vector<std::int32_t> first, went;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto [at, is_new] = seen.try_emplace(parts[i], static_cast<std::int32_t>(first.size()));
    if (is_new) first.push_back(static_cast<std::int32_t>(i));
    went.push_back(at->second);
  }
  return {gather(x, list_of(backend, first), static_cast<std::int64_t>(along)), list_of(backend, went)};
}

Indexed set_difference(const Tensor& x, const Tensor& without) {
  Backend& backend = backend_with_numbers("set_difference", x);
  backend_with_numbers("set_difference", without);
  expect_rank("set_difference", x, 1);
  expect_rank("set_difference", without, 1);
  if (x.dtype() != without.dtype()) {
    refuse_numbers("set_difference", "compares two types", std::string(name_of(x.dtype())),
                   std::string(name_of(without.dtype())));
  }
  const Tensor both[] = {x, without};
  const std::vector<Tensor> comparable = in_one_vocabulary(both);
  const auto own = elements_of(comparable[0]), others = elements_of(comparable[1]);
  const std::set<std::vector<std::byte>> gone(others.begin(), others.end());
  std::vector<std::int32_t> left;
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (!gone.contains(own[i])) left.push_back(static_cast<std::int32_t>(i));
  }
  const Tensor places = list_of(backend, left);
  return {gather(x, places), places};
}

Tensor in_top_k(const Tensor& predictions, const Tensor& targets, std::int64_t k) {
  Backend& backend = backend_with_numbers("in_top_k", predictions);
  const Shape& shape = predictions.shape();
  const auto wanted = whole_numbers("in_top_k", targets);
  const std::int64_t classes = shape.rank() == 0 ? 0 : shape[shape.rank() - 1];
  if (static_cast<std::int64_t>(wanted.size()) * classes != shape.elements() || k < 1 || k > classes) {
    refuse_numbers("in_top_k", "the targets or k do not fit", "one target a line, k from 1 to " + to_text(classes),
                   text_of(targets.shape()) + " and " + to_text(k));
  }
  const auto numbers = predictions.floats();
  std::vector<std::byte> answers;
  for (std::size_t line = 0; line < wanted.size(); ++line) {
    const float* scores = numbers.data() + line * static_cast<std::size_t>(classes);
    const std::int32_t target = wanted[line];
    std::int64_t before = 0;
    const bool inside = target >= 0 && target < classes;
    for (std::int32_t i = 0; inside && i < classes; ++i) {
      before += scores[i] > scores[target] || (scores[i] == scores[target] && i < target) ? 1 : 0;
    }
    answers.push_back(std::byte{inside && before < k});
  }
  return tensor(backend, {DType::boolean, targets.shape()}, answers);
}

SparseReshape sparse_reshape(const Tensor& indices, const Tensor& shape, const Tensor& wanted) {
  Backend& backend = backend_with_numbers("sparse_reshape", indices);
  const auto places = whole_numbers("sparse_reshape", indices);
  const auto from = whole_numbers("sparse_reshape", shape);
  auto to = whole_numbers("sparse_reshape", wanted);
  const auto open = std::ranges::count(to, -1);
  Integers named(to.begin(), to.end());
  std::ranges::replace(named, std::int64_t{-1}, std::int64_t{1});
  const Shape whole = shape_of(Integers(from.begin(), from.end()));
  const std::int64_t elements = whole.elements(), known = shape_of(named).elements();
  if (open > 1 || known == 0 || (open == 1 ? elements % known != 0 : elements != known)) {
    refuse_numbers("sparse_reshape", "the new shape holds another number", to_text(elements), to_text(known));
  }
  for (std::int32_t& extent : to) extent = extent == -1 ? static_cast<std::int32_t>(elements / known) : extent;
  std::vector<std::int32_t> moved;
  for (std::size_t i = 0; !from.empty() && i + from.size() <= places.size(); i += from.size()) {
    std::int64_t flat = 0;
    for (std::size_t axis = 0; axis < from.size(); ++axis) {
      if (places[i + axis] < 0 || places[i + axis] >= from[axis]) {
        refuse_numbers("sparse_reshape", "an index is outside", "below " + to_text(std::int64_t{from[axis]}),
                       to_text(std::int64_t{places[i + axis]}));
      }
      flat = flat * from[axis] + places[i + axis];
    }
    std::vector<std::int32_t> index(to.size());
    for (std::size_t axis = to.size(); axis-- > 0; flat /= to[axis])
      index[axis] = static_cast<std::int32_t>(flat % to[axis]);
    moved.insert(moved.end(), index.begin(), index.end());
  }
  const auto count = static_cast<std::int64_t>(moved.size() / std::max<std::size_t>(to.size(), 1));
  return {list_of(backend, moved, {count, static_cast<std::int64_t>(to.size())}), list_of(backend, to)};
}

FilledRows sparse_fill_empty_rows(const Tensor& indices, const Tensor& values, const Tensor& shape,
                                  const Tensor& otherwise) {
  Backend& backend = backend_with_numbers("sparse_fill_empty_rows", indices);
  expect_rank("sparse_fill_empty_rows", indices, 2);
  const auto places = whole_numbers("sparse_fill_empty_rows", indices);
  const auto extents = whole_numbers("sparse_fill_empty_rows", shape);
  const auto rank = static_cast<std::size_t>(indices.shape()[1]);
  if (rank == 0 || extents.size() != rank || extents[0] < 0 || values.shape() != Shape{indices.shape()[0]}) {
    refuse_numbers("sparse_fill_empty_rows", "the parts do not fit", "indices [n, rank], values [n], shape [rank]",
                   text_of(values.shape()));
  }
  const auto count = static_cast<std::int32_t>(indices.shape()[0]);
  const auto row_of = [&](std::int32_t i) { return places[static_cast<std::size_t>(i) * rank]; };
  std::vector<std::int32_t> by_row, filled, from, map(static_cast<std::size_t>(count));
  for (std::int32_t i = 0; i < count; ++i) {
    by_row.push_back(i);
    if (row_of(i) < 0 || row_of(i) >= extents[0]) {
      refuse_numbers("sparse_fill_empty_rows", "an index is outside", "below " + to_text(std::int64_t{extents[0]}),
                     to_text(std::int64_t{row_of(i)}));
    }
  }
  std::ranges::stable_sort(by_row, {}, row_of);
  std::vector<std::byte> empty;
  auto next = by_row.begin();
  for (std::int32_t row = 0; row < extents[0]; ++row) {
    empty.push_back(std::byte{next == by_row.end() || row_of(*next) != row});
    for (; next != by_row.end() && row_of(*next) == row; ++next) {
      map[static_cast<std::size_t>(*next)] = static_cast<std::int32_t>(from.size());
      const auto begin = places.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(*next) * rank);
      filled.insert(filled.end(), begin, begin + static_cast<std::ptrdiff_t>(rank));
      from.push_back(*next);
    }
    if (empty.back() == std::byte{0}) continue;
    filled.push_back(row);
    filled.resize(filled.size() + rank - 1, 0);
    from.push_back(count);  // the value for empty rows stands behind the others
  }
  const Tensor all[] = {values, reshape(otherwise, {1})};
  const auto total = static_cast<std::int64_t>(from.size());
  return {list_of(backend, filled, {total, static_cast<std::int64_t>(rank)}),
          gather(concat(all, 0), list_of(backend, from)), tensor(backend, {DType::boolean, {extents[0]}}, empty),
          list_of(backend, map)};
}

Tensor sparse_segment_sum(const Tensor& x, const Tensor& indices, const Tensor& ids, bool mean) {
  Backend& backend = backend_with_numbers("sparse_segment_sum", ids);
  const auto segments = whole_numbers("sparse_segment_sum", ids);
  if (indices.shape().rank() != 1 || indices.shape() != ids.shape() || !std::ranges::is_sorted(segments) ||
      (!segments.empty() && segments.front() < 0)) {
    refuse_numbers("sparse_segment_sum", "the ids do not fit", "as many as indices, rising from 0",
                   text_of(ids.shape()));
  }
  const std::int64_t count = segments.empty() ? 0 : std::int64_t{segments.back()} + 1;
  const Tensor sums = unsorted_segment_sum(gather(x, indices), ids, count);
  if (!mean) return sums;
  std::vector<float> shares(static_cast<std::size_t>(count), 0.0f);
  for (const std::int32_t id : segments) shares[static_cast<std::size_t>(id)] += 1;
  for (float& share : shares) share = share == 0 ? 0 : 1 / share;
  Integers column(static_cast<std::size_t>(x.shape().rank()), 1);
  column[0] = count;
  return sums * tensor(backend, shares, shape_of(column));
}

namespace {

// The level that best parts the dark from the bright: the largest variance between the two.
double otsu_level(const std::vector<float>& gray) {
  std::vector<double> histogram(256, 0.0);
  for (const float value : gray) histogram[value > 0 ? static_cast<std::size_t>(std::min(value, 255.0f)) : 0] += 1;
  double total = 0, moment = 0;
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    total += histogram[i];
    moment += histogram[i] * static_cast<double>(i);
  }
  double best = 0, level = 0, below = 0, moment_below = 0;
  for (std::size_t i = 0; i + 1 < histogram.size(); ++i) {
    below += histogram[i];
    moment_below += histogram[i] * static_cast<double>(i);
    const double above = total - below;
    if (below == 0 || above == 0) continue;
    const double apart = moment_below / below - (moment - moment_below) / above;
    const double variance = below / total * (above / total) * apart * apart;
    if (variance > best) {
      best = variance;
      level = static_cast<double>(i);
    }
  }
  return level;
}

}  // namespace

Tensor threshold(const Tensor& image, bool otsu, bool inverted, double level) {
  expect_rank("threshold", image, 3);
  if (level < 0 || level > 1) refuse_numbers("threshold", "the level is out of range", "0 to 1", to_text(level));
  Tensor gray = cast(image, DType::float32);
  if (image.shape()[2] == 3) gray = rgb_to_grayscale(gray);
  if (otsu) backend_with_numbers("threshold", image);
  const double bound = otsu ? otsu_level(round(gray).floats()) : level * 255;
  const Tensor limit = like(gray, static_cast<float>(bound));
  const Tensor chosen = inverted ? less_equal(gray, limit) : greater(gray, limit);
  return cast(255.0f * cast(chosen, DType::float32), DType::int32);
}

}  // namespace vitrine::ops
