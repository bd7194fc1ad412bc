// The kinds of blocks, what may be wrong with their wires, and how they become tensors.
#include "views/neuron/graph.h"

#include <algorithm>

#include "engine/core/number.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/exponential.h"
#include "engine/ops/trigonometry.h"

namespace vitrine::views::neuron {
namespace {

Tensor apply_square(const Tensor& x, const Tensor&) {
  return ops::square(x);
}
Tensor apply_cube(const Tensor& x, const Tensor&) {
  return ops::square(x) * x;
}
Tensor apply_sin(const Tensor& x, const Tensor&) {
  return ops::sin(x);
}
Tensor apply_exp(const Tensor& x, const Tensor&) {
  return ops::exp(x);
}

std::string number_of(int block) {
  return to_text(std::int64_t{block} + 1);
}

std::string name_of(const Blocks& blocks, int at) {
  return "block " + number_of(at) + " (" + std::string(kind_of(blocks[static_cast<std::size_t>(at)]).sign) + ")";
}

// Goes back from the answer along the wires.
class Walk {
 public:
  explicit Walk(const Blocks& blocks) : blocks_(blocks), state_(blocks.size(), State::unseen) {}

  // Depth first from a block; false where an input is missing or the block feeds itself: then `fault` says so.
  bool visit(int at) {
    State& state = state_[static_cast<std::size_t>(at)];
    if (state == State::done) return true;
    state = State::open;
    path_.push_back(at);
    const Block& block = blocks_[static_cast<std::size_t>(at)];
    for (int port = 0; port < kind_of(block).ports; ++port) {
      const std::int64_t from = input_of(block, port);
      if (from < 1 || from > static_cast<std::int64_t>(blocks_.size())) return open_port(at, port);
      const int next = static_cast<int>(from) - 1;
      if (blocks_[static_cast<std::size_t>(next)].op == BlockOp::answer) return takes_answer(at, port);
      if (state_[static_cast<std::size_t>(next)] == State::open) return circle(at, port, next);
      if (!visit(next)) return false;
    }
    path_.pop_back();
    state_[static_cast<std::size_t>(at)] = State::done;
    order.push_back(at);
    return true;
  }

  std::vector<int> order;
  WiringFault fault;

 private:
  enum class State : std::uint8_t { unseen, open, done };

  Blocks rewired(int at, int port, std::int64_t from) const {
    Blocks blocks = blocks_;
    blocks[static_cast<std::size_t>(at)] = with_input(blocks[static_cast<std::size_t>(at)], port, from);
    return blocks;
  }
  // A leaf never makes a circle, so it can stand in wherever a wire is missing or wrong.
  std::int64_t stand_in() const {
    const auto leaf =
        std::ranges::find_if(blocks_, [](const Block& b) { return kind_of(b).ports == 0 && b.op != BlockOp::answer; });
    return leaf == blocks_.end() ? 0 : leaf - blocks_.begin() + 1;
  }
  bool wrong(int at, int port, std::string fact, std::string way_on) {
    const std::int64_t other = stand_in();
    fault = {at,
             port,
             std::move(fact),
             std::move(way_on),
             other == 0 ? "" : "Wire it to block " + to_text(other),
             other == 0 ? Blocks{} : rewired(at, port, other)};
    return false;
  }
  bool open_port(int at, int port) {
    const bool two = kind_of(blocks_[static_cast<std::size_t>(at)]).ports == 2;
    const std::string which = !two ? "its input" : port == 0 ? "its upper input" : "its lower input";
    return wrong(at, port, "Nothing arrives at " + which + " of " + name_of(blocks_, at) + ".",
                 "Click the open port, then the block that it shall take.");
  }
  bool takes_answer(int at, int port) {
    return wrong(at, port, "The answer is the end, yet " + name_of(blocks_, at) + " takes it as an input.",
                 "Wire that port to another block.");
  }
  bool circle(int at, int port, int back_to) {
    std::string round;
    for (auto each = std::ranges::find(path_, back_to); each != path_.end(); ++each) round += number_of(*each) + " ← ";
    return wrong(at, port, "Blocks feed themselves: " + round + number_of(back_to) + ".",
                 "Wire " + name_of(blocks_, at) + " to a block that does not need it.");
  }

