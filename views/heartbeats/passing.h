// Passing is what a flagged validation beat would have to look like to pass: the smallest change of it, by the model of
// the moment.
#pragma once

#include <memory>

#include "views/heartbeats/findings.h"
#include "views/heartbeats/smallest_change.h"

namespace vitrine::views::heartbeats {

struct Passing {
  std::size_t beat = 0;  // of the validation rows
  Change change;
};

struct Evidence {  // the model, and what it says of the validation rows
  const nn::Model& model;
  const nn::Weights& weights;
  const Beats& beats;
  const Rebuilt& rebuilt;
  double threshold;
};

// Null where there is no such beat, where it passes as it is, or where no change was found.
std::shared_ptr<const Passing> passing_of(const Evidence& evidence, std::int64_t beat);

}  // namespace vitrine::views::heartbeats
