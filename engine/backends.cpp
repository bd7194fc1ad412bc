// The list of devices. Nothing else in Vitrine names a backend.
#include "engine/backends.h"

#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/cpu/backend.h"
#include "engine/cpu/peak.h"
#include "engine/vulkan/backend.h"

namespace vitrine {
namespace {

constexpr std::string_view kVulkan = "vulkan";
constexpr std::string_view kWhyCpu = "small networks run faster and repeat bit for bit on the CPU";

// The first graphics processor that opens and passes its self-test; null where there is none. What the others lack is
// written into their lines.
std::unique_ptr<Backend> first_working(std::vector<VulkanDevice>& devices, const VulkanOptions& options, int& number) {
  for (number = 0; number < static_cast<int>(devices.size()); ++number) {
    VulkanDevice& device = devices[static_cast<std::size_t>(number)];
    if (!device.usable || device.info.kind == "software") continue;
    try {
      return make_vulkan_backend(number, options);
    } catch (const DeviceError& error) {
      device.usable = false;
      device.reason = error.what();
    }
  }
  return nullptr;
}

[[noreturn]] void refuse(std::string_view id) {
  throw DeviceError({"device", "is not one of this machine", "cpu, vulkan, vulkan:<n> or auto", std::string(id),
                     "`vitrine devices` lists what there is."});
}

}  // namespace

std::vector<Device> list_devices() {
  auto found = list_vulkan_devices();
  int working = 0;
  first_working(found, {}, working);  // for what it writes about those that fail their test
  std::vector<Device> list = {{describe_cpu(), true, true, std::string(kWhyCpu)}};
  for (auto& [info, usable, reason] : found) {
    if (usable)
      reason = (info.kind == "software" ? "it is software: used" : "it works: used") +
               (" only when asked for as " + info.id);
    list.push_back({info, usable, false, reason});
  }
  return list;
}

std::unique_ptr<Backend> open_device(std::string_view id, int threads, const std::filesystem::path& cache_folder) {
  const VulkanOptions options{.cache_folder = cache_folder, .on_validation = {}};
  if (id.starts_with(kVulkan) && id.size() > kVulkan.size()) {
    const auto number = id[kVulkan.size()] == ':' ? parse_integer(id.substr(kVulkan.size() + 1)) : std::nullopt;
    if (!number || *number < 0 || *number > 99) refuse(id);
    return make_vulkan_backend(static_cast<int>(*number), options);
  }
  if (id == kVulkan) {
    auto devices = list_vulkan_devices();
    int number = 0;
    if (auto backend = first_working(devices, options, number)) return backend;
    const auto& first = devices.front();
    throw DeviceError({"vulkan", "has no graphics processor to offer", "one that can compute",
                       first.usable ? first.info.name + ", which is software" : first.reason,
                       first.usable ? "Ask for it as " + first.info.id + ", or choose the CPU." : "Choose the CPU."});
  }
  if (id != "cpu" && id != "auto") refuse(id);
  return make_cpu_backend({.threads = threads, .variant = {}});
}

std::optional<MachinePeak> measure_peak(const DeviceInfo& device, std::int64_t bytes) {
  if (device.kind != "cpu") return std::nullopt;
  const cpu::Peak peak = cpu::measure_peak(device.isa, bytes);
  return MachinePeak{peak.flops_per_second, peak.bytes_per_second};
}

}  // namespace vitrine