  const Blocks& blocks_;
  std::vector<State> state_;
  std::vector<int> path_;
};

// What a checked graph leaves aside, as a sentence.
std::string note_of(const Blocks& blocks, const Wiring& wiring) {
  std::string left;
  int count = 0;
  for (int i = 0; i < static_cast<int>(blocks.size()); ++i) {
    if (wiring.needs(i)) continue;
    left += (count++ == 0 ? "" : ", ") + number_of(i) + " (" +
            std::string(kind_of(blocks[static_cast<std::size_t>(i)]).sign) + ")";
  }
  if (count == 0) return {};
  return (count == 1 ? "Block " : "Blocks ") + left + (count == 1 ? " reaches" : " reach") + " no answer: wire " +
         (count == 1 ? "it" : "them") + " in, or take " + (count == 1 ? "it" : "them") + " away.";
}

WiringFault lacks_answer(const Blocks& blocks) {
  Blocks remedy = blocks;
  const bool room = blocks.size() < kMostBlocks;
  if (room) remedy.push_back({BlockOp::answer, static_cast<std::int64_t>(blocks.size()), 0});
  return {-1,
          -1,
          "No block is the answer ŷ.",
          room ? "Add one, and wire to it what the formula ends in." : "Take a block away first.",
          room && !blocks.empty() ? "Add the answer" : "",
          room && !blocks.empty() ? remedy : Blocks{}};
}

}  // namespace

std::span<const BlockKind> block_kinds() {
  static constexpr BlockKind kAll[] = {
      {.id = "x", .sign = "x", .label = "Input x"},
      {.id = "a", .sign = "a", .label = "Parameter a", .parameter = true},
      {.id = "b", .sign = "b", .label = "Parameter b", .parameter = true},
      {.id = "c", .sign = "c", .label = "Parameter c", .parameter = true},
      {.id = "d", .sign = "d", .label = "Parameter d", .parameter = true},
      {.id = "constant", .sign = "1", .label = "Constant"},
      {.id = "add", .sign = "+", .label = "Add", .ports = 2, .apply = ops::add, .call = "@add($l, $r)"},
      {.id = "sub",
       .sign = "−",
       .label = "Subtract",
       .ports = 2,
       .apply = ops::sub,
       .call = "@sub($l, $r)",
       .keras_call = "@subtract($l, $r)"},
      {.id = "mul",
       .sign = "×",
       .label = "Multiply",
       .ports = 2,
       .apply = ops::mul,
       .call = "@mul($l, $r)",
       .keras_call = "@multiply($l, $r)"},
      {.id = "square", .sign = "( )²", .label = "Square", .ports = 1, .apply = apply_square, .call = "@square($l)"},
      {.id = "cube",
       .sign = "( )³",
       .label = "Cube",
       .ports = 1,
       .apply = apply_cube,
       .call = "@mul(@square($l), $l)",
       .keras_call = "@multiply(@square($l), $l)"},
      {.id = "sin", .sign = "sin", .label = "Sine", .ports = 1, .apply = apply_sin, .call = "@sin($l)"},
      {.id = "exp", .sign = "exp", .label = "Exponential", .ports = 1, .apply = apply_exp, .call = "@exp($l)"},
      {.id = "answer", .sign = "ŷ", .label = "Answer", .ports = 1},
  };
  return kAll;
}

const BlockKind& kind_of(const Block& block) {
  return block_kinds()[static_cast<std::size_t>(block.op)];
}

std::int64_t input_of(const Block& block, int port) {
  return port == 0 ? block.left : block.right;
}

Block with_input(Block block, int port, std::int64_t from) {
  (port == 0 ? block.left : block.right) = from;
  return block;
}

// a x² + b x + c
Blocks quadratic_blocks() {
  using enum BlockOp;
  return {{x}, {a}, {b}, {c}, {square, 1}, {mul, 2, 5}, {mul, 3, 1}, {add, 6, 7}, {add, 8, 4}, {answer, 9}};
}

// a x³ + b x² + c x + d
Blocks cubic_blocks() {
  using enum BlockOp;
  return {{x},         {a},         {b},         {c},         {d},           {cube, 1},    {square, 1},
          {mul, 2, 6}, {mul, 3, 7}, {mul, 4, 1}, {add, 8, 9}, {add, 11, 10}, {add, 12, 5}, {answer, 13}};
}

bool Wiring::needs(int block) const {
  return std::ranges::find(order, block) != order.end();
}

Wiring check(const Blocks& blocks) {
  const auto is_answer = [](const Block& b) { return b.op == BlockOp::answer; };
  const auto answer = std::ranges::find_if(blocks, is_answer);
  if (answer == blocks.end()) return {.fault = lacks_answer(blocks)};
  if (const auto second = std::find_if(answer + 1, blocks.end(), is_answer); second != blocks.end()) {
    const int at = static_cast<int>(second - blocks.begin());
    return {.fault = WiringFault{at, -1, "There are two answers ŷ.",
                                 "One formula has one: take block " + number_of(at) + " away.", "Take it away",
                                 without(blocks, at)}};
  }
  Walk walk(blocks);
  if (!walk.visit(static_cast<int>(answer - blocks.begin()))) return {.fault = std::move(walk.fault)};
  Wiring wiring{.order = std::move(walk.order)};
  for (const int i : wiring.order)
    for (std::size_t p = 0; p < kParameters.size(); ++p)
      if (blocks[static_cast<std::size_t>(i)].op == kParameters[p]) wiring.learns[p] = true;
  if (std::ranges::none_of(wiring.learns, [](bool learns) { return learns; })) {
    return {.fault = WiringFault{wiring.order.back(), 0, "No parameter reaches the answer: there is nothing to learn.",
                                 "Wire a, b, c or d into the formula.", "Wire a quadratic", quadratic_blocks()}};
  }
  wiring.note = note_of(blocks, wiring);
  return wiring;
}

Wired build(const Blocks& blocks, const Wiring& wiring, const Leaves& leaves, Backend& backend) {
  Wired wired{.values = std::vector<Tensor>(blocks.size()), .answer = {}};
  for (const int i : wiring.order) {
    const Block& block = blocks[static_cast<std::size_t>(i)];
    const BlockKind& kind = kind_of(block);
    const auto input = [&](int port) {
      return port < kind.ports ? wired.values[static_cast<std::size_t>(input_of(block, port)) - 1] : Tensor();
    };
    Tensor& value = wired.values[static_cast<std::size_t>(i)];
    if (kind.apply) {
      value = kind.apply(input(0), input(1));
    } else if (block.op == BlockOp::x) {
      value = leaves.x;
    } else if (block.op == BlockOp::constant) {
      value = tensor(backend, std::array{static_cast<float>(block.value)}, {});
    } else if (block.op == BlockOp::answer) {
      value = wired.answer = input(0);
    } else {
      value = leaves.parameters[place_of(block.op)];
    }
  }
  return wired;
}

Blocks without(const Blocks& blocks, int at) {
  Blocks left = blocks;
  left.erase(left.begin() + at);
  const auto follow = [&](std::int64_t from) { return from == at + 1 ? 0 : from > at + 1 ? from - 1 : from; };
  for (Block& block : left) block.left = follow(block.left), block.right = follow(block.right);
  return left;
}

}  // namespace vitrine::views::neuron
