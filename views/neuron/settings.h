// What a person can set in First neuron. Two lessons share the exhibit: one neuron that learns a line, and a polynomial
// whose formula is wired from blocks. A Block is one record of the list `graph.blocks`: what it does and from which
// blocks it takes its inputs, by their numbers counted from 1; 0 is an open port.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "views/program.h"

namespace vitrine::views::neuron {

enum class Lesson { neuron, polynomial };
enum class Loss { squared, absolute };
enum class PointSet { quadratic, cubic, wave };

// What a block does; its entry in `block_kinds()` says the rest.
enum class BlockOp { x, a, b, c, d, constant, add, sub, mul, square, cube, sin, exp, answer };

struct Block {
  BlockOp op = BlockOp::add;
  std::int64_t left = 0, right = 0;
  double value = 1;  // of a constant
  friend bool operator==(const Block&, const Block&) = default;
};
using Blocks = std::vector<Block>;
inline constexpr std::size_t kMostBlocks = 16;  // a cubic has 14
inline constexpr int kFitPoints = 21;

struct Settings {
  Lesson lesson = Lesson::neuron;

  double weight = -2, bias = 3.5;  // mirror the state, within the range of their rows
  std::int64_t start = 0;          // 0: as above; else the seed of another one
  double rate = 0.055;
  Loss loss = Loss::squared;
  double question = 10;

  PointSet points = PointSet::quadratic;
  double noise = 0.05;
  std::int64_t point_seed = 0;
  Blocks blocks;
  Blocks running;  // what trains while the blocks on the stage are at fault; else the same
  std::string optimiser = "SGD";
  double fit_rate = 0.5, fit_start = 0.1;
  std::int64_t shown_point = 20;
  Language language = Language::tensorflow_js;

  Settings();
};

inline constexpr double kReach = 10;  // of the rows of weight and bias, and of constants

const work::ControlTable& control_table();

}  // namespace vitrine::views::neuron
