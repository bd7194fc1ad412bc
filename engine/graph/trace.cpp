// Calls the code with placeholders, then writes down what grew: the nodes that the ends need, in order of birth.
#include <algorithm>
#include <map>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/graph/graph.h"
#include "engine/ops/layout.h"

namespace vitrine {
namespace {

// Every node that an end needs, in the order in which they were made: placeholders and results. Literals and eager
// tensors have no order.
std::map<int, const Node*> needed_by(const std::vector<Tensor>& ends) {
  std::map<int, const Node*> by_birth;
  std::vector<const Node*> open;
  const auto visit = [&](const Tensor& t) {
    const Node& node = t.node();
    if (node.trace && !node.literal && by_birth.emplace(node.order, &node).second) open.push_back(&node);
  };
  for (const Tensor& end : ends) visit(end);
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    for (const Tensor& input : node->inputs) visit(input);
  }
  return by_birth;
}

// The values of a graph that is being written, by the tensors they were.
class Numbering {
 public:
  explicit Numbering(std::vector<Graph::Value>& values) : values_(values) {}

  int add(const Tensor& t, Graph::Value value) {
    value.spec = t.spec();
    values_.push_back(std::move(value));
    return ids_[{&t.node(), t.output()}] = static_cast<int>(values_.size()) - 1;
  }

  // One that nothing here has made is a literal or a constant.
  int of(const Tensor& t) {
    const auto found = ids_.find({&t.node(), t.output()});
    if (found != ids_.end()) return found->second;
    Graph::Value value;
    if (t.node().literal) {
      value.kind = Graph::Value::Kind::literal;
      value.literal = *t.node().literal;
    } else {
      VITRINE_ASSERT(!t.symbolic());
      value.kind = Graph::Value::Kind::constant;
      value.constant = t;
    }
    return add(t, std::move(value));
  }

 private:
  std::vector<Graph::Value>& values_;
  std::map<std::pair<const Node*, int>, int> ids_;
};

}  // namespace

Tracer::Tracer(std::string first_segment) : segments_{std::move(first_segment)} {}

Tensor Tracer::input(std::string name, const Spec& spec) {
  inputs_.push_back(std::move(name));
  ends_.push_back({placeholder(context_, spec), Graph::Value::Kind::input, static_cast<int>(inputs_.size()) - 1, 0});
  return ends_.back().placeholder;
}

Tensor Tracer::region(const Slab& slab, std::string_view name) {
  auto found = std::ranges::find(slabs_, slab.buffer());
  if (found == slabs_.end()) found = slabs_.insert(slabs_.end(), slab.buffer());
  const Region& region = slab.region(name);
  ends_.push_back({placeholder(context_, {DType::float32, region.shape}), Graph::Value::Kind::region,
                   static_cast<int>(found - slabs_.begin()), region.offset});
  return ends_.back().placeholder;
}

void Tracer::segment(std::string name) {
  segments_.push_back(std::move(name));
  context_->segment = static_cast<int>(segments_.size()) - 1;
}

void Tracer::assign(const Tensor& region, const Tensor& value) {
  const auto end = std::ranges::find_if(ends_, [&](const End& e) { return e.placeholder.same(region); });
  if (end == ends_.end() || end->kind != Graph::Value::Kind::region) {
    throw UsageError(
        {"assign", "needs a region of a slab", "what Tracer::region gave", "another tensor", "Check the call."});
  }
  if (region.spec() != value.spec()) {
    throw ShapeError({"assign", "the value does not fit the region", text_of(region.spec()), text_of(value.spec()),
                      "Assign a tensor of the same shape."});
  }
  assignments_.emplace_back(region, value);
}

void Tracer::output(std::string name, const Tensor& value) {
  outputs_.emplace_back(std::move(name), value);
}

Graph Tracer::finish() const {
  std::vector<Tensor> ends;
  for (const auto& [region, value] : assignments_) ends.push_back(value);
  for (const auto& [name, value] : outputs_) ends.push_back(value);

  Graph graph;
  graph.segments = segments_;
  graph.inputs = inputs_;
  graph.slabs = slabs_;
  Numbering values(graph.values);
  for (const End& end : ends_) {
    Graph::Value value;
    value.kind = end.kind;
    value.index = end.index;
    value.offset = end.offset;
    values.add(end.placeholder, std::move(value));
  }
  for (const auto& [order, node] : needed_by(ends)) {
    if (node->op == nullptr) continue;  // a placeholder
    Graph::Node written{node->op, node->attrs, {}, {}, {}, node->segment};
    for (const Tensor& input : node->inputs) written.inputs.push_back(values.of(input));
    const auto self = std::const_pointer_cast<Node>(node->shared_from_this());
    for (int i = 0; i < static_cast<int>(node->specs.size()); ++i) written.outputs.push_back(values.add({self, i}, {}));
    graph.nodes.push_back(std::move(written));
  }
  for (const auto& [region, value] : assignments_) graph.assignments.push_back({values.of(region), values.of(value)});
  for (const auto& [name, value] : outputs_) graph.outputs.push_back({name, values.of(value)});
  return graph;
}

Graph trace(const std::function<void(Tracer&)>& fn, std::string first_segment) {
  Tracer tracer(std::move(first_segment));
  fn(tracer);
  return tracer.finish();
}

}  // namespace vitrine
