// Taps, constant folding, common subexpressions, dead code: what every graph goes through.
#include "engine/graph/passes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/core/assert.h"
#include "engine/ops/layout.h"

namespace vitrine {
namespace {

using Kind = Graph::Value::Kind;

// Replaces values by others everywhere they are read.
void redirect(Graph& graph, const std::vector<int>& to) {
  const auto follow = [&](int& value) {
    while (to[static_cast<std::size_t>(value)] != value) value = to[static_cast<std::size_t>(value)];
  };
  for (auto& node : graph.nodes) {
    for (int& input : node.inputs) follow(input);
  }
  for (auto& named : graph.outputs) follow(named.value);
  for (auto& named : graph.taps) follow(named.value);
  for (auto& assignment : graph.assignments) follow(assignment.value);
}

std::vector<int> identity(const Graph& graph) {
  std::vector<int> to(graph.values.size());
  std::iota(to.begin(), to.end(), 0);
  return to;
}

bool is_fixed(const Graph::Value& value) {
  return value.kind == Kind::literal || value.kind == Kind::constant;
}

Tensor fixed_tensor(const Graph::Value& value, Backend& backend) {
  return value.kind == Kind::literal ? tensor(backend, {&value.literal, 1}, {}) : value.constant;
}

std::vector<Tensor> computed_now(const Graph& graph, const Graph::Node& node, const std::vector<int>& inputs,
                                 Backend& backend) {
  std::vector<Tensor> fixed;
  for (const int input : inputs) fixed.push_back(fixed_tensor(at(graph.values, input), backend));
  return apply_all(*node.op, fixed, node.attrs);
}

void make_literal(Graph::Value& value, float number) {
  value.kind = Kind::literal;
  value.literal = number;
}

// Values that are one number all over: literals, their views, and what is computed of such values element by element.
class EvenValues {
 public:
  EvenValues(Graph& graph, Backend& backend)
      : graph_(graph), backend_(backend), literals_(graph.values.size(), kNone) {}

  // A node that answers an even value goes, or becomes a view of a literal; false where it answers another.
  bool fold(Graph::Node& node) {
    const bool view = node.op->view != nullptr;
    const int out = node.outputs[0];
    const Spec spec = at(graph_.values, out).spec;
    if ((!view && node.op->micro == Micro::none) || spec.dtype != DType::float32) return false;
    std::vector<int> inputs;
    for (const int input : node.inputs) inputs.push_back(literal_of(input));
    if (std::ranges::find(inputs, kNone) != inputs.end()) return false;
    const float number =
        view ? at(graph_.values, inputs[0]).literal : computed_now(graph_, node, inputs, backend_)[0].item();
    if (spec.shape.rank() == 0) {
      make_literal(at(graph_.values, out), number);
      node.op = nullptr;
    } else {
      at(literals_, out) = add_literal(number);
      const auto extents = spec.shape.extents();
      node.op = &ops::kBroadcast;
      node.attrs = {Integers(extents.begin(), extents.end())};
      node.inputs = {at(literals_, out)};
    }
    return true;
  }

 private:
  int literal_of(int value) const {
    return at(graph_.values, value).kind == Kind::literal ? value : at(literals_, value);
  }
  int add_literal(float number) {
    make_literal(graph_.values.emplace_back(), number);
    return static_cast<int>(graph_.values.size()) - 1;
  }

  static constexpr int kNone = -1;
  Graph& graph_;
  Backend& backend_;
  std::vector<int> literals_;  // that a computed value is all over, or kNone
};

}  // namespace

void remove_taps(Graph& graph, bool keep) {
  auto to = identity(graph);
  for (const auto& node : graph.nodes) {
    if (node.op != &ops::kTap) continue;
    to[static_cast<std::size_t>(node.outputs[0])] = node.inputs[0];
    if (keep) graph.taps.push_back({std::get<std::string>(node.attrs[0]), node.inputs[0]});
  }
  std::erase_if(graph.nodes, [](const Graph::Node& node) { return node.op == &ops::kTap; });
  redirect(graph, to);
}

void fold_constants(Graph& graph, Backend& backend) {
  EvenValues even(graph, backend);
  for (auto& node : graph.nodes) {
    const auto fixed = [&](int value) { return is_fixed(graph.values[static_cast<std::size_t>(value)]); };
    // A view of a constant stays a view: making it dense would only spend memory.
    if (even.fold(node) || node.op->view != nullptr || !std::ranges::all_of(node.inputs, fixed)) continue;
    const std::vector<Tensor> results = computed_now(graph, node, node.inputs, backend);
    for (std::size_t i = 0; i < results.size(); ++i) {
      auto& value = graph.values[static_cast<std::size_t>(node.outputs[i])];
      const bool scalar = value.spec.dtype == DType::float32 && value.spec.shape.rank() == 0;
      if (scalar) {
        make_literal(value, results[i].item());
      } else {
        value.kind = Kind::constant;
        value.constant = results[i];
      }
    }
    node.op = nullptr;
  }
  std::erase_if(graph.nodes, [](const Graph::Node& node) { return node.op == nullptr; });
}

void share_common(Graph& graph) {
  auto to = identity(graph);
  const auto follow = [&](int value) {
    while (to[static_cast<std::size_t>(value)] != value) value = to[static_cast<std::size_t>(value)];
    return value;
  };
  std::map<float, int> literals;
  for (std::size_t i = 0; i < graph.values.size(); ++i) {
    const auto& value = graph.values[i];
    if (value.kind == Kind::literal && value.literal == value.literal) {
      to[i] = literals.try_emplace(value.literal, static_cast<int>(i)).first->second;
      // 0 and -0 compare equal but are two values.
      const float first = graph.values[static_cast<std::size_t>(to[i])].literal;
      if (std::signbit(first) != std::signbit(value.literal)) to[i] = static_cast<int>(i);
    }
  }
  std::map<std::tuple<const Op*, Attrs, std::vector<int>>, const Graph::Node*> seen;
  for (auto& node : graph.nodes) {
    for (int& input : node.inputs) input = follow(input);
    const auto [first, fresh] = seen.try_emplace({node.op, node.attrs, node.inputs}, &node);
    if (fresh) continue;
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      to[static_cast<std::size_t>(node.outputs[i])] = first->second->outputs[i];
    }
  }
  redirect(graph, to);
}

void remove_dead(Graph& graph) {
  std::vector<bool> needed(graph.values.size());
  const auto need = [&](int value) { needed[static_cast<std::size_t>(value)] = true; };
  for (const auto& named : graph.outputs) need(named.value);
  for (const auto& named : graph.taps) need(named.value);
  for (const auto& assignment : graph.assignments) need(assignment.value);
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
    const bool used = std::ranges::any_of(node->outputs, [&](int v) { return needed[static_cast<std::size_t>(v)]; });
    if (used) std::ranges::for_each(node->inputs, need);
    if (!used) node->op = nullptr;
  }
  std::erase_if(graph.nodes, [](const Graph::Node& node) { return node.op == nullptr; });
}

}  // namespace vitrine
