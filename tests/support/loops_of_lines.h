// Plain loops of the ops that move, number and compare elements.
#pragma once

#include <algorithm>
#include <numeric>

#include "tests/support/loops.h"

namespace vitrine::reference {

template <class T>
void reverse(const Call<T>& call) {
  const auto& axes = std::get<Integers>(call.attrs[0]);
  const Shape& shape = call.out.spec.shape;
  each_index(shape, [&](const Index& index) {
    Index from = index;
    for (const std::int64_t axis : axes) {
      const auto i = static_cast<std::size_t>(axis);
      from[i] = shape[static_cast<int>(axis)] - 1 - index[i];
    }
    call.out.data[flat(shape, index)] = call.in[0].data[flat(shape, from)];
  });
}

template <class T>
void concat(const Call<T>& call) {
  const auto axis = static_cast<std::size_t>(std::get<std::int64_t>(call.attrs[0]));
  std::int64_t start = 0;
  for (const Dense<T>& in : call.in) {
    each_index(in.spec.shape, [&](const Index& index) {
      Index to = index;
      to[axis] += start;
      call.out.data[flat(call.out.spec.shape, to)] = in.data[flat(in.spec.shape, index)];
    });
    start += in.spec.shape[static_cast<int>(axis)];
  }
}

template <class T>
void gather(const Call<T>& call) {
  const Shape &from = call.in[0].spec.shape, &numbers = call.in[1].spec.shape;
  each_index(call.out.spec.shape, [&](const Index& index) {
    const auto row = static_cast<std::int64_t>(call.in[1].data[flat(numbers, {index[0], index[1]})]);
    const bool inside = row >= 0 && row < from[1];
    call.out.data[flat(call.out.spec.shape, index)] =
        inside ? call.in[0].data[flat(from, {index[0], row, index[2]})] : T(0);
  });
}

template <class T>
void segment_sum(const Call<T>& call) {
  const Shape &from = call.in[0].spec.shape, &numbers = call.in[1].spec.shape;
  each_index(from, [&](const Index& index) {
    const auto row = static_cast<std::int64_t>(call.in[1].data[flat(numbers, {index[0], index[1]})]);
    if (row < 0 || row >= call.out.spec.shape[1]) return;
    call.out.data[flat(call.out.spec.shape, {index[0], row, index[2]})] += call.in[0].data[flat(from, index)];
  });
}

template <class T>
void flat_index(const Call<T>& call) {
  const auto& extents = std::get<Integers>(call.attrs[0]);
  each_index(call.out.spec.shape, [&](const Index& index) {
    std::int64_t row = 0;
    bool inside = true;
    for (std::size_t i = 0; i < extents.size(); ++i) {
      Index from = index;
      from.push_back(static_cast<std::int64_t>(i));
      const auto at = static_cast<std::int64_t>(call.in[0].data[flat(call.in[0].spec.shape, from)]);
      inside = inside && at >= 0 && at < extents[i];
      row = row * extents[i] + at;
    }
    call.out.data[flat(call.out.spec.shape, index)] = static_cast<T>(inside ? row : -1);
  });
}

template <class T>
void last_writer(const Call<T>& call) {
  const std::size_t rows = call.out.data.size();
  for (std::size_t i = 0; i < rows; ++i) {
    call.out.data[i] = static_cast<T>(i);
    for (std::size_t j = 0; j < call.in[0].data.size(); ++j) {
      if (call.in[0].data[j] == static_cast<T>(i)) call.out.data[i] = static_cast<T>(rows + j);
    }
  }
}

template <class T>
void one_hot(const Call<T>& call) {
  each_index(call.out.spec.shape, [&](const Index& index) {
    const Index line(index.begin(), index.end() - 1);
    const bool hot = call.in[0].data[flat(call.in[0].spec.shape, line)] == static_cast<T>(index.back());
    call.out.data[flat(call.out.spec.shape, index)] = static_cast<T>(std::get<double>(call.attrs[hot ? 1 : 2]));
  });
}

template <class T>
void band_part(const Call<T>& call) {
  const auto lower = std::get<std::int64_t>(call.attrs[0]), upper = std::get<std::int64_t>(call.attrs[1]);
  each_index(call.out.spec.shape, [&](const Index& index) {
    const std::int64_t below = index[index.size() - 2] - index[index.size() - 1];
    const std::size_t at = flat(call.out.spec.shape, index);
    if ((lower < 0 || below <= lower) && (upper < 0 || -below <= upper)) call.out.data[at] = call.in[0].data[at];
  });
}

// The places of a line in the order of its numbers: NaN first, then by falling (sign 1) or rising values.
template <class T>
std::vector<std::size_t> order_of(const std::vector<T>& line, int sign) {
  std::vector<std::size_t> places(line.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const bool nan_a = line[a] != line[a], nan_b = line[b] != line[b];
    if (nan_a || nan_b) return nan_a && !nan_b;
    return sign > 0 ? line[a] > line[b] : line[a] < line[b];
  });
  return places;
}

