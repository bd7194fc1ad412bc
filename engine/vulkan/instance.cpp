// Finds the loader, the validation layer and the devices.
#include "engine/vulkan/instance.h"

#include <algorithm>
#include <cstring>

#include "engine/core/hash.h"
#include "engine/core/number.h"

namespace vitrine::vulkan {
namespace {

constexpr const char* kValidationLayer = "VK_LAYER_KHRONOS_validation";

VKAPI_ATTR VkBool32 VKAPI_CALL hear(VkDebugUtilsMessageSeverityFlagBitsEXT, VkDebugUtilsMessageTypeFlagsEXT,
                                    const VkDebugUtilsMessengerCallbackDataEXT* data, void* listener) {
  (*static_cast<const Instance::Listener*>(listener))(data->pMessage);
  return VK_FALSE;
}

bool has_validation_layer() {
  std::uint32_t count = 0;
  vkEnumerateInstanceLayerProperties(&count, nullptr);
  std::vector<VkLayerProperties> layers(count);
  vkEnumerateInstanceLayerProperties(&count, layers.data());
  return std::ranges::any_of(layers, [](const auto& l) { return std::strcmp(l.layerName, kValidationLayer) == 0; });
}

bool has_extension(VkPhysicalDevice device, const char* name) {
  std::uint32_t count = 0;
  vkEnumerateDeviceExtensionProperties(device, nullptr, &count, nullptr);
  std::vector<VkExtensionProperties> all(count);
  vkEnumerateDeviceExtensionProperties(device, nullptr, &count, all.data());
  return std::ranges::any_of(all, [&](const auto& e) { return std::strcmp(e.extensionName, name) == 0; });
}

std::string version_text(std::uint32_t version) {
  return to_text(std::int64_t{VK_API_VERSION_MAJOR(version)}) + "." +
         to_text(std::int64_t{VK_API_VERSION_MINOR(version)});
}

// Also chooses the queue family.
std::string find_flaw(PhysicalDevice& device) {
  if (device.properties.apiVersion < VK_API_VERSION_1_2) {
    return "its driver speaks Vulkan " + version_text(device.properties.apiVersion) + "; 1.2 is needed";
  }
  if (!has_extension(device.handle, VK_KHR_PUSH_DESCRIPTOR_EXTENSION_NAME)) return "it lacks push descriptors";
  VkPhysicalDeviceVulkan12Features features12{};
  features12.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES;
  VkPhysicalDeviceFeatures2 features{};
  features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2;
  features.pNext = &features12;
  vkGetPhysicalDeviceFeatures2(device.handle, &features);
  if (!features12.timelineSemaphore) return "it lacks timeline semaphores";
  if (!features12.storageBuffer8BitAccess) return "it cannot read single bytes";
  const auto& limits = device.properties.limits;
  if (std::min(limits.maxPerStageDescriptorStorageBuffers, limits.maxDescriptorSetStorageBuffers) < kBindings) {
    return "a kernel of it reaches too few buffers";
  }
  if (limits.maxComputeWorkGroupInvocations < 256) return "its workgroups are too small";
  std::uint32_t count = 0;
  vkGetPhysicalDeviceQueueFamilyProperties(device.handle, &count, nullptr);
  std::vector<VkQueueFamilyProperties> families(count);
  vkGetPhysicalDeviceQueueFamilyProperties(device.handle, &count, families.data());
  const auto family = std::ranges::find_if(
      families, [](const VkQueueFamilyProperties& f) { return (f.queueFlags & VK_QUEUE_COMPUTE_BIT) != 0; });
  if (family == families.end()) return "it has no queue for computing";
  device.queue_family = static_cast<std::uint32_t>(family - families.begin());
  return {};
}

PhysicalDevice describe(VkPhysicalDevice handle, std::int64_t number) {
  PhysicalDevice device;
  device.handle = handle;
  VkPhysicalDeviceVulkan12Properties driver{};
  driver.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_PROPERTIES;
  VkPhysicalDeviceIDProperties id{};
  id.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_ID_PROPERTIES;
  VkPhysicalDeviceProperties2 properties{};
  properties.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_PROPERTIES_2;
  vkGetPhysicalDeviceProperties(handle, &device.properties);
  if (device.properties.apiVersion >= VK_API_VERSION_1_2) {
    properties.pNext = &id;
    id.pNext = &driver;
    vkGetPhysicalDeviceProperties2(handle, &properties);
  }
  VkPhysicalDeviceMemoryProperties memory{};
  vkGetPhysicalDeviceMemoryProperties(handle, &memory);
  device.info.id = "vulkan:" + to_text(number);
  device.info.name = device.properties.deviceName;
  device.info.kind = device.properties.deviceType == VK_PHYSICAL_DEVICE_TYPE_CPU ? "software" : "gpu";
  for (std::uint32_t heap = 0; heap < memory.memoryHeapCount; ++heap) {
    if ((memory.memoryHeaps[heap].flags & VK_MEMORY_HEAP_DEVICE_LOCAL_BIT) != 0) {
      device.info.memory_bytes = std::max<std::uint64_t>(device.info.memory_bytes, memory.memoryHeaps[heap].size);
    }
  }
  device.info.arithmetic = "tolerance";
  device.info.isa = "Vulkan " + version_text(device.properties.apiVersion) + " " + driver.driverInfo;
  Hasher key;
  key.bytes(std::as_bytes(std::span(id.driverUUID))).bytes(std::as_bytes(std::span(id.deviceUUID)));
  key.bytes(std::as_bytes(std::span(device.properties.pipelineCacheUUID)));
  key.word(device.properties.driverVersion).word(device.properties.vendorID).word(device.properties.deviceID);
  device.cache_key = key.finish().hex();
  device.flaw = find_flaw(device);
  return device;
}

}  // namespace

std::mutex& loader_mutex() {
  static std::mutex mutex;
  return mutex;
}

void check(VkResult result, std::string_view subject, std::string_view fact) {
  if (result == VK_SUCCESS) return;
  const bool full = result == VK_ERROR_OUT_OF_DEVICE_MEMORY || result == VK_ERROR_OUT_OF_HOST_MEMORY;
  const std::string why = full                             ? "out of memory"
                          : result == VK_ERROR_DEVICE_LOST ? "the device stopped answering"
                          : result == VK_TIMEOUT           ? "no answer in time"
                                                           : "Vulkan result " + to_text(std::int64_t{result});
  throw DeviceError({std::string(subject), "could not " + std::string(fact), "a device that does", why,
                     "Choose the CPU, or update the driver."});
}

Instance::Instance(Listener on_validation) : listener_(std::move(on_validation)) {
  const std::lock_guard lock(loader_mutex());
  if (volkInitialize() != VK_SUCCESS) {
    throw DeviceError({"vulkan", "is not installed", "a Vulkan loader", "none", "Install libvulkan1 and a driver."});
  }
  if (volkGetInstanceVersion() < VK_API_VERSION_1_2) {
    throw DeviceError({"vulkan", "is too old", "1.2", version_text(volkGetInstanceVersion()), "Update libvulkan1."});
  }
  VkApplicationInfo application{};
  application.sType = VK_STRUCTURE_TYPE_APPLICATION_INFO;
  application.pApplicationName = "Vitrine";
  application.apiVersion = VK_API_VERSION_1_2;
  VkInstanceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO;
  info.pApplicationInfo = &application;

  VkDebugUtilsMessengerCreateInfoEXT messenger{};
  messenger.sType = VK_STRUCTURE_TYPE_DEBUG_UTILS_MESSENGER_CREATE_INFO_EXT;
  messenger.messageSeverity =
      VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT;
  messenger.messageType =
      VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT | VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT;
  messenger.pfnUserCallback = hear;
  messenger.pUserData = &listener_;
  const VkValidationFeatureEnableEXT enabled[] = {VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT};
  VkValidationFeaturesEXT features{};
  features.sType = VK_STRUCTURE_TYPE_VALIDATION_FEATURES_EXT;
  features.enabledValidationFeatureCount = 1;
  features.pEnabledValidationFeatures = enabled;
  features.pNext = &messenger;
  const char* extension = VK_EXT_DEBUG_UTILS_EXTENSION_NAME;
  if (listener_) {
    if (!has_validation_layer()) {
      throw DeviceError(
          {"vulkan", "has no validation layer", kValidationLayer, "none", "Install vulkan-validationlayers."});
    }
    info.enabledLayerCount = 1;
    info.ppEnabledLayerNames = &kValidationLayer;
    info.enabledExtensionCount = 1;
    info.ppEnabledExtensionNames = &extension;
    info.pNext = &features;
  }
  const VkResult created = vkCreateInstance(&info, nullptr, &handle_);
  if (created == VK_ERROR_INCOMPATIBLE_DRIVER) {
    throw DeviceError({"vulkan", "has no driver", "a graphics driver", "none", "Install your graphics driver."});
  }
  check(created, "vulkan", "start");
  volkLoadInstanceOnly(handle_);
  destroy_ = vkDestroyInstance;
  destroy_messenger_ = vkDestroyDebugUtilsMessengerEXT;
  if (listener_) vkCreateDebugUtilsMessengerEXT(handle_, &messenger, nullptr, &messenger_);
  std::uint32_t count = 0;
  vkEnumeratePhysicalDevices(handle_, &count, nullptr);
  std::vector<VkPhysicalDevice> handles(count);
  vkEnumeratePhysicalDevices(handle_, &count, handles.data());
  for (const VkPhysicalDevice handle : handles) {
    devices_.push_back(describe(handle, static_cast<std::int64_t>(devices_.size())));
  }
}

Instance::~Instance() {
  if (messenger_ != VK_NULL_HANDLE) destroy_messenger_(handle_, messenger_, nullptr);
  destroy_(handle_, nullptr);
}

}  // namespace vitrine::vulkan
