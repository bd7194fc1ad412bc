// The graph that a learner wires from blocks: what each kind of block is, whether the blocks make a formula that can be
// learnt, and the tensors they become, by the same ops as everything else, in the order of the wires.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor/tensor.h"
#include "views/neuron/settings.h"

namespace vitrine::views::neuron {

// One kind of block, declared once: files, stage, tensors and the texts in three languages follow from its entry.
struct BlockKind {
  std::string_view id;     // in files: "add"
  std::string_view sign;   // on the block: "+"
  std::string_view label;  // in lists: "Add"
  int ports = 0;
  Tensor (*apply)(const Tensor& left, const Tensor& right) = nullptr;  // null: a leaf, or the answer
  // A call in other words: `$l` and `$r` are its inputs, `@` what functions live in, ops:: or tf. or keras.ops.
  std::string_view call = {}, keras_call = {};  // the latter where Keras has other names
  bool parameter = false;
};
std::span<const BlockKind> block_kinds();  // in the order of BlockOp
const BlockKind& kind_of(const Block& block);
std::int64_t input_of(const Block& block, int port);  // 0 where it is open
Block with_input(Block block, int port, std::int64_t from);

Blocks quadratic_blocks();
Blocks cubic_blocks();

inline constexpr std::array<BlockOp, 4> kParameters{BlockOp::a, BlockOp::b, BlockOp::c, BlockOp::d};
constexpr std::size_t place_of(BlockOp parameter) {
  return static_cast<std::size_t>(parameter) - static_cast<std::size_t>(kParameters.front());
}

// Why blocks make no formula, where, and the blocks that would.
struct WiringFault {
  int block = -1;  // from 0; −1: none in particular
  int port = -1;
  std::string fact = {}, way_on = {};
  std::string action = {};  // a button's word: makes the blocks these; empty where there is no such thing
  Blocks remedy = {};
};

struct Wiring {
  std::vector<int> order = {};            // of the blocks that the answer needs, each after its inputs
  std::array<bool, 4> learns{};           // which parameters are among them
  std::optional<WiringFault> fault = {};  // then the others are empty
  std::string note = {};                  // what is left out, when there is no fault; may be empty
  bool needs(int block) const;
};
Wiring check(const Blocks& blocks);

// What the blocks of a checked graph become; empty tensors for blocks that the answer does not need.
struct Wired {
  std::vector<Tensor> values;  // one per block
  Tensor answer;
};
struct Leaves {
  Tensor x;
  std::array<Tensor, 4> parameters;
};
Wired build(const Blocks& blocks, const Wiring& wiring, const Leaves& leaves, Backend& backend);

// Without block `at`: wires to it are open, wires to later ones follow their blocks.
Blocks without(const Blocks& blocks, int at);

}  // namespace vitrine::views::neuron