template <class T>
std::vector<T> line_at(const Dense<T>& dense, Index index, std::size_t axis) {
  std::vector<T> line;
  for (std::int64_t i = 0; i < dense.spec.shape[static_cast<int>(axis)]; ++i) {
    index[axis] = i;
    line.push_back(dense.data[flat(dense.spec.shape, index)]);
  }
  return line;
}

template <class T>
Loop<T> arg(int sign) {
  return [sign](const Call<T>& call) {
    const auto axis = static_cast<std::size_t>(std::get<std::int64_t>(call.attrs[0]));
    each_index(call.out.spec.shape, [&](const Index& index) {
      Index from = index;
      from.insert(from.begin() + static_cast<std::ptrdiff_t>(axis), 0);
      const auto line = line_at(call.in[0], from, axis);
      call.out.data[flat(call.out.spec.shape, index)] = static_cast<T>(order_of(line, sign).front());
    });
  };
}

template <class T>
void top_k(const Call<T>& call) {
  each_index(call.out.spec.shape, [&](const Index& index) {
    const auto line = line_at(call.in[0], index, index.size() - 1);
    const std::size_t place = order_of(line, 1)[static_cast<std::size_t>(index.back())];
    call.outs[0].data[flat(call.out.spec.shape, index)] = line[place];
    call.outs[1].data[flat(call.out.spec.shape, index)] = static_cast<T>(place);
  });
}

template <class T>
void search_sorted(const Call<T>& call) {
  const bool right = std::get<bool>(call.attrs[0]);
  each_index(call.out.spec.shape, [&](const Index& index) {
    const T x = call.in[1].data[flat(call.out.spec.shape, index)];
    const auto line = line_at(call.in[0], {index[0], 0}, 1);
    const auto found =
        right ? std::upper_bound(line.begin(), line.end(), x) : std::lower_bound(line.begin(), line.end(), x);
    call.out.data[flat(call.out.spec.shape, index)] = static_cast<T>(found - line.begin());
  });
}

template <class T>
void cumsum(const Call<T>& call) {
  const auto axis = static_cast<std::size_t>(std::get<std::int64_t>(call.attrs[0]));
  const bool exclusive = std::get<bool>(call.attrs[1]), reverse = std::get<bool>(call.attrs[2]);
  each_index(call.out.spec.shape, [&](const Index& index) {
    const auto line = line_at(call.in[0], index, axis);
    double total = 0;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(line.size()); ++i) {
      const bool counts = reverse ? i > index[axis] : i < index[axis];
      if (counts || (i == index[axis] && !exclusive)) total += static_cast<double>(line[static_cast<std::size_t>(i)]);
    }
    call.out.data[flat(call.out.spec.shape, index)] = static_cast<T>(total);
  });
}

}  // namespace vitrine::reference
