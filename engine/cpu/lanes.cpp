// Writes one step for each launch. The first launch that is neither about a batch nor about weights ends the attempt.
#include "engine/cpu/lanes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/cpu/lane_draft.h"
#include "engine/cpu/lane_endings.h"
#include "engine/cpu/lane_updates.h"

namespace vitrine::cpu {
namespace {

using Kind = LaneStep::Kind;

constexpr std::int64_t kLeastRowInner = 2 * kLaneWidth;  // columns of an input that are dearer to turn than the product
constexpr std::int64_t kLeastSpread = 4 * kLaneWidth;    // columns of a result whose last lane may be nearly empty

class Lowering {
 public:
  Lowering(const Schedule& schedule, Backend& backend, const Kernel& kernel)
      : schedule_(schedule), draft_(schedule, backend, kernel), updates_(draft_) {}

  std::unique_ptr<Program> make() {
    if (!draft_.find_samples() || !fits()) return nullptr;
    draft_.allocate();
    for (const Launch& launch : schedule_.launches) {
      while (draft_.segments() <= launch.segment) draft_.begin_segment();
      if (!lower(launch)) return nullptr;
      for (const int output : launch.outputs) keep(output);
    }
    while (draft_.segments() <= static_cast<int>(schedule_.segments.size())) draft_.begin_segment();
    if (draft_.in_tiles() && !takes_tiles()) return nullptr;
    return draft_.finish();
  }

 private:
  const Value& value(int id) const { return draft_.value(id); }

  bool fits() const {
    // Truths are floats in lanes, so none can be read out.
    if (std::ranges::any_of(schedule_.kept, [&](int id) { return value(id).spec.dtype != DType::float32; }))
      return false;
    std::int64_t weights = 0;
    return std::ranges::all_of(schedule_.launches, [&](const Launch& launch) {
      if (launch.outputs.size() != 1 || launch.inputs.size() > kMostLaneInputs + 2) return false;
      if (launch.op != nullptr && launch.op->name == "matmul") weights += weights_of_product(launch);
      return weights <= kMostLaneWeights && std::ranges::all_of(launch.inputs, [&](int input) {
               const Shape& shape = value(value(input).base).spec.shape;  // a transposed batch is as wide as it was
               const DType dtype = value(input).spec.dtype;
               const std::int64_t columns = draft_.is_batch_shape(shape) ? columns_in(shape)
                                            : shape.rank() == 0          ? 1
                                                                         : shape[shape.rank() - 1];
               return (dtype == DType::float32 || dtype == DType::boolean) && shape.rank() <= 2 &&
                      columns <= kMostLaneColumns && shape.elements() > 0;
             });
    });
  }

  // Read as they lie; the way back reads the same ones transposed.
  std::int64_t weights_of_product(const Launch& launch) const {
    const Value& b = value(launch.inputs[1]);
    return b.place != Value::Place::arena && is_dense(b.spec.shape, b.layout.strides) ? b.spec.shape.elements() : 0;
  }

  // One tile after the other goes through the whole program. Sums over samples, and what follows from them, are there
  // when the last tile is through: so no sample may ask for them, weights may only change at the end, and no segment
  // may wait for another.
  bool takes_tiles() {
    const auto& steps = draft_.run().steps;
    const auto is_flat = [](const LaneStep& step) { return step.kind == Kind::flat; };
    const auto behind_samples = std::find_if_not(steps.rbegin(), steps.rend(), is_flat).base();
    return (schedule_.whole || schedule_.segments.size() == 1) && !reads_sums_ &&
           !changes_weights(std::span(steps.begin(), behind_samples));
  }

  bool changes_weights(std::span<const LaneStep> steps) {
    std::size_t rows = 0;
    for (const LaneStep& step : steps) rows += static_cast<std::size_t>(step.row_count);
    const LaneRun& run = draft_.run();
    const auto* arena = reinterpret_cast<const float*>(run.arena->host());
    return std::ranges::any_of(std::span(run.rows).first(rows), [&](const LaneRow& row) {
      return row.out < arena || row.out >= arena + schedule_.arena_bytes / sizeof(float);
    });
  }

