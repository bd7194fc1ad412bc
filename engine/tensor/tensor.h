// A Tensor is a node: either a leaf with numbers, or the result of one op applied to other tensors. Eager tensors have
// numbers in a backend's Buffer, seen through a Layout; symbolic ones, born while tracing, have only a Spec. `apply` is
// the single gate through which every result comes: shape rule, then run the kernel now, or grow the graph when an
// input is symbolic. A node keeps its inputs only when somebody may walk back to them: while tracing, or below a
// `watch`ed leaf.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/tensor/backend.h"
#include "engine/tensor/op.h"

namespace vitrine {

struct Node;
class Vocabulary;

// One tracing: nodes grown under it know it, their order and the segment that was open when they came.
struct TraceContext {
  int segment = 0;
  int next_order = 0;
};

class Tensor {
 public:
  Tensor() = default;  // no tensor
  Tensor(std::shared_ptr<Node> node, int output) : node_(std::move(node)), output_(output) {}
  explicit operator bool() const { return node_ != nullptr; }

  const Spec& spec() const;
  const Shape& shape() const { return spec().shape; }
  DType dtype() const { return spec().dtype; }
  bool symbolic() const;
  Node& node() const;  // refuses an empty tensor
  int output() const { return output_; }
  bool sole_owner() const { return node_.use_count() == 1; }
  bool same(const Tensor& other) const { return node_ == other.node_ && output_ == other.output_; }

  Operand operand() const;               // eager only
  std::vector<std::byte> bytes() const;  // a dense copy
  std::vector<float> floats() const;     // a dense copy; booleans and integers are converted, complex ones are pairs
  float item() const;                    // of one element

 private:
  std::shared_ptr<Node> node_;
  int output_ = 0;
};

struct Node : std::enable_shared_from_this<Node> {
  const Op* op = nullptr;  // null: a leaf
  Attrs attrs;
  std::vector<Tensor> inputs;
  std::vector<Spec> specs;  // one per output
  struct Storage {
    std::shared_ptr<Buffer> buffer;
    Layout layout;
    std::shared_ptr<const Vocabulary> vocabulary{};  // of strings: what the codes stand for (strings.h)
  };
  std::vector<Storage> storage;  // one per output; none while symbolic
  std::optional<float> literal;  // a scalar written in code: has a value everywhere, belongs to no backend yet
  std::shared_ptr<TraceContext> trace;
  int order = 0;  // of birth within the trace
  int segment = 0;
  bool recorded = false;  // gradients may be asked below here
  // Set by custom_gradient: takes the place of the op's rule and answers for every input but the first.
  std::function<std::vector<Tensor>(const Tensor& cotangent)> backward;
  ~Node();  // long chains are released without recursion
};

Tensor tensor(Backend& backend, std::span<const float> values, const Shape& shape);
Tensor tensor(Backend& backend, const Spec& spec, std::span<const std::byte> dense);
Tensor watch(const Tensor& leaf);                   // the same numbers, remembered by everything computed from them
Tensor like(const Tensor& neighbour, float value);  // a scalar constant for use beside `neighbour`
Tensor placeholder(std::shared_ptr<TraceContext> trace, const Spec& spec);

std::vector<Tensor> apply_all(const Op& op, std::span<const Tensor> inputs, Attrs attrs = {});
Tensor apply(const Op& op, std::initializer_list<Tensor> inputs, Attrs attrs = {});  // of an op with one output

}  // namespace vitrine
