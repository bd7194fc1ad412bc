// The devices of this machine and the one place that knows which backends exist. A device that is absent is a line with
// its reason, never an error; asking for it by name is one.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor/backend.h"

namespace vitrine {

struct Device {
  DeviceInfo info;
  bool usable = false;
  bool chosen = false;  // what "auto" would open
  std::string reason;   // why it is chosen, or why not
};

std::vector<Device> list_devices();

// "cpu", "vulkan", "vulkan:<n>" or "auto"; threads 0 = as many as the machine has. "auto" is the CPU; "vulkan" is the
// first graphics processor that works, never a device that is software. Compiled kernels of a graphics processor are
// kept in the cache folder if one is given. DeviceError when the device cannot be opened.
std::unique_ptr<Backend> open_device(std::string_view id, int threads = 0,
                                     const std::filesystem::path& cache_folder = {});

// What one thread can do at most, measured now, in the kernels that this device computes with, reading so many bytes
// again and again; nothing where there is no way to measure it.
struct MachinePeak {
  double flops_per_second = 0, bytes_per_second = 0;
};
std::optional<MachinePeak> measure_peak(const DeviceInfo& device, std::int64_t bytes);

}  // namespace vitrine