  bool lower(const Launch& launch) {
    if (launch.op == nullptr) return lower_body(launch, launch.body);
    if (is_spread(launch)) return lower_spread(launch);
    return launch.body.empty() ? lower_op(launch) : lower_ending(launch);
  }

  bool lower_op(const Launch& launch) {
    if (launch.op->micro != Micro::none) {
      MicroStep single{launch.op->micro, -1, 0, 0};
      if (launch.inputs.size() > 1) single.b = -2;
      if (launch.inputs.size() > 2) single.c = -3;
      return lower_body(launch, {single});
    }
    if (launch.op->name == "matmul") return lower_product(launch);
    if (is_sum(launch)) return lower_sum(launch);
    return false;
  }

  bool lower_body(const Launch& launch, const std::vector<MicroStep>& body) {
    if (body.size() > kMostLaneSteps) return false;
    const Value& out = value(launch.outputs[0]);
    // Counted, not asked whether any is: each input matrix is loaded by it.
    if (std::ranges::count_if(launch.inputs, [&](int input) { return draft_.is_batch(input); }) == 0)
      return updates_.add(launch, body);
    if (!draft_.is_batch_shape(out.spec.shape) || out.place != Value::Place::arena) return false;
    LaneStep step = draft_.blank(Kind::body);
    step.columns = static_cast<std::int32_t>(columns_in(out.spec.shape));
    for (std::size_t i = 0; i < launch.inputs.size(); ++i) {
      const auto operand = draft_.batch_operand(launch.inputs[i], static_cast<int>(i), out.spec.shape);
      if (!operand) return false;
      step.operands[i] = *operand;
      note_reading(launch.inputs[i]);
    }
    // What an op leaves to its ending is read by nothing else, so the ending writes over it.
    float* const left = draft_.columns_of(launch.outputs[0], false);
    step.out = left != nullptr ? left : draft_.new_columns(launch.outputs[0]);
    draft_.give_body(step, body);
    draft_.add(step);
    return true;
  }

  // Numbers in the arena that are no batch come from sums over samples or from updates.
  void note_reading(int id) {
    reads_sums_ = reads_sums_ || (!draft_.is_batch(id) && value(id).place == Value::Place::arena);
  }

  // The op by itself, then what goes on with its result.
  bool lower_ending(const Launch& launch) {
    Launch op = launch;
    op.body.clear();
    op.inputs.resize(static_cast<std::size_t>(launch.op->least_inputs));
    if (!lower_op(op) || !draft_.is_batch(launch.outputs[0])) return false;
    Launch rest = ending_of(launch);
    take_bias(rest, draft_.run().steps.back());
    return rest.inputs.size() <= kMostLaneInputs && (rest.body.empty() || lower_body(rest, rest.body));
  }

  // A product adds its bias in the registers; the body then has one step less, or none.
  void take_bias(Launch& rest, LaneStep& product) {
    const bool is_product = product.kind == Kind::dense || product.kind == Kind::rows || product.kind == Kind::spread;
    const int bias = is_product ? bias_of(rest, product.columns) : -1;
    if (bias < 0) return;
    product.bias = draft_.place_of(value(bias)) + value(bias).layout.offset;
    note_reading(bias);
    drop_first_step(rest);
  }

  int bias_of(const Launch& rest, std::int64_t columns) {
    const int id = first_added(rest);
    return id >= 0 && is_bias(id, columns) ? id : -1;
  }

  // A number for each column, one after the other.
  bool is_bias(int id, std::int64_t columns) {
    const Value& v = value(id);
    return v.place != Value::Place::input && v.spec.dtype == DType::float32 && v.spec.shape.elements() == columns &&
           is_dense(v.spec.shape, v.layout.strides) && !draft_.is_batch(id);
  }

