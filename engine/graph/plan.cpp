// Runs the passes, hands the schedule to the backend, and names its ends.
#include "engine/graph/plan.h"

#include <algorithm>
#include <functional>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/graph/passes.h"

namespace vitrine {
namespace {

[[noreturn]] void refuse_name(std::string_view kind, std::string_view name) {
  throw UsageError({"plan", "has no " + std::string(kind) + " of this name", "one of its names", std::string(name),
                    "Check the spelling."});
}

template <class List, class Name>
int index_of(const List& list, std::string_view kind, std::string_view name, Name name_of_entry) {
  const auto found = std::ranges::find(list, name, name_of_entry);
  if (found == list.end()) refuse_name(kind, name);
  return static_cast<int>(found - list.begin());
}

}  // namespace

int Plan::input(std::string_view name) const {
  return index_of(inputs_, "input", name, std::identity{});
}

int Plan::segment(std::string_view name) const {
  return index_of(schedule_.segments, "segment", name, std::identity{});
}

int Plan::kept(std::string_view name) const {
  return index_of(kept_, "output or tap", name, &Graph::Named::name);
}

void Plan::bind(int input, std::span<const float> data) {
  const std::size_t wanted = wanted_.at(static_cast<std::size_t>(input));
  if (data.size() < wanted) {
    throw ShapeError({"input " + inputs_[static_cast<std::size_t>(input)], "is bound to too few numbers",
                      to_text(static_cast<std::int64_t>(wanted)), to_text(static_cast<std::int64_t>(data.size())),
                      "Check the batch."});
  }
  program_->bind(input, std::as_bytes(data).data());
}

void Plan::run() {
  program_->run(0, static_cast<int>(schedule_.segments.size()) - 1);
}

void Plan::run(int first_segment, int last_segment) {
  const int last = static_cast<int>(schedule_.segments.size()) - 1;
  VITRINE_ASSERT(!schedule_.whole || (first_segment == 0 && last_segment == last));
  program_->run(first_segment, last_segment);
}

void Plan::read(int kept, std::span<float> values) const {
  VITRINE_ASSERT(static_cast<std::int64_t>(values.size()) == spec(kept).shape.elements());
  program_->read(schedule_.kept[static_cast<std::size_t>(kept)], std::as_writable_bytes(values));
}

std::vector<float> Plan::read(std::string_view name) const {
  const int id = kept(name);
  std::vector<float> values(static_cast<std::size_t>(spec(id).shape.elements()));
  read(id, values);
  return values;
}

float Plan::item(int kept) const {
  float value = 0;
  read(kept, {&value, 1});
  return value;
}

const Spec& Plan::spec(int kept) const {
  return schedule_.values[static_cast<std::size_t>(schedule_.kept[static_cast<std::size_t>(kept)])].spec;
}

std::vector<std::string> Plan::taps() const {
  std::vector<std::string> names;
  for (std::size_t i = kept_.size() - taps_; i < kept_.size(); ++i) names.push_back(kept_[i].name);
  return names;
}

Plan compile(const Graph& traced, Backend& backend, const CompileOptions& options) {
  Graph graph = traced;
  graph.whole = options.whole;
  remove_taps(graph, options.taps);
  fold_constants(graph, backend);
  share_common(graph);
  remove_dead(graph);
  fuse(graph, backend);

  Plan plan;
  plan.schedule_ = plan_schedule(graph, backend);
  plan.program_ = backend.prepare(plan.schedule_);
  plan.inputs_ = graph.inputs;
  for (const Spec& input : plan.schedule_.inputs)
    plan.wanted_.push_back(static_cast<std::size_t>(input.shape.elements()));
  plan.kept_ = graph.outputs;
  plan.kept_.insert(plan.kept_.end(), graph.taps.begin(), graph.taps.end());
  plan.taps_ = graph.taps.size();
  return plan;
}

}  // namespace vitrine
