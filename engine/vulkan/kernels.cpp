// How each kind of op becomes numbers for its shader; the order of the numbers is documented in the shaders.
#include "engine/vulkan/kernels.h"

#include <algorithm>
#include <bit>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/vulkan/made/known_micros.h"

namespace vitrine::vulkan {
namespace {

constexpr std::uint32_t kGroupWidth = 64;     // local_size_x of the flat shaders
constexpr std::uint32_t kTile = 16;           // of matmul.comp
constexpr std::uint32_t kMostGroups = 65535;  // along an axis, on every device; shaders stride beyond
constexpr std::size_t kMostSteps = 24;        // of elementwise.comp
constexpr int kLeading = 4;                   // axes of matmul.comp before rows and columns
constexpr auto kRank = static_cast<std::size_t>(limits::kRank);

using Words = std::vector<std::uint32_t>;

// Offsets and strides wrap around as the shaders' unsigned arithmetic does; buffers end below 4 GiB.
std::uint32_t word(std::int64_t value) {
  return static_cast<std::uint32_t>(value);
}

std::uint32_t offset_of(const Placed& t) {
  return word(static_cast<std::int64_t>(t.bytes_offset / bytes_of(t.spec.dtype)) + t.layout.offset);
}

void append(Words& words, std::span<const std::int64_t> values) {
  for (const std::int64_t value : values) words.push_back(word(value));
}

// Six numbers, the missing ones filled up.
void append6(Words& words, std::span<const std::int64_t> values, std::int64_t fill) {
  append(words, values);
  for (std::size_t i = values.size(); i < kRank; ++i) words.push_back(word(fill));
}

std::array<std::uint32_t, 3> groups_for(std::int64_t elements, std::int64_t width) {
  return {static_cast<std::uint32_t>(std::min<std::int64_t>((elements + width - 1) / width, kMostGroups)), 1, 1};
}

struct Encoder {
  const Op* op;
  const Attrs& attrs;
  std::span<const MicroStep> body;
  std::span<const Placed> inputs;
  const Placed& output;
  std::string_view device;
  Dispatch result{};

  [[noreturn]] void refuse(std::string fact) const {
    const std::string name = op == nullptr ? "fused" : std::string(op->name);
    throw UnsupportedOp({"[" + name + "]", fact + " on " + std::string(device), "", "", "Choose the CPU."});
  }
  void need(DType dtype, const Placed& t) const {
    if (t.spec.dtype != dtype) refuse("has no kernel for " + std::string(name_of(t.spec.dtype)));
  }

  void elementwise() {
    const Shape& shape = output.spec.shape;
    if (body.size() > kMostSteps || inputs.size() > kMostInputs) refuse("is too long a chain");
    std::uint32_t booleans = output.spec.dtype == DType::boolean ? 1u << 31 : 0u;
    Words& words = result.parameters;
    words = {word(shape.elements()), word(shape.rank()), offset_of(output)};
    append6(words, shape.extents(), 1);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const Placed& input = inputs[i];
      if (input.spec.dtype == DType::boolean) {
        booleans |= 1u << i;
      } else {
        need(DType::float32, input);
      }
      words.push_back(offset_of(input));
      append(words, broadcast_strides(input.spec.shape, input.layout.strides, shape));
    }
    if (output.spec.dtype != DType::boolean) need(DType::float32, output);
    Words constants = {static_cast<std::uint32_t>(inputs.size()), booleans, static_cast<std::uint32_t>(body.size())};
    for (const MicroStep& step : body) {
      if (std::ranges::find(kKnownMicros, step.micro) == std::end(kKnownMicros)) refuse("has no kernel");
      const auto byte = [](std::int8_t slot) { return static_cast<std::uint32_t>(static_cast<std::uint8_t>(slot)); };
      constants.push_back(static_cast<std::uint32_t>(step.micro) | byte(step.a) << 8 | byte(step.b) << 16 |
                          byte(step.c) << 24);
    }
    result.pipeline = {Shader::elementwise, constants};
    result.groups = groups_for(shape.elements(), kGroupWidth);
  }

