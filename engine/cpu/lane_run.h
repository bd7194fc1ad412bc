// A LaneRun is a lane program at work: the steps, all they point at, and where the addresses of bound inputs go. The
// lowering fills it and then hands it out as a Program; from then on only input addresses change.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "engine/cpu/kernel_abi.h"
#include "engine/cpu/lane_program.h"
#include "engine/tensor/backend.h"

namespace vitrine::cpu {

class LaneRun final : public Program {
 public:
  LaneRun(const Kernel& kernel, std::size_t inputs) : addresses(inputs), kernel_(kernel.run) {}

  void start(const LaneProgram& program);  // everything below is complete
  void bind(int input, const std::byte* data) override;
  void run(int first_segment, int last_segment) override;
  void read(int value, std::span<std::byte> out) override;
  std::string_view lowering() const override { return "lanes"; }

  struct Address {
    const float** of;
    std::int64_t offset;
  };
  struct Kept {
    int value;
    std::size_t offset;
  };
  std::vector<LaneStep> steps;
  std::vector<std::int64_t> begins;  // of each segment, and the end
  std::vector<std::vector<MicroStep>> bodies;
  std::vector<std::vector<LaneMicro>> micros;
  std::vector<LaneRow> rows;                    // of all flat steps
  std::vector<std::vector<Address>> addresses;  // for each input
  std::vector<Kept> kept;
  std::vector<std::shared_ptr<Buffer>> held;
  std::set<Buffer*> written;  // slabs that a run changes
  std::shared_ptr<Buffer> arena;

 private:
  void (*kernel_)(const Call&, std::int64_t, std::int64_t) noexcept;
  Call call_{};
};

}  // namespace vitrine::cpu
