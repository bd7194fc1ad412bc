// A Graph is a computation written down: values and the nodes that make them, in order, with its ends named (inputs,
// slab regions, outputs, taps, assignments) and cut into segments. `trace` makes one by calling ordinary tensor code
// with placeholders; nothing in it belongs to a device until `compile` makes a Plan of it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/slab.h"
#include "engine/tensor/tensor.h"

namespace vitrine {

struct Graph {
  struct Value {
    enum class Kind { computed, input, region, literal, constant };
    Spec spec;
    Kind kind = Kind::computed;
    int index = 0;           // input: which; region: which slab
    std::size_t offset = 0;  // region: in floats
    float literal = 0;
    Tensor constant;  // an eager tensor that the traced code closed over
  };
  struct Node {
    const Op* op = nullptr;  // null: fused, see body
    Attrs attrs;
    std::vector<MicroStep> body;
    std::vector<int> inputs, outputs;  // values
    int segment = 0;
  };
  struct Named {
    std::string name;
    int value;
  };
  struct Assignment {
    int region, value;
  };
  std::vector<Value> values;
  std::vector<Node> nodes;  // each after what it needs; segments never go back
  std::vector<std::string> segments;
  bool whole = false;  // no run stops between them
  std::vector<std::string> inputs;
  std::vector<std::shared_ptr<Buffer>> slabs;
  std::vector<Named> outputs, taps;
  std::vector<Assignment> assignments;
};

// What traced code calls besides ops. Inputs and slab regions become placeholders; `assign` says what a region holds
// after the step; `segment` opens the next stop inside it (the first is open from the start).
class Tracer {
 public:
  explicit Tracer(std::string first_segment);
  Tensor input(std::string name, const Spec& spec);
  Tensor region(const Slab& slab, std::string_view name);
  void segment(std::string name);
  void assign(const Tensor& region, const Tensor& value);
  void output(std::string name, const Tensor& value);

 private:
  friend Graph trace(const std::function<void(Tracer&)>& fn, std::string first_segment);
  struct End {
    Tensor placeholder;
    Graph::Value::Kind kind;
    int index;
    std::size_t offset;
  };
  Graph finish() const;
  std::shared_ptr<TraceContext> context_ = std::make_shared<TraceContext>();
  std::vector<std::string> segments_, inputs_;
  std::vector<End> ends_;
  std::vector<std::shared_ptr<Buffer>> slabs_;
  std::vector<std::pair<Tensor, Tensor>> assignments_;
  std::vector<std::pair<std::string, Tensor>> outputs_;
};

Graph trace(const std::function<void(Tracer&)>& fn, std::string first_segment = "forward");

}  // namespace vitrine
