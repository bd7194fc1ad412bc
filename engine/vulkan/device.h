// A Device is one opened graphics processor: its queue, its memory, its kernels as pipelines. Work is submitted as
// recorded command buffers and waited for on one timeline. Any thread may call it.
#pragma once

#include <volk.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/vulkan/instance.h"

namespace vitrine::vulkan {

// A run of device memory as a buffer; `mapped` is null where the host cannot reach it.
struct Memory {
  VkBuffer buffer = VK_NULL_HANDLE;
  VkDeviceMemory memory = VK_NULL_HANDLE;
  std::byte* mapped = nullptr;
};

enum class Reach {
  device,  // fast for the device; mapped where that costs nothing, as on chips that share their memory
  stream,  // mapped, written by the host and read once or twice by the device
  fetch,   // mapped, written by the device and read by the host
};

enum class Shader : std::uint8_t { elementwise, matmul, reduce, move };
struct PipelineKey {
  Shader shader = Shader::elementwise;
  std::vector<std::uint32_t> constants;  // specialisation, by id from 0
  friend auto operator<=>(const PipelineKey&, const PipelineKey&) = default;
};

class Device {
 public:
  Device(const PhysicalDevice& physical, const std::filesystem::path& cache_folder, bool memory_apart);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  const DeviceInfo& info() const { return physical_.info; }
  const VkPhysicalDeviceLimits& limits() const { return physical_.properties.limits; }
  const VolkDeviceTable& vk() const { return vk_; }
  VkDevice handle() const { return handle_; }
  VkPipelineLayout layout() const { return layout_; }
  void check(VkResult result, std::string_view fact) const {
    vulkan::check(result, info().id + " " + info().name, fact);
  }

  Memory allocate(std::size_t bytes, Reach reach);
  void release(const Memory& memory);
  VkPipeline pipeline(const PipelineKey& key);
  VkCommandPool make_command_pool();
  std::vector<VkCommandBuffer> make_commands(VkCommandPool pool, std::size_t count);
  void run(std::span<const VkCommandBuffer> commands);  // submits and waits

 private:
  void create();
  void destroy();
  std::filesystem::path cache_file() const;
  std::uint32_t memory_type(std::uint32_t allowed, Reach reach) const;

  PhysicalDevice physical_;
  std::filesystem::path cache_folder_;
  bool memory_apart_;
  VkPhysicalDeviceMemoryProperties memory_types_{};
  VkDevice handle_ = VK_NULL_HANDLE;
  VolkDeviceTable vk_{};
  VkQueue queue_ = VK_NULL_HANDLE;
  VkSemaphore timeline_ = VK_NULL_HANDLE;
  VkDescriptorSetLayout bindings_ = VK_NULL_HANDLE;
  VkPipelineLayout layout_ = VK_NULL_HANDLE;
  VkPipelineCache cache_ = VK_NULL_HANDLE;
  std::mutex queue_mutex_, pipelines_mutex_;
  std::uint64_t submitted_ = 0;
  std::map<PipelineKey, VkPipeline> pipelines_;
};

// From one scope to the next within a queue: what the first wrote, the second may read and overwrite.
void barrier(const Device& device, VkCommandBuffer commands, VkPipelineStageFlags from, VkPipelineStageFlags to);

}  // namespace vitrine::vulkan
