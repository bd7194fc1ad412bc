// A Dispatch is one launch put in terms of the device: which pipeline, its numbers, the buffers it sees and how many
// workgroups. `encode` makes it from an op, or from a fused body, and tensors that lie somewhere.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "engine/tensor/backend.h"
#include "engine/vulkan/device.h"

namespace vitrine::vulkan {

// A tensor in device memory: the bytes that the kernel is given, where in them its base is, and how it lies there. No
// kernel is given more than the base, so that the validation layer sees every missing barrier and no needless one.
struct Placed {
  VkDescriptorBufferInfo bytes{};
  std::size_t bytes_offset = 0;
  Spec spec;
  Layout layout;
};
Placed place(const Device& device, VkBuffer buffer, std::size_t offset, std::size_t base_bytes, const Spec& spec,
             const Layout& layout);

struct Dispatch {
  PipelineKey pipeline;
  std::vector<std::uint32_t> parameters;
  std::vector<VkDescriptorBufferInfo> bytes;  // of the output, then of the inputs
  std::array<std::uint32_t, 3> groups{};
  bool empty() const { return groups[0] == 0 || groups[1] == 0 || groups[2] == 0; }
};

bool has_kernel(const Op& op);

// `op` is null for a fused body. UnsupportedOp when the tensors are of a kind that the kernel does not take.
Dispatch encode(const Op* op, const Attrs& attrs, std::span<const MicroStep> body, std::span<const Placed> inputs,
                const Placed& output, std::string_view device);

// Records it; its parameters lie in `numbers` from word `first` on.
void record(const Device& device, VkCommandBuffer commands, VkPipeline pipeline, const Dispatch& dispatch,
            VkBuffer numbers, std::uint32_t first);

}  // namespace vitrine::vulkan
