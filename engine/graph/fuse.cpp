// Fusion: an elementwise node that is the only reader of an elementwise result of the same shape takes it in, so that a
// chain reads its inputs once and writes once; and where the chain goes on with the result of an op whose kernel can
// finish a body, it becomes that op's ending. Values that an end keeps stay results of their own. Bodies compute floats
// (truths enter as ones and zeros), so whole and complex numbers stay outside.
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

// An op that is not elementwise stands before its ending; its own inputs come first.
Graph::Node with_ending(const Graph::Node& node) {
  Graph::Node result = node;
  result.body = {{Micro::none, 0, 0, 0}};
  return result;
}

// The consumer with the producer's body in front and its result in place of the input it was; equal inputs join.
Graph::Node joined(const Graph::Node& producer, const Graph::Node& consumer, int through) {
  Graph::Node result = producer;
  result.outputs = consumer.outputs;
  const bool finishes = !producer.body.empty() && producer.op != nullptr;
  if (!finishes) {
    result.op = nullptr;
    result.attrs.clear();
    result.inputs.clear();
    result.body = body_of(producer);
  }
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
  if (!finishes) take(result.body, producer.inputs, 0, -1, 0);
  const auto lead = static_cast<int>(result.body.size());
  std::vector<MicroStep> rest = body_of(consumer);
  take(rest, consumer.inputs, lead, through, lead - 1);
  result.body.insert(result.body.end(), rest.begin(), rest.end());
  return result;
}

class Fusion {
 public:
  Fusion(Graph& graph, Backend& backend) : graph_(graph), backend_(backend) {
    readers_.resize(graph.values.size());
    producers_.assign(graph.values.size(), -1);
    gone_.resize(graph.nodes.size());
    for (const auto& named : graph.outputs) at(readers_, named.value) += 2;  // an end counts as someone else
    for (const auto& named : graph.taps) at(readers_, named.value) += 2;
    for (const auto& assignment : graph.assignments) at(readers_, assignment.value) += 2;
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
      for (const int input : graph.nodes[n].inputs) ++at(readers_, input);
      for (const int output : graph.nodes[n].outputs) at(producers_, output) = static_cast<int>(n);
    }
  }

  void join_chains() {
    for (Graph::Node& node : graph_.nodes) {
      if (!is_elementwise(graph_, node)) continue;
      while (
          take_in(node, [&](const Graph::Node& made) { return is_elementwise(graph_, made) ? made : Graph::Node(); }))
        ;
    }
  }

  // A result that is assigned is written over the numbers it updates, which its ending may still have to read.
  void join_endings() {
    for (Graph::Node& node : graph_.nodes) {
      const auto is_result = [&](const Graph::Assignment& assignment) { return assignment.value == node.outputs[0]; };
      if (node.outputs.size() != 1 || !is_elementwise(graph_, node) || is_gone(node) ||
          at(graph_.values, node.outputs[0]).spec.dtype != DType::float32 ||
          std::ranges::any_of(graph_.assignments, is_result)) {
        continue;
      }
      take_in(node, [&](const Graph::Node& made) {
        const bool finishes = made.op != nullptr && made.body.empty() && made.outputs.size() == 1 && !made.op->view &&
                              backend_.finishes(*made.op);
        return finishes ? with_ending(made) : Graph::Node();
      });
    }
  }

  void sweep() {
    std::vector<Graph::Node> kept;
    for (std::size_t n = 0; n < graph_.nodes.size(); ++n) {
      if (!gone_[n]) kept.push_back(std::move(graph_.nodes[n]));
    }
    graph_.nodes = std::move(kept);
  }

 private:
  bool is_gone(const Graph::Node& node) const { return gone_[static_cast<std::size_t>(&node - graph_.nodes.data())]; }

  // Joins the node with one of its producers, as `prepared` hands it out; a node without outputs means no.
  template <class Prepared>
  bool take_in(Graph::Node& node, Prepared prepared) {
    for (const int input : node.inputs) {
      const int from = at(producers_, input);
      if (from < 0) continue;
      const Graph::Node made = prepared(at(graph_.nodes, from));
      const Graph::Value& between = at(graph_.values, input);
      const auto times = std::ranges::count(node.inputs, input);
      const bool apart = made.segment != node.segment && !graph_.whole;
      if (made.outputs.empty() || apart || at(readers_, input) != times || !in_body(between.spec.dtype) ||
          between.spec.shape != at(graph_.values, node.outputs[0]).spec.shape) {
        continue;
      }
      Graph::Node both = joined(made, node, input);
      if (static_cast<int>(both.inputs.size()) > backend_.fused_inputs() || both.body.size() > kLongestBody) continue;
      // The producer's inputs may have been read by both; they are read once now.
      for (const int value : made.inputs) --at(readers_, value);
      for (const int value : node.inputs) --at(readers_, value);
      for (const int value : both.inputs) ++at(readers_, value);
      gone_[static_cast<std::size_t>(from)] = true;
      node = std::move(both);
      return true;
    }
    return false;
  }

  Graph& graph_;
  Backend& backend_;
  std::vector<int> readers_, producers_;
  std::vector<bool> gone_;
};

}  // namespace

void fuse(Graph& graph, Backend& backend) {
  if (backend.fused_inputs() == 0) return;
  Fusion fusion(graph, backend);
  fusion.join_chains();
  fusion.join_endings();
  fusion.sweep();
}

}  // namespace vitrine
