// A LayerKind is one class of layers, declared once, like an Op: its name in files, its table of arguments, which
// weights it has and how it is called. Both rules are short code over a view of the one layer: Build says of which form
// the inputs are and takes weights, Call has tensors and takes answers. A call rule is written with public ops, so it
// runs eagerly, is traced into a plan and is differentiated alike; forms of outputs are found by calling it with
// placeholders. Reading, writing, checking, summaries, documentation and tests follow from the entry.
#pragma once

#include <concepts>

#include "engine/nn/argument.h"
#include "engine/nn/form.h"
#include "engine/ops/random.h"

namespace vitrine::nn {

class Layer;
class Build;
class Call;
struct Child;

// What becomes of a mask where the call rule says nothing of it.
enum class Masks : std::uint8_t { drop, pass };

using Named = std::vector<std::pair<std::string, Config>>;

struct LayerKind {
  std::string_view name;  // as files call it: "Conv2D"
  std::string_view meaning;
  std::string_view aliases{};  // what other files call it
  std::span<const Argument> arguments{};
  int least_inputs = 1;
  int most_inputs = 1;
  void (*weights)(Build& build) = nullptr;  // none: it has no weights
  void (*call)(Call& call) = nullptr;
  std::vector<Child> (*children)(const Arguments& arguments) = nullptr;  // none: the layers among its arguments
  // Cells of recurrent layers: the forms of what they remember, for one step of the input. The first is their answer's.
  std::vector<Form> (*states)(const Layer& cell, const Form& step) = nullptr;
  Masks masks = Masks::drop;

  // A layer of this kind: Dense(15, {{"activation", "relu"}}). What stands in front fills the first rows of the table.
  Layer operator()(const Named& named = {}) const;
  Layer operator()(std::initializer_list<std::int64_t> first, const Named& named = {}) const;
  template <std::convertible_to<Config> First>
  Layer operator()(const First& first, const Named& named = {}) const;
  template <std::convertible_to<Config> First, std::convertible_to<Config> Second>
  Layer operator()(const First& first, const Second& second, const Named& named = {}) const;

 private:
  Layer make(std::vector<Config> positional, const Named& named) const;
};

// The arguments that every layer takes besides those of its kind.
std::span<const Argument> common_arguments();

}  // namespace vitrine::nn
