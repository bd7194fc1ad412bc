// Every kernel against the plainest loop in double precision: odd and empty sizes, strided inputs, guarded outputs,
// every variant. And the promise of equal bits: between variants with FMA, thread counts, and single ops and fused
// bodies.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

#include "engine/cpu/prepared.h"
#include "engine/ops/activation.h"
#include "engine/ops/all_ops.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/comparison.h"
#include "engine/ops/convolution.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"
#include "tests/cpu/support.h"
#include "tests/support/reference.h"

using namespace vitrine;

namespace {

enum class Order { dense, reversed, spread };

// A tensor of numbers, stored in one of several orders; `values` is always row-major.
struct Input {
  Spec spec;
  std::vector<float> values;
  std::shared_ptr<Buffer> buffer;
  Layout layout;
  Operand operand() const { return {buffer.get(), spec, layout}; }
};

std::int64_t place_of(const Shape& shape, const Layout& layout, std::int64_t index) {
  std::int64_t place = layout.offset;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    place += index % shape[axis] * layout.strides[static_cast<std::size_t>(axis)];
    index /= shape[axis];
  }
  return place;
}

Input input_of(Backend& backend, const Spec& spec, Order order, test::Numbers& numbers, const Sample& range = {}) {
  Input input{
      spec, numbers.reals(static_cast<std::size_t>(spec.shape.elements())), nullptr, {dense_strides(spec.shape), 0}};
  if (order == Order::reversed) {
    std::int64_t step = 1;
    for (int axis = 0; axis < spec.shape.rank(); ++axis) {
      input.layout.strides[static_cast<std::size_t>(axis)] = step;
      step *= spec.shape[axis];
    }
  } else if (order == Order::spread) {
    for (auto& stride : input.layout.strides) stride *= 3;
    input.layout.offset = 5;
  }
  input.buffer = backend.allocate(spec.bytes() * 3 + 64, "test");
  for (std::int64_t i = 0; i < spec.shape.elements(); ++i) {
    const auto place = static_cast<std::size_t>(place_of(spec.shape, input.layout, i));
    float& value = input.values[static_cast<std::size_t>(i)];
    if (spec.dtype == DType::boolean) {
      value = value > 0 ? 1.0f : 0.0f;
      input.buffer->host()[place] = static_cast<std::byte>(value);
    } else {
      value = static_cast<float>(range.low + (range.high - range.low) * (static_cast<double>(value) + 2) / 4);
      if (spec.dtype == DType::int32) {
        value = std::floor(value);
        reinterpret_cast<std::int32_t*>(input.buffer->host())[place] = static_cast<std::int32_t>(value);
        continue;
      }
      reinterpret_cast<float*>(input.buffer->host())[place] = value;
    }
  }
  return input;
}

struct Case {
  std::vector<Spec> inputs;
  Attrs attrs;
};

std::vector<Spec> outputs_of(const Op& op, const Case& c) {
  ShapeRule rule(op.name, c.inputs, c.attrs);
  op.shape(rule);
  return std::move(rule).take();
}

// Each of the three convolutions over rows of n cells, framed by a margin: of many channels, of so few that taps are
// joined, depthwise, and with windows that step by two.
void add_convolutions(const Op& op, std::int64_t n, std::vector<Case>& cases) {
  struct Kind {
    std::int64_t channels, filters, groups, stride;
  };
  for (const Kind& k : {Kind{2, 33, 1, 1}, {1, 8, 1, 1}, {3, 3, 1, 2}, {19, 19, 19, 1}, {3, 3, 3, 2}, {2, 4, 2, 1}}) {
    const std::int64_t lines = 3, in = k.channels / k.groups;
    const Integers strides(2, k.stride), one{1, 1};
    Attrs attrs{strides, one, one, one, k.groups};
    const Spec x{DType::float32, {1, lines, n, k.channels}}, w{DType::float32, {3, 3, in, k.filters}};
    const Spec y{DType::float32, {1, (lines - 1) / k.stride + 1, (n - 1) / k.stride + 1, k.filters}};
    if (op.name == "convolution") {
      cases.push_back({{x, w}, attrs});
    } else if (op.name == "convolution_input_gradient") {
      attrs.push_back(Integers{lines, n});
      cases.push_back({{y, w}, attrs});
    } else {
      attrs.push_back(Integers{3, 3});
      cases.push_back({{x, y}, attrs});
    }
  }
}

