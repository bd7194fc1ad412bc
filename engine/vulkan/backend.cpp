// The Vulkan backend: memory in and out, single ops, and the self-test that a device must pass before it is used.
#include "engine/vulkan/backend.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/vulkan/kernels.h"
#include "engine/vulkan/program.h"

namespace vitrine {
namespace {

using vulkan::Device;
using vulkan::DeviceBuffer;
using vulkan::Dispatch;
using vulkan::Instance;
using vulkan::Placed;
using vulkan::Reach;

class VulkanBackend final : public Backend {
 public:
  VulkanBackend(std::unique_ptr<Instance> instance, int index, const VulkanOptions& options)
      : instance_(std::move(instance)),
        device_(instance_->devices()[static_cast<std::size_t>(index)], options.cache_folder, options.memory_apart),
        pool_(device_.make_command_pool()) {
    try {
      commands_ = device_.make_commands(pool_, 1).front();
      numbers_ = std::make_unique<DeviceBuffer>(*this, device_, kNumbers * 4, Reach::stream, "call parameters");
      test_itself();
    } catch (...) {
      destroy_pool();
      throw;
    }
  }
  ~VulkanBackend() override { destroy_pool(); }

  const DeviceInfo& info() const override { return device_.info(); }

  std::shared_ptr<Buffer> allocate(std::size_t bytes, std::string_view owner) override {
    auto buffer = std::make_shared<DeviceBuffer>(*this, device_, bytes, Reach::device, owner);
    if (buffer->host() != nullptr) {
      std::memset(buffer->host(), 0, bytes);
    } else {
      const std::lock_guard lock(mutex_);
      run_commands([&] { device_.vk().vkCmdFillBuffer(commands_, buffer->handle(), 0, VK_WHOLE_SIZE, 0); });
    }
    return buffer;
  }

  void upload(Buffer& to, std::size_t offset, std::span<const std::byte> from) override {
    VITRINE_ASSERT(offset <= to.bytes() && from.size() <= to.bytes() - offset);
    if (from.empty()) return;
    if (to.host() != nullptr) {
      std::memcpy(to.host() + offset, from.data(), from.size());
      return;
    }
    VkBuffer target = static_cast<DeviceBuffer&>(to).handle();
    in_pieces(from.size(), [&](std::size_t first, std::size_t bytes, const DeviceBuffer& staging) {
      std::memcpy(staging.host(), from.data() + first, bytes);
      copy(staging.handle(), 0, target, offset + first, bytes);
    });
  }

  void download(const Buffer& from, std::size_t offset, std::span<std::byte> to) override {
    VITRINE_ASSERT(offset <= from.bytes() && to.size() <= from.bytes() - offset);
    if (to.empty()) return;
    if (from.host() != nullptr) {
      std::memcpy(to.data(), from.host() + offset, to.size());
      return;
    }
    VkBuffer source = static_cast<const DeviceBuffer&>(from).handle();
    in_pieces(to.size(), [&](std::size_t first, std::size_t bytes, const DeviceBuffer& staging) {
      copy(source, offset + first, staging.handle(), 0, bytes);
      std::memcpy(to.data() + first, staging.host(), bytes);
    });
  }

  bool supports(const Op& op) const override { return op.cpu_only.empty() && vulkan::has_kernel(op); }
  int fused_inputs() const override { return vulkan::kMostInputs; }

  void run(const Op& op, const Attrs& attrs, std::span<const Operand> inputs,
           std::span<const Operand> outputs) override {
    run_body(&op, attrs, {}, inputs, outputs[0]);
  }

  std::unique_ptr<Program> prepare(const Schedule& schedule) override {
    return vulkan::prepare_program(*this, device_, schedule);
  }

 private:
  static constexpr std::size_t kNumbers = 256;                   // more than any kernel takes
  static constexpr std::size_t kStaging = std::size_t{1} << 20;  // a transfer's piece; larger ones gain little

  void destroy_pool() {
    numbers_.reset();
    staging_.reset();
    device_.vk().vkDestroyCommandPool(device_.handle(), pool_, nullptr);
  }

  // Calls f(first, bytes, staging) for one piece of a transfer after another.
  template <class F>
  void in_pieces(std::size_t total, F f) {
    const std::lock_guard lock(mutex_);
    if (!staging_) staging_ = std::make_unique<DeviceBuffer>(*this, device_, kStaging, Reach::fetch, "staging");
    for (std::size_t first = 0; first < total; first += kStaging)
      f(first, std::min(kStaging, total - first), *staging_);
  }

  // Records, submits and waits. Whoever calls it holds the mutex.
  template <class F>
  void run_commands(F f) {
    constexpr VkPipelineStageFlags kWork = VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT;
    VkCommandBufferBeginInfo begin{};
    begin.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
    begin.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
    device_.check(device_.vk().vkBeginCommandBuffer(commands_, &begin), "record");
    vulkan::barrier(device_, commands_, kWork, kWork);
    f();
    vulkan::barrier(device_, commands_, kWork, kWork | VK_PIPELINE_STAGE_HOST_BIT);
    device_.check(device_.vk().vkEndCommandBuffer(commands_), "record");
    device_.run({&commands_, 1});
  }

