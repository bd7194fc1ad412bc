// Recording a schedule, replaying it, reading what it kept.
#include "engine/vulkan/program.h"

#include <algorithm>
#include <cstring>

#include "engine/core/assert.h"
#include "engine/vulkan/kernels.h"

namespace vitrine::vulkan {
namespace {

constexpr std::size_t kAlignment = 64;  // of an input in its block, as of every base elsewhere

VkBuffer handle_of(const std::shared_ptr<Buffer>& buffer) {
  return static_cast<const DeviceBuffer&>(*buffer).handle();
}

// Knows which bytes were touched since the last barrier, so that launches without a common value overlap.
class Hazards {
 public:
  bool meet(const Dispatch& dispatch) const {
    for (std::size_t i = 0; i < dispatch.bytes.size(); ++i) {
      const auto& [buffer, begin, size] = dispatch.bytes[i];
      for (const Touch& t : touched_) {
        const bool overlap =
            t.bytes.buffer == buffer && begin < t.bytes.offset + t.bytes.range && t.bytes.offset < begin + size;
        if (overlap && (t.write || i == 0)) return true;
      }
    }
    return false;
  }
  void add(const Dispatch& dispatch) {
    for (std::size_t i = 0; i < dispatch.bytes.size(); ++i) touched_.push_back({dispatch.bytes[i], i == 0});
  }
  void clear() { touched_.clear(); }

 private:
  struct Touch {
    VkDescriptorBufferInfo bytes;
    bool write;
  };
  std::vector<Touch> touched_;
};

class Recorded final : public Program {
 public:
  Recorded(Backend& backend, Device& device, const Schedule& schedule)
      : backend_(backend),
        device_(device),
        values_(schedule.values),
        slabs_(schedule.slabs),
        constants_(schedule.constants),
        bound_(schedule.inputs.size(), nullptr),
        used_(schedule.inputs.size()) {
    std::size_t block = 0;
    for (const Spec& spec : schedule.inputs) {
      inputs_.push_back({block, spec.bytes()});
      block += (spec.bytes() + kAlignment - 1) / kAlignment * kAlignment;
    }
    block_ = std::make_shared<DeviceBuffer>(backend, device, block, Reach::stream, "plan inputs");
    arena_ = backend.allocate(schedule.arena_bytes, "plan arena");
    std::vector<Dispatch> dispatches;
    std::vector<std::uint32_t> numbers;
    for (const Launch& launch : schedule.launches) {
      dispatches.push_back(encode_launch(launch));
      const auto& parameters = dispatches.back().parameters;
      numbers.insert(numbers.end(), parameters.begin(), parameters.end());
    }
    numbers_ = backend.allocate(numbers.size() * sizeof(std::uint32_t), "plan parameters");
    backend.upload(*numbers_, 0, std::as_bytes(std::span(numbers)));
    std::vector<VkPipeline> pipelines;
    for (const Dispatch& dispatch : dispatches) {
      pipelines.push_back(dispatch.empty() ? VK_NULL_HANDLE : device.pipeline(dispatch.pipeline));
    }
    pool_ = device.make_command_pool();
    try {
      record_all(schedule, dispatches, pipelines);
    } catch (...) {
      device_.vk().vkDestroyCommandPool(device_.handle(), pool_, nullptr);
      throw;
    }
  }
  ~Recorded() override { device_.vk().vkDestroyCommandPool(device_.handle(), pool_, nullptr); }

  void bind(int index, const std::byte* data) override { bound_[static_cast<std::size_t>(index)] = data; }

  void run(int first_segment, int last_segment) override {
    if (segments_.empty() || last_segment < first_segment) return;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (inputs_[i].bytes == 0 || !used_[i]) continue;
      VITRINE_ASSERT(bound_[i] != nullptr);
      std::memcpy(block_->host() + inputs_[i].offset, bound_[i], inputs_[i].bytes);
    }
    const auto first = static_cast<std::size_t>(first_segment);
    device_.run(std::span(segments_).subspan(first, static_cast<std::size_t>(last_segment) - first + 1));
  }

  void read(int value, std::span<std::byte> out) override {
    const Value& v = values_[static_cast<std::size_t>(value)];
    VITRINE_ASSERT(v.place == Value::Place::arena && is_dense(v.spec.shape, v.layout.strides));
    VITRINE_ASSERT(out.size() == v.spec.bytes());
    const auto offset = static_cast<std::size_t>(v.layout.offset) * bytes_of(v.spec.dtype);
    backend_.download(*arena_, v.bytes_offset + offset, out);
  }

