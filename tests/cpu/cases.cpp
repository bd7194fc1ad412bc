// By families: what a kernel does best is decided by few sizes, and each family is asked around them.
#include "tests/cpu/cases.h"

#include <algorithm>
#include <map>

#include "engine/ops/all_ops.h"

namespace vitrine::test {
namespace {

using Cases = std::vector<Case>;

Spec floats(Shape shape) {
  return {DType::float32, shape};
}

Spec integers(Shape shape) {
  return {DType::int32, shape};
}

// Each of the three convolutions over rows of n cells, framed by a margin: of many channels, of so few that taps are
// joined, depthwise, and with windows that step by two.
Cases convolutions(const Op& op, std::int64_t n) {
  Cases cases;
  struct Kind {
    std::int64_t channels, filters, groups, stride;
  };
  for (const Kind& k : {Kind{2, 33, 1, 1}, {1, 8, 1, 1}, {3, 3, 1, 2}, {19, 19, 19, 1}, {3, 3, 3, 2}, {2, 4, 2, 1}}) {
    const std::int64_t lines = 3, in = k.channels / k.groups;
    const Integers strides(2, k.stride), one{1, 1};
    Attrs attrs{strides, one, one, one, k.groups};
    const Spec x = floats({1, lines, n, k.channels}), w = floats({3, 3, in, k.filters});
    const Spec y = floats({1, (lines - 1) / k.stride + 1, (n - 1) / k.stride + 1, k.filters});
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
  return cases;
}

// A filter that is packed.
void add_large_filter(const Op& op, Cases& cases) {
  const std::int64_t lines = 5, width = 7, read = 240, written = 35;
  const Integers one{1, 1};
  Attrs attrs{one, one, one, one, std::int64_t{1}};
  const Spec x = floats({1, lines, width, read}), w = floats({3, 3, read, written});
  const Spec y = floats({1, lines, width, written});
  if (op.name == "convolution_input_gradient") attrs.push_back(Integers{lines, width});
  if (op.name == "convolution") cases.push_back({{x, w}, attrs});
  if (op.name == "convolution_input_gradient") cases.push_back({{y, w}, attrs});
}

// Single channels under frames of three by three: more than a block has and fewer, in more rows and columns than a
// block has and in fewer than a strip, with a margin and without.
void add_depthwise(const Op& op, Cases& cases) {
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
    const Spec x = floats({1, k.lines, k.width, k.channels}), w = floats({3, 3, 1, k.channels});
    const Spec y = floats({1, windows(k.lines), windows(k.width), k.channels});
    if (op.name == "convolution_input_gradient") attrs.push_back(Integers{k.lines, k.width});
    if (op.name == "convolution_filter_gradient") attrs.push_back(Integers{3, 3});
    cases.push_back(
        {{op.name == "convolution_input_gradient" ? y : x, op.name == "convolution_filter_gradient" ? y : w}, attrs});
  }
}

// Windows of 1 × 2 that step by 1 and 2, with a margin along the rows of n cells.
Case pool(const Op& op, std::int64_t n) {
  const Spec x = floats({2, 3, n, 35}), y = floats({2, 3, n / 2 + 1, 35});
  const Integers strides{1, 2}, before{0, 1}, after{0, 1}, dilations{1, 1}, frame{1, 2};
  Case c{{x}, {strides, before, after, dilations, frame}};
  if (op.name == "max_pool_spread") c.inputs.push_back(y);
  if (op.name == "max_pool_pick") c.inputs.push_back(x);
  if (op.name == "max_pool_winners") c.attrs.emplace_back(n % 2 == 0);
  if (op.name == "average_pool_spread") {
    c.inputs = {y};
    c.attrs.emplace_back(Integers{3, n});
  }
  return c;
}

Cases elementwise(const Op& op, std::int64_t n) {
  if (op.micro == Micro::bit_and) return {{{integers({3, n}), integers({n})}, {}}};
  if (op.micro == Micro::where) return {{{{DType::boolean, {3, n}}, floats({n}), floats({3, 1})}, {}}};
  if (op.least_inputs != 2) return {{{floats({2, n, 3})}, {}}};
  return {{{floats({3, n}), floats({3, n})}, {}},
          {{floats({3, n}), floats({n})}, {}},
          {{floats({3, 1, 2}), floats({n, 1})}, {}}};
}

Cases reductions(std::int64_t n) {
  Cases cases;
  for (const Integers& axes : {Integers{0}, Integers{1}, Integers{2}, Integers{0, 1}, Integers{0, 2}, Integers{1, 2},
                               Integers{0, 1, 2}, Integers{}})
    cases.push_back({{floats({3, n, 5})}, {axes, false}});
  return cases;
}

Cases winners(std::int64_t n) {
  Cases cases;
  for (const std::int64_t axis : {0, 1, 2}) cases.push_back({{floats({3, n, 5})}, {axis}});
  return cases;
}

Cases running_sums(std::int64_t n) {
  Cases cases;
  for (const bool backwards : {false, true}) {
    cases.push_back({{floats({3, n, 5})}, {std::int64_t{1}, !backwards, backwards}});
    cases.push_back({{floats({3, n})}, {std::int64_t{1}, backwards, backwards}});
  }
  return cases;
}

// The last cell twice, one in the middle, and a mixture.
Cases resamplings(std::int64_t n) {
  const Integers starts{0, 1, 2, 4}, sources{n - 1, n / 2, 0, n - 1};
  return {{{floats({2, n, 3})}, {starts, sources, Reals{1, -0.5, 0.25, 0.75}, Reals{}}},
          {{floats({1, 5, n})}, {Integers{0, 1, 3}, Integers{4, 0, 2}, Reals{1, 0.5, 0.5}, Reals{1, 0}}}};
}

using ByRows = Cases (*)(std::int64_t n);

// Ops with a family to themselves.
const std::map<std::string_view, ByRows>& by_name() {
  static constexpr std::int64_t one = 1, two = 2, three = 3, four = 4, five = 5;
  static const std::map<std::string_view, ByRows> table = {
      {"copy",
       [](std::int64_t n) {
         return Cases{{{floats({2, n, 3})}, {}}};
       }},
      {"matmul",
       [](std::int64_t n) {
         return Cases{{{floats({n, 7}), floats({7, 33})}, {}},
                      {{floats({19, n}), floats({n, 5})}, {}},
                      {{floats({2, 3, n}), floats({n, 17})}, {}}};
       }},
      {"resample", resamplings},
      {"search_sorted",
       [](std::int64_t n) {
         return Cases{{{floats({2, n}), floats({2, 5})}, {n % 2 == 0}},
                      {{floats({2, 5}), floats({2, n})}, {n % 2 != 0}}};
       }},
      {"arg_max", winners},
      {"arg_min", winners},
      {"cumsum", running_sums},
      {"top_k",
       [](std::int64_t n) {
         return Cases{{{floats({3, n})}, {(n + 1) / 2}}};
       }},
      {"concat",
       [](std::int64_t n) {
         return Cases{{{floats({2, n}), floats({2, 3}), floats({2, n})}, {one}}};
       }},
      {"band_part",
       [](std::int64_t n) {
         return Cases{{{floats({n, 13})}, {two, three}}};
       }},
      {"gather",
       [](std::int64_t n) {
         return Cases{{{floats({2, 5, n}), integers({2, 7})}, {}}, {{floats({1, n, 3}), integers({1, n})}, {}}};
       }},
      {"segment_sum",
       [](std::int64_t n) {
         return Cases{{{floats({2, 7, n}), integers({2, 7})}, {four}}, {{floats({1, n, 3}), integers({1, n})}, {n}}};
       }},
      {"flat_index",
       [](std::int64_t n) {
         return Cases{{{integers({n, 2})}, {Integers{3, n}}}};
       }},
      {"last_writer",
       [](std::int64_t n) {
         return Cases{{{integers({n})}, {n}}};
       }},
      {"one_hot",
       [](std::int64_t n) {
         return Cases{{{integers({3, n})}, {five, 1.0, 0.0, std::string("float32")}},
                      {{integers({5})}, {n, 2.0, -1.0, std::string("int32")}}};
       }},
      {"pad",
       [](std::int64_t n) {
         return Cases{{{floats({2, n})}, {Integers{1, 3}, Integers{0, 2}, Integers{0, 1}, 0.5}}};
       }},
      {"reshape",
       [](std::int64_t n) {
         return Cases{{{floats({2, n})}, {Integers{n, 2}}}};
       }},
  };
  return table;
}

Cases cases_of_size(const Op& op, std::int64_t n) {
  if (const auto found = by_name().find(op.name); found != by_name().end()) return found->second(n);
  if (op.micro != Micro::none) return elementwise(op, n);
  if (op.name.starts_with("convolution")) return convolutions(op, n);
  if (op.name.find("_pool") != op.name.npos) return {pool(op, n)};
  if (op.attrs.size() == 2 && op.attrs[1].name == "keep") return reductions(n);
  return {};
}

// Complex numbers are compared in tests/engine/op_test.cpp.
bool is_complex(const Spec& spec) {
  return spec.dtype == DType::complex64;
}

}  // namespace

std::vector<const Op*> kernel_ops() {
  std::vector<const Op*> list;
  for (const Op* op : ops::all_ops()) {
    if (op->view == nullptr || op->name == "reshape") list.push_back(op);
  }
  return list;
}

std::vector<Case> cases_of(const Op& op) {
  Cases cases;
  for (const Sample& sample : op.samples()) {
    if (std::ranges::none_of(sample.inputs, is_complex)) cases.push_back({sample.inputs, sample.attrs});
  }
  std::erase_if(cases, [&](const Case& c) { return is_complex(outputs_of(op, c)[0]); });
  if (op.name.starts_with("convolution")) add_depthwise(op, cases), add_large_filter(op, cases);
  for (const std::int64_t n : {1, 13, 16, 127, 257}) std::ranges::move(cases_of_size(op, n), std::back_inserter(cases));
  return cases;
}

std::vector<Case> large_cases_of(const Op& op) {
  const Integers one{1, 1};
  if (op.name == "matmul") return {{{floats({301, 170}), floats({170, 99})}, {}}};
  if (op.name == "tanh") return {{{floats({97, 2011})}, {}}};
  if (op.name == "add") return {{{floats({411, 1025}), floats({1025})}, {}}};
  if (op.name == "sum")
    return {{{floats({300, 1111})}, {Integers{0}, false}}, {{floats({300, 1111})}, {Integers{1}, false}}};
  if (op.name == "convolution")
    return {{{floats({2, 41, 35, 19}), floats({3, 3, 19, 37})}, {one, one, one, one, std::int64_t{1}}}};
  return {};
}

}  // namespace vitrine::test
