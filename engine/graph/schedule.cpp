// From graph to schedule: views become strides, assignments become results written in place where that is safe, and one
// arena holds all that lives between launches.
#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/graph/passes.h"
#include "engine/ops/layout.h"

namespace vitrine {
namespace {

using Place = Value::Place;

constexpr std::size_t kAlignment = 64;  // a cache line; every base starts on one

std::size_t padded(std::size_t bytes) {
  return std::max((bytes + kAlignment - 1) / kAlignment, std::size_t{1}) * kAlignment;
}

class Scheduler {
 public:
  Scheduler(const Graph& graph, Backend& backend) : graph_(graph), backend_(backend) {
    schedule_.segments = graph.segments;
    schedule_.whole = graph.whole;
    schedule_.slabs = graph.slabs;
    schedule_.values.resize(graph.values.size());
    in_place_.resize(graph.values.size(), -1);
    roots_.resize(graph.values.size());
    std::iota(roots_.begin(), roots_.end(), 0);
    for (const auto& node : graph.nodes) {
      if (node.op != nullptr && node.op->view != nullptr) at(roots_, node.outputs[0]) = root(node.inputs[0]);
    }
  }

  Schedule make() {
    place_ends();
    find_in_place();
    for (const auto& node : graph_.nodes) add(node);
    for (const auto& assignment : graph_.assignments) {
      if (at(in_place_, assignment.value) < 0) {
        add_copy(assignment.value, assignment.region, static_cast<int>(graph_.segments.size()) - 1);
      }
    }
    for (const auto* list : {&graph_.outputs, &graph_.taps}) {
      for (const auto& named : *list) schedule_.kept.push_back(readable(named.value));
    }
    lay_out_arena();
    return std::move(schedule_);
  }

 private:
  Value& value(int id) { return at(schedule_.values, id); }
  int root(int id) const { return at(roots_, id); }

  void place_ends() {
    std::vector<float> literals;
    std::vector<int> literal_values;
    schedule_.inputs.resize(graph_.inputs.size());
    for (int id = 0; id < static_cast<int>(graph_.values.size()); ++id) {
      const Graph::Value& from = at(graph_.values, id);
      Value& to = value(id);
      to = {from.spec, Place::arena, from.index, 0, id, {dense_strides(from.spec.shape), 0}};
      if (from.kind == Graph::Value::Kind::input) {
        to.place = Place::input;
        at(schedule_.inputs, from.index) = from.spec;
      } else if (from.kind == Graph::Value::Kind::region) {
        to.place = Place::slab;
        to.bytes_offset = from.offset * sizeof(float);
      } else if (from.kind == Graph::Value::Kind::literal) {
        to.place = Place::constant;
        to.bytes_offset = literals.size() * kAlignment;
        literals.push_back(from.literal);
        literal_values.push_back(id);
      } else if (from.kind == Graph::Value::Kind::constant) {
        const Operand operand = from.constant.operand();
        if (&operand.buffer->backend() != &backend_) {
          throw UsageError({"compile", "a constant lives on another device", backend_.info().id,
                            operand.buffer->backend().info().id, "Copy it to the plan's device first."});
        }
        to.place = Place::constant;
        to.layout = operand.layout;
        to.index = static_cast<int>(schedule_.constants.size());
        schedule_.constants.push_back(
            from.constant.node().storage[static_cast<std::size_t>(from.constant.output())].buffer);
      }
    }
    if (literals.empty()) return;
    std::vector<std::byte> bytes(literals.size() * kAlignment);
    for (std::size_t i = 0; i < literals.size(); ++i)
      std::memcpy(bytes.data() + i * kAlignment, &literals[i], sizeof(float));
    const auto buffer = backend_.allocate(bytes.size(), "plan constants");
    backend_.upload(*buffer, 0, bytes);
    for (const int id : literal_values) value(id).index = static_cast<int>(schedule_.constants.size());
    schedule_.constants.push_back(buffer);
  }

  // A result may be written straight into the region it is assigned to if nobody reads the old numbers after that, and
  // the writer itself reads them, if at all, element by element in the same place.
  void find_in_place() {
    for (const auto& assignment : graph_.assignments) {
      const int region = assignment.region;
      const auto writes = [&](const Graph::Node& node) {
        return std::ranges::find(node.outputs, assignment.value) != node.outputs.end();
      };
      const auto writer = std::ranges::find_if(graph_.nodes, writes);
      if (writer == graph_.nodes.end()) continue;
      const bool elementwise = writer->op == nullptr || writer->op->micro != Micro::none;
      const bool moved = writer->op != nullptr && writer->op->view != nullptr;
      const auto touches = [&](const Graph::Node& node) {
        return std::ranges::any_of(node.inputs, [&](int input) { return root(input) == region; });
      };
      const bool read_later = std::any_of(writer + 1, graph_.nodes.end(), touches);
      const bool reads_moved =
          std::ranges::any_of(writer->inputs, [&](int input) { return input != region && root(input) == region; });
      const bool read_as_result = [&]() -> bool {
        const auto names = [&](const Graph::Named& named) { return root(named.value) == region; };
        return std::ranges::any_of(graph_.outputs, names) || std::ranges::any_of(graph_.taps, names) ||
               std::ranges::any_of(graph_.assignments, [&](const Graph::Assignment& other) {
                 return root(other.value) == region || (other.value == assignment.value && other.region != region);
               });
      }();
      if (moved || read_later || reads_moved || read_as_result || (touches(*writer) && !elementwise)) continue;
      at(in_place_, assignment.value) = region;
    }
  }

