// Places and addresses.
#include "engine/cpu/lane_draft.h"

#include <algorithm>
#include <utility>

#include "engine/cpu/prepared.h"

namespace vitrine::cpu {
namespace {

std::int64_t stride_of(const Value& view, int axis) {
  return view.layout.strides[static_cast<std::size_t>(axis)];
}

}  // namespace

LaneDraft::LaneDraft(const Schedule& schedule, Backend& backend, const Kernel& kernel)
    : schedule_(schedule),
      backend_(backend),
      run_(std::make_unique<LaneRun>(kernel, schedule.inputs.size())),
      homes_(schedule.values.size()) {}

// The batch is the first extent of the inputs that are matrices.
bool LaneDraft::find_samples() {
  for (const Spec& spec : schedule_.inputs) {
    if (spec.dtype != DType::float32) return false;
    if (spec.shape.rank() != 2) continue;
    if (samples_ != 0 && spec.shape[0] != samples_) return false;
    samples_ = spec.shape[0];
  }
  std::int64_t widest = 0;
  for (const Value& v : schedule_.values) {
    if (is_batch_shape(v.spec.shape)) widest = std::max(widest, columns_in(v.spec.shape));
  }
  const int most = widest > kWideLaneColumns ? kMostLaneBlocks / 2 : kMostLaneBlocks;
  blocks_ = static_cast<int>(std::min<std::int64_t>((samples_ + kLaneWidth - 1) / kLaneWidth, most));
  tile_ = std::min<std::int64_t>(samples_, std::int64_t{most} * kLaneWidth);
  return samples_ > 0 && samples_ <= kMostLaneSamples;
}

void LaneDraft::allocate() {
  run_->arena = backend_.allocate(std::max<std::size_t>(schedule_.arena_bytes, 64), "plan arena");
  const auto columns = backend_.allocate(columns_of_batches() * width() * sizeof(float), "plan lanes");
  const auto workspace = backend_.allocate(kLaneWorkspace * sizeof(float), "plan workspace");
  run_->held = {columns, workspace};
  run_->held.insert(run_->held.end(), schedule_.slabs.begin(), schedule_.slabs.end());
  run_->held.insert(run_->held.end(), schedule_.constants.begin(), schedule_.constants.end());
  run_->written = written_slabs(schedule_);
  run_->bodies.reserve(2 * schedule_.launches.size());  // what points into them stays
  free_ = reinterpret_cast<float*>(columns->host());
  workspace_ = reinterpret_cast<float*>(workspace->host());
}

// Each batch, and the sums that a reduction carries from tile to tile.
std::size_t LaneDraft::columns_of_batches() const {
  std::int64_t columns = 0;
  for (const Value& v : schedule_.values) {
    if (is_batch_shape(v.spec.shape)) columns += columns_in(v.spec.shape);
  }
  for (const Launch& launch : schedule_.launches) {
    if (!is_sum(launch)) continue;
    const Shape& in = value(launch.inputs[0]).spec.shape;
    if (is_batch_shape(in)) columns += columns_in(in);
  }
  return static_cast<std::size_t>(columns);
}

// Steps and rows have their final places now, so what points at them can be written down.
std::unique_ptr<LaneRun> LaneDraft::finish() {
  const LaneRow* row = run_->rows.data();
  for (LaneStep& step : run_->steps) {
    step.rows = std::exchange(row, row + step.row_count);
    if (step.kind == LaneStep::Kind::body) write_out_body(step);
  }
  for (const auto& patch : patches_) {
    LaneStep& step = run_->steps[patch.step];
    if (patch.operand == kWeights) {
      bind_to(patch, step.w);
    } else if (patch.operand == kRows) {
      bind_to(patch, step.x);
    } else {
      bind_to(patch, step.operands[static_cast<std::size_t>(patch.operand)].data);
      bind_micros(patch, step);
    }
  }
  run_->start({run_->steps.data(), workspace_, samples_, static_cast<std::int32_t>(tile_)});
  return std::move(run_);
}

void LaneDraft::write_out_body(LaneStep& step) {
  std::vector<LaneMicro>& micros = run_->micros.emplace_back();
  const auto own = [&](int s) { return workspace_ + static_cast<std::size_t>(s) * kLanePiece * kLaneWidth; };
  for (int s = 0; s < step.body_length; ++s) {
    const MicroStep& micro = step.body[s];
    const auto operand = [&](int index) {
      if (index < 0) return step.operands[-1 - index];
      return LaneOperand{own(index), step.blocks * kLaneWidth, kLaneWidth, 0, 1};
    };
    const int count = inputs_of(micro.micro);
    const LaneOperand a = operand(micro.a);
    const bool result = s == step.body_length - 1;
    micros.push_back({micro.micro,
                      {a, count > 1 ? operand(micro.b) : a, count > 2 ? operand(micro.c) : a},
                      result ? step.out : own(s),
                      result});
  }
  step.micros = micros.data();
  step.straight = std::ranges::all_of(micros, [&](const LaneMicro& micro) {
    return std::ranges::all_of(micro.operands, [&](const LaneOperand& operand) {
      return operand.column_step == operand.block_step * step.blocks;
    });
  });
}

void LaneDraft::bind_to(const Patch& patch, const float*& address) {
  run_->addresses[static_cast<std::size_t>(patch.input)].push_back({&address, patch.offset});
}

// The micros of a body that read this operand.
void LaneDraft::bind_micros(const Patch& patch, const LaneStep& step) {
  const auto body = std::ranges::find(run_->micros, step.micros, [](const auto& list) { return list.data(); });
  if (step.micros == nullptr || body == run_->micros.end()) return;
  for (int s = 0; s < step.body_length; ++s) {
    const MicroStep& micro = step.body[s];
    const std::int8_t slots[] = {micro.a, micro.b, micro.c};
    for (std::size_t k = 0; k < static_cast<std::size_t>(inputs_of(micro.micro)); ++k) {
      if (slots[k] == -1 - patch.operand) bind_to(patch, (*body)[static_cast<std::size_t>(s)].operands[k].data);
    }
  }
}

bool LaneDraft::is_kept(int id) const {
  return std::ranges::find(schedule_.kept, id) != schedule_.kept.end();
}

void LaneDraft::begin_segment() {
  run_->begins.push_back(static_cast<std::int64_t>(run_->steps.size()));
}

LaneStep LaneDraft::blank(LaneStep::Kind kind) const {
  LaneStep step{};
  step.kind = kind;
  step.blocks = blocks_;
  step.scale = 1;
  return step;
}

void LaneDraft::give_body(LaneStep& step, const std::vector<MicroStep>& body) {
  run_->bodies.push_back(body);
  step.body = run_->bodies.back().data();
  step.body_length = static_cast<std::int32_t>(body.size());
}

float* LaneDraft::take(std::int64_t columns) {
  return std::exchange(free_, free_ + static_cast<std::size_t>(columns) * width());
}

float* LaneDraft::new_columns(int id) {
  return home(id) = take(columns_in(value(id).spec.shape));
}

bool LaneDraft::load_if_input(int id) {
  const Value& base = value(value(id).base);
  if (base.place != Value::Place::input || !is_batch_shape(base.spec.shape)) return false;
  if (home(id) == nullptr) {
    LaneStep step = blank(LaneStep::Kind::load);
    step.columns = static_cast<std::int32_t>(columns_in(base.spec.shape));
    step.row_step = step.columns;
    step.out = home(id) = take(step.columns);
    patches_.push_back({base.index, run_->steps.size(), kRows, 0});
    add(step);
  }
  return true;
}

bool LaneDraft::is_batch(int id) {
  return load_if_input(id) || home(id) != nullptr;
}

float* LaneDraft::columns_of(int id, bool transposed) {
  const Value& v = value(id);
  const int samples_axis = transposed ? 1 : 0, columns_axis = 1 - samples_axis;
  if (!goes_by_sample(id, samples_axis)) return nullptr;
  if (v.spec.shape.rank() == 2 && v.spec.shape[columns_axis] > 1 && stride_of(v, columns_axis) != 1) return nullptr;
  return home(id) + static_cast<std::size_t>(v.layout.offset) * width();
}

const float* LaneDraft::column_for_all(int id) {
  const Value& v = value(id);
  if (!goes_by_sample(id, 0) || v.spec.shape.rank() != 2 || stride_of(v, 1) != 0) return nullptr;
  return home(id) + static_cast<std::size_t>(v.layout.offset) * width();
}

// A view of a batch whose axis goes from sample to sample.
bool LaneDraft::goes_by_sample(int id, int axis) {
  if (!is_batch(id)) return false;
  const Value& v = value(id);
  const std::int64_t row = columns_in(value(v.base).spec.shape);
  return axis < v.spec.shape.rank() && v.spec.shape[axis] == samples_ && v.layout.offset < row &&
         (samples_ == 1 || stride_of(v, axis) == row);
}

const float* LaneDraft::weights_of(int id, int operand) {
  const Value& v = value(id);
  if (v.place == Value::Place::input) {
    patches_.push_back({v.index, run_->steps.size(), operand, v.layout.offset});
    return nullptr;
  }
  return place_of(v) + v.layout.offset;
}

void LaneDraft::rows_of(int input) {
  patches_.push_back({value(input).index, run_->steps.size(), kRows, 0});
}

float* LaneDraft::place_of(const Value& v) const {
  const auto index = static_cast<std::size_t>(v.index);
  const Buffer& buffer = v.place == Value::Place::slab       ? *schedule_.slabs[index]
                         : v.place == Value::Place::constant ? *schedule_.constants[index]
                                                             : *run_->arena;
  return reinterpret_cast<float*>(buffer.host() + v.bytes_offset);
}

std::optional<LaneOperand> LaneDraft::batch_operand(int id, int operand, const Shape& result) {
  const std::int64_t columns = columns_in(result);
  const Value& v = value(id);
  const Shape& shape = v.spec.shape;
  const int last = shape.rank() - 1;
  if (is_batch(id)) {
    // A vector lies along what it meets: along samples only if the result is a vector, too.
    if (shape.rank() != result.rank() && shape.rank() == 1) return std::nullopt;
    const std::int64_t own = columns_in(shape);
    if (const float* one = column_for_all(id); one != nullptr && own == columns)
      return LaneOperand{one, 0, kLaneWidth, 0, 0};
    const float* at = columns_of(id, false);
    if (at == nullptr || (own != columns && own != 1)) return std::nullopt;
    return LaneOperand{at, own == columns ? static_cast<std::int32_t>(width()) : 0, kLaneWidth, 0, 0};
  }
  const std::int64_t own = is_one_number(v) ? 1 : shape[last];
  if (own != columns && own != 1) return std::nullopt;
  if (v.spec.dtype != DType::float32) return std::nullopt;
  if (shape.rank() == 2 && shape[0] != 1 && v.layout.strides[0] != 0) return std::nullopt;  // differs by sample
  const std::int64_t step = own > 1 ? v.layout.strides[static_cast<std::size_t>(last)] : 0;
  return LaneOperand{weights_of(id, operand), static_cast<std::int32_t>(step), 0, 1, 0};
}

}  // namespace vitrine::cpu