  void copy(VkBuffer from, std::size_t from_offset, VkBuffer to, std::size_t to_offset, std::size_t bytes) {
    const VkBufferCopy region{from_offset, to_offset, bytes};
    run_commands([&] { device_.vk().vkCmdCopyBuffer(commands_, from, to, 1, &region); });
  }

  void run_body(const Op* op, const Attrs& attrs, std::span<const MicroStep> body, std::span<const Operand> inputs,
                const Operand& output) {
    const auto placed = [&](const Operand& o) {
      const auto& buffer = static_cast<const DeviceBuffer&>(*o.buffer);
      return vulkan::place(device_, buffer.handle(), 0, buffer.bytes(), o.spec, o.layout);
    };
    std::vector<Placed> in;
    for (const Operand& input : inputs) in.push_back(placed(input));
    const Dispatch dispatch = vulkan::encode(op, attrs, body, in, placed(output), info().id);
    if (dispatch.empty()) return;
    VITRINE_ASSERT(dispatch.parameters.size() <= kNumbers);
    VkPipeline pipeline = device_.pipeline(dispatch.pipeline);
    const std::lock_guard lock(mutex_);
    run_commands([&] {
      std::memcpy(numbers_->host(), dispatch.parameters.data(), dispatch.parameters.size() * 4);
      vulkan::record(device_, commands_, pipeline, dispatch, numbers_->handle(), 0);
    });
  }

  // A chain of elementwise steps over a transposed input: numbers, strides, loops and our tanh at once.
  void test_itself() {
    constexpr std::array<float, 4> kInput = {0.25f, -1.0f, 3.0f, 0.0f};
    constexpr std::array<float, 4> kWant = {0.06241875f, 0.99999998f, 0.76159416f, 0.0f};  // tanh(x * x), transposed
    constexpr float kClose = 1e-5f;
    constexpr std::array<MicroStep, 2> kBody = {{{Micro::square, -1, 0, 0}, {Micro::tanh, 0, 0, 0}}};
    const Spec spec{DType::float32, {2, 2}};
    const auto x = allocate(spec.bytes(), "self-test"), y = allocate(spec.bytes(), "self-test");
    upload(*x, 0, std::as_bytes(std::span(kInput)));
    const Operand input{x.get(), spec, {{1, 2}, 0}};
    run_body(nullptr, {}, kBody, {&input, 1}, {y.get(), spec, {{2, 1}, 0}});
    std::array<float, 4> got{};
    download(*y, 0, std::as_writable_bytes(std::span(got)));
    for (std::size_t i = 0; i < got.size(); ++i) {
      if (!(std::max(got[i] - kWant[i], kWant[i] - got[i]) <= kClose)) {
        throw DeviceError({info().id + " " + info().name, "failed its self-test", to_text(kWant[i]), to_text(got[i]),
                           "Choose the CPU, or update the driver."});
      }
    }
  }

  std::unique_ptr<Instance> instance_;
  Device device_;
  VkCommandPool pool_;
  VkCommandBuffer commands_ = VK_NULL_HANDLE;
  std::mutex mutex_;  // guards the command buffer, the numbers of single calls and the staging memory
  std::unique_ptr<DeviceBuffer> numbers_, staging_;
};

}  // namespace

std::vector<VulkanDevice> list_vulkan_devices() {
  std::vector<VulkanDevice> list;
  std::string absence = "no graphics processor was found";
  try {
    const Instance instance;
    for (const auto& device : instance.devices()) list.push_back({device.info, device.flaw.empty(), device.flaw});
  } catch (const DeviceError& error) {
    absence = error.complaint().subject + " " + error.complaint().fact;
  }
  if (list.empty()) {
    DeviceInfo info;
    info.id = info.name = "vulkan";
    info.kind = "gpu";
    list.push_back({info, false, absence});
  }
  return list;
}

std::unique_ptr<Backend> make_vulkan_backend(int index, const VulkanOptions& options) {
  auto instance = std::make_unique<Instance>(options.on_validation);
  const auto& devices = instance->devices();
  if (index < 0 || static_cast<std::size_t>(index) >= devices.size()) {
    throw DeviceError({"vulkan:" + to_text(std::int64_t{index}), "is not a device of this machine",
                       "a number below " + to_text(static_cast<std::int64_t>(devices.size())),
                       to_text(std::int64_t{index}), "`vitrine devices` lists what there is."});
  }
  const auto& device = devices[static_cast<std::size_t>(index)];
  if (!device.flaw.empty()) {
    throw DeviceError({device.info.id + " " + device.info.name, "cannot be used", "a device that passes its self-test",
                       device.flaw, "Choose the CPU, or update the driver."});
  }
  return std::make_unique<VulkanBackend>(std::move(instance), index, options);
}

}  // namespace vitrine