// A filter that is packed.
void add_large_filter(const Op& op, std::vector<Case>& cases) {
  const std::int64_t lines = 5, width = 7, read = 240, written = 35;
  const Integers one{1, 1};
  Attrs attrs{one, one, one, one, std::int64_t{1}};
  const Spec x{DType::float32, {1, lines, width, read}}, w{DType::float32, {3, 3, read, written}};
  const Spec y{DType::float32, {1, lines, width, written}};
  if (op.name == "convolution_input_gradient") attrs.push_back(Integers{lines, width});
  if (op.name == "convolution") cases.push_back({{x, w}, attrs});
  if (op.name == "convolution_input_gradient") cases.push_back({{y, w}, attrs});
}

// Single channels under frames of three by three: more than a block has and fewer, in more rows and columns than a
// block has and in fewer than a strip, with a margin and without.
void add_depthwise(const Op& op, std::vector<Case>& cases) {
  struct Kind {
    std::int64_t channels, lines, width, stride, margin;
  };
  for (const Kind& k : {Kind{83, 5, 15, 1, 1},
                        {83, 9, 15, 2, 1},
                        {20, 60, 9, 1, 0},
                        {5, 121, 31, 2, 0},
                        {19, 58, 7, 1, 2},
                        {70, 6, 4, 1, 1},
                        {70, 5, 5, 2, 2}}) {
    const auto windows = [&](std::int64_t cells) { return (cells + 2 * k.margin - 3) / k.stride + 1; };
    const Integers strides(2, k.stride), margin(2, k.margin), one{1, 1};
    Attrs attrs{strides, margin, margin, one, k.channels};
    const Spec x{DType::float32, {1, k.lines, k.width, k.channels}}, w{DType::float32, {3, 3, 1, k.channels}};
    const Spec y{DType::float32, {1, windows(k.lines), windows(k.width), k.channels}};
    if (op.name == "convolution_input_gradient") attrs.push_back(Integers{k.lines, k.width});
    if (op.name == "convolution_filter_gradient") attrs.push_back(Integers{3, 3});
    cases.push_back(
        {{op.name == "convolution_input_gradient" ? y : x, op.name == "convolution_filter_gradient" ? y : w}, attrs});
  }
}

// Windows of 1 × 2 that step by 1 and 2, with a margin along the rows of n cells.
void add_pools(const Op& op, std::int64_t n, std::vector<Case>& cases) {
  const Spec x{DType::float32, {2, 3, n, 35}}, y{DType::float32, {2, 3, n / 2 + 1, 35}};
  const Integers strides{1, 2}, before{0, 1}, after{0, 1}, dilations{1, 1}, frame{1, 2};
  Case c{{x}, {strides, before, after, dilations, frame}};
  if (op.name == "max_pool_spread") c.inputs.push_back(y);
  if (op.name == "max_pool_pick") c.inputs.push_back(x);
  if (op.name == "max_pool_winners") c.attrs.emplace_back(n % 2 == 0);
  if (op.name == "average_pool_spread") {
    c.inputs = {y};
    c.attrs.emplace_back(Integers{3, n});
  }
  cases.push_back(std::move(c));
}

