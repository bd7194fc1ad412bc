// The gate: shape rule, then a kernel now or a node of the graph; and the few ways in and out of a tensor.
#include "engine/tensor/tensor.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/tensor/strings.h"

namespace vitrine {
namespace {

std::string bracketed(std::string_view op) {
  return "[" + std::string(op) + "]";
}

Backend* backend_of(const Tensor& t) {
  const Node& node = t.node();
  return node.storage.empty() ? nullptr : &node.storage[static_cast<std::size_t>(t.output())].buffer->backend();
}

void check_call(const Op& op, std::span<const Tensor> inputs, const Attrs& attrs) {
  const auto count = static_cast<int>(inputs.size());
  if (count < op.least_inputs || count > op.most_inputs) {
    throw UsageError({bracketed(op.name), "got the wrong number of tensors", to_text(std::int64_t{op.least_inputs}),
                      to_text(std::int64_t{count}), "Check the call."});
  }
  for (const Tensor& input : inputs) {
    if (!input) throw UsageError({bracketed(op.name), "got an empty tensor", "a tensor", "none", "Make it first."});
  }
  if (attrs.size() != op.attrs.size()) {
    throw UsageError({bracketed(op.name), "got the wrong number of attributes",
                      to_text(static_cast<std::int64_t>(op.attrs.size())),
                      to_text(static_cast<std::int64_t>(attrs.size())), "Check the call."});
  }
  for (std::size_t i = 0; i < attrs.size(); ++i) {
    if (attrs[i].index() != op.attrs[i].example.index()) {
      throw UsageError({bracketed(op.name) + " " + std::string(op.attrs[i].name), "is of the wrong kind",
                        std::string(kind_of(op.attrs[i].example)), std::string(kind_of(attrs[i])),
                        "See the op reference."});
    }
  }
}

std::shared_ptr<TraceContext> trace_of(std::string_view op, std::span<const Tensor> inputs) {
  std::shared_ptr<TraceContext> trace;
  for (const Tensor& input : inputs) {
    const auto& other = input.node().trace;
    if (trace && other && trace != other) {
      throw UsageError({bracketed(op), "mixes tensors of two tracings", "one tracing", "two", "Trace them together."});
    }
    if (other) trace = other;
  }
  return trace;
}

bool has_strings(std::span<const Tensor> tensors) {
  return std::ranges::any_of(tensors, [](const Tensor& t) { return t.dtype() == DType::string; });
}

// A plan may meet other strings than it was traced with, and then other vocabularies.
[[noreturn]] void refuse_traced_strings(std::string_view subject) {
  throw UsageError({std::string(subject), "are strings, and a plan computes with numbers", "numbers", "string",
                    "Look the strings up before the plan, and feed it with their numbers."});
}

// Of the strings among the inputs of one call, which share it.
const std::shared_ptr<const Vocabulary>& vocabulary_of(std::span<const Tensor> inputs) {
  const auto found = std::ranges::find_if(inputs, [](const Tensor& t) { return t.dtype() == DType::string; });
  VITRINE_ASSERT(found != inputs.end());  // no op makes strings of numbers
  return found->node().storage[static_cast<std::size_t>(found->output())].vocabulary;
}

// To a device a string is its code.
Operand as_stored(Operand operand) {
  if (operand.spec.dtype == DType::string) operand.spec.dtype = DType::int32;
  return operand;
}

// Runs the op on the inputs' backend, or takes a view of the input.
void evaluate(Node& node, std::span<const Tensor> inputs) {
  Backend* backend = backend_of(inputs[0]);
  for (const Tensor& input : inputs) {
    if (backend_of(input) != backend) {
      throw UsageError({bracketed(node.op->name), "mixes tensors of two devices", "one device", "two",
                        "Copy one tensor to the other's device."});
    }
  }
  if (node.op->view != nullptr) {
    const Operand input = inputs[0].operand();
    const auto& storage = inputs[0].node().storage[static_cast<std::size_t>(inputs[0].output())];
    Layout view;
    if (node.op->view(input.spec, input.layout, node.attrs, node.specs[0], view)) {
      node.storage.push_back({storage.buffer, view, storage.vocabulary});
      return;
    }
  }
  if (!backend->supports(*node.op)) {
    throw UnsupportedOp({bracketed(node.op->name), "has no kernel on " + backend->info().id, "", "", "Use the CPU."});
  }
  std::vector<Operand> in, out;
  for (const Tensor& input : inputs) in.push_back(as_stored(input.operand()));
  for (const Spec& spec : node.specs) {
    node.storage.push_back({backend->allocate(spec.bytes(), node.op->name), {dense_strides(spec.shape), 0}});
    out.push_back(as_stored({node.storage.back().buffer.get(), spec, node.storage.back().layout}));
    if (spec.dtype == DType::string) node.storage.back().vocabulary = vocabulary_of(inputs);
  }
  backend->run(*node.op, node.attrs, in, out);
}

}  // namespace

void ShapeRule::expect_dtype(int i, DType dtype) const {
  if (input(i).dtype == dtype) return;
  refuse("input " + to_text(std::int64_t{i}), "has the wrong type", std::string(name_of(dtype)),
         std::string(name_of(input(i).dtype)), "Convert it first.");
}

void ShapeRule::refuse(std::string_view argument, std::string fact, std::string expected, std::string got,
                       std::string remedy) const {
  throw ShapeError({bracketed(op_) + " " + std::string(argument), std::move(fact), std::move(expected), std::move(got),
                    std::move(remedy)});
}

Buffer::Buffer(Backend& backend, std::size_t bytes, std::string_view owner)
    : backend_(backend), bytes_(bytes), entry_(backend.ledger().add(bytes, owner)) {}

Buffer::~Buffer() {
  backend_.ledger().remove(entry_);
}

Node::~Node() {
  // A chain of a million recorded steps must not release itself a million stack frames deep.
  std::vector<Tensor> pending = std::move(inputs);
  while (!pending.empty()) {
    Tensor last = std::move(pending.back());
    pending.pop_back();
    if (last && last.sole_owner()) {
      auto& inner = last.node().inputs;
      std::move(inner.begin(), inner.end(), std::back_inserter(pending));
      inner.clear();
    }
  }
}

Node& Tensor::node() const {
  if (!node_) throw UsageError({"tensor", "is empty", "a tensor", "none", "Make it first."});
  return *node_;
}

const Spec& Tensor::spec() const {
  return node().specs[static_cast<std::size_t>(output_)];
}

bool Tensor::symbolic() const {
  return node().storage.empty();
}

Operand Tensor::operand() const {
  if (symbolic()) {
    throw UsageError({"tensor", "has no numbers while tracing", "a tensor with numbers", "a placeholder of the trace",
                      "Read it from the plan after a run."});
  }
  const auto& storage = node_->storage[static_cast<std::size_t>(output_)];
  return {storage.buffer.get(), spec(), storage.layout};
}

std::vector<std::byte> Tensor::bytes() const {
  const Operand source = operand();
  std::vector<std::byte> memory(source.buffer->bytes());
  source.buffer->backend().download(*source.buffer, 0, memory);
  const std::size_t size = bytes_of(dtype());
  std::vector<std::byte> dense(spec().bytes());
  std::array<std::int64_t, limits::kRank> index{};
  for (std::size_t to = 0; to < dense.size(); to += size) {
    std::int64_t at = source.layout.offset;
    for (std::size_t axis = 0; axis < static_cast<std::size_t>(shape().rank()); ++axis) {
      at += index[axis] * source.layout.strides[axis];
    }
    std::memcpy(dense.data() + to, memory.data() + static_cast<std::size_t>(at) * size, size);
    for (int axis = shape().rank() - 1; axis >= 0; --axis) {
      if (++index[static_cast<std::size_t>(axis)] < shape()[axis]) break;
      index[static_cast<std::size_t>(axis)] = 0;
    }
  }
  return dense;
}

std::vector<float> Tensor::floats() const {
  if (dtype() == DType::string) {
    throw UsageError({"tensor", "holds strings", "numbers", "string", "Read it with texts_of."});
  }
  const std::vector<std::byte> dense = bytes();
  const std::size_t count = dense.size() / (dtype() == DType::boolean ? 1 : sizeof(float));
  std::vector<float> result(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (dtype() == DType::boolean) {
      result[i] = dense[i] == std::byte{0} ? 0.0f : 1.0f;
    } else if (dtype() == DType::int32) {
      std::int32_t integer;
      std::memcpy(&integer, dense.data() + i * sizeof integer, sizeof integer);
      result[i] = static_cast<float>(integer);
    } else {
      std::memcpy(&result[i], dense.data() + i * sizeof(float), sizeof(float));
    }
  }
  return result;
}

float Tensor::item() const {
  if (shape().elements() != 1) {
    throw UsageError(
        {"item", "needs a tensor of one element", "1", to_text(shape().elements()), "Sum or slice it first."});
  }
  return floats()[0];
}

Tensor tensor(Backend& backend, const Spec& spec, std::span<const std::byte> dense) {
  if (spec.dtype == DType::string) {
    throw UsageError({"tensor", "cannot make strings of bytes", "numbers", "string", "Make it with strings."});
  }
  if (dense.size() != spec.bytes()) {
    throw ShapeError({"tensor", "has another size than its shape",
                      to_text(static_cast<std::int64_t>(spec.bytes())) + " bytes",
                      to_text(static_cast<std::int64_t>(dense.size())), "Check the shape."});
  }
  auto node = std::make_shared<Node>();
  node->specs.push_back(spec);
  node->storage.push_back({backend.allocate(spec.bytes(), "tensor"), {dense_strides(spec.shape), 0}});
  backend.upload(*node->storage[0].buffer, 0, dense);
  return {std::move(node), 0};
}

Tensor tensor(Backend& backend, std::span<const float> values, const Shape& shape) {
  return tensor(backend, {DType::float32, shape}, std::as_bytes(values));
}

Tensor watch(const Tensor& leaf) {
  if (leaf.symbolic() || leaf.node().recorded) return leaf;  // remembered already: gradients of gradients pass through
  auto node = std::make_shared<Node>();
  node->specs.push_back(leaf.spec());
  node->storage.push_back(leaf.node().storage.at(static_cast<std::size_t>(leaf.output())));
  node->recorded = true;
  return {std::move(node), 0};
}

Tensor like(const Tensor& neighbour, float value) {
  if (!neighbour.symbolic()) return tensor(*backend_of(neighbour), {&value, 1}, {});
  auto node = std::make_shared<Node>();
  node->specs.push_back({});
  node->literal = value;
  node->trace = neighbour.node().trace;
  return {std::move(node), 0};
}

Tensor placeholder(std::shared_ptr<TraceContext> trace, const Spec& spec) {
  if (spec.dtype == DType::string) refuse_traced_strings("inputs of a plan");
  auto node = std::make_shared<Node>();
  node->specs.push_back(spec);
  node->order = trace->next_order++;
  node->segment = trace->segment;
  node->trace = std::move(trace);
  return {std::move(node), 0};
}

std::vector<Tensor> apply_all(const Op& op, std::span<const Tensor> inputs, Attrs attrs) {
  check_call(op, inputs, attrs);
  if (has_strings(inputs) && !share_vocabulary(inputs)) {
    return apply_all(op, in_one_vocabulary(inputs), std::move(attrs));
  }
  std::vector<Spec> specs;
  for (const Tensor& input : inputs) specs.push_back(input.spec());
  auto node = std::make_shared<Node>();
  node->op = &op;
  node->attrs = std::move(attrs);
  ShapeRule rule(op.name, specs, node->attrs);
  op.shape(rule);
  node->specs = std::move(rule).take();
  node->trace = trace_of(op.name, inputs);
  if (node->trace) {
    if (has_strings(inputs)) refuse_traced_strings(bracketed(op.name) + " inputs");
    node->order = node->trace->next_order++;
    node->segment = node->trace->segment;
  } else {
    evaluate(*node, inputs);
    node->recorded = std::ranges::any_of(inputs, [](const Tensor& input) { return input.node().recorded; });
  }
  if (node->trace || node->recorded) node->inputs.assign(inputs.begin(), inputs.end());
  std::vector<Tensor> results;
  for (int i = 0; i < static_cast<int>(node->specs.size()); ++i) results.emplace_back(node, i);
  return results;
}

Tensor apply(const Op& op, std::initializer_list<Tensor> inputs, Attrs attrs) {
  return apply_all(op, {inputs.begin(), inputs.size()}, std::move(attrs)).front();
}

}  // namespace vitrine
