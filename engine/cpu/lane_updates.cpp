// Joins updates, and cuts weights into rows of sixteen.
#include "engine/cpu/lane_updates.h"

#include <algorithm>

namespace vitrine::cpu {
bool LaneUpdates::add(const Launch& launch, const std::vector<MicroStep>& body) {
  const Value& out = draft_.value(launch.outputs[0]);
  if (out.spec.dtype != DType::float32) return false;
  for (const int id : launch.inputs) {
    const Value& v = draft_.value(id);
    if (v.spec.dtype != DType::float32 || (!is_row(id, out) && !is_one_number(v))) return false;
  }
  LaneStep* joined = step_to_join(launch, body);
  LaneStep fresh = draft_.blank(LaneStep::Kind::flat);
  LaneRow row{};
  for (std::size_t i = 0; i < launch.inputs.size(); ++i) {
    const Value& v = draft_.value(launch.inputs[i]);
    if (is_row(launch.inputs[i], out)) {
      row.operands[i] = draft_.place_of(v) + v.layout.offset;
    } else if (joined == nullptr) {
      fresh.operands[i] = {draft_.weights_of(launch.inputs[i], static_cast<int>(i)), 0, 0, 1, 0};
    }
  }
  if (joined == nullptr) {
    draft_.give_body(fresh, body);
    updates_.push_back({draft_.run().steps.size(), &launch});
    draft_.add(fresh);
    joined = &draft_.run().steps.back();
  }
  row.out = draft_.place_of(out);
  add_rows(*joined, row, out.spec.shape.elements());
  return true;
}

// Rows of all steps lie in one list, in the order of the steps.
void LaneUpdates::add_rows(const LaneStep& step, LaneRow row, std::int64_t count) {
  LaneRun& run = draft_.run();
  LaneStep& grown = run.steps[static_cast<std::size_t>(&step - run.steps.data())];
  std::size_t at = 0;
  for (const LaneStep& each : std::span(run.steps.data(), &grown + 1)) at += static_cast<std::size_t>(each.row_count);
  std::vector<LaneRow> rows;
  for (; count > 0; count -= kLaneWidth) {
    row.count = static_cast<std::int32_t>(std::min<std::int64_t>(count, kLaneWidth));
    rows.push_back(row);
    for (const float*& operand : row.operands) operand += operand != nullptr ? kLaneWidth : 0;
    row.out += kLaneWidth;
  }
  run.rows.insert(run.rows.begin() + static_cast<std::ptrdiff_t>(at), rows.begin(), rows.end());
  grown.row_count += static_cast<std::int32_t>(rows.size());
}

// Back over flat steps of this segment that neither write what the launch reads or writes nor read what it writes.
LaneStep* LaneUpdates::step_to_join(const Launch& launch, const std::vector<MicroStep>& body) {
  auto& steps = draft_.run().steps;
  const auto begin = static_cast<std::size_t>(draft_.run().begins.back());
  for (std::size_t s = steps.size(); s > begin && steps[s - 1].kind == LaneStep::Kind::flat; --s) {
    if (touches(steps[s - 1], launch)) return nullptr;
    const auto update = std::ranges::find(updates_, s - 1, &Update::step);
    if (update != updates_.end() && same_update(*update, launch, body)) return &steps[s - 1];
  }
  return nullptr;
}

// The same body, with rows in the same places and the same single numbers.
bool LaneUpdates::same_update(const Update& update, const Launch& launch, const std::vector<MicroStep>& body) const {
  const LaneStep& step = draft_.run().steps[update.step];
  if (launch.inputs.size() != update.launch->inputs.size()) return false;
  const auto same = [](const MicroStep& a, const MicroStep& b) {
    return a.micro == b.micro && a.a == b.a && a.b == b.b && a.c == b.c;
  };
  if (!std::ranges::equal(std::span(step.body, static_cast<std::size_t>(step.body_length)), body, same)) return false;
  const Value &out = draft_.value(launch.outputs[0]), &their_out = draft_.value(update.launch->outputs[0]);
  for (std::size_t i = 0; i < launch.inputs.size(); ++i) {
    const int id = launch.inputs[i], theirs = update.launch->inputs[i];
    const bool row = is_row(id, out);
    if (row != is_row(theirs, their_out) || (!row && id != theirs)) return false;
  }
  return true;
}

bool LaneUpdates::touches(const LaneStep& step, const Launch& launch) const {
  std::size_t first = 0;
  const auto& run = draft_.run();
  for (const LaneStep& each : std::span(run.steps.data(), &step)) first += static_cast<std::size_t>(each.row_count);
  const Range written = range_of(launch.outputs[0]);
  const auto rows = std::span(run.rows).subspan(first, static_cast<std::size_t>(step.row_count));
  const auto meets_row = [&](const LaneRow& row) {
    const Range theirs{row.out, row.out + row.count};
    if (theirs.meets(written)) return true;
    const auto reads = [&](int id) { return range_of(id).meets(theirs); };
    if (std::ranges::any_of(launch.inputs, reads)) return true;
    return std::ranges::any_of(row.operands, [&](const float* operand) {
      return operand != nullptr && Range{operand, operand + row.count}.meets(written);
    });
  };
  const auto is_written = [&](const LaneOperand& one) {
    return one.data != nullptr && Range{one.data, one.data + 1}.meets(written);
  };
  return std::ranges::any_of(rows, meets_row) || std::ranges::any_of(step.operands, is_written);
}

// Nothing for an input, which no step writes.
LaneUpdates::Range LaneUpdates::range_of(int id) const {
  const Value& v = draft_.value(id);
  if (v.place == Value::Place::input) return {nullptr, nullptr};
  const float* base = draft_.place_of(draft_.value(v.base));
  return {base, base + draft_.value(v.base).spec.shape.elements()};
}

bool LaneUpdates::is_row(int id, const Value& out) const {
  const Value& v = draft_.value(id);
  return v.place != Value::Place::input && v.spec.shape == out.spec.shape && is_dense(v.spec.shape, v.layout.strides);
}

}  // namespace vitrine::cpu
