// Opens a device, gives memory, builds pipelines and keeps them on disk, submits and waits.
#include "engine/vulkan/device.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/hash.h"
#include "engine/core/number.h"
#include "engine/vulkan/made/elementwise.h"
#include "engine/vulkan/made/matmul.h"
#include "engine/vulkan/made/move.h"
#include "engine/vulkan/made/reduce.h"

namespace vitrine::vulkan {
namespace {

constexpr std::uint64_t kPatience = 60'000'000'000;         // ns for one run; a software device may be slow
constexpr std::size_t kCacheBytes = std::size_t{64} << 20;  // of pipelines on disk; more is taken for damage
constexpr std::size_t kDigits = 32;                         // of the hash at the head of that file

std::span<const std::uint32_t> code_of(Shader shader) {
  switch (shader) {
    case Shader::elementwise:
      return k_elementwise;
    case Shader::matmul:
      return k_matmul;
    case Shader::reduce:
      return k_reduce;
    case Shader::move:
      return k_move;
  }
  return {};
}

// A damaged or foreign cache is no cache: drivers trust what they are given.
std::string read_cache(const std::filesystem::path& file) {
  std::error_code gone;
  if (file.empty() || !std::filesystem::exists(file, gone)) return {};
  try {
    const std::string bytes = read_file(file, kCacheBytes);
    if (bytes.size() < kDigits) return {};
    const std::string data = bytes.substr(kDigits);
    return hash_of(std::as_bytes(std::span(data))).hex() == bytes.substr(0, kDigits) ? data : std::string();
  } catch (const FileError&) {
    return {};
  }
}

}  // namespace

Device::Device(const PhysicalDevice& physical, const std::filesystem::path& cache_folder, bool memory_apart)
    : physical_(physical), cache_folder_(cache_folder), memory_apart_(memory_apart) {
  try {
    create();
  } catch (...) {
    destroy();
    throw;
  }
}

Device::~Device() {
  if (const auto file = cache_file(); !file.empty() && !pipelines_.empty()) {
    std::size_t size = 0;
    vk_.vkGetPipelineCacheData(handle_, cache_, &size, nullptr);
    std::string data(size, '\0');
    try {
      if (vk_.vkGetPipelineCacheData(handle_, cache_, &size, data.data()) == VK_SUCCESS && data != read_cache(file)) {
        std::filesystem::create_directories(cache_folder_);
        write_file(file, hash_of(std::as_bytes(std::span(data))).hex() + data);
      }
    } catch (const std::exception&) {  // a cache that cannot be written costs the next start a moment, no more
    }
  }
  destroy();
}

void Device::create() {
  const float priority = 1;
  VkDeviceQueueCreateInfo queue{};
  queue.sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO;
  queue.queueFamilyIndex = physical_.queue_family;
  queue.queueCount = 1;
  queue.pQueuePriorities = &priority;
  VkPhysicalDeviceVulkan12Features features{};
  features.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_2_FEATURES;
  features.timelineSemaphore = VK_TRUE;
  features.storageBuffer8BitAccess = VK_TRUE;
  const char* extension = VK_KHR_PUSH_DESCRIPTOR_EXTENSION_NAME;
  VkDeviceCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO;
  info.pNext = &features;
  info.queueCreateInfoCount = 1;
  info.pQueueCreateInfos = &queue;
  info.enabledExtensionCount = 1;
  info.ppEnabledExtensionNames = &extension;
  {
    const std::lock_guard lock(loader_mutex());
    check(vkCreateDevice(physical_.handle, &info, nullptr, &handle_), "be opened");
    volkLoadDeviceTable(&vk_, handle_);
    vkGetPhysicalDeviceMemoryProperties(physical_.handle, &memory_types_);
  }
  vk_.vkGetDeviceQueue(handle_, physical_.queue_family, 0, &queue_);

  VkSemaphoreTypeCreateInfo type{};
  type.sType = VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO;
  type.semaphoreType = VK_SEMAPHORE_TYPE_TIMELINE;
  VkSemaphoreCreateInfo semaphore{};
  semaphore.sType = VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO;
  semaphore.pNext = &type;
  check(vk_.vkCreateSemaphore(handle_, &semaphore, nullptr, &timeline_), "make a timeline");

  std::array<VkDescriptorSetLayoutBinding, kBindings> slots{};
  for (std::uint32_t i = 0; i < kBindings; ++i) {
    slots[i] = {i, VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, 1, VK_SHADER_STAGE_COMPUTE_BIT, nullptr};
  }
  VkDescriptorSetLayoutCreateInfo set{};
  set.sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO;
  set.flags = VK_DESCRIPTOR_SET_LAYOUT_CREATE_PUSH_DESCRIPTOR_BIT_KHR;
  set.bindingCount = kBindings;
  set.pBindings = slots.data();
  check(vk_.vkCreateDescriptorSetLayout(handle_, &set, nullptr, &bindings_), "lay out bindings");
  const VkPushConstantRange constants{VK_SHADER_STAGE_COMPUTE_BIT, 0, sizeof(std::uint32_t)};
  VkPipelineLayoutCreateInfo layout{};
  layout.sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO;
  layout.setLayoutCount = 1;
  layout.pSetLayouts = &bindings_;
  layout.pushConstantRangeCount = 1;
  layout.pPushConstantRanges = &constants;
  check(vk_.vkCreatePipelineLayout(handle_, &layout, nullptr, &layout_), "lay out kernels");

  const std::string kept = read_cache(cache_file());
  VkPipelineCacheCreateInfo cache{};
  cache.sType = VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO;
  cache.initialDataSize = kept.size();
  cache.pInitialData = kept.data();
  if (vk_.vkCreatePipelineCache(handle_, &cache, nullptr, &cache_) != VK_SUCCESS) {
    cache.initialDataSize = 0;
    check(vk_.vkCreatePipelineCache(handle_, &cache, nullptr, &cache_), "make a kernel cache");
  }
}

void Device::destroy() {
  if (handle_ == VK_NULL_HANDLE) return;
  vk_.vkDeviceWaitIdle(handle_);
  for (const auto& [key, pipeline] : pipelines_) vk_.vkDestroyPipeline(handle_, pipeline, nullptr);
  vk_.vkDestroyPipelineCache(handle_, cache_, nullptr);
  vk_.vkDestroyPipelineLayout(handle_, layout_, nullptr);
  vk_.vkDestroyDescriptorSetLayout(handle_, bindings_, nullptr);
  vk_.vkDestroySemaphore(handle_, timeline_, nullptr);
  vk_.vkDestroyDevice(handle_, nullptr);
}

std::filesystem::path Device::cache_file() const {
  return cache_folder_.empty() ? cache_folder_ : cache_folder_ / ("vulkan-" + physical_.cache_key + ".kernels");
}

std::uint32_t Device::memory_type(std::uint32_t allowed, Reach reach) const {
  constexpr VkMemoryPropertyFlags kLocal = VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
  constexpr VkMemoryPropertyFlags kMapped = VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  constexpr VkMemoryPropertyFlags kCached = VK_MEMORY_PROPERTY_HOST_CACHED_BIT;
  // In order of preference. Memory that is local, mapped and cached exists only where the two share it.
  const std::array<VkMemoryPropertyFlags, 3> wishes =
      reach == Reach::device   ? std::array{kLocal | kMapped | kCached, kLocal, VkMemoryPropertyFlags{0}}
      : reach == Reach::stream ? std::array{kLocal | kMapped, kMapped, kMapped}
                               : std::array{kMapped | kCached, kMapped, kMapped};
  for (const VkMemoryPropertyFlags wish : wishes) {
    for (std::uint32_t i = 0; i < memory_types_.memoryTypeCount; ++i) {
      const bool fits = (memory_types_.memoryTypes[i].propertyFlags & wish) == wish;
      if (fits && (allowed >> i & 1u) != 0) return i;
    }
  }
  throw DeviceError({info().name, "has no memory of a needed kind", "memory that programs and the processor see",
                     "none of it", "Choose the CPU."});
}

Memory Device::allocate(std::size_t bytes, Reach reach) {
  constexpr std::size_t kWord = 4;
  VkBufferCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO;
  info.size = std::max(bytes + (kWord - 1), kWord) / kWord * kWord;  // no buffer is empty
  info.usage = VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT;
  if (info.size > limits().maxStorageBufferRange) {
    throw DeviceError({Device::info().name, "cannot hold a tensor of this size",
                       "at most " + to_text(std::int64_t{limits().maxStorageBufferRange}) + " bytes",
                       to_text(static_cast<std::int64_t>(info.size)), "Choose the CPU or smaller settings."});
  }
  Memory result;
  try {
    check(vk_.vkCreateBuffer(handle_, &info, nullptr, &result.buffer), "make a buffer");
    VkMemoryRequirements needs{};
    vk_.vkGetBufferMemoryRequirements(handle_, result.buffer, &needs);
    VkMemoryAllocateInfo allocation{};
    allocation.sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO;
    allocation.allocationSize = needs.size;
    allocation.memoryTypeIndex = memory_type(needs.memoryTypeBits, reach);
    check(vk_.vkAllocateMemory(handle_, &allocation, nullptr, &result.memory), "allocate memory");
    check(vk_.vkBindBufferMemory(handle_, result.buffer, result.memory, 0), "bind memory");
    const auto flags = memory_types_.memoryTypes[allocation.memoryTypeIndex].propertyFlags;
    const bool shared = (flags & VK_MEMORY_PROPERTY_HOST_CACHED_BIT) != 0 && !memory_apart_;
    if (reach != Reach::device || shared) {
      void* address = nullptr;
      check(vk_.vkMapMemory(handle_, result.memory, 0, VK_WHOLE_SIZE, 0, &address), "map memory");
      result.mapped = static_cast<std::byte*>(address);
    }
  } catch (...) {
    release(result);
    throw;
  }
  return result;
}

void Device::release(const Memory& memory) {
  vk_.vkDestroyBuffer(handle_, memory.buffer, nullptr);
  vk_.vkFreeMemory(handle_, memory.memory, nullptr);
}

VkPipeline Device::pipeline(const PipelineKey& key) {
  const std::lock_guard lock(pipelines_mutex_);
  if (const auto found = pipelines_.find(key); found != pipelines_.end()) return found->second;
  const auto code = code_of(key.shader);
  VkShaderModuleCreateInfo module_info{};
  module_info.sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO;
  module_info.codeSize = code.size_bytes();
  module_info.pCode = code.data();
  VkShaderModule module = VK_NULL_HANDLE;
  check(vk_.vkCreateShaderModule(handle_, &module_info, nullptr, &module), "load a kernel");
  std::vector<VkSpecializationMapEntry> entries;
  for (std::uint32_t i = 0; i < key.constants.size(); ++i) entries.push_back({i, i * 4, 4});
  const VkSpecializationInfo specialisation{static_cast<std::uint32_t>(entries.size()), entries.data(),
                                            key.constants.size() * 4, key.constants.data()};
  VkComputePipelineCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO;
  info.stage.sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO;
  info.stage.stage = VK_SHADER_STAGE_COMPUTE_BIT;
  info.stage.module = module;
  info.stage.pName = "main";
  info.stage.pSpecializationInfo = &specialisation;
  info.layout = layout_;
  VkPipeline pipeline = VK_NULL_HANDLE;
  const VkResult made = vk_.vkCreateComputePipelines(handle_, cache_, 1, &info, nullptr, &pipeline);
  vk_.vkDestroyShaderModule(handle_, module, nullptr);
  check(made, "compile a kernel");
  return pipelines_[key] = pipeline;
}

VkCommandPool Device::make_command_pool() {
  VkCommandPoolCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO;
  info.flags = VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT;
  info.queueFamilyIndex = physical_.queue_family;
  VkCommandPool pool = VK_NULL_HANDLE;
  check(vk_.vkCreateCommandPool(handle_, &info, nullptr, &pool), "make a command pool");
  return pool;
}

std::vector<VkCommandBuffer> Device::make_commands(VkCommandPool pool, std::size_t count) {
  std::vector<VkCommandBuffer> commands(count);
  if (count == 0) return commands;
  VkCommandBufferAllocateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO;
  info.commandPool = pool;
  info.level = VK_COMMAND_BUFFER_LEVEL_PRIMARY;
  info.commandBufferCount = static_cast<std::uint32_t>(count);
  check(vk_.vkAllocateCommandBuffers(handle_, &info, commands.data()), "make command buffers");
  return commands;
}

void Device::run(std::span<const VkCommandBuffer> commands) {
  std::uint64_t ticket = 0;
  {
    const std::lock_guard lock(queue_mutex_);
    ticket = submitted_ + 1;
    VkTimelineSemaphoreSubmitInfo timeline{};
    timeline.sType = VK_STRUCTURE_TYPE_TIMELINE_SEMAPHORE_SUBMIT_INFO;
    timeline.signalSemaphoreValueCount = 1;
    timeline.pSignalSemaphoreValues = &ticket;
    VkSubmitInfo info{};
    info.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO;
    info.pNext = &timeline;
    info.commandBufferCount = static_cast<std::uint32_t>(commands.size());
    info.pCommandBuffers = commands.data();
    info.signalSemaphoreCount = 1;
    info.pSignalSemaphores = &timeline_;
    check(vk_.vkQueueSubmit(queue_, 1, &info, VK_NULL_HANDLE), "take work");
    submitted_ = ticket;
  }
  VkSemaphoreWaitInfo wait{};
  wait.sType = VK_STRUCTURE_TYPE_SEMAPHORE_WAIT_INFO;
  wait.semaphoreCount = 1;
  wait.pSemaphores = &timeline_;
  wait.pValues = &ticket;
  check(vk_.vkWaitSemaphores(handle_, &wait, kPatience), "finish its work");
}

void barrier(const Device& device, VkCommandBuffer commands, VkPipelineStageFlags from, VkPipelineStageFlags to) {
  VkMemoryBarrier memory{};
  memory.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER;
  memory.srcAccessMask = VK_ACCESS_MEMORY_WRITE_BIT;
  memory.dstAccessMask = VK_ACCESS_MEMORY_READ_BIT | VK_ACCESS_MEMORY_WRITE_BIT;
  device.vk().vkCmdPipelineBarrier(commands, from, to, 0, 1, &memory, 0, nullptr, 0, nullptr);
}

}  // namespace vitrine::vulkan
