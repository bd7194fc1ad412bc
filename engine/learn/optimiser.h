// An OptimiserKind is one rule by which gradients move weights, declared once: its name in files, its table of
// hyper-parameters, which numbers it keeps beside each weight (slots), and the rule itself, written with ops. Reading
// by name, files, the reference in docs and tests follow from the entry. An Optimiser is a kind with its values. Real
// values are inputs of the training plan, so they change between two steps and nothing is rebuilt; truths shape it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/nn/argument.h"
#include "engine/nn/kind.h"

namespace vitrine::learn {

class Optimiser;
class Update;

inline constexpr std::string_view kRate = "learning_rate";  // the first hyper-parameter of every kind

struct Slot {
  std::string_view name;       // "m": files write it as "dense/kernel/m"
  std::string_view start{};    // the hyper-parameter with which it begins; empty: zero
  std::string_view only_if{};  // the truth without which there is no such slot
};

struct OptimiserKind {
  std::string_view name;  // as files call it: "Adam"
  std::string_view meaning;
  std::string_view formula;
  std::span<const nn::Argument> hypers;
  std::span<const Slot> slots{};
  std::string_view powers{};  // hyper-parameters whose t-th power the rule needs in step t, counted from 1
  Tensor (*rule)(Update& update) = nullptr;  // answers the new weight

  Optimiser operator()(const nn::Named& named = {}) const;
  Optimiser operator()(double rate, const nn::Named& named = {}) const;
};

namespace optimisers {
extern const OptimiserKind Sgd, Momentum, RmsProp, Adagrad, Adadelta, Adam, Adamax, AdamW, Lion;
}
std::span<const OptimiserKind* const> all_optimisers();

class Optimiser {
 public:
  Optimiser(const OptimiserKind& kind, const nn::Config::Record& given,
            nn::Convention convention = nn::Convention::ours);
  const OptimiserKind& kind() const { return *kind_; }
  const nn::Arguments& values() const { return values_; }
  double value(std::string_view hyper) const { return values_.real(hyper); }
  void set(std::string_view hyper, double value);  // UsageError where it has none such or the value cannot be
  std::vector<Slot> slots() const;                 // those that its truths leave
  std::vector<std::string_view> reals() const;     // the hyper-parameters that a plan takes as inputs, in order

 private:
  const OptimiserKind* kind_;
  nn::Arguments values_;
};

// By the name that files or people use, "adam", with values as they write them: "learningRate" is "learning_rate".
Optimiser optimiser_of(std::string_view name, const nn::Config::Record& given = {},
                       nn::Convention convention = nn::Convention::ours);
nn::Config config_of(const Optimiser& optimiser);  // {class_name, config}, for files
Optimiser read_optimiser(const nn::Config& written, nn::Convention convention = nn::Convention::ours);

// What a rule sees of one weight in one step.
class Update {
 public:
  using Values = std::map<std::string, Tensor, std::less<>>;
  Update(const Optimiser& optimiser, const Values& hypers, const Values& powers, const Tensor& step)
      : optimiser_(optimiser), hypers_(hypers), powers_(powers), step_(step) {}

  const Tensor& weight() const { return weight_; }
  const Tensor& gradient() const { return gradient_; }
  const Tensor& operator[](std::string_view hyper) const;
  bool chosen(std::string_view truth) const;
  const Tensor& slot(std::string_view name) const;
  Tensor keep(std::string_view slot, const Tensor& value);  // what it holds afterwards; answers the value
  const Tensor& power(std::string_view hyper) const;
  const Tensor& step() const { return step_; }  // steps taken before this one

  // One weight's turn: the new weight; `slots` hold what is to be kept.
  Tensor turn(const Tensor& weight, const Tensor& gradient, Values& slots);

 private:
  const Optimiser& optimiser_;
  const Values& hypers_;
  const Values& powers_;
  const Tensor& step_;
  Tensor weight_, gradient_;
  Values* slots_ = nullptr;
};

// The slots of all weights as regions of one slab, and the powers behind them.
struct Moved {
  std::string name;  // of the weight
  Shape shape;
};
std::string slot_name(std::string_view weight, const Slot& slot);  // the region's: "dense/kernel/m"
Slab make_slots(Backend& backend, const Optimiser& optimiser, std::span<const Moved> weights);
void fill_slots(Slab& slots, const Optimiser& optimiser, std::span<const Moved> weights);  // as before the first step
void set_powers(Slab& slots, const Optimiser& optimiser, std::int64_t steps);              // as after so many steps

// The update of a whole step in a trace: `weights` and `gradients` run with `moved`; answers the new weights. What the
// slots hold afterwards is assigned only if `keep`.
struct Turn {
  std::span<const Moved> moved;
  std::span<const Tensor> weights, gradients;
  Update::Values hypers;
  Tensor step;
};
std::vector<Tensor> trace_updates(Tracer& tracer, const Optimiser& optimiser, const Slab& slots, const Turn& turn,
                                  bool keep = true);

}  // namespace vitrine::learn