  bool lower_product(const Launch& launch) {
    const Value &a = value(launch.inputs[0]), &b = value(launch.inputs[1]), &out = value(launch.outputs[0]);
    if (a.spec.shape.rank() != 2 || b.spec.shape.rank() != 2) return false;
    if (takes_rows(launch)) return lower_rows(launch);
    draft_.is_batch(launch.inputs[0]);  // loads it
    const bool batch_b = draft_.is_batch(launch.inputs[1]);
    LaneStep step = draft_.blank(batch_b ? Kind::outer : Kind::dense);
    step.columns = static_cast<std::int32_t>(b.spec.shape[1]);
    step.x = draft_.columns_of(launch.inputs[0], batch_b);
    if (step.x == nullptr || (draft_.in_tiles() && out.place != Value::Place::arena)) return false;
    if (batch_b) {
      step.inner = static_cast<std::int32_t>(a.spec.shape[0]);
      step.w = draft_.columns_of(launch.inputs[1], false);
      if (step.w == nullptr) return false;
      step.out = draft_.place_of(out);
    } else {
      step.inner = static_cast<std::int32_t>(a.spec.shape[1]);
      step.w = draft_.weights_of(launch.inputs[1], LaneDraft::kWeights);
      step.row_step = b.layout.strides[0];
      step.column_step = b.layout.strides[1];
      note_reading(launch.inputs[1]);
      if (out.place != Value::Place::arena) return false;
      step.out = draft_.new_columns(launch.outputs[0]);
    }
    draft_.add(step);
    return true;
  }

  // How many operands are a value or a view of it.
  std::ptrdiff_t readings_of(int base) const {
    std::ptrdiff_t count = 0;
    for (const Launch& launch : schedule_.launches) {
      count += std::ranges::count_if(launch.inputs, [&](int id) { return value(id).base == base; });
    }
    return count;
  }

  bool lies_in_order(const Value& v) const {
    return v.place != Value::Place::input && is_dense(v.spec.shape, v.layout.strides);
  }

  // A wide input that nothing else reads need not become columns, where its product is narrow and can be turned
  // instead.
  bool takes_rows(const Launch& launch) const {
    const Value &a = value(launch.inputs[0]), &b = value(launch.inputs[1]), &out = value(launch.outputs[0]);
    return readings_of(a.base) == 1 && !draft_.is_kept(launch.inputs[0]) && a.place == Value::Place::input &&
           draft_.is_batch_shape(a.spec.shape) && is_dense(a.spec.shape, a.layout.strides) && a.layout.offset == 0 &&
           a.spec.shape[1] >= kLeastRowInner && lies_in_order(b) && b.spec.shape[1] <= kLaneWidth &&
           out.place == Value::Place::arena;
  }

  // A wide product that only somebody outside reads need not be columns either, where what follows it looks at one
  // number at a time.
  bool is_spread(const Launch& launch) {
    const int id = launch.outputs[0];
    const Value& out = value(id);
    if (launch.op->name != "matmul" || !draft_.is_batch_shape(out.spec.shape) || out.spec.shape[1] < kLeastSpread ||
        out.place != Value::Place::arena || !draft_.is_kept(id) || readings_of(id) > 0) {
      return false;
    }
    const Value& b = value(launch.inputs[1]);
    if (!lies_in_order(b) || b.spec.shape.rank() != 2 || draft_.is_batch(launch.inputs[1])) return false;
    const Launch rest = ending_of(launch);
    const int bias = bias_of(rest, out.spec.shape[1]);
    return rest.inputs.size() <= kMostLaneInputs && std::ranges::all_of(rest.inputs, [&](int input) {
             return input == id || input == bias || is_number(value(input));
           });
  }

  bool is_number(const Value& v) const {
    return v.spec.dtype == DType::float32 && v.spec.shape.elements() == 1 && !draft_.is_batch_shape(v.spec.shape);
  }

  bool lower_spread(const Launch& launch) {
    const Value &b = value(launch.inputs[1]), &out = value(launch.outputs[0]);
    LaneStep step = draft_.blank(Kind::spread);
    step.inner = static_cast<std::int32_t>(b.spec.shape[0]);
    step.columns = static_cast<std::int32_t>(b.spec.shape[1]);
    step.x = draft_.columns_of(launch.inputs[0], false);
    if (step.x == nullptr) return false;
    step.w = draft_.place_of(b) + b.layout.offset;
    note_reading(launch.inputs[1]);
    step.out = draft_.place_of(out);
    Launch rest = ending_of(launch);
    take_bias(rest, step);
    draft_.add(step);
    return rest.body.empty() || lower_row_body(rest, step);
  }

