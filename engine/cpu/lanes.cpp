// Decides for each value whether it is a batch (columns of samples) or weights (as they lie in memory), and writes one
// step for each launch. The first launch that fits neither picture ends the attempt.
#include "engine/cpu/lanes.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/cpu/lane_run.h"
#include "engine/cpu/prepared.h"

namespace vitrine::cpu {
namespace {

constexpr int kLanes = 16;

class Lowering {
 public:
  Lowering(const Schedule& schedule, Backend& backend, const Kernel& kernel)
      : schedule_(schedule),
        backend_(backend),
        run_(std::make_unique<LaneRun>(kernel, schedule.inputs.size())),
        homes_(schedule.values.size()) {}

  std::unique_ptr<Program> make() {
    if (!find_samples() || !fits()) return nullptr;
    const std::size_t columns_bytes = columns_of_batch() * width() * sizeof(float);
    run_->arena = backend_.allocate(std::max<std::size_t>(schedule_.arena_bytes, 64), "plan arena");
    const auto columns = backend_.allocate(columns_bytes, "plan lanes");
    const auto workspace = backend_.allocate(kLaneWorkspace * sizeof(float), "plan workspace");
    run_->held = {columns, workspace};
    run_->held.insert(run_->held.end(), schedule_.slabs.begin(), schedule_.slabs.end());
    run_->held.insert(run_->held.end(), schedule_.constants.begin(), schedule_.constants.end());
    free_ = reinterpret_cast<float*>(columns->host());
    run_->written = written_slabs(schedule_);
    run_->bodies.reserve(schedule_.launches.size());
    for (const Launch& launch : schedule_.launches) {
      while (static_cast<int>(run_->begins.size()) <= launch.segment) begin_segment();
      if (!lower(launch)) return nullptr;
      for (const int output : launch.outputs) keep(output);
    }
    while (run_->begins.size() <= schedule_.segments.size()) begin_segment();
    if (tile() < samples_ && !takes_tiles()) return nullptr;
    settle_addresses(reinterpret_cast<float*>(workspace->host()));
    run_->start(
        {run_->steps.data(), reinterpret_cast<float*>(workspace->host()), samples_, static_cast<std::int32_t>(tile())});
    return std::move(run_);
  }

 private:
  // Where the address of an input belongs; steps still move while they are written.
  static constexpr int kWeights = -2, kRows = -1;
  struct Patch {
    int input;
    std::size_t step;
    int operand;  // or kWeights, kRows
    std::int64_t offset;
  };
  struct Home {
    float* columns = nullptr;  // of a batch, once it has been loaded or computed
  };
  const Value& value(int id) const { return schedule_.values[static_cast<std::size_t>(id)]; }
  Home& home(int id) { return homes_[static_cast<std::size_t>(value(id).base)]; }
  std::size_t width() const { return static_cast<std::size_t>(blocks_) * kLanes; }
  std::int64_t tile() const { return std::min<std::int64_t>(samples_, kMostLaneBlocks * kLanes); }
  void begin_segment() { run_->begins.push_back(static_cast<std::int64_t>(run_->steps.size())); }

  // The batch is the first extent of the inputs that are matrices; they must agree on it.
  bool find_samples() {
    for (const Spec& spec : schedule_.inputs) {
      if (spec.dtype != DType::float32) return false;
      if (spec.shape.rank() != 2) continue;
      if (samples_ != 0 && spec.shape[0] != samples_) return false;
      samples_ = spec.shape[0];
    }
    blocks_ = static_cast<int>((tile() + kLanes - 1) / kLanes);
    return samples_ > 0 && samples_ <= kMostLaneSamples;
  }

  // One tile after the other goes through the whole program, so no step may look at all samples, and no segment may
  // wait for another.
  bool takes_tiles() const {
    const auto by_sample = [](const LaneStep& step) {
      using Kind = LaneStep::Kind;
      return step.kind == Kind::load || step.kind == Kind::dense || step.kind == Kind::body || step.kind == Kind::store;
    };
    return schedule_.segments.size() == 1 && std::ranges::all_of(run_->steps, by_sample);
  }