  std::string_view lowering() const override { return "recorded"; }

 private:
  struct Input {
    std::size_t offset, bytes;  // in the block
  };

  Placed placed(int id) const {
    const Value& v = values_[static_cast<std::size_t>(id)];
    const std::size_t base = values_[static_cast<std::size_t>(v.base)].spec.bytes();
    const auto i = static_cast<std::size_t>(v.index);
    const auto in = [&](const std::shared_ptr<Buffer>& buffer, std::size_t offset, std::size_t bytes) {
      return place(device_, handle_of(buffer), offset, bytes, v.spec, v.layout);
    };
    switch (v.place) {
      case Value::Place::arena:
        return in(arena_, v.bytes_offset, base);
      case Value::Place::slab:
        return in(slabs_[i], v.bytes_offset, base);
      case Value::Place::constant:  // may be a view of a larger tensor; nobody writes here
        return in(constants_[i], v.bytes_offset, constants_[i]->bytes() - v.bytes_offset);
      case Value::Place::input:
        break;
    }
    return in(block_, inputs_[i].offset + v.bytes_offset, base);
  }

  Dispatch encode_launch(const Launch& launch) {
    VITRINE_ASSERT(launch.outputs.size() == 1);
    std::vector<Placed> inputs;
    for (const int id : launch.inputs) {
      inputs.push_back(placed(id));
      const Value& v = values_[static_cast<std::size_t>(id)];
      if (v.place == Value::Place::input) used_[static_cast<std::size_t>(v.index)] = true;
    }
    return encode(launch.op, launch.attrs, launch.body, inputs, placed(launch.outputs[0]), backend_.info().id);
  }

  void record_all(const Schedule& schedule, const std::vector<Dispatch>& dispatches,
                  const std::vector<VkPipeline>& pipelines) {
    constexpr VkPipelineStageFlags kCompute = VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT;
    constexpr VkPipelineStageFlags kOutside = VK_PIPELINE_STAGE_TRANSFER_BIT | VK_PIPELINE_STAGE_HOST_BIT;
    segments_ = device_.make_commands(pool_, schedule.segments.size());
    std::size_t next = 0;
    std::uint32_t first = 0;
    for (std::size_t segment = 0; segment < segments_.size(); ++segment) {
      VkCommandBuffer commands = segments_[segment];
      VkCommandBufferBeginInfo begin{};
      begin.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
      device_.check(device_.vk().vkBeginCommandBuffer(commands, &begin), "record");
      barrier(device_, commands, kCompute | kOutside, kCompute);
      Hazards hazards;
      for (; next < dispatches.size() && schedule.launches[next].segment == static_cast<int>(segment); ++next) {
        const Dispatch& dispatch = dispatches[next];
        if (!dispatch.empty()) {
          if (hazards.meet(dispatch)) {
            barrier(device_, commands, kCompute, kCompute);
            hazards.clear();
          }
          hazards.add(dispatch);
          record(device_, commands, pipelines[next], dispatch, handle_of(numbers_), first);
        }
        first += static_cast<std::uint32_t>(dispatch.parameters.size());
      }
      barrier(device_, commands, kCompute, kOutside);
      device_.check(device_.vk().vkEndCommandBuffer(commands), "record");
    }
    VITRINE_ASSERT(next == dispatches.size());
  }

  Backend& backend_;
  Device& device_;
  std::vector<Value> values_;
  std::vector<std::shared_ptr<Buffer>> slabs_, constants_;
  std::vector<const std::byte*> bound_;
  std::vector<bool> used_;  // inputs that some launch reads
  std::vector<Input> inputs_;
  std::shared_ptr<Buffer> block_, arena_, numbers_;
  VkCommandPool pool_ = VK_NULL_HANDLE;
  std::vector<VkCommandBuffer> segments_;
};

}  // namespace

DeviceBuffer::DeviceBuffer(Backend& backend, Device& device, std::size_t bytes, Reach reach, std::string_view owner)
    : Buffer(backend, bytes, owner), device_(device), memory_(device.allocate(bytes, reach)) {
  host_ = memory_.mapped;
}

DeviceBuffer::~DeviceBuffer() {
  device_.release(memory_);
}

std::unique_ptr<Program> prepare_program(Backend& backend, Device& device, const Schedule& schedule) {
  return std::make_unique<Recorded>(backend, device, schedule);
}

}  // namespace vitrine::vulkan