  // In place.
  bool lower_row_body(const Launch& rest, const LaneStep& product) {
    const Shape& result = value(rest.outputs[0]).spec.shape;
    LaneStep step = draft_.blank(Kind::body);
    step.in_rows = 1;
    step.blocks = 1;
    step.columns = product.columns;
    step.out = product.out;
    step.operands[0] = {product.out, kLaneWidth, kLaneWidth, 0, 0};
    for (std::size_t i = 1; i < rest.inputs.size(); ++i) {
      const auto operand = draft_.batch_operand(rest.inputs[i], static_cast<int>(i), result);
      if (!operand) return false;
      step.operands[i] = *operand;
      note_reading(rest.inputs[i]);
    }
    draft_.give_body(step, rest.body);
    draft_.add(step);
    return true;
  }

  bool lower_rows(const Launch& launch) {
    const Value &a = value(launch.inputs[0]), &b = value(launch.inputs[1]);
    LaneStep step = draft_.blank(Kind::rows);
    step.inner = static_cast<std::int32_t>(a.spec.shape[1]);
    step.columns = static_cast<std::int32_t>(b.spec.shape[1]);
    step.row_step = a.spec.shape[1];
    draft_.rows_of(launch.inputs[0]);
    step.w = draft_.place_of(b) + b.layout.offset;
    note_reading(launch.inputs[1]);
    // The input's own columns stay free for them.
    if (draft_.in_tiles() && step.columns < kLaneWidth) step.room = draft_.take(step.inner);
    step.out = draft_.new_columns(launch.outputs[0]);
    draft_.add(step);
    return true;
  }

  bool lower_sum(const Launch& launch) {
    const Value &in = value(launch.inputs[0]), &out = value(launch.outputs[0]);
    const auto& axes = std::get<Integers>(launch.attrs[0]);
    const float* columns = draft_.columns_of(launch.inputs[0], false);
    const std::int64_t count = columns_in(in.spec.shape);
    const bool over_columns = axes == Integers{1};
    const bool over_samples = axes == Integers{0} || (axes == Integers{0, 1} && count == 1);
    if (columns == nullptr || (!over_columns && !over_samples)) return false;
    if (out.place != Value::Place::arena && (over_columns || draft_.in_tiles())) return false;
    LaneStep step = draft_.blank(over_columns ? Kind::across : Kind::fold);
    step.columns = static_cast<std::int32_t>(count);
    step.x = columns;
    step.out = over_columns ? draft_.new_columns(launch.outputs[0]) : draft_.place_of(out);
    step.room = over_columns ? nullptr : draft_.take(count);
    const std::int64_t terms = over_columns ? count : draft_.samples();
    if (launch.op->name == "mean") step.scale = 1.0f / static_cast<float>(terms);
    draft_.add(step);
    return true;
  }

  // A kept batch is written out as rows; kept weights lie in the arena already.
  void keep(int id) {
    if (!draft_.is_kept(id)) return;
    draft_.run().kept.push_back({id, value(id).bytes_offset});
    if (!draft_.is_batch(id)) return;
    LaneStep step = draft_.blank(Kind::store);
    step.columns = static_cast<std::int32_t>(columns_in(value(id).spec.shape));
    step.x = draft_.columns_of(id, false);
    step.out = draft_.place_of(value(id));
    draft_.add(step);
  }

  const Schedule& schedule_;
  LaneDraft draft_;
  LaneUpdates updates_;
  bool reads_sums_ = false;  // something else than an update does
};

}  // namespace

std::unique_ptr<Program> lower_to_lanes(const Schedule& schedule, Backend& backend, const Kernel& lanes_kernel) {
  return Lowering(schedule, backend, lanes_kernel).make();
}

}  // namespace vitrine::cpu
