// A recorded step: the launches of a schedule as one command buffer a segment, made once and replayed. What changes
// from run to run, the bound inputs, goes through one block of memory that the host writes before each run.
#pragma once

#include <memory>

#include "engine/vulkan/device.h"

namespace vitrine::vulkan {

// Buffers of this room, which schedules and operands carry as Buffer.
class DeviceBuffer final : public Buffer {
 public:
  DeviceBuffer(Backend& backend, Device& device, std::size_t bytes, Reach reach, std::string_view owner);
  ~DeviceBuffer() override;
  VkBuffer handle() const { return memory_.buffer; }

 private:
  Device& device_;
  Memory memory_;
};

std::unique_ptr<Program> prepare_program(Backend& backend, Device& device, const Schedule& schedule);

}  // namespace vitrine::vulkan
