// Plain loops of the ops with windows, and of resampling.
#pragma once

#include <cmath>
#include <limits>

#include "tests/support/loops.h"

namespace vitrine::reference {
namespace windows {

// Calls f(cell, stop, tap) for each tap of each window that meets a cell; all are spatial indices.
template <class F>
void each_meeting(const Attrs& attrs, const Shape& cells, const Shape& stops, const Shape& taps, F f) {
  const auto number = [&](int attr, std::size_t axis) {
    return std::get<Integers>(attrs[static_cast<std::size_t>(attr)])[axis];
  };
  each_index(stops, [&](const Index& stop) {
    each_index(taps, [&](const Index& tap) {
      Index cell(stop.size());
      for (std::size_t i = 0; i < stop.size(); ++i) {
        cell[i] = stop[i] * number(0, i) - number(1, i) + tap[i] * number(3, i);
        if (cell[i] < 0 || cell[i] >= cells[static_cast<int>(i)]) return;
      }
      f(cell, stop, tap);
    });
  });
}

inline Shape middle(const Shape& shape) {
  return Shape(shape.extents().subspan(1, static_cast<std::size_t>(shape.rank() - 2)));
}
inline Shape list(const Attrs& attrs, std::size_t attr) {
  return Shape(std::span<const std::int64_t>(std::get<Integers>(attrs[attr])));
}
inline Index full(std::int64_t image, const Index& spatial, std::int64_t channel) {
  Index index{image};
  index.insert(index.end(), spatial.begin(), spatial.end());
  index.push_back(channel);
  return index;
}
inline std::int64_t last(const Shape& shape) {
  return shape[shape.rank() - 1];
}

}  // namespace windows

// The three convolutions are one sum over x[n, cell, i] w[tap, i, j] y[n, stop, j], in which the result takes the place
// of a factor.
enum class Factor { y, x, w };

template <class T>
Loop<T> convolution(Factor wanted) {
  using namespace windows;
  return [wanted](const Call<T>& call) {
    const auto groups = std::get<std::int64_t>(call.attrs[4]);
    const Spec& x = wanted == Factor::x ? call.out.spec : call.in[0].spec;
    const Spec& y = wanted == Factor::y ? call.out.spec : wanted == Factor::x ? call.in[0].spec : call.in[1].spec;
    const Spec& w = wanted == Factor::w ? call.out.spec : call.in[1].spec;
    const Shape taps(w.shape.extents().first(static_cast<std::size_t>(w.shape.rank() - 2)));
    const std::int64_t read = last(x.shape) / groups, written = last(y.shape) / groups;
    std::vector<double> sums(call.out.data.size(), 0.0);
    for (std::int64_t n = 0; n < x.shape[0]; ++n) {
      each_meeting(call.attrs, middle(x.shape), middle(y.shape), taps,
                   [&](const Index& cell, const Index& stop, const Index& tap) {
                     Index weight = tap;
                     weight.insert(weight.end(), 2, 0);
                     const std::size_t first_w = flat(w.shape, weight), first_x = flat(x.shape, full(n, cell, 0)),
                                       first_y = flat(y.shape, full(n, stop, 0));
                     for (std::int64_t j = 0; j < last(y.shape); ++j) {
                       for (std::int64_t i = 0; i < read; ++i) {
                         const std::size_t at_w = first_w + static_cast<std::size_t>(i * last(w.shape) + j);
                         const std::size_t at_x = first_x + static_cast<std::size_t>(j / written * read + i);
                         const std::size_t at_y = first_y + static_cast<std::size_t>(j);
                         const auto a = wanted == Factor::x ? call.in[0].data[at_y] : call.in[0].data[at_x];
                         const auto b = wanted == Factor::w ? call.in[1].data[at_y] : call.in[1].data[at_w];
                         const std::size_t to = wanted == Factor::y ? at_y : wanted == Factor::x ? at_x : at_w;
                         sums[to] += static_cast<double>(a) * static_cast<double>(b);
                       }
                     }
                   });
    }
    for (std::size_t i = 0; i < sums.size(); ++i) call.out.data[i] = static_cast<T>(sums[i]);
  };
}

namespace windows {

// Calls f(image, channel, stop, cells of its window) for each window.
template <class F>
void each_window(const Attrs& attrs, const Shape& x, const Shape& y, F f) {
  for (std::int64_t n = 0; n < x[0]; ++n) {
    each_index(middle(y), [&](const Index& stop) {
      std::vector<Index> cells;
      each_meeting(attrs, middle(x), middle(y), list(attrs, 4), [&](const Index& cell, const Index& at, const Index&) {
        if (at == stop) cells.push_back(cell);
      });
      for (std::int64_t c = 0; c < last(x); ++c) f(n, c, stop, cells);
    });
  }
}

}  // namespace windows

enum class OfWinner { value, place, pick, spread };

template <class T>
Loop<T> max_pool(OfWinner kind) {
  using namespace windows;
  return [kind](const Call<T>& call) {
    const Shape& x = call.in[0].spec.shape;
    const Shape& y = kind == OfWinner::spread ? call.in[1].spec.shape : call.out.spec.shape;
    each_window(call.attrs, x, y,
                [&](std::int64_t n, std::int64_t c, const Index& stop, const std::vector<Index>& cells) {
                  T best = -std::numeric_limits<T>::infinity();
                  Index winner = full(n, Index(stop.size(), 0), c);
                  for (std::size_t i = 0; i < cells.size(); ++i) {
                    const T value = call.in[0].data[flat(x, full(n, cells[i], c))];
                    if (i > 0 && !(value > best) && !(std::isnan(value) && !std::isnan(best))) continue;
                    best = value;
                    winner = full(n, cells[i], c);
                  }
                  const std::size_t at_x = flat(x, winner), at_y = flat(y, full(n, stop, c));
                  const bool with_batch = kind == OfWinner::place && std::get<bool>(call.attrs[5]);
                  winner[0] = with_batch ? n : 0;
                  if (kind == OfWinner::value) call.out.data[at_y] = best;
                  if (kind == OfWinner::place) call.out.data[at_y] = static_cast<T>(flat(x, winner));
                  if (kind == OfWinner::pick && !cells.empty()) call.out.data[at_y] = call.in[1].data[at_x];
                  if (kind == OfWinner::spread && !cells.empty()) call.out.data[at_x] += call.in[1].data[at_y];
                });
  };
}

template <class T>
Loop<T> average_pool(bool spread) {
  using namespace windows;
  return [spread](const Call<T>& call) {
    const Shape& x = spread ? call.out.spec.shape : call.in[0].spec.shape;
    const Shape& y = spread ? call.in[0].spec.shape : call.out.spec.shape;
    each_window(call.attrs, x, y,
                [&](std::int64_t n, std::int64_t c, const Index& stop, const std::vector<Index>& cells) {
                  const std::size_t at_y = flat(y, full(n, stop, c));
                  for (const Index& cell : cells) {
                    const std::size_t from = spread ? at_y : flat(x, full(n, cell, c));
                    const std::size_t to = spread ? flat(x, full(n, cell, c)) : at_y;
                    call.out.data[to] += call.in[0].data[from] / static_cast<T>(cells.size());
                  }
                });
  };
}

template <class T>
void resample(const Call<T>& call) {
  const auto& starts = std::get<Integers>(call.attrs[0]);
  const auto& sources = std::get<Integers>(call.attrs[1]);
  const auto& weights = std::get<Reals>(call.attrs[2]);
  const auto& constants = std::get<Reals>(call.attrs[3]);
  each_index(call.out.spec.shape, [&](const Index& index) {
    const auto place = static_cast<std::size_t>(index[1]);
    T sum = constants.empty() ? T(0) : static_cast<T>(constants[place]);
    for (auto k = static_cast<std::size_t>(starts[place]); k < static_cast<std::size_t>(starts[place + 1]); ++k) {
      sum +=
          static_cast<T>(weights[k]) * call.in[0].data[flat(call.in[0].spec.shape, {index[0], sources[k], index[2]})];
    }
    call.out.data[flat(call.out.spec.shape, index)] = sum;
  });
}

}  // namespace vitrine::reference