// The op's own samples and odd sizes around the lanes, tiles and chunks of the kernels.
std::vector<Case> cases_of(const Op& op) {
  std::vector<Case> cases;
  for (const Sample& sample : op.samples()) {
    const bool complex = std::ranges::any_of(sample.inputs, [](const Spec& s) { return s.dtype == DType::complex64; });
    // Complex numbers are compared in tests/engine/op_test.cpp.
    if (!complex) cases.push_back({sample.inputs, sample.attrs});
  }
  std::erase_if(cases, [&](const Case& c) { return outputs_of(op, c)[0].dtype == DType::complex64; });
  const auto floats = [](Shape shape) { return Spec{DType::float32, shape}; };
  if (op.name.starts_with("convolution")) add_depthwise(op, cases), add_large_filter(op, cases);
  for (const std::int64_t n : {1, 13, 16, 127, 257}) {
    if (op.micro == Micro::bit_and) {
      cases.push_back({{{DType::int32, {3, n}}, {DType::int32, {n}}}, {}});
    } else if (op.micro == Micro::where) {
      cases.push_back({{{DType::boolean, {3, n}}, floats({n}), floats({3, 1})}, {}});
    } else if (op.micro != Micro::none && op.least_inputs == 2) {
      cases.push_back({{floats({3, n}), floats({3, n})}, {}});
      cases.push_back({{floats({3, n}), floats({n})}, {}});
      cases.push_back({{floats({3, 1, 2}), floats({n, 1})}, {}});
    } else if (op.micro != Micro::none || op.name == "copy") {
      cases.push_back({{floats({2, n, 3})}, op.name == "copy" ? Attrs{} : Attrs{}});
    } else if (op.name == "matmul") {
      cases.push_back({{floats({n, 7}), floats({7, 33})}, {}});
      cases.push_back({{floats({19, n}), floats({n, 5})}, {}});
      cases.push_back({{floats({2, 3, n}), floats({n, 17})}, {}});
    } else if (op.name.starts_with("convolution")) {
      add_convolutions(op, n, cases);
    } else if (op.name.find("_pool") != op.name.npos) {
      add_pools(op, n, cases);
    } else if (op.name == "resample") {  // the last cell twice, one in the middle, and a mixture
      const Integers starts{0, 1, 2, 4}, sources{n - 1, n / 2, 0, n - 1};
      cases.push_back({{floats({2, n, 3})}, {starts, sources, Reals{1, -0.5, 0.25, 0.75}, Reals{}}});
      cases.push_back({{floats({1, 5, n})}, {Integers{0, 1, 3}, Integers{4, 0, 2}, Reals{1, 0.5, 0.5}, Reals{1, 0}}});
    } else if (op.name == "search_sorted") {
      cases.push_back({{floats({2, n}), floats({2, 5})}, {n % 2 == 0}});
      cases.push_back({{floats({2, 5}), floats({2, n})}, {n % 2 != 0}});
    } else if (op.name == "arg_max" || op.name == "arg_min") {
      for (const std::int64_t axis : {0, 1, 2}) cases.push_back({{floats({3, n, 5})}, {axis}});
    } else if (op.name == "cumsum") {
      for (const bool backwards : {false, true}) {
        cases.push_back({{floats({3, n, 5})}, {std::int64_t{1}, !backwards, backwards}});
        cases.push_back({{floats({3, n})}, {std::int64_t{1}, backwards, backwards}});
      }
    } else if (op.name == "top_k") {
      cases.push_back({{floats({3, n})}, {(n + 1) / 2}});
    } else if (op.name == "concat") {
      cases.push_back({{floats({2, n}), floats({2, 3}), floats({2, n})}, {std::int64_t{1}}});
    } else if (op.name == "band_part") {
      cases.push_back({{floats({n, 13})}, {std::int64_t{2}, std::int64_t{3}}});
    } else if (op.attrs.size() == 2 && op.attrs[1].name == "keep") {  // every reduction
      for (const Integers& axes : {Integers{0}, Integers{1}, Integers{2}, Integers{0, 1}, Integers{0, 2},
                                   Integers{1, 2}, Integers{0, 1, 2}, Integers{}}) {
        cases.push_back({{floats({3, n, 5})}, {axes, false}});
      }
    } else if (op.name == "gather") {
      cases.push_back({{floats({2, 5, n}), {DType::int32, {2, 7}}}, {}});
      cases.push_back({{floats({1, n, 3}), {DType::int32, {1, n}}}, {}});
    } else if (op.name == "segment_sum") {
      cases.push_back({{floats({2, 7, n}), {DType::int32, {2, 7}}}, {std::int64_t{4}}});
      cases.push_back({{floats({1, n, 3}), {DType::int32, {1, n}}}, {n}});
    } else if (op.name == "flat_index") {
      cases.push_back({{{DType::int32, {n, 2}}}, {Integers{3, n}}});
    } else if (op.name == "last_writer") {
      cases.push_back({{{DType::int32, {n}}}, {n}});
    } else if (op.name == "one_hot") {
      cases.push_back({{{DType::int32, {3, n}}}, {std::int64_t{5}, 1.0, 0.0, std::string("float32")}});
      cases.push_back({{{DType::int32, {5}}}, {n, 2.0, -1.0, std::string("int32")}});
    } else if (op.name == "pad") {
      cases.push_back({{floats({2, n})}, {Integers{1, 3}, Integers{0, 2}, Integers{0, 1}, 0.5}});
    } else if (op.name == "reshape") {
      cases.push_back({{floats({2, n})}, {Integers{n, 2}}});
    }
  }
  return cases;
}

