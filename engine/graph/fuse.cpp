// Elementwise fusion: a node that is the only reader of an elementwise result of the same shape takes it in, so that a
// chain reads its inputs once and writes once. Values that an end keeps stay results of their own. Bodies compute
// floats (truths enter as ones and zeros), so whole and complex numbers stay outside.
#include <algorithm>
#include <utility>

#include "engine/core/assert.h"
#include "engine/graph/passes.h"

namespace vitrine {
namespace {

constexpr std::size_t kLongestBody = 24;  // steps; a body is kept in registers and the first cache

bool in_body(DType dtype) {  // truths are ones and zeros there
  return dtype == DType::float32 || dtype == DType::boolean;
}

bool is_elementwise(const Graph& graph, const Graph::Node& node) {
  if (node.op != nullptr && node.op->micro == Micro::none) return false;
  return std::ranges::all_of(
      node.inputs, [&](int input) { return in_body(graph.values[static_cast<std::size_t>(input)].spec.dtype); });
}

std::vector<MicroStep> body_of(const Graph::Node& node) {
  if (node.op == nullptr) return node.body;
  MicroStep step{node.op->micro, -1, 0, 0};
  if (node.inputs.size() > 1) step.b = -2;
  if (node.inputs.size() > 2) step.c = -3;
  return {step};
}

// The consumer with the producer's body in front and its result in place of the input it was; equal inputs join.
Graph::Node joined(const Graph::Node& producer, const Graph::Node& consumer, int through) {
  Graph::Node result = consumer;
  result.op = nullptr;
  result.attrs.clear();
  result.inputs.clear();
  result.body = body_of(producer);
  const auto input_slot = [&](int value) {
    const auto found = std::ranges::find(result.inputs, value);
    if (found == result.inputs.end()) result.inputs.push_back(value);
    const auto at = std::ranges::find(result.inputs, value) - result.inputs.begin();
    return static_cast<std::int8_t>(-1 - at);
  };
  const auto take = [&](std::vector<MicroStep>& body, const std::vector<int>& inputs, int lead, int replaced, int by) {
    for (MicroStep& step : body) {
      std::int8_t* slots[] = {&step.a, &step.b, &step.c};
      for (int i = 0; i < inputs_of(step.micro); ++i) {
        std::int8_t& slot = *slots[i];
        if (slot >= 0) {
          slot = static_cast<std::int8_t>(slot + lead);
        } else {
          const int value = inputs[static_cast<std::size_t>(-1 - slot)];
          slot = value == replaced ? static_cast<std::int8_t>(by) : input_slot(value);
        }
      }
    }
  };
  take(result.body, producer.inputs, 0, -1, 0);
  const auto lead = static_cast<int>(result.body.size());
  std::vector<MicroStep> rest = body_of(consumer);
  take(rest, consumer.inputs, lead, through, lead - 1);
  result.body.insert(result.body.end(), rest.begin(), rest.end());
  return result;
}

}  // namespace

void fuse_elementwise(Graph& graph, int most_inputs) {
  std::vector<int> readers(graph.values.size()), producer(graph.values.size(), -1);
  const auto at = [](auto& list, int i) -> auto& {
    return list[static_cast<std::size_t>(i)];
  };
  for (const auto& named : graph.outputs) at(readers, named.value) += 2;  // an end counts as someone else
  for (const auto& named : graph.taps) at(readers, named.value) += 2;
  for (const auto& assignment : graph.assignments) at(readers, assignment.value) += 2;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    for (const int input : graph.nodes[n].inputs) ++at(readers, input);
    for (const int output : graph.nodes[n].outputs) at(producer, output) = static_cast<int>(n);
  }
  std::vector<bool> gone(graph.nodes.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (!is_elementwise(graph, graph.nodes[n])) continue;
    for (bool again = true; again;) {
      again = false;
      for (const int input : graph.nodes[n].inputs) {
        const int from = at(producer, input);
        if (from < 0) continue;
        const Graph::Node& made = at(graph.nodes, from);
        const auto times = std::ranges::count(graph.nodes[n].inputs, input);
        const bool fits = is_elementwise(graph, made) && made.segment == graph.nodes[n].segment &&
                          at(readers, input) == times && in_body(at(graph.values, input).spec.dtype) &&
                          at(graph.values, input).spec.shape == at(graph.values, graph.nodes[n].outputs[0]).spec.shape;
        if (!fits) continue;
        Graph::Node both = joined(made, graph.nodes[n], input);
        if (static_cast<int>(both.inputs.size()) > most_inputs || both.body.size() > kLongestBody) continue;
        // The producer's inputs may have been read by both; they are read once now.
        for (const int value : made.inputs) --at(readers, value);
        for (const int value : graph.nodes[n].inputs) --at(readers, value);
        for (const int value : both.inputs) ++at(readers, value);
        gone[static_cast<std::size_t>(from)] = true;
        graph.nodes[n] = std::move(both);
        again = true;
        break;
      }
    }
  }
  std::vector<Graph::Node> kept;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (!gone[n]) kept.push_back(std::move(graph.nodes[n]));
  }
  graph.nodes = std::move(kept);
}

}  // namespace vitrine
