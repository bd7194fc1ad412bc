// An Instance is this process's connection to the Vulkan loader, and what it found: devices, each with the reason why
// it cannot serve, if there is one. Kernels need Vulkan 1.2, timeline semaphores, bytes in buffers and push
// descriptors.
#pragma once

#include <volk.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/error.h"
#include "engine/tensor/backend.h"

namespace vitrine::vulkan {

inline constexpr std::uint32_t kBindings = 8;  // of every kernel: its numbers, its output, up to six inputs
inline constexpr std::uint32_t kMostInputs = kBindings - 2;

// volk keeps the loader's entry points in global variables; whoever calls them holds this.
std::mutex& loader_mutex();

// Throws DeviceError: "`subject` could not `fact`", unless the result is success.
void check(VkResult result, std::string_view subject, std::string_view fact);

struct PhysicalDevice {
  VkPhysicalDevice handle = VK_NULL_HANDLE;
  DeviceInfo info;
  std::string flaw;  // why it cannot serve; empty when it can
  std::uint32_t queue_family = 0;
  VkPhysicalDeviceProperties properties{};
  std::string cache_key;  // driver and device, down to the build
};

class Instance {
 public:
  using Listener = std::function<void(std::string_view)>;
  explicit Instance(Listener on_validation = {});  // DeviceError without a loader or a driver
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  const std::vector<PhysicalDevice>& devices() const { return devices_; }

 private:
  VkInstance handle_ = VK_NULL_HANDLE;
  VkDebugUtilsMessengerEXT messenger_ = VK_NULL_HANDLE;
  PFN_vkDestroyInstance destroy_ = nullptr;
  PFN_vkDestroyDebugUtilsMessengerEXT destroy_messenger_ = nullptr;
  Listener listener_;
  std::vector<PhysicalDevice> devices_;
};

}  // namespace vitrine::vulkan
