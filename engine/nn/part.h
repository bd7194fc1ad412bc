// A Part is what a weight is given by name: an initialiser, a regulariser or a constraint. Like a layer it is declared
// once, with a table of arguments, and files write it as a name or as a record of class_name and config.
#pragma once

#include "engine/nn/argument.h"
#include "engine/ops/random.h"

namespace vitrine::nn {

struct Initialiser {
  std::string_view name;
  std::string_view meaning;
  std::span<const Argument> arguments;
  Tensor (*make)(const Arguments& arguments, const ops::Draws& draws, const Shape& shape);
};
struct Regulariser {
  std::string_view name;
  std::string_view meaning;
  std::span<const Argument> arguments;
  Tensor (*penalty)(const Arguments& arguments, const Tensor& w);
};
struct Constraint {
  std::string_view name;
  std::string_view meaning;
  std::span<const Argument> arguments;
  Tensor (*apply)(const Arguments& arguments, const Tensor& w);
};

std::span<const Initialiser> all_initialisers();
std::span<const Regulariser> all_regularisers();
std::span<const Constraint> all_constraints();

// Which one a Config means, and with which arguments. UsageError naming the path where there is none of that name.
template <class Part>
struct Chosen {
  const Part* part = nullptr;
  Arguments arguments;
};
Chosen<Initialiser> initialiser_of(std::string_view path, const Config& config, Convention convention);
Chosen<Regulariser> regulariser_of(std::string_view path, const Config& config, Convention convention);
Chosen<Constraint> constraint_of(std::string_view path, const Config& config, Convention convention);

}  // namespace vitrine::nn