std::vector<const Op*> kernel_ops() {
  std::vector<const Op*> list;
  for (const Op* op : ops::all_ops()) {
    if (op->view == nullptr || op->name == "reshape") list.push_back(op);
  }
  return list;
}

struct Result {
  std::vector<Input> inputs;
  std::vector<test::Guarded> outputs;
  const test::Guarded& output() const { return outputs.front(); }
};

// Runs a case; the numbers come from the seed alone.
Result result_of(Backend& backend, const Op& op, const Case& c, Order order, std::uint64_t seed = 7) {
  test::Numbers numbers(seed);
  Result result;
  for (const Spec& spec : outputs_of(op, c)) result.outputs.emplace_back(backend, spec);
  std::vector<Operand> operands;
  for (const Spec& spec : c.inputs) {
    result.inputs.push_back(input_of(backend, spec, order, numbers, op.samples().front()));
    operands.push_back(result.inputs.back().operand());
  }
  std::vector<Operand> outputs;
  for (const auto& output : result.outputs) outputs.push_back(output.operand());
  backend.run(op, c.attrs, operands, outputs);
  return result;
}

double number_in(const test::Guarded& output, DType dtype, std::size_t at) {
  if (dtype == DType::boolean) return static_cast<double>(output.bytes()[at]);
  if (dtype == DType::float32) return static_cast<double>(output.floats()[at]);
  std::int32_t integer;
  std::memcpy(&integer, output.bytes() + at * sizeof integer, sizeof integer);
  return integer;
}

std::int64_t places_of(const Case& c) {  // at which a window stops
  const Shape& dy = c.inputs[1].shape;
  return dy.elements() / std::max<std::int64_t>(dy[dy.rank() - 1], 1);
}

double tolerance_of(const Op& op, const Case& c) {
  if (op.name == "matmul") return 4e-7 * 4 * static_cast<double>(c.inputs[0].shape[c.inputs[0].shape.rank() - 1] + 1);
  if (op.name == "sum" || op.name == "mean" || op.name == "segment_sum" || op.name == "cumsum")
    return 1e-6 * static_cast<double>(c.inputs[0].shape.elements() + 1);
  if (op.name == "convolution_filter_gradient") return 1e-7 * static_cast<double>(places_of(c) + 100);
  // The samples sum up to 153 products of numbers up to 2, the largest filter 2160.
  if (op.name.starts_with("convolution")) return c.inputs[1].shape.elements() < 10'000 ? 1e-5 : 1e-4;
  return 1e-6;
}

}  // namespace

