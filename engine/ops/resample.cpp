// Entry of the resampling op.
#include <algorithm>

#include "engine/core/number.h"
#include "engine/ops/image.h"

namespace vitrine::ops {
namespace {

std::int64_t length(const auto& list) {
  return static_cast<std::int64_t>(list.size());
}

void resample_shape(ShapeRule& rule) {
  rule.expect_dtype(0, DType::float32);
  const Shape& x = rule.input(0).shape;
  if (x.rank() != 3) {
    rule.refuse("x", "has the wrong number of axes", "[before, cells, after]", text_of(x), "Reshape it.");
  }
  const auto& starts = rule.attr<Integers>(0);
  const auto& sources = rule.attr<Integers>(1);
  if (starts.empty() || starts.front() != 0 || starts.back() != length(sources) || !std::ranges::is_sorted(starts)) {
    rule.refuse("starts", "do not divide the sources", "rising from 0 to " + to_text(length(sources)),
                starts.empty() ? "nothing" : to_text(starts.back()), "Count one list for each place.");
  }
  for (const std::int64_t source : sources) {
    if (source >= 0 && source < x[1]) continue;
    rule.refuse("sources", "lie outside", "0 to " + to_text(x[1] - 1), to_text(source), "Leave them out.");
  }
  const std::int64_t places = length(starts) - 1;
  if (rule.attr<Reals>(2).size() != sources.size()) {
    rule.refuse("weights", "have the wrong length", to_text(length(sources)), to_text(length(rule.attr<Reals>(2))),
                "Give one for each source.");
  }
  const auto& constants = rule.attr<Reals>(3);
  if (!constants.empty() && length(constants) != places) {
    rule.refuse("constants", "have the wrong length", to_text(places), to_text(length(constants)),
                "Give one for each place, or none.");
  }
  rule.output({DType::float32, Shape{x[0], places, x[2]}});
}

// The same map read the other way: the lists of the cells, in the order of the places.
std::vector<Tensor> resample_gradient(const GradientCall& call) {
  const auto& starts = std::get<Integers>(call.attrs[0]);
  const auto& sources = std::get<Integers>(call.attrs[1]);
  const auto& weights = std::get<Reals>(call.attrs[2]);
  SampleList turned;
  turned.starts.assign(static_cast<std::size_t>(call.inputs[0].shape()[1]) + 1, 0);
  turned.sources.resize(sources.size());
  turned.weights.resize(sources.size());
  for (const std::int64_t source : sources) ++turned.starts[static_cast<std::size_t>(source) + 1];
  for (std::size_t i = 1; i < turned.starts.size(); ++i) turned.starts[i] += turned.starts[i - 1];
  Integers next = turned.starts;
  for (std::size_t place = 0; place + 1 < starts.size(); ++place) {
    for (auto k = static_cast<std::size_t>(starts[place]); k < static_cast<std::size_t>(starts[place + 1]); ++k) {
      const auto to = static_cast<std::size_t>(next[static_cast<std::size_t>(sources[k])]++);
      turned.sources[to] = static_cast<std::int64_t>(place);
      turned.weights[to] = weights[k];
    }
  }
  return {resample(call.cotangents[0], std::move(turned))};
}

std::vector<Sample> resample_samples() {
  const auto one = [](Shape x, Integers starts, Integers sources, Reals weights, Reals constants) {
    return Sample{.inputs = {{DType::float32, x}},
                  .attrs = {std::move(starts), std::move(sources), std::move(weights), std::move(constants)}};
  };
  return {one({1, 3, 1}, {0, 1, 3}, {2, 0, 1}, {1, 0.25, 0.75}, {}),
          one({2, 5, 19}, {0, 2, 2, 5, 6}, {4, 4, 0, 1, 2, 3}, {0.5, 0.25, -1, 2, 1, 1}, {0, 3, 0, -1}),
          one({3, 4, 0}, {0, 1}, {3}, {1}, {}), one({2, 3, 5}, {0}, {}, {}, {})};
}

const AttrSpec kResampleAttrs[] = {
    {"starts", Integers{}}, {"sources", Integers{}}, {"weights", Reals{}}, {"constants", Reals{}}};

}  // namespace

const Op kResample{.name = "resample",
                   .formula = "constantₒ + Σⱼ weightⱼ x[sourceⱼ], j in the list of o",
                   .attrs = kResampleAttrs,
                   .shape = resample_shape,
                   .gradient = {resample_gradient, {}},
                   .samples = resample_samples,
                   .cpu_only = "its lists have no place in a launch on a graphics processor yet"};

void SampleList::take(std::int64_t source, double weight) {
  sources.push_back(source);
  weights.push_back(weight);
}

void SampleList::finish(double constant) {
  if (constant != 0) constants.resize(starts.size() - 1, 0);
  starts.push_back(static_cast<std::int64_t>(sources.size()));
  if (constant != 0 || !constants.empty()) constants.push_back(constant);
}

Tensor resample(const Tensor& x, SampleList list) {
  return apply(kResample, {x},
               {std::move(list.starts), std::move(list.sources), std::move(list.weights), std::move(list.constants)});
}

}  // namespace vitrine::ops
