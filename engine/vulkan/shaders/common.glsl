// What every kernel sees: its numbers (`p`, from `base` on), one output and up to six inputs. Tensors lie anywhere in
// their buffers; offsets and strides count elements. Every buffer is bound twice, as words and as bytes (booleans).
#extension GL_EXT_shader_8bit_storage : require

layout(push_constant) uniform Push {
  uint base;
};

layout(set = 0, binding = 0, std430) readonly buffer Parameters {
  uint parameters[];
};
layout(set = 0, binding = 1, std430) writeonly buffer OutputWords {
  uint output_words[];
};
layout(set = 0, binding = 1, std430) writeonly buffer OutputBytes {
  uint8_t output_bytes[];
};

#define INPUT(n, slot)                                                \
  layout(set = 0, binding = slot, std430) readonly buffer Words##n {  \
    uint words##n[];                                                  \
  };                                                                  \
  layout(set = 0, binding = slot, std430) readonly buffer Bytes##n {  \
    uint8_t bytes##n[];                                               \
  };

INPUT(0, 2)

const uint kRank = 6;

uint p(uint i) {
  return parameters[base + i];
}