  void matmul() {
    const Placed &a = inputs[0], &b = inputs[1];
    need(DType::float32, a);
    need(DType::float32, b);
    const Shape& shape = output.spec.shape;
    const int rank = shape.rank(), leading = rank - 2;
    const auto last = static_cast<std::size_t>(rank - 1);
    const std::int64_t rows = shape[rank - 2], columns = shape[rank - 1];
    const std::int64_t inner = a.spec.shape[a.spec.shape.rank() - 1];
    const std::int64_t matrices = rows * columns == 0 ? 0 : shape.elements() / (rows * columns);
    // Both as of the output's rank, so that the leading axes broadcast; rows and columns are then the factors' own.
    Shape like_a = shape, like_b = shape;
    like_a[rank - 1] = like_b[rank - 2] = inner;
    const Strides sa = broadcast_strides(a.spec.shape, a.layout.strides, like_a);
    const Strides sb = broadcast_strides(b.spec.shape, b.layout.strides, like_b);
    Words& words = result.parameters;
    words = {word(rows),         word(columns),  word(inner),        offset_of(output), offset_of(a),  offset_of(b),
             word(sa[last - 1]), word(sa[last]), word(sb[last - 1]), word(sb[last]),    word(matrices)};
    const auto lead = static_cast<std::size_t>(leading), filler = static_cast<std::size_t>(kLeading - leading);
    const auto append_leading = [&](std::span<const std::int64_t> values, std::uint32_t fill) {
      words.insert(words.end(), filler, fill);
      append(words, values.first(lead));
    };
    append_leading(shape.extents(), 1);
    append_leading(sa, 0);
    append_leading(sb, 0);
    result.pipeline = {Shader::matmul, {}};
    result.groups = {word((columns + kTile - 1) / kTile), word((rows + kTile - 1) / kTile),
                     static_cast<std::uint32_t>(std::min<std::int64_t>(matrices, kMostGroups))};
    if (result.groups[0] > kMostGroups || result.groups[1] > kMostGroups) refuse("has no kernel for so large a matrix");
  }

  void reduce(bool mean) {
    const Placed& input = inputs[0];
    need(DType::float32, input);
    const auto& axes = std::get<Integers>(attrs[0]);
    std::vector<std::int64_t> kept, kept_strides, reduced, reduced_strides;
    std::int64_t terms = 1;
    for (int axis = 0; axis < input.spec.shape.rank(); ++axis) {
      const bool gone = std::ranges::find(axes, axis) != axes.end();
      (gone ? reduced : kept).push_back(input.spec.shape[axis]);
      (gone ? reduced_strides : kept_strides).push_back(input.layout.strides[static_cast<std::size_t>(axis)]);
      if (gone) terms *= input.spec.shape[axis];
    }
    const std::int64_t outputs = output.spec.shape.elements();
    Words& words = result.parameters;
    words = {word(outputs), word(terms), offset_of(output), offset_of(input)};
    append6(words, kept, 1);
    append6(words, kept_strides, 0);
    append6(words, reduced, 1);
    append6(words, reduced_strides, 0);
    result.pipeline = {Shader::reduce, {mean ? 1u : 0u}};
    result.groups = groups_for(outputs, 1);
  }

  // `before` is empty unless the output has a value around the input, and `between` its elements.
  void move(const Integers& before, Integers between = {}, double value = 0) {
    const Placed& input = inputs[0];
    const std::size_t bytes = bytes_of(input.spec.dtype);
    need(input.spec.dtype, output);
    // Without padding the input's own shape is walked: a reshape keeps the order of elements.
    const Shape& shape = before.empty() ? input.spec.shape : output.spec.shape;
    Words& words = result.parameters;
    const DType dtype = input.spec.dtype;
    const std::uint32_t bits = dtype == DType::boolean ? value != 0
                               : dtype == DType::int32 ? static_cast<std::uint32_t>(static_cast<std::int32_t>(value))
                                                       : std::bit_cast<std::uint32_t>(static_cast<float>(value));
    for (std::int64_t& step : between) ++step;
    words = {word(shape.elements()), word(shape.rank()), offset_of(output), offset_of(input), bits};
    append6(words, shape.extents(), 1);
    append6(words, before, 0);
    append6(words, input.spec.shape.extents(), 1);
    append(words, input.layout.strides);
    append6(words, between, 1);
    result.pipeline = {Shader::move, {static_cast<std::uint32_t>(bytes / 4)}};
    result.groups = groups_for(shape.elements(), kGroupWidth);
  }
};

// The kernels that are not elementwise, by the op's name.
struct Named {
  std::string_view op;
  void (*encode)(Encoder&);
};
void encode_pad(Encoder& e) {
  e.move(std::get<Integers>(e.attrs[0]), std::get<Integers>(e.attrs[2]), std::get<double>(e.attrs[3]));
}
constexpr Named kNamed[] = {
    {"matmul", [](Encoder& e) { e.matmul(); }},   {"sum", [](Encoder& e) { e.reduce(false); }},
    {"mean", [](Encoder& e) { e.reduce(true); }}, {"copy", [](Encoder& e) { e.move({}); }},
    {"reshape", [](Encoder& e) { e.move({}); }},  {"pad", encode_pad},
};

const Named* find_named(std::string_view op) {
  const auto found = std::ranges::find(kNamed, op, &Named::op);
  return found == std::end(kNamed) ? nullptr : found;
}

}  // namespace

