// The memory scripts with our tensors. A TF.js tensor is an object that lives until it is disposed of; here it is a
// handle under a name, and disposing is letting go of it.
#include "engine/ops/activation.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/exponential.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"
#include "engine/ops/linear.h"
#include "engine/ops/reduction.h"
#include "engine/ops/types.h"
#include "tests/conformance/memory_room.h"

namespace vitrine::conformance {
namespace {

constexpr DType kFloat = DType::float32;

// A dense network of two layers, trained on the mean squared error.
constexpr std::string_view kWeights[] = {"kernel 1", "bias 1", "kernel 2", "bias 2"};

Tensor predict(const Tensors& weights, const Tensor& x) {
  return ops::matmul(ops::matmul(x, weights[0]) + weights[1], weights[2]) + weights[3];
}

Tensors weights_of(const MemoryRoom& room) {
  Tensors weights;
  for (const std::string_view name : kWeights) weights.push_back(room.at(name));
  return weights;
}

void fit(MemoryRoom& room) {
  for (int epoch = 0; epoch < 2; ++epoch) {
    const Tensors moved = tidy([&] {
      Tensors weights = weights_of(room);
      const Tensor loss = ops::mean(ops::square(predict(weights, room.at("x")) - room.at("y")));
      const Tensors gradients = ops::gradients(loss, weights);
      for (std::size_t i = 0; i < weights.size(); ++i) {
        weights[i] = weights[i] - room.at("learning rate") * gradients[i];
      }
      return weights;
    });
    for (std::size_t i = 0; i < moved.size(); ++i) room.hold(kWeights[i], watch(moved[i]));
  }
}

const Script kCreate{"create and dispose",
                     {{"a = float32 [2,3]",
                       [](MemoryRoom& room) {
                         room.hold("a", room.make(kFloat, {2, 3}));
                       }},
                      {"b = int32 [4]", [](MemoryRoom& room) { room.hold("b", room.make(DType::int32, {4})); }},
                      {"c = bool [5]", [](MemoryRoom& room) { room.hold("c", room.make(DType::boolean, {5})); }},
                      {"dispose a", [](MemoryRoom& room) { room.dispose("a"); }},
                      {"dispose a again", [](MemoryRoom& room) { room.dispose("a"); }},
                      {"dispose [b, c]", [](MemoryRoom& room) {
                         room.dispose("b");
                         room.dispose("c");
                       }}}};

const Script kViews{"views share one buffer",
                    {{"a = float32 [2,6]",
                      [](MemoryRoom& room) {
                        room.hold("a", room.make(kFloat, {2, 6}));
                      }},
                     {"b = reshape(a, [3,4])",
                      [](MemoryRoom& room) {
                        room.hold("b", ops::reshape(room.at("a"), {3, 4}));
                      }},
                     {"c = clone(a)", [](MemoryRoom& room) { room.hold("c", room.at("a")); }},
                     // A cast to the type that a tensor has is the tensor.
                     {"d = cast(a, float32)", [](MemoryRoom& room) { room.hold("d", room.at("a")); }},
                     {"e = squeeze(expandDims(a)) (two ops)",
                      [](MemoryRoom& room) {
                        room.hold("expanded", ops::reshape(room.at("a"), {1, 2, 6}));
                        room.hold("e", ops::reshape(room.at("expanded"), {2, 6}));
                      }},
                     {"dispose a", [](MemoryRoom& room) { room.dispose("a"); }},
                     {"dispose the rest", [](MemoryRoom& room) {
                        for (const std::string_view name : {"b", "c", "d", "expanded", "e"}) room.dispose(name);
                      }}}};

const Script kTidy{
    "tidy keeps only what it returns",
    {{"a = float32 [4]", [](MemoryRoom& room) { room.hold("a", room.make(kFloat, {4})); }},
     {"y = tidy(square(a) + 1, returned)",
      [](MemoryRoom& room) {
        const Tensor& a = room.at("a");
        room.hold("y", tidy([&] { return ops::square(a) + like(a, 1); }));
      }},
     {"tidy that returns nothing", [](MemoryRoom& room) { tidy([&] { ops::square(room.at("a")); }); }},
     {"tidy with keep inside",
      [](MemoryRoom& room) { tidy([&] { room.hold("kept", ops::square(ops::neg(room.at("a")))); }); }},
     {"tidy returning an object of two",
      [](MemoryRoom& room) {
        const Tensor& a = room.at("a");
        const Tensors two = tidy([&] { return Tensors{ops::square(a), ops::neg(a)}; });
        room.hold("first", two[0]);
        room.hold("second", two[1]);
      }},
     {"dispose that object",
      [](MemoryRoom& room) {
        room.dispose("first");
        room.dispose("second");
      }},
     {"nested tidy, inner result dropped by outer",
      [](MemoryRoom& room) { tidy([&] { const Tensor inner = tidy([&] { return ops::square(room.at("a")); }); }); }},
     {"outside tidy: a+1+1 leaves the middle", [](MemoryRoom& room) {
        const Tensor& a = room.at("a");
        Tensor middle = a + like(a, 1);
        Tensor sum = middle + like(a, 1);
        room.leave(std::move(middle));
        room.hold("sum", std::move(sum));
      }}}};

const Script kVariables{
    "variables live through tidy",
    {{"w = variable in tidy", [](MemoryRoom& room) { tidy([&] { room.hold("w", watch(room.make(kFloat, {3}))); }); }},
     {"w.assign(ones)", [](MemoryRoom& room) { room.hold("w", watch(room.make(kFloat, {3}, 1))); }},
     {"dispose w", [](MemoryRoom& room) { room.dispose("w"); }}}};

Tensor square_sum(const Tensor& x) {
  return ops::sum(ops::square(x));
}

Tensor slope(const Tensor& w) {
  return ops::gradients(square_sum(w), {&w, 1})[0];
}

// TF.js keeps the rate of plain descent as a tensor; Adam has two moments for a weight and two running powers.
void descend(MemoryRoom& room) {
  room.hold("learning rate", room.make(kFloat, {}, 0.1f));
  const Tensor& w = room.at("w");
  room.hold("w", watch(tidy([&] { return w - room.at("learning rate") * slope(w); })));
}

void adapt(MemoryRoom& room) {
  const auto scaled = [](float kept, const Tensor& new_share) {
    return tidy([&] { return like(new_share, 1 - kept) * new_share; });
  };
  const Tensor w = room.at("w");
  const Tensor gradient = tidy([&] { return slope(w); });
  room.hold("first moment", scaled(0.9f, gradient));  // both began at zero
  room.hold("second moment", scaled(0.999f, ops::square(gradient)));
  room.hold("first power", room.make(kFloat, {}, 0.9f));
  room.hold("second power", room.make(kFloat, {}, 0.999f));
  room.hold("w", watch(tidy([&] {
              const Tensor one = like(w, 1);
              const Tensor first = ops::div(room.at("first moment"), one - room.at("first power"));
              const Tensor second = ops::div(room.at("second moment"), one - room.at("second power"));
              return w - ops::div(0.001f * first, ops::sqrt(second) + like(w, 1e-7f));
            })));
}

const Script kGradients{
    "gradients",
    {{"a = float32 [4]", [](MemoryRoom& room) { room.hold("a", room.make(kFloat, {4}, 3)); }},
     {"g = grad(sum(a^2))",
      [](MemoryRoom& room) { room.hold("g", tidy([&] { return ops::grad(square_sum)(room.at("a")); })); }},
     {"w = variable [4]; {value, grads} = variableGrads",
      [](MemoryRoom& room) {
        room.hold("initial", room.make(kFloat, {4}, 2));
        room.hold("w", watch(room.at("initial")));
        const Tensors answers = tidy([&] {
          const Tensor& w = room.at("w");
          return Tensors{square_sum(w), slope(w)};
        });
        room.hold("value", answers[0]);
        room.hold("gradient", answers[1]);
      }},
     {"one sgd step with minimize", descend},
     {"one adam step (two slots per weight, two power accumulators)", adapt}}};

const Script kModel{
    "a Layers model",
    {{"dense(3 -> 4 -> 2)",
      [](MemoryRoom& room) {
        room.hold("kernel 1", watch(room.make(kFloat, {3, 4}, 0.5f)));
        room.hold("bias 1", watch(room.make(kFloat, {4})));
        room.hold("kernel 2", watch(room.make(kFloat, {4, 2}, 0.25f)));
        room.hold("bias 2", watch(room.make(kFloat, {2})));
      }},
     {"compile with sgd", [](MemoryRoom& room) { room.hold("learning rate", room.make(kFloat, {}, 0.01f)); }},
     {"x [8,3], y [8,2]",
      [](MemoryRoom& room) {
        room.hold("x", room.make(kFloat, {8, 3}, 1));
        room.hold("y", room.make(kFloat, {8, 2}, 2));
      }},
     {"predict, result kept",
      [](MemoryRoom& room) { room.hold("prediction", tidy([&] { return predict(weights_of(room), room.at("x")); })); }},
     {"fit, 2 epochs", fit},
     {"fit again", fit},
     {"evaluate, result disposed",
      [](MemoryRoom& room) {
        tidy([&] { ops::mean(ops::square(predict(weights_of(room), room.at("x")) - room.at("y"))); });
      }},
     {"model.dispose", [](MemoryRoom& room) {
        for (const std::string_view name : kWeights) room.dispose(name);
        room.dispose("learning rate");
      }}}};

const Script kTexts{"string tensors are estimated",
                    // Texts are values of the host: they take none of a device's memory.
                    {{"s = ['ab', 'cde']", [](MemoryRoom& room) {
                        room.hold_texts("s", {"ab", "cde"});
                      }}}};

}  // namespace

const std::vector<Script>& memory_scripts() {
  static const std::vector<Script> scripts = {kCreate, kViews, kTidy, kVariables, kGradients, kModel, kTexts};
  return scripts;
}

}  // namespace vitrine::conformance
