// Finds the taps of layers on the way to the loss, and asks for the gradients there.
#include "engine/learn/inside.h"

#include <set>

#include "engine/ops/arithmetic.h"
#include "engine/ops/gradients.h"
#include "engine/ops/layout.h"

namespace vitrine::learn {
namespace {

struct Tapped {
  std::string label;
  Tensor value;
};

std::vector<Tapped> taps_below(const Tensor& loss) {
  std::vector<Tapped> taps;
  std::set<const Node*> seen;
  std::vector<Tensor> open{loss};
  while (!open.empty()) {
    const Tensor t = open.back();
    open.pop_back();
    if (!seen.insert(&t.node()).second) continue;
    if (t.node().op == &ops::kTap) taps.push_back({std::get<std::string>(t.node().attrs[0]), t});
    for (const Tensor& input : t.node().inputs) open.push_back(input);
  }
  return taps;
}

}  // namespace

void show_inside(Tracer& tracer, const Tensor& loss, std::span<const Moved> moved, std::span<const Tensor> gradients) {
  for (std::size_t i = 0; i < moved.size(); ++i) {
    tracer.output(std::string(kGradientOf) + moved[i].name, gradients[i]);
  }
  const std::vector<Tapped> taps = taps_below(loss);
  if (taps.empty()) return;
  std::vector<Tensor> values;
  for (const Tapped& tap : taps) values.push_back(tap.value);
  const std::vector<Tensor> slopes = ops::gradients(loss, values);
  for (std::size_t i = 0; i < taps.size(); ++i) tracer.output(std::string(kSlopeAt) + taps[i].label, slopes[i]);
}

void show_moves(Tracer& tracer, std::span<const Moved> moved, std::span<const Tensor> before,
                std::span<const Tensor> after) {
  for (std::size_t i = 0; i < moved.size(); ++i) {
    tracer.output(std::string(kMoveOf) + moved[i].name, after[i] - before[i]);
  }
}

}  // namespace vitrine::learn
