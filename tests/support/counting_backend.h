// A CountingBackend is another backend seen through glass: it forwards everything and writes down each op that ran,
// with its shapes and the memory that its results took.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/tensor/backend.h"

namespace vitrine {

class CountingBackend : public Backend {
 public:
  struct Run {
    std::string op;
    std::vector<Shape> inputs, outputs;
    std::size_t bytes = 0;  // of the buffers that its results are in
  };

  explicit CountingBackend(Backend& inner) : inner_(inner) {}
  const std::vector<Run>& runs() const { return runs_; }

  const DeviceInfo& info() const override { return inner_.info(); }
  std::shared_ptr<Buffer> allocate(std::size_t bytes, std::string_view owner) override;
  void upload(Buffer& to, std::size_t offset, std::span<const std::byte> from) override;
  void download(const Buffer& from, std::size_t offset, std::span<std::byte> to) override;
  bool supports(const Op& op) const override { return inner_.supports(op); }
  int fused_inputs() const override { return inner_.fused_inputs(); }
  void run(const Op& op, const Attrs& attrs, std::span<const Operand> inputs,
           std::span<const Operand> outputs) override;
  std::unique_ptr<Program> prepare(const Schedule& schedule) override;

 private:
  Backend& inner_;
  std::vector<Run> runs_;
};

}  // namespace vitrine
