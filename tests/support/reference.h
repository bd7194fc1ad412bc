// The reference: every op as the plainest loop one can write, in float or double, over dense arrays. It is the oracle
// for kernels, for gradients (finite differences in double) and for other devices; nothing in the product uses it.
#pragma once

#include <map>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/tensor/tensor.h"

namespace vitrine::reference {

template <class T>
struct Dense {
  Spec spec;
  std::vector<T> data;  // row-major; booleans are 0 and 1, complex numbers pairs
};

bool covers(const Op& op);

template <class T>
std::vector<Dense<T>> run_all(const Op& op, const Attrs& attrs, std::span<const Dense<T>> inputs);
template <class T>  // of an op with one output
Dense<T> run(const Op& op, const Attrs& attrs, std::span<const Dense<T>> inputs, const Spec& output);

// Runs a traced graph node by node; regions are found by slab index and offset. Answers every value by id.
template <class T>
struct Ends {
  std::vector<Dense<T>> inputs;                             // in the order of Graph::inputs
  std::map<std::pair<int, std::size_t>, Dense<T>> regions;  // (slab, offset in floats)
};
template <class T>
std::vector<Dense<T>> evaluate(const Graph& graph, const Ends<T>& ends);

// Numbers between low and high, the same for the same seed everywhere; integers are rounded down, booleans coin tosses.
template <class T>
Dense<T> random(const Spec& spec, double low, double high, std::uint64_t seed);

// On a backend, with the numbers of a dense float array. Booleans come from a comparison, as they do in life.
Tensor upload(Backend& backend, const Dense<float>& dense);

}  // namespace vitrine::reference
