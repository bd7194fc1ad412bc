// The walk: order the nodes between sources and target, then go back once, summing what meets.
#include "engine/ops/gradients.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/layout.h"
#include "engine/ops/reduction.h"

namespace vitrine::ops {
namespace {

// The nodes from which a source is reached, each after its inputs.
std::vector<Node*> ordered_nodes(const Tensor& target, const std::unordered_set<Node*>& sources) {
  std::vector<Node*> order;
  std::unordered_map<Node*, bool> reaches;  // known once a node has been left
  struct Visit {
    Node* node;
    std::size_t next;
  };
  std::vector<Visit> stack{{&target.node(), 0}};
  std::unordered_set<Node*> entered{&target.node()};
  while (!stack.empty()) {
    auto& [node, next] = stack.back();
    if (next < node->inputs.size()) {  // past sources too: one may lie below another
      Node* input = &node->inputs[next++].node();
      if (entered.insert(input).second) stack.push_back({input, 0});
      continue;
    }
    const bool above = std::ranges::any_of(node->inputs, [&](const Tensor& input) {
      const auto found = reaches.find(&input.node());
      return found != reaches.end() && found->second;
    });
    reaches[node] = above || sources.contains(node);
    if (above) order.push_back(node);
    stack.pop_back();
  }
  return order;
}

class Cotangents {
 public:
  void add(const Tensor& of, const Tensor& cotangent) {
    Tensor& slot = slots_[&of.node()].try_emplace(of.output()).first->second;
    slot = slot ? slot + cotangent : cotangent;
  }
  Tensor of(Node* node, int output) const {
    const auto found = slots_.find(node);
    if (found == slots_.end()) return {};
    const auto slot = found->second.find(output);
    return slot == found->second.end() ? Tensor() : slot->second;
  }

 private:
  std::unordered_map<Node*, std::unordered_map<int, Tensor>> slots_;
};

// By the rule that came with the call; the value itself is a constant to it.
std::vector<Tensor> answers_of_call(Node& node, const Tensor& arriving) {
  std::vector<Tensor> answers = node.backward(arriving);
  if (answers.size() + 1 != node.inputs.size()) {
    throw UsageError({"custom_gradient", "the rule answers for another number of inputs",
                      to_text(static_cast<std::int64_t>(node.inputs.size()) - 1),
                      to_text(static_cast<std::int64_t>(answers.size())), "Answer once for each input."});
  }
  answers.insert(answers.begin(), Tensor());
  return answers;
}

// What arrived at a node goes on to those of its inputs that are wanted.
void walk_back(Node& node, const std::unordered_set<Node*>& wanted, Cotangents& cotangents) {
  std::vector<Tensor> outputs, arriving;
  for (int i = 0; i < static_cast<int>(node.specs.size()); ++i) {
    outputs.emplace_back(node.shared_from_this(), i);
    arriving.push_back(cotangents.of(&node, i));  // empty for an output that nobody used
  }
  if (std::ranges::none_of(arriving, [](const Tensor& t) { return static_cast<bool>(t); })) return;
  if (node.op->gradient.rule == nullptr && !node.backward) {
    throw UsageError({"[" + std::string(node.op->name) + "]",
                      "has no gradient: " + std::string(node.op->gradient.reason), "ops with a gradient",
                      std::string(node.op->name), "Ask for gradients that do not pass it."});
  }
  const std::size_t count = node.inputs.size();
  const auto asked = std::make_unique<bool[]>(count);
  for (std::size_t i = 0; i < count; ++i) asked[i] = wanted.contains(&node.inputs[i].node());
  const std::vector<Tensor> answers = node.backward
                                          ? answers_of_call(node, arriving[0])
                                          : node.op->gradient.rule({node.inputs, outputs, arriving, node.attrs,
                                                                    std::span<const bool>(asked.get(), count)});
  for (std::size_t i = 0; i < count; ++i) {
    if (asked[i] && answers[i]) cotangents.add(node.inputs[i], sum_to(answers[i], node.inputs[i].shape()));
  }
}

}  // namespace

std::vector<Tensor> gradients(const Tensor& target, std::span<const Tensor> sources, const Tensor& cotangent) {
  if (!cotangent && target.shape().elements() != 1) {
    throw UsageError({"gradients", "the target is not a single number", "1 element", to_text(target.shape().elements()),
                      "Sum it, or give a cotangent."});
  }
  std::unordered_set<Node*> wanted;
  for (const Tensor& source : sources) wanted.insert(&source.node());
  Cotangents cotangents;
  cotangents.add(target, cotangent ? cotangent : broadcast(like(target, 1), target.shape()));

  const std::vector<Node*> order = ordered_nodes(target, wanted);
  wanted.insert(order.begin(), order.end());
  for (auto node = order.rbegin(); node != order.rend(); ++node) walk_back(**node, wanted, cotangents);

  std::vector<Tensor> results;
  for (const Tensor& source : sources) {
    const Tensor found = cotangents.of(&source.node(), source.output());
    results.push_back(found ? broadcast(found, source.shape()) : broadcast(like(source, 0), source.shape()));
  }
  return results;
}

ValueAndGradient value_and_grad(const Function& f, const Tensor& x) {
  const Tensor leaf = watch(x);
  const Tensor value = f(leaf);
  return {value, gradients(value, {&leaf, 1}).front()};
}

std::function<std::vector<Tensor>(std::span<const Tensor>)> grads(Functions f) {
  return [f = std::move(f)](std::span<const Tensor> inputs) {
    std::vector<Tensor> leaves;
    for (const Tensor& input : inputs) leaves.push_back(watch(input));
    return gradients(f(leaves), leaves);
  };
}

namespace {

void first_input(ShapeRule& rule) {
  rule.output(rule.input(0));
}

bool same_place(const Spec&, const Layout& layout, const Attrs&, const Spec&, Layout& view) {
  view = layout;
  return true;
}

std::vector<Sample> custom_samples() {
  return {{.inputs = {{DType::float32, {3, 4}}, {DType::float32, {4}}}, .attrs = {}}};
}

}  // namespace

const Op kCustom{.name = "custom",
                 .formula = "the first of its inputs, with a gradient rule of the caller's",
                 .most_inputs = 16,
                 .attrs = {},
                 .shape = first_input,
                 .gradient = no_gradient("its rule comes with each call of custom_gradient"),
                 .samples = custom_samples,
                 .view = same_place,
                 .cpu_only = {}};

Tensor custom_gradient(const std::function<Custom(std::span<const Tensor>)>& f, std::span<const Tensor> inputs) {
  Custom custom = f(inputs);
  std::vector<Tensor> all{custom.value};
  all.insert(all.end(), inputs.begin(), inputs.end());
  const Tensor result = apply_all(kCustom, all).front();
  result.node().backward = std::move(custom.backward);
  return result;
}

Function grad(Function f) {
  return [f = std::move(f)](const Tensor& x) { return value_and_grad(f, x).gradient; };
}

}  // namespace vitrine::ops
