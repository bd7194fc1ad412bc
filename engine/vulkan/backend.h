// Graphics processors as Backends, through Vulkan 1.2. The loader is looked for when devices are listed or opened,
// never before; a machine without it, or without a driver, simply has no such device. Results agree with the CPU's
// within a tolerance, not bit for bit. Devices that are software are opened only by their number.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor/backend.h"

namespace vitrine {

struct VulkanDevice {
  DeviceInfo info;
  bool usable = false;
  std::string reason;  // why it is not usable
};

struct VulkanOptions {
  std::filesystem::path cache_folder;  // for compiled kernels; empty: they are compiled anew each time
  // With it, the validation layer watches every call and what it says comes here.
  std::function<void(std::string_view)> on_validation;
  // Treats all device memory as out of the host's reach, as a card's is; to test that where the two share theirs.
  bool memory_apart = false;
};

// At least one line: where there is no device, one that says why.
std::vector<VulkanDevice> list_vulkan_devices();

// By number in that list; DeviceError when it cannot be opened or fails its self-test.
std::unique_ptr<Backend> make_vulkan_backend(int index, const VulkanOptions& options = {});

}  // namespace vitrine
