// One entry a loss. Where a loss has no meaning for values (they are no shares and have no side), values are judged by
// squares.
#include "views/playground/losses.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/learn/objective.h"
#include "engine/ops/arithmetic.h"
#include "engine/ops/loss.h"
#include "engine/ops/reduction.h"

namespace vitrine::views::playground {
namespace {

Tensor known(const char* name, const Tensor& labels, const Tensor& answers) {
  return learn::judge_of_loss(name)(labels, answers);
}
Tensor half_square(Answer answer, const Tensor& labels, const Tensor& answers) {
  const Tensor each = 0.5f * ops::square(answers - labels);
  return answer == Answer::classes ? ops::sum(each, {1}) : each;
}
Tensor share(const Tensor& side) {  // -1 … 1 as a share of 0 … 1
  return 0.5f * (side + like(side, 1));
}

Tensor cross_entropy(Answer answer, const Tensor& labels, const Tensor& answers) {
  if (answer == Answer::value) return half_square(answer, labels, answers);
  if (answer == Answer::classes) return known("categoricalCrossentropy", labels, answers);
  return known("binaryCrossentropy", share(labels), share(answers));
}
Tensor hinge(Answer answer, const Tensor& labels, const Tensor& answers) {
  if (answer == Answer::value) return half_square(answer, labels, answers);
  return known(answer == Answer::classes ? "categoricalHinge" : "hinge", labels, answers);
}
Tensor absolute(Answer, const Tensor& labels, const Tensor& answers) {
  return known("meanAbsoluteError", labels, answers);
}
Tensor log_cosh(Answer, const Tensor& labels, const Tensor& answers) {
  return known("logcosh", labels, answers);
}
Tensor huber(Answer, const Tensor& labels, const Tensor& answers) {
  constexpr float kDelta = 1;  // where the square becomes a line
  return ops::mean(ops::huber_loss(labels, answers, kDelta, {.weights = {}, .reduction = ops::Reduction::none}), {1});
}

constexpr Loss kLosses[] = {
    {"squared", "Squared", half_square}, {"cross_entropy", "Cross-entropy", cross_entropy},
    {"hinge", "Hinge", hinge},           {"huber", "Huber", huber},
    {"absolute", "Absolute", absolute},  {"log_cosh", "Log cosh", log_cosh},
};

}  // namespace

std::span<const Loss> losses() {
  return kLosses;
}

const Loss& loss_named(std::string_view id) {
  const auto found = std::ranges::find(losses(), id, &Loss::id);
  VITRINE_ASSERT(found != losses().end());
  return *found;
}

}  // namespace vitrine::views::playground
