// A LaneDraft is a lane program while it is written: where the values of a schedule lie (a batch as columns of samples,
// weights in memory as they are), the steps so far, and which addresses wait for an input to be bound. Steps move while
// they are written, so addresses into them are settled at the end.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "engine/cpu/lane_run.h"

namespace vitrine::cpu {

inline constexpr int kLaneWidth = 16;

// One for all places of its shape.
inline bool is_one_number(const Value& v) {
  const auto strides = std::span(v.layout.strides).first(static_cast<std::size_t>(v.spec.shape.rank()));
  return v.spec.shape.elements() == 1 || std::ranges::all_of(strides, [](std::int64_t step) { return step == 0; });
}

inline bool is_sum(const Launch& launch) {
  return launch.op != nullptr && (launch.op->name == "sum" || launch.op->name == "mean");
}

// How many columns a batch of this shape is.
inline std::int64_t columns_in(const Shape& batch) {
  return batch.rank() == 1 ? 1 : batch[1];
}

class LaneDraft {
 public:
  LaneDraft(const Schedule& schedule, Backend& backend, const Kernel& kernel);

  // Finds out how many samples there are and how many go through at a time; false if the inputs do not agree.
  bool find_samples();
  void allocate();
  std::unique_ptr<LaneRun> finish();

  std::int64_t samples() const { return samples_; }
  bool in_tiles() const { return tile_ < samples_; }
  std::size_t width() const { return static_cast<std::size_t>(blocks_) * kLaneWidth; }  // floats of a column
  const Value& value(int id) const { return schedule_.values[static_cast<std::size_t>(id)]; }
  // A row for each sample, or one number: a vector is a column.
  bool is_batch_shape(const Shape& shape) const {
    return (shape.rank() == 1 || shape.rank() == 2) && shape[0] == samples_;
  }
  bool is_kept(int id) const;

  void begin_segment();
  int segments() const { return static_cast<int>(run_->begins.size()); }
  LaneStep blank(LaneStep::Kind kind) const;
  void add(const LaneStep& step) { run_->steps.push_back(step); }
  void give_body(LaneStep& step, const std::vector<MicroStep>& body);
  LaneRun& run() { return *run_; }

  // Whether a value is columns; an input matrix is loaded into them at its first use.
  bool is_batch(int id);
  // The columns of a batch, whole or a slice of them; null for any other view.
  float* columns_of(int id, bool transposed);
  float* new_columns(int id);  // for a result
  float* take(std::int64_t columns);
  // Where a value that is no batch lies. The next step that is added reads it there as `operand`, and is told when an
  // input is bound.
  static constexpr int kWeights = -2;
  const float* weights_of(int id, int operand);
  void rows_of(int input);                // the next step reads an input's rows as its x
  float* place_of(const Value& v) const;  // of one that is no input
  // An operand of a body over batches: columns, or a number for each sample or column, or one number.
  std::optional<LaneOperand> batch_operand(int id, int operand, const Shape& result);

 private:
  static constexpr int kRows = -1;
  struct Patch {
    int input;
    std::size_t step;
    int operand;  // or kWeights, kRows
    std::int64_t offset;
  };

  bool load_if_input(int id);
  bool goes_by_sample(int id, int axis);
  const float* column_for_all(int id);  // that each column of the view is; null for any other view
  std::size_t columns_of_batches() const;
  float*& home(int id) { return homes_[static_cast<std::size_t>(value(id).base)]; }
  void write_out_body(LaneStep& step);
  void bind_to(const Patch& patch, const float*& address);
  void bind_micros(const Patch& patch, const LaneStep& step);

  const Schedule& schedule_;
  Backend& backend_;
  std::unique_ptr<LaneRun> run_;
  std::vector<float*> homes_;  // the columns of a batch, once it has been loaded or computed
  std::vector<Patch> patches_;
  std::int64_t samples_ = 0, tile_ = 0;
  int blocks_ = 0;  // of a tile
  float* free_ = nullptr;
  float* workspace_ = nullptr;
};

}  // namespace vitrine::cpu