  // Steps and rows have their final places now, so what points at them can be written down.
  void settle_addresses(float* workspace) {
    const LaneRow* row = run_->rows.data();
    for (LaneStep& step : run_->steps) {
      step.rows = std::exchange(row, row + step.row_count);
      if (step.kind == LaneStep::Kind::body) write_out_body(step, workspace);
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
  }

  void write_out_body(LaneStep& step, float* workspace) {
    const auto result = static_cast<std::size_t>(step.columns) * width();
    std::vector<LaneMicro>& micros = run_->micros.emplace_back();
    for (int s = 0; s < step.body_length; ++s) {
      const MicroStep& micro = step.body[s];
      const auto operand = [&](int index) {
        if (index < 0) return step.operands[-1 - index];
        return LaneOperand{workspace + static_cast<std::size_t>(index) * result, static_cast<std::int32_t>(width()),
                           kLanes, 0};
      };
      const int count = inputs_of(micro.micro);
      const LaneOperand a = operand(micro.a);
      float* out = s == step.body_length - 1 ? step.out : workspace + static_cast<std::size_t>(s) * result;
      micros.push_back({micro.micro, {a, count > 1 ? operand(micro.b) : a, count > 2 ? operand(micro.c) : a}, out});
    }
    step.micros = micros.data();
  }

  void bind_to(const Patch& patch, const float*& address) {
    run_->addresses[static_cast<std::size_t>(patch.input)].push_back({&address, patch.offset});
  }

  // The micros of a body that read this operand.
  void bind_micros(const Patch& patch, const LaneStep& step) {
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

  bool fits() const {
    // Truths are floats in lanes, so none can be read out.
    if (std::ranges::any_of(schedule_.kept, [&](int id) { return value(id).spec.dtype != DType::float32; }))
      return false;
    return std::ranges::all_of(schedule_.launches, [&](const Launch& launch) {
      if (launch.outputs.size() != 1 || launch.inputs.size() > kMostLaneInputs + 2) return false;
      return std::ranges::all_of(launch.inputs, [&](int input) {
        const Shape& shape = value(input).spec.shape;
        const DType dtype = value(input).spec.dtype;
        return (dtype == DType::float32 || dtype == DType::boolean) && shape.rank() <= 2 &&
               (shape.rank() == 0 || shape[shape.rank() - 1] <= kMostLaneColumns) && shape.elements() > 0;
      });
    });
  }

  std::size_t columns_of_batch() const {
    std::size_t columns = 0;
    for (const Value& v : schedule_.values) {
      if (is_batch_shape(v.spec.shape)) columns += static_cast<std::size_t>(v.spec.shape[1]);
    }
    for (const Launch& launch : schedule_.launches) {  // an op with a body has two results one after the other
      const Shape& shape = value(launch.outputs[0]).spec.shape;
      if (launch.op != nullptr && !launch.body.empty() && is_batch_shape(shape)) {
        columns += static_cast<std::size_t>(shape[1]);
      }
    }
    return columns;
  }

  float* take(std::int64_t columns) {
    return std::exchange(free_, free_ + static_cast<std::size_t>(columns) * width());
  }

  bool is_batch_shape(const Shape& shape) const { return shape.rank() == 2 && shape[0] == samples_; }

  LaneStep blank(LaneStep::Kind kind) const {
    LaneStep step{};
    step.kind = kind;
    step.blocks = blocks_;
    step.scale = 1;
    return step;
  }

  // Loads an input matrix into columns at its first use.
  bool load_if_input(int id) {
    const Value& base = value(value(id).base);
    if (base.place != Value::Place::input || !is_batch_shape(base.spec.shape)) return false;
    Home& at = home(id);
    if (at.columns == nullptr) {
      LaneStep step = blank(LaneStep::Kind::load);
      step.columns = static_cast<std::int32_t>(base.spec.shape[1]);
      step.row_step = base.spec.shape[1];
      step.column_step = 1;
      step.out = at.columns = take(step.columns);
      patches_.push_back({base.index, run_->steps.size(), kRows, 0});
      run_->steps.push_back(step);
    }
    return true;
  }

  bool is_batch(int id) { return load_if_input(id) || home(id).columns != nullptr; }

  // The columns of a batch, whole or a slice of them; null for any other view.
  const float* columns_of(int id, bool transposed) {
    if (!is_batch(id)) return nullptr;
    const Value& v = value(id);
    const std::int64_t row = value(v.base).spec.shape[1];
    const auto& strides = v.layout.strides;
    const int samples_axis = transposed ? 1 : 0;
    if (v.spec.shape.rank() != 2 || v.spec.shape[samples_axis] != samples_ || v.layout.offset >= row) return nullptr;
    const auto along = [&](int axis) { return strides[static_cast<std::size_t>(axis)]; };
    const int columns_axis = 1 - samples_axis;
    if (samples_ > 1 && along(samples_axis) != row) return nullptr;
    if (v.spec.shape[columns_axis] > 1 && along(columns_axis) != 1) return nullptr;
    return home(id).columns + static_cast<std::size_t>(v.layout.offset) * width();
  }

  // Where a value that is no batch lies; for inputs the step is told when they are bound.
  const float* weights_of(int id, int operand) {
    const Value& v = value(id);
    if (v.place == Value::Place::input) {
      patches_.push_back({v.index, run_->steps.size(), operand, v.layout.offset});
      return nullptr;
    }
    return place_of(v) + v.layout.offset;
  }

  float* place_of(const Value& v) const {
    const auto index = static_cast<std::size_t>(v.index);
    const Buffer& buffer = v.place == Value::Place::slab       ? *schedule_.slabs[index]
                           : v.place == Value::Place::constant ? *schedule_.constants[index]
                                                               : *run_->arena;
    return reinterpret_cast<float*>(buffer.host() + v.bytes_offset);
  }

  // An operand of a body over batches: columns, or a number for each column, or one number.
  std::optional<LaneOperand> batch_operand(int id, int operand, std::int64_t columns) {
    const Value& v = value(id);
    const Shape& shape = v.spec.shape;
    const int last = shape.rank() - 1;
    const std::int64_t own = last < 0 ? 1 : shape[last];
    if (own != columns && own != 1) return std::nullopt;
    if (is_batch(id)) {
      const float* at = columns_of(id, false);
      if (at == nullptr) return std::nullopt;
      return LaneOperand{at, own == columns ? static_cast<std::int32_t>(width()) : 0, kLanes, 0};
    }
    if (v.spec.dtype != DType::float32) return std::nullopt;
    if (shape.rank() == 2 && shape[0] != 1 && v.layout.strides[0] != 0) return std::nullopt;  // differs by sample
    const std::int64_t step = last >= 0 && own == columns ? v.layout.strides[static_cast<std::size_t>(last)] : 0;
    return LaneOperand{weights_of(id, operand), static_cast<std::int32_t>(step), 0, 1};
  }

  bool lower(const Launch& launch) {
    if (launch.op == nullptr) return lower_body(launch, launch.body);
    if (!launch.body.empty()) return lower_ending(launch);
    if (launch.op->micro != Micro::none) {
      MicroStep single{launch.op->micro, -1, 0, 0};
      if (launch.inputs.size() > 1) single.b = -2;
      if (launch.inputs.size() > 2) single.c = -3;
      return lower_body(launch, {single});
    }
    if (launch.op->name == "matmul") return lower_product(launch);
    if (launch.op->name == "sum" || launch.op->name == "mean") return lower_reduction(launch);
    return false;
  }

  bool lower_body(const Launch& launch, const std::vector<MicroStep>& body) {
    const Value& out = value(launch.outputs[0]);
    for (const int input : launch.inputs) load_if_input(input);
    if (std::ranges::none_of(launch.inputs, [&](int input) { return is_batch(input); }))
      return lower_flat(launch, body);
    if (!is_batch_shape(out.spec.shape) || out.place != Value::Place::arena) return false;
    LaneStep step = blank(LaneStep::Kind::body);
    step.columns = static_cast<std::int32_t>(out.spec.shape[1]);
    for (std::size_t i = 0; i < launch.inputs.size(); ++i) {
      const auto operand = batch_operand(launch.inputs[i], static_cast<int>(i), step.columns);
      if (!operand) return false;
      step.operands[i] = *operand;
    }
    step.out = home(launch.outputs[0]).columns = take(step.columns);
    give_body(step, body);
    run_->steps.push_back(step);
    return true;
  }

  void give_body(LaneStep& step, const std::vector<MicroStep>& body) {
    run_->bodies.push_back(body);
    step.body = run_->bodies.back().data();
    step.body_length = static_cast<std::int32_t>(body.size());
  }

  // Elementwise over weights: operands of the result's shape come in rows, others are one number.
  bool lower_flat(const Launch& launch, const std::vector<MicroStep>& body) {
    const Value& out = value(launch.outputs[0]);
    if (out.spec.dtype != DType::float32) return false;
    const bool joins = joins_last(launch, body);
    LaneStep fresh = blank(LaneStep::Kind::flat);
    LaneRow row{};
    for (std::size_t i = 0; i < launch.inputs.size(); ++i) {
      const int id = launch.inputs[i];
      const Value& v = value(id);
      if (v.spec.dtype != DType::float32) return false;
      if (is_row(id, out)) {
        row.operands[i] = place_of(v) + v.layout.offset;
      } else if (!is_one_number(v)) {
        return false;
      } else if (!joins) {
        fresh.operands[i] = {weights_of(id, static_cast<int>(i)), 0, 0, 1};
      }
    }
    if (!joins) {
      give_body(fresh, body);
      run_->steps.push_back(fresh);
      last_flat_ = &launch;
    }
    row.out = place_of(out);
    return add_rows(row, out.spec.shape.elements());
  }

  bool add_rows(LaneRow row, std::int64_t count) {
    LaneStep& step = run_->steps.back();
    for (; count > 0; count -= kLanes) {
      if (step.row_count == kMostLaneRows) return false;
      row.count = static_cast<std::int32_t>(std::min<std::int64_t>(count, kLanes));
      run_->rows.push_back(row);
      ++step.row_count;
      for (const float*& operand : row.operands) operand += operand != nullptr ? kLanes : 0;
      row.out += kLanes;
    }
    return true;
  }

  // The op by itself, then what goes on with its result as a body of its own that reads it as one more input.
  bool lower_ending(const Launch& launch) {
    Launch op = launch;
    op.body.clear();
    op.inputs.resize(static_cast<std::size_t>(launch.op->least_inputs));
    if (!lower(op) || !is_batch(launch.outputs[0])) return false;
    Launch rest = launch;
    rest.op = nullptr;
    rest.inputs = {launch.outputs[0]};
    rest.body.erase(rest.body.begin());
    for (MicroStep& step : rest.body) {
      std::int8_t* slots[] = {&step.a, &step.b, &step.c};
      for (int i = 0; i < inputs_of(step.micro); ++i) {
        std::int8_t& slot = *slots[i];
        if (slot >= 0) {
          slot = static_cast<std::int8_t>(slot - 1);  // the op's result becomes input 0
          continue;
        }
        const int input = launch.inputs[static_cast<std::size_t>(-1 - slot)];
        const auto found = std::ranges::find(rest.inputs.begin() + 1, rest.inputs.end(), input);
        slot = static_cast<std::int8_t>(-1 - (found - rest.inputs.begin()));
        if (found == rest.inputs.end()) rest.inputs.push_back(input);
      }
    }
    return rest.inputs.size() <= kMostLaneInputs && lower_body(rest, rest.body);
  }

  bool is_row(int id, const Value& out) const {
    const Value& v = value(id);
    return v.place != Value::Place::input && v.spec.shape == out.spec.shape && is_dense(v.spec.shape, v.layout.strides);
  }

  static bool is_one_number(const Value& v) {
    const auto strides = std::span(v.layout.strides).first(static_cast<std::size_t>(v.spec.shape.rank()));
    return v.spec.shape.elements() == 1 || std::ranges::all_of(strides, [](std::int64_t step) { return step == 0; });
  }

  // Whether a launch over weights does to them what the step before does to others, with the same single numbers and
  // without reading what that step writes.
  bool joins_last(const Launch& launch, const std::vector<MicroStep>& body) const {
    const auto& steps = run_->steps;
    if (steps.empty() || static_cast<std::int64_t>(steps.size()) == run_->begins.back()) return false;
    const LaneStep& step = steps.back();
    if (step.kind != LaneStep::Kind::flat || launch.inputs.size() != last_flat_->inputs.size()) return false;
    const std::int64_t rows = (value(launch.outputs[0]).spec.shape.elements() + kLanes - 1) / kLanes;
    if (step.row_count + rows > kMostLaneRows) return false;
    const auto same = [](const MicroStep& a, const MicroStep& b) {
      return a.micro == b.micro && a.a == b.a && a.b == b.b && a.c == b.c;
    };
    if (!std::ranges::equal(std::span(step.body, static_cast<std::size_t>(step.body_length)), body, same)) return false;
    for (std::size_t i = 0; i < launch.inputs.size(); ++i) {
      const int id = launch.inputs[i], theirs = last_flat_->inputs[i];
      const bool row = is_row(id, value(launch.outputs[0]));
      if (row != is_row(theirs, value(last_flat_->outputs[0])) || (!row && id != theirs)) return false;
      if (value(id).place != Value::Place::input && written_by_last(place_of(value(id)), value(id))) return false;
    }
    return true;
  }

  bool written_by_last(const float* from, const Value& v) const {
    const float* end = from + v.spec.shape.elements();
    const auto rows = std::span(run_->rows).last(static_cast<std::size_t>(run_->steps.back().row_count));
    return std::ranges::any_of(rows, [&](const LaneRow& row) { return row.out < end && from < row.out + row.count; });
  }

  bool lower_product(const Launch& launch) {
    const Value& a = value(launch.inputs[0]);
    const Value& b = value(launch.inputs[1]);
    const Value& out = value(launch.outputs[0]);
    if (a.spec.shape.rank() != 2 || b.spec.shape.rank() != 2) return false;
    for (const int input : launch.inputs) load_if_input(input);
    const bool batch_b = is_batch(launch.inputs[1]);
    LaneStep step = blank(batch_b ? LaneStep::Kind::outer : LaneStep::Kind::dense);
    step.columns = static_cast<std::int32_t>(b.spec.shape[1]);
    step.x = columns_of(launch.inputs[0], batch_b);
    if (step.x == nullptr) return false;
    if (batch_b) {
      step.inner = static_cast<std::int32_t>(a.spec.shape[0]);
      step.w = columns_of(launch.inputs[1], false);
      if (step.w == nullptr) return false;
      step.out = place_of(out);
    } else {
      step.inner = static_cast<std::int32_t>(a.spec.shape[1]);
      step.w = weights_of(launch.inputs[1], kWeights);
      step.row_step = b.layout.strides[0];
      step.column_step = b.layout.strides[1];
      if (out.place != Value::Place::arena) return false;
      step.out = home(launch.outputs[0]).columns = take(step.columns);
    }
    run_->steps.push_back(step);
    return true;
  }

  bool lower_reduction(const Launch& launch) {
    const Value& in = value(launch.inputs[0]);
    const auto& axes = std::get<Integers>(launch.attrs[0]);
    const float* columns = columns_of(launch.inputs[0], false);
    const bool over_samples = axes == Integers{0} || (axes == Integers{0, 1} && in.spec.shape[1] == 1);
    if (columns == nullptr || !over_samples) return false;
    LaneStep step = blank(LaneStep::Kind::fold);
    step.columns = static_cast<std::int32_t>(in.spec.shape[1]);
    step.x = columns;
    step.out = place_of(value(launch.outputs[0]));
    if (launch.op->name == "mean") step.scale = 1.0f / static_cast<float>(samples_);
    run_->steps.push_back(step);
    return true;
  }

  // A kept batch is written out as rows; kept weights lie in the arena already.
  void keep(int id) {
    if (std::ranges::find(schedule_.kept, id) == schedule_.kept.end()) return;
    run_->kept.push_back({id, value(id).bytes_offset});
    if (home(id).columns == nullptr) return;
    LaneStep step = blank(LaneStep::Kind::store);
    step.columns = static_cast<std::int32_t>(value(id).spec.shape[1]);
    step.x = home(id).columns;
    step.out = place_of(value(id));
    run_->steps.push_back(step);
  }

  const Schedule& schedule_;
  Backend& backend_;
  std::unique_ptr<LaneRun> run_;
  std::vector<Home> homes_;
  std::vector<Patch> patches_;
  std::int64_t samples_ = 0;
  int blocks_ = 0;                     // of a tile
  const Launch* last_flat_ = nullptr;  // the first of those that the last step updates
  float* free_ = nullptr;
};

}  // namespace

std::unique_ptr<Program> lower_to_lanes(const Schedule& schedule, Backend& backend, const Kernel& lanes_kernel) {
  return Lowering(schedule, backend, lanes_kernel).make();
}

}  // namespace vitrine::cpu
