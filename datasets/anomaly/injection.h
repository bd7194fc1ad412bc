// An Injection spoils a normal row in one of the ways in which recordings go wrong, as strongly as asked, declared
// once. So a person can ask what a model notices, also where no anomaly was ever recorded.
#pragma once

#include <span>
#include <string_view>

#include "engine/core/random.h"

namespace vitrine::datasets {

struct Injection {
  std::string_view id, label, meaning;
  // Strength 1 is about as large as the row varies by itself.
  void (*spoil)(std::span<float> row, float strength, random::Draw& draw);
};

std::span<const Injection> injections();
const Injection* find_injection(std::string_view id);  // null when there is none

}  // namespace vitrine::datasets