namespace {

using Wanted = std::vector<reference::Dense<double>>;

// By the plain loops, for numbers that lie anywhere.
Wanted wanted_of(const Op& op, const Case& c, const Result& result) {
  Wanted inputs;
  for (const Input& input : result.inputs) {
    inputs.push_back({input.spec, std::vector<double>(input.values.begin(), input.values.end())});
  }
  return reference::run_all<double>(op, c.attrs, inputs);
}

double worst_difference(const Result& result, const Wanted& wanted) {
  double worst = 0;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    for (std::size_t at = 0; at < wanted[k].data.size(); ++at) {
      const double right = wanted[k].data[at], got = number_in(result.outputs[k], wanted[k].spec.dtype, at);
      if (right == right || got == got)
        worst = std::max(worst, std::fabs(got - right) / std::max(1.0, std::fabs(right)));
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("every kernel agrees with a plain loop, in every order of memory, and stays inside its output") {
  std::vector<std::unique_ptr<Backend>> backends;
  for (const auto& variant : test::variants()) {
    backends.push_back(make_cpu_backend({.threads = 2, .variant = variant}));
  }
  for (const Op* op : kernel_ops()) {
    REQUIRE_MESSAGE(reference::covers(*op), op->name);
    for (const Case& c : cases_of(*op)) {
      Wanted wanted;  // once: the numbers are the same for every variant and order
      for (const auto& backend : backends) {
        for (const Order order : {Order::dense, Order::reversed, Order::spread}) {
          const Result result = result_of(*backend, *op, c, order);
          if (wanted.empty()) wanted = wanted_of(*op, c, result);
          CAPTURE(backend->info().isa);
          CAPTURE(op->name);
          CAPTURE(text_of(c.inputs[0]));
          CAPTURE(static_cast<int>(order));
          for (const auto& output : result.outputs) CHECK(output.margins_untouched());
          CHECK(worst_difference(result, wanted) <= tolerance_of(*op, c));
        }
      }
    }
  }
}

TEST_CASE("the bits are the same for every variant with FMA, thread count and order of memory") {
  std::vector<std::unique_ptr<Backend>> backends;
  for (const auto& variant : test::fma_variants()) {
    for (const int threads : {1, 2, 7}) backends.push_back(make_cpu_backend({.threads = threads, .variant = variant}));
  }
  if (backends.empty()) return;
  const auto floats = [](Shape shape) { return Spec{DType::float32, shape}; };
  for (const Op* op : kernel_ops()) {
    std::vector<Case> cases = cases_of(*op);
    // Large enough that several threads take part.
    if (op->name == "matmul") cases.push_back({{floats({301, 170}), floats({170, 99})}, {}});
    if (op->name == "tanh") cases.push_back({{floats({97, 2011})}, {}});
    if (op->name == "add") cases.push_back({{floats({411, 1025}), floats({1025})}, {}});
    if (op->name == "sum") cases.push_back({{floats({300, 1111})}, {Integers{0}, false}});
    if (op->name == "sum") cases.push_back({{floats({300, 1111})}, {Integers{1}, false}});
    if (op->name == "convolution") {
      const Integers one{1, 1};
      cases.push_back({{floats({2, 41, 35, 19}), floats({3, 3, 19, 37})}, {one, one, one, one, std::int64_t{1}}});
    }
    for (const Case& c : cases) {
      const Hash first = hash_of(result_of(*backends[0], *op, c, Order::dense).output().memory());
      for (const auto& backend : backends) {
        for (const Order order : {Order::dense, Order::reversed, Order::spread}) {
          CAPTURE(op->name);
          CAPTURE(text_of(c.inputs[0]));
          CAPTURE(backend->info().isa);
          CAPTURE(backend->info().threads);
          CHECK(hash_of(result_of(*backend, *op, c, order).output().memory()) == first);
        }
      }
    }
  }
}

TEST_CASE("a matrix product is one chain of fused multiply-adds over k") {
  if (test::fma_variants().empty()) return;
  const auto backend = make_cpu_backend({.threads = 1, .variant = test::fma_variants().back()});
  const Case c{{{DType::float32, {5, 300}}, {DType::float32, {300, 35}}}, {}};
  const Result result = result_of(*backend, ops::kMatmul, c, Order::dense);
  for (std::size_t row = 0; row < 5; ++row) {
    for (std::size_t column = 0; column < 35; ++column) {
      float sum = 0;
      for (std::size_t k = 0; k < 300; ++k) {
        sum = std::fma(result.inputs[0].values[row * 300 + k], result.inputs[1].values[k * 35 + column], sum);
      }
      REQUIRE(test::same_bits(result.output().floats()[row * 35 + column], sum));
    }
  }
}

TEST_CASE("a filter's gradient is one chain over rows that hold 256 places, and the chains are added in order") {
  if (test::fma_variants().empty()) return;
  const auto backend = make_cpu_backend({.threads = 1, .variant = test::fma_variants().back()});
  constexpr std::size_t kImages = 2, kLines = 11, kPlaces = 100, kBlock = 3;  // three rows hold 256 places
  const Integers one{1, 1}, none{0, 0};
  const Spec x{DType::float32, {kImages, kLines, kPlaces, 1}};
  const Case c{{x, x}, {one, none, none, one, std::int64_t{1}, one}};
  const Result result = result_of(*backend, ops::kConvolutionFilterGradient, c, Order::dense);
  float total = 0;
  for (std::size_t image = 0; image < kImages; ++image) {
    for (std::size_t line = 0; line < kLines; line += kBlock) {
      float chain = 0;
      const std::size_t begin = (image * kLines + line) * kPlaces;
      const std::size_t end = (image * kLines + std::min(line + kBlock, kLines)) * kPlaces;
      for (std::size_t i = begin; i < end; ++i) {
        chain = std::fma(result.inputs[0].values[i], result.inputs[1].values[i], chain);
      }
      total = image + line == 0 ? chain : total + chain;
    }
  }
  CHECK(test::same_bits(result.output().floats()[0], total));
}

TEST_CASE("a sum goes to sixteen accumulators by turns and folds them 8, 4, 2, 1 apart") {
  const auto backend = make_cpu_backend({.threads = 1, .variant = {}});
  for (const std::int64_t n : {1, 15, 16, 17, 100}) {
    const Result result = result_of(*backend, ops::kSum, {{{DType::float32, {n}}}, {Integers{0}, false}}, Order::dense);
    float sums[16] = {};
    for (std::size_t k = 0; k < static_cast<std::size_t>(n); ++k) sums[k % 16] += result.inputs[0].values[k];
    for (const int half : {8, 4, 2, 1}) {
      for (int i = 0; i < half; ++i) sums[i] += sums[i + half];
    }
    CHECK(test::same_bits(result.output().floats()[0], sums[0]));
  }
}

TEST_CASE("a fused body gives the bits of its steps one by one, also when it writes over its input") {
  for (const auto& variant : test::variants()) {
    const auto backend = make_cpu_backend({.threads = 2, .variant = variant});
    cpu::Pool pool(2);
    const auto kernels = cpu::load_kernels(variant);
    for (const std::int64_t n : {1, 13, 127, 257, 5000}) {
      CAPTURE(variant);
      CAPTURE(n);
      test::Numbers numbers(3);
      const Spec wide{DType::float32, {3, n}}, row{DType::float32, {n}}, one{DType::float32, {}};
      Input x = input_of(*backend, wide, Order::dense, numbers);
      const Input bias = input_of(*backend, row, Order::dense, numbers);
      const Input rate = input_of(*backend, one, Order::dense, numbers);
      const auto step = [&](const Op& op, std::vector<Operand> inputs, const Spec& spec) {
        auto output = std::make_unique<test::Guarded>(*backend, spec);
        const Operand operand = output->operand();
        backend->run(op, {}, inputs, {&operand, 1});
        return output;
      };
      // where(x > rate, tanh(x + bias) * rate, x)
      const auto sum = step(ops::kAdd, {x.operand(), bias.operand()}, wide);
      const auto curve = step(ops::kTanh, {sum->operand()}, wide);
      const auto scaled = step(ops::kMul, {curve->operand(), rate.operand()}, wide);
      const auto above = step(ops::kGreater, {x.operand(), rate.operand()}, {DType::boolean, wide.shape});
      const auto chosen = step(ops::kWhere, {above->operand(), scaled->operand(), x.operand()}, wide);
      const std::vector<MicroStep> body = {{Micro::add, -1, -2, 0},
                                           {Micro::tanh, 0, 0, 0},
                                           {Micro::mul, 1, -3, 0},
                                           {Micro::greater, -1, -3, 0},
                                           {Micro::where, 3, 2, -1}};
      const auto array = [](const Input& input) {
        return cpu::array_of(input.buffer->host(), input.spec, input.layout);
      };
      const cpu::PreparedCall fused(*kernels->find("fused"), {}, body, {array(x), array(bias), array(rate)},
                                    {array(x)});
      fused.run(pool);
      CHECK(hash_of({x.buffer->host(), wide.bytes()}) == hash_of(chosen->memory()));
    }
  }
}
