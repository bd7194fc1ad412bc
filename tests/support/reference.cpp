// Plain loops; slow on purpose.
#include "tests/support/reference.h"

#include <cmath>
#include <complex>
#include <functional>

#include "engine/core/assert.h"
#include "engine/core/random.h"
#include "engine/ops/comparison.h"
#include "tests/support/loops.h"
#include "tests/support/loops_of_lines.h"
#include "tests/support/loops_of_windows.h"

namespace vitrine::reference {
namespace {

template <class T>
Loop<T> elementwise(std::function<T(T, T, T)> f) {
  return [f](const Call<T>& call) {
    each_index(call.out.spec.shape, [&](const Index& index) {
      const T a = stretched(call.in[0], index);
      const T b = call.in.size() > 1 ? stretched(call.in[1], index) : a;
      const T c = call.in.size() > 2 ? stretched(call.in[2], index) : a;
      call.out.data[flat(call.out.spec.shape, index)] = f(a, b, c);
    });
  };
}

// The same with other formulas for whole numbers, and for complex ones.
template <class T>
Loop<T> elementwise(std::function<T(T, T, T)> f, std::function<T(T, T, T)> whole,
                    std::function<std::complex<T>(std::complex<T>, std::complex<T>, std::complex<T>)> complex = {}) {
  return [=](const Call<T>& call) {
    const DType dtype = call.in.back().spec.dtype;
    if (dtype != DType::complex64) return elementwise<T>(dtype == DType::int32 ? whole : f)(call);
    each_index(call.out.spec.shape, [&](const Index& index) {
      std::complex<T> values[3];
      for (std::size_t i = 0; i < 3; ++i) {
        const Dense<T>& in = call.in[std::min(i, call.in.size() - 1)];
        if (in.spec.dtype != DType::complex64) {
          values[i] = stretched(in, index);
          continue;
        }
        Dense<T> part{{DType::float32, in.spec.shape}, {}};
        for (const std::size_t offset : {0u, 1u}) {
          part.data.clear();
          for (std::size_t k = offset; k < in.data.size(); k += 2) part.data.push_back(in.data[k]);
          (offset == 0 ? values[i].real(stretched(part, index)) : values[i].imag(stretched(part, index)));
        }
      }
      const std::complex<T> result = complex(values[0], values[1], values[2]);
      const std::size_t at = flat(call.out.spec.shape, index);
      if (call.out.spec.dtype != DType::complex64) {
        call.out.data[at] = result.real();
      } else {
        call.out.data[2 * at] = result.real();
        call.out.data[2 * at + 1] = result.imag();
      }
    });
  };
}

template <class T>
void cast(const Call<T>& call) {
  const DType from = call.in[0].spec.dtype, to = call.out.spec.dtype;
  for (std::int64_t i = 0; i < call.out.spec.shape.elements(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const T x = call.in[0].data[from == DType::complex64 ? 2 * at : at];
    const T y = to == DType::int32 ? std::trunc(x) : to == DType::boolean ? T(x != T(0)) : x;
    call.out.data[to == DType::complex64 ? 2 * at : at] = y;
  }
}

template <class T>
void fourier(const Call<T>& call) {
  const Shape& shape = call.out.spec.shape;
  const std::int64_t n = shape[shape.rank() - 1];
  const double turn = (std::get<bool>(call.attrs[0]) ? 2 : -2) * std::acos(-1.0) / static_cast<double>(n);
  for (std::int64_t i = 0; i < shape.elements(); ++i) {
    std::complex<double> sum = 0;
    for (std::int64_t j = 0; j < n; ++j) {
      const auto at = static_cast<std::size_t>(2 * (i / n * n + j));
      const std::complex<double> z(static_cast<double>(call.in[0].data[at]),
                                   static_cast<double>(call.in[0].data[at + 1]));
      sum += z * std::polar(1.0, turn * static_cast<double>(i % n * j));
    }
    call.out.data[static_cast<std::size_t>(2 * i)] = static_cast<T>(sum.real());
    call.out.data[static_cast<std::size_t>(2 * i + 1)] = static_cast<T>(sum.imag());
  }
}

template <class T>
void complex(const Call<T>& call) {
  each_index(call.out.spec.shape, [&](const Index& index) {
    const std::size_t at = flat(call.out.spec.shape, index);
    call.out.data[2 * at] = stretched(call.in[0], index);
    call.out.data[2 * at + 1] = stretched(call.in[1], index);
  });
}

template <class T>
Loop<T> part(std::size_t offset) {
  return [offset](const Call<T>& call) {
    for (std::size_t i = 0; i < call.out.data.size(); ++i) call.out.data[i] = call.in[0].data[2 * i + offset];
  };
}

template <class T>
T floor_mod(T a, T b) {
  return b == T(0) ? T(0) : a - b * std::floor(a / b);
}

template <class T>
void matmul(const Call<T>& call) {
  const std::int64_t inner = call.in[0].spec.shape[call.in[0].spec.shape.rank() - 1];
  each_index(call.out.spec.shape, [&](const Index& index) {
    T total = 0;
    for (std::int64_t k = 0; k < inner; ++k) {
      Index a = index, b = index;
      a[a.size() - 1] = k;
      b[b.size() - 2] = k;
      total += stretched(call.in[0], a) * stretched(call.in[1], b);
    }
    call.out.data[flat(call.out.spec.shape, index)] = total;
  });
}

// Joins the terms of each output in double, one after another, and ends with a function of the total and their number.
template <class T>
Loop<T> reduction(
    double start, std::function<double(double, double)> join,
    std::function<double(double, double)> end = [](double total, double) { return total; }) {
  return [=](const Call<T>& call) {
    const auto& axes = std::get<Integers>(call.attrs[0]);
    const bool keep = std::get<bool>(call.attrs[1]);
    const Shape& shape = call.in[0].spec.shape;
    const bool truths = call.in[0].spec.dtype == DType::boolean;
    std::vector<double> totals(call.out.data.size(), truths ? double(start > 0) : start);
    each_index(shape, [&](const Index& index) {
      Index to;
      for (int axis = 0; axis < shape.rank(); ++axis) {
        const bool reduced = std::find(axes.begin(), axes.end(), axis) != axes.end();
        if (!reduced) to.push_back(index[static_cast<std::size_t>(axis)]);
        if (reduced && keep) to.push_back(0);
      }
      double& total = totals[flat(call.out.spec.shape, to)];
      total = join(total, static_cast<double>(call.in[0].data[flat(shape, index)]));
    });
    const double count = static_cast<double>(shape.elements()) / static_cast<double>(totals.size());
    for (std::size_t i = 0; i < totals.size(); ++i) call.out.data[i] = static_cast<T>(end(totals[i], count));
  };
}

template <class T>
void transpose(const Call<T>& call) {
  const auto& axes = std::get<Integers>(call.attrs[0]);
  each_index(call.out.spec.shape, [&](const Index& index) {
    Index from(index.size());
    for (std::size_t i = 0; i < axes.size(); ++i) from[static_cast<std::size_t>(axes[i])] = index[i];
    call.out.data[flat(call.out.spec.shape, index)] = call.in[0].data[flat(call.in[0].spec.shape, from)];
  });
}

template <class T>
void slice(const Call<T>& call) {
  const auto& begin = std::get<Integers>(call.attrs[0]);
  const auto& step = std::get<Integers>(call.attrs[2]);
  each_index(call.out.spec.shape, [&](const Index& index) {
    Index from = index;
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = begin[i] + index[i] * step[i];
    call.out.data[flat(call.out.spec.shape, index)] = call.in[0].data[flat(call.in[0].spec.shape, from)];
  });
}

template <class T>
void pad(const Call<T>& call) {
  const auto& before = std::get<Integers>(call.attrs[0]);
  const auto& between = std::get<Integers>(call.attrs[2]);
  std::fill(call.out.data.begin(), call.out.data.end(), static_cast<T>(std::get<double>(call.attrs[3])));
  each_index(call.in[0].spec.shape, [&](const Index& index) {
    Index to = index;
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = before[i] + index[i] * (between[i] + 1);
    call.out.data[flat(call.out.spec.shape, to)] = call.in[0].data[flat(call.in[0].spec.shape, index)];
  });
}

template <class T>
void same(const Call<T>& call) {
  call.out.data = call.in[0].data;
}

// The streams are the engine's own: tests/engine/random_test.cpp compares them with published numbers.
template <class T>
Loop<T> drawn(float (*draw)(random::Draw&, float, float)) {
  return [draw](const Call<T>& call) {
    for (std::size_t i = 0; i < call.out.data.size(); ++i) {
      random::Draw stream(static_cast<std::uint64_t>(std::get<std::int64_t>(call.attrs[0])),
                          static_cast<std::uint32_t>(std::max(call.in[0].data[0], T(0))), i);
      call.out.data[i] = draw(stream, static_cast<float>(std::get<double>(call.attrs[2])),
                              static_cast<float>(std::get<double>(call.attrs[3])));
    }
  };
}

template <class T>
void multinomial(const Call<T>& call) {
  const std::int64_t draws = call.out.spec.shape[1], classes = call.in[1].spec.shape[1];
  for (std::int64_t i = 0; i < call.out.spec.shape.elements(); ++i) {
    random::Draw stream(static_cast<std::uint64_t>(std::get<std::int64_t>(call.attrs[0])),
                        static_cast<std::uint32_t>(std::max(call.in[0].data[0], T(0))), static_cast<std::uint64_t>(i));
    T best = -std::numeric_limits<T>::infinity();
    for (std::int64_t k = 0; k < classes; ++k) {
      const T score = call.in[1].data[static_cast<std::size_t>(i / draws * classes + k)] -
                      std::log(-std::log(static_cast<T>(stream.above_zero())));
      if (score > best) best = score, call.out.data[static_cast<std::size_t>(i)] = static_cast<T>(k);
    }
  }
}

template <class T>
const std::map<std::string_view, Loop<T>>& loops() {
  using C = std::complex<T>;
  static const std::map<std::string_view, Loop<T>> all = {
      {"add", elementwise<T>([](T a, T b, T) { return a + b; }, [](T a, T b, T) { return a + b; },
                             [](C a, C b, C) { return a + b; })},
      {"sub", elementwise<T>([](T a, T b, T) { return a - b; }, [](T a, T b, T) { return a - b; },
                             [](C a, C b, C) { return a - b; })},
      {"mul", elementwise<T>([](T a, T b, T) { return a * b; }, [](T a, T b, T) { return a * b; },
                             [](C a, C b, C) { return a * b; })},
      {"div", elementwise<T>([](T a, T b, T) { return a / b; },
                             [](T a, T b, T) { return b == T(0) ? T(0) : std::floor(a / b); },
                             [](C a, C b, C) { return a / b; })},
      {"maximum", elementwise<T>([](T a, T b, T) { return a < b || b != b ? b : a; })},
      {"minimum", elementwise<T>([](T a, T b, T) { return b < a || b != b ? b : a; })},
      {"mod", elementwise<T>([](T a, T b, T) { return floor_mod(a, b); })},
      // In 32 bits.
      {"pow", elementwise<T>([](T a, T b, T) { return std::pow(a, b); },
                             [](T a, T b, T) {
                               if (b < 0) return a * a == T(1) ? std::pow(a, b) : T(0);
                               std::uint32_t r = 1;
                               for (int i = 0; i < static_cast<int>(b); ++i)
                                 r *= static_cast<std::uint32_t>(static_cast<std::int32_t>(a));
                               return static_cast<T>(static_cast<std::int32_t>(r));
                             })},
      {"neg", elementwise<T>([](T a, T, T) { return -a; }, [](T a, T, T) { return -a; }, [](C a, C, C) { return -a; })},
      {"square", elementwise<T>([](T a, T, T) { return a * a; }, [](T a, T, T) { return a * a; },
                                [](C a, C, C) { return a * a; })},
      {"abs", elementwise<T>([](T a, T, T) { return std::abs(a); })},
      {"where",
       elementwise<T>([](T a, T b, T c) { return a != T(0) ? b : c; }, [](T a, T b, T c) { return a != T(0) ? b : c; },
                      [](C a, C b, C c) { return a != C(0) ? b : c; })},
      {"greater", elementwise<T>([](T a, T b, T) { return T(a > b ? 1 : 0); })},
      {"greater_equal", elementwise<T>([](T a, T b, T) { return T(a >= b ? 1 : 0); })},
      {"equal",
       elementwise<T>([](T a, T b, T) { return T(a == b ? 1 : 0); }, [](T a, T b, T) { return T(a == b ? 1 : 0); },
                      [](C a, C b, C) { return C(a == b ? T(1) : T(0)); })},
      {"not_equal",
       elementwise<T>([](T a, T b, T) { return T(a != b ? 1 : 0); }, [](T a, T b, T) { return T(a != b ? 1 : 0); },
                      [](C a, C b, C) { return C(a != b ? T(1) : T(0)); })},
      {"bit_and",
       elementwise<T>([](T a, T b, T) { return T(static_cast<std::int32_t>(a) & static_cast<std::int32_t>(b)); })},
      {"floor", elementwise<T>([](T a, T, T) { return std::floor(a); })},
      {"round", elementwise<T>([](T a, T, T) { return std::nearbyint(a); })},
      {"sign", elementwise<T>([](T a, T, T) { return T(a > T(0)) - T(a < T(0)); })},
      {"sqrt", elementwise<T>([](T a, T, T) { return std::sqrt(a); })},
      {"exp", elementwise<T>([](T a, T, T) { return std::exp(a); })},
      {"expm1", elementwise<T>([](T a, T, T) { return std::expm1(a); })},
      {"log", elementwise<T>([](T a, T, T) { return std::log(a); })},
      {"log1p", elementwise<T>([](T a, T, T) { return std::log1p(a); })},
      {"erf", elementwise<T>([](T a, T, T) { return std::erf(a); })},
      {"sin", elementwise<T>([](T a, T, T) { return std::sin(a); })},
      {"cos", elementwise<T>([](T a, T, T) { return std::cos(a); })},
      {"tan", elementwise<T>([](T a, T, T) { return std::tan(a); })},
      {"asin", elementwise<T>([](T a, T, T) { return std::asin(a); })},
      {"acos", elementwise<T>([](T a, T, T) { return std::acos(a); })},
      {"atan", elementwise<T>([](T a, T, T) { return std::atan(a); })},
      {"atan2", elementwise<T>([](T a, T b, T) { return std::atan2(a, b); })},
      {"sinh", elementwise<T>([](T a, T, T) { return std::sinh(a); })},
      {"cosh", elementwise<T>([](T a, T, T) { return std::cosh(a); })},
      {"asinh", elementwise<T>([](T a, T, T) { return std::asinh(a); })},
      {"acosh", elementwise<T>([](T a, T, T) { return std::acosh(a); })},
      {"atanh", elementwise<T>([](T a, T, T) { return std::atanh(a); })},
      {"tanh", elementwise<T>([](T a, T, T) { return std::tanh(a); })},
      {"relu", elementwise<T>([](T a, T, T) { return a < T(0) ? T(0) : a; })},
      {"sigmoid", elementwise<T>([](T a, T, T) { return T(1) / (T(1) + std::exp(-a)); })},
      {"softplus", elementwise<T>([](T a, T, T) { return std::max(a, T(0)) + std::log1p(std::exp(-std::abs(a))); })},
      {"random_uniform", drawn<T>([](random::Draw& d, float a, float b) { return a + (b - a) * d.uniform(); })},
      {"random_normal", drawn<T>([](random::Draw& d, float a, float b) { return a + b * d.normal(); })},
      {"random_truncated_normal",
       drawn<T>([](random::Draw& d, float a, float b) { return a + b * d.truncated_normal(); })},
      {"random_gamma", drawn<T>([](random::Draw& d, float a, float b) { return b * d.gamma(a); })},
      {"random_multinomial", multinomial<T>},
      {"cast", cast<T>},
      {"complex", complex<T>},
      {"real", part<T>(0)},
      {"imag", part<T>(1)},
      {"matmul", matmul<T>},
      {"sum", reduction<T>(0, std::plus<>())},
      {"mean", reduction<T>(0, std::plus<>(), std::divides<>())},
      {"max", reduction<T>(-HUGE_VAL, [](double a, double b) { return b > a || b != b ? b : a; })},
      {"min", reduction<T>(HUGE_VAL, [](double a, double b) { return b < a || b != b ? b : a; })},
      {"log_sum_exp", reduction<T>(
                          0, [](double a, double b) { return a + std::exp(b); },
                          [](double total, double) { return std::log(total); })},
      {"broadcast", elementwise<T>([](T a, T, T) { return a; })},
      {"transpose", transpose<T>},
      {"slice", slice<T>},
      {"pad", pad<T>},
      {"reverse", reverse<T>},
      {"concat", concat<T>},
      {"gather", gather<T>},
      {"segment_sum", segment_sum<T>},
      {"flat_index", flat_index<T>},
      {"last_writer", last_writer<T>},
      {"one_hot", one_hot<T>},
      {"band_part", band_part<T>},
      {"arg_max", arg<T>(1)},
      {"arg_min", arg<T>(-1)},
      {"top_k", top_k<T>},
      {"search_sorted", search_sorted<T>},
      {"cumsum", cumsum<T>},
      {"reshape", same<T>},
      {"tap", same<T>},
      {"custom", same<T>},
      {"copy", same<T>},
      {"convolution", convolution<T>(Factor::y)},
      {"convolution_input_gradient", convolution<T>(Factor::x)},
      {"convolution_filter_gradient", convolution<T>(Factor::w)},
      {"max_pool", max_pool<T>(OfWinner::value)},
      {"max_pool_winners", max_pool<T>(OfWinner::place)},
      {"max_pool_pick", max_pool<T>(OfWinner::pick)},
      {"max_pool_spread", max_pool<T>(OfWinner::spread)},
      {"average_pool", average_pool<T>(false)},
      {"average_pool_spread", average_pool<T>(true)},
      {"resample", resample<T>},
      {"fourier", fourier<T>},
  };
  return all;
}

}  // namespace

bool covers(const Op& op) {
  return loops<float>().contains(op.name);
}

template <class T>
std::vector<Dense<T>> run_all(const Op& op, const Attrs& attrs, std::span<const Dense<T>> inputs) {
  std::vector<Spec> specs;
  for (const Dense<T>& input : inputs) specs.push_back(input.spec);
  ShapeRule rule(op.name, specs, attrs);
  op.shape(rule);
  std::vector<Dense<T>> results;
  for (const Spec& spec : std::move(rule).take()) {
    const std::int64_t parts = spec.dtype == DType::complex64 ? 2 : 1;
    results.push_back({spec, std::vector<T>(static_cast<std::size_t>(parts * spec.shape.elements()), T(0))});
  }
  loops<T>().at(op.name)({attrs, inputs, results.front(), results});
  return results;
}

template <class T>
Dense<T> run(const Op& op, const Attrs& attrs, std::span<const Dense<T>> inputs, const Spec& output) {
  Dense<T> result = std::move(run_all(op, attrs, inputs).front());
  VITRINE_ASSERT(result.spec == output);
  return result;
}

template <class T>
std::vector<Dense<T>> evaluate(const Graph& graph, const Ends<T>& ends) {
  using Kind = Graph::Value::Kind;
  std::vector<Dense<T>> values(graph.values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& value = graph.values[i];
    if (value.kind == Kind::input) values[i] = ends.inputs.at(static_cast<std::size_t>(value.index));
    if (value.kind == Kind::region) values[i] = ends.regions.at({value.index, value.offset});
    if (value.kind == Kind::literal) values[i] = {value.spec, {static_cast<T>(value.literal)}};
    if (value.kind == Kind::constant) {
      const std::vector<float> floats = value.constant.floats();
      values[i] = {value.spec, std::vector<T>(floats.begin(), floats.end())};
    }
  }
  for (const auto& node : graph.nodes) {
    VITRINE_ASSERT(node.op != nullptr);  // fused bodies are for backends; the reference takes graphs as traced
    std::vector<Dense<T>> inputs;
    for (const int input : node.inputs) inputs.push_back(values[static_cast<std::size_t>(input)]);
    std::vector<Dense<T>> results = run_all<T>(*node.op, node.attrs, inputs);
    for (std::size_t i = 0; i < results.size(); ++i) {
      values[static_cast<std::size_t>(node.outputs[i])] = std::move(results[i]);
    }
  }
  return values;
}

template <class T>
Dense<T> random(const Spec& spec, double low, double high, std::uint64_t seed) {
  std::mt19937_64 engine(seed);  // its sequence is fixed by the standard, unlike that of distributions
  Dense<T> dense{spec, {}};
  const std::int64_t parts = spec.dtype == DType::complex64 ? 2 : 1;
  for (std::int64_t i = 0; i < parts * spec.shape.elements(); ++i) {
    const double unit = static_cast<double>(engine() >> 11) * 0x1p-53;
    const auto number = static_cast<float>(low + (high - low) * unit);
    dense.data.push_back(spec.dtype == DType::boolean ? T(unit < 0.5 ? 0 : 1)
                         : spec.dtype == DType::int32 ? T(std::floor(number))
                                                      : T(number));
  }
  return dense;
}

Tensor upload(Backend& backend, const Dense<float>& dense) {
  if (dense.spec.dtype == DType::int32) {
    const std::vector<std::int32_t> integers(dense.data.begin(), dense.data.end());
    return tensor(backend, dense.spec, std::as_bytes(std::span(integers)));
  }
  if (dense.spec.dtype == DType::complex64) {
    return tensor(backend, dense.spec, std::as_bytes(std::span(dense.data)));
  }
  const Tensor floats = tensor(backend, dense.data, dense.spec.shape);
  return dense.spec.dtype == DType::boolean ? ops::greater(floats, like(floats, 0.5f)) : floats;
}

template std::vector<Dense<float>> run_all(const Op&, const Attrs&, std::span<const Dense<float>>);
template std::vector<Dense<double>> run_all(const Op&, const Attrs&, std::span<const Dense<double>>);
template Dense<float> run(const Op&, const Attrs&, std::span<const Dense<float>>, const Spec&);
template Dense<double> run(const Op&, const Attrs&, std::span<const Dense<double>>, const Spec&);
template std::vector<Dense<float>> evaluate(const Graph&, const Ends<float>&);
template std::vector<Dense<double>> evaluate(const Graph&, const Ends<double>&);
template Dense<float> random(const Spec&, double, double, std::uint64_t);
template Dense<double> random(const Spec&, double, double, std::uint64_t);

}  // namespace vitrine::reference