Placed place(const Device& device, VkBuffer buffer, std::size_t offset, std::size_t base_bytes, const Spec& spec,
             const Layout& layout) {
  const std::size_t step = device.limits().minStorageBufferOffsetAlignment;
  const std::size_t start = offset / step * step, rest = offset - start;
  return {{buffer, start, (rest + std::max<std::size_t>(base_bytes, 1) + 3) / 4 * 4}, rest, spec, layout};
}

bool has_kernel(const Op& op) {
  if (op.micro != Micro::none) return std::ranges::find(kKnownMicros, op.micro) != std::end(kKnownMicros);
  return op.view != nullptr || find_named(op.name) != nullptr;
}

Dispatch encode(const Op* op, const Attrs& attrs, std::span<const MicroStep> body, std::span<const Placed> inputs,
                const Placed& output, std::string_view device) {
  VITRINE_ASSERT(is_dense(output.spec.shape, output.layout.strides) && !inputs.empty());
  Encoder encoder{op, attrs, body, inputs, output, device};
  const MicroStep single{op == nullptr ? Micro::none : op->micro, -1, -2, -3};
  if (op == nullptr || op->micro != Micro::none) {
    if (op != nullptr) encoder.body = {&single, 1};
    encoder.elementwise();
  } else {
    const Named* kernel = find_named(op->name);
    if (kernel == nullptr) encoder.refuse("has no kernel");
    kernel->encode(encoder);
  }
  encoder.result.bytes.push_back(output.bytes);
  for (const Placed& input : inputs) encoder.result.bytes.push_back(input.bytes);
  return std::move(encoder.result);
}

void record(const Device& device, VkCommandBuffer commands, VkPipeline pipeline, const Dispatch& dispatch,
            VkBuffer numbers, std::uint32_t first) {
  std::array<VkDescriptorBufferInfo, kBindings> buffers;
  std::array<VkWriteDescriptorSet, kBindings> writes{};
  for (std::uint32_t i = 0; i < kBindings; ++i) {
    // Every binding has a buffer, used or not.
    buffers[i] = {numbers, 0, VK_WHOLE_SIZE};
    if (i > 0 && i <= dispatch.bytes.size()) buffers[i] = dispatch.bytes[i - 1];
    writes[i].sType = VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET;
    writes[i].dstBinding = i;
    writes[i].descriptorCount = 1;
    writes[i].descriptorType = VK_DESCRIPTOR_TYPE_STORAGE_BUFFER;
    writes[i].pBufferInfo = &buffers[i];
  }
  const auto& vk = device.vk();
  vk.vkCmdBindPipeline(commands, VK_PIPELINE_BIND_POINT_COMPUTE, pipeline);
  vk.vkCmdPushDescriptorSetKHR(commands, VK_PIPELINE_BIND_POINT_COMPUTE, device.layout(), 0, kBindings, writes.data());
  vk.vkCmdPushConstants(commands, device.layout(), VK_SHADER_STAGE_COMPUTE_BIT, 0, sizeof first, &first);
  vk.vkCmdDispatch(commands, dispatch.groups[0], dispatch.groups[1], dispatch.groups[2]);
}

}  // namespace vitrine::vulkan