  void add(const Graph::Node& node) {
    if (node.op != nullptr && node.op->view != nullptr) {
      const Value& input = value(node.inputs[0]);
      Value& output = value(node.outputs[0]);
      Layout view;
      if (node.op->view(input.spec, input.layout, node.attrs, output.spec, view)) {
        output = {output.spec, input.place, input.index, input.bytes_offset, input.base, view};
        return;
      }
    }
    if (node.op != nullptr && !backend_.supports(*node.op)) {
      throw UnsupportedOp({"[" + std::string(node.op->name) + "]", "has no kernel on " + backend_.info().id,
                           "an op of that device", std::string(node.op->cpu_only), "Choose the CPU for this plan."});
    }
    for (const int output : node.outputs) {
      const int region = at(in_place_, output);
      if (region >= 0) {
        Value& to = value(output);
        const Value& from = value(region);
        to = {to.spec, from.place, from.index, from.bytes_offset, output, from.layout};
      }
    }
    schedule_.launches.push_back({node.op, node.attrs, node.body, node.inputs, node.outputs, node.segment});
  }

  void add_copy(int from, int to, int segment) {
    schedule_.launches.push_back({&ops::kCopy, {}, {}, {from}, {to}, segment});
  }

  // An end that is no dense arena value of its own gets a copy that is.
  int readable(int id) {
    const Value source = value(id);
    if (source.place == Place::arena && source.base == id && is_dense(source.spec.shape, source.layout.strides))
      return id;
    const auto copy = static_cast<int>(schedule_.values.size());
    schedule_.values.push_back({source.spec, Place::arena, 0, 0, copy, {dense_strides(source.spec.shape), 0}});
    in_place_.push_back(-1);
    const auto maker = std::ranges::find_if(schedule_.launches, [&](const Launch& launch) {
      return std::ranges::find(launch.outputs, source.base) != launch.outputs.end();
    });
    // Right behind its maker, so that it is there when a run stops after that segment.
    const auto where = maker == schedule_.launches.end() ? schedule_.launches.begin() : maker + 1;
    const int segment = maker == schedule_.launches.end() ? 0 : maker->segment;
    schedule_.launches.insert(where, Launch{&ops::kCopy, {}, {}, {id}, {copy}, segment});
    return copy;
  }

  // First fit by birth: a base lives from its launch to the last one that reads it or a view of it.
  void lay_out_arena() {
    struct Life {
      int first = -1, last = -1;
    };
    std::vector<Life> lives(schedule_.values.size());
    for (int l = 0; l < static_cast<int>(schedule_.launches.size()); ++l) {
      const Launch& launch = at(schedule_.launches, l);
      for (const int output : launch.outputs) at(lives, value(output).base) = {l, l};
      for (const int input : launch.inputs) at(lives, value(input).base).last = l;
    }
    const auto end = static_cast<int>(schedule_.launches.size());
    for (const int kept : schedule_.kept) at(lives, value(kept).base).last = end;
    std::vector<int> placed;
    for (const Launch& launch : schedule_.launches) {
      for (const int output : launch.outputs) {
        Value& base = value(output);
        if (base.place != Place::arena) continue;
        const Life life = at(lives, output);
        std::size_t offset = 0;
        // `placed` is sorted by offset, so one sweep finds the lowest gap among those alive at the same time.
        for (const int other : placed) {
          const Life theirs = at(lives, other);
          if (theirs.last < life.first || theirs.first > life.last) continue;
          if (offset + padded(base.spec.bytes()) <= value(other).bytes_offset) break;
          offset = std::max(offset, value(other).bytes_offset + padded(value(other).spec.bytes()));
        }
        base.bytes_offset = offset;
        schedule_.arena_bytes = std::max(schedule_.arena_bytes, offset + padded(base.spec.bytes()));
        placed.insert(std::ranges::upper_bound(placed, offset, {}, [&](int id) { return value(id).bytes_offset; }),
                      output);
      }
    }
    for (Value& view : schedule_.values) {
      if (view.place == Place::arena) view.bytes_offset = at(schedule_.values, view.base).bytes_offset;
    }
  }

  const Graph& graph_;
  Backend& backend_;
  Schedule schedule_;
  std::vector<int> in_place_;  // for each value: the region it is written into, or -1
  std::vector<int> roots_;     // for each value: the one whose memory it is seen through
};

}  // namespace

Schedule plan_schedule(const Graph& graph, Backend& backend) {
  return Scheduler(graph, backend).make();
}

}  // namespace vitrine
