// A Form is what is known of a tensor before a batch comes: its type and extents, of which -1 is unknown. The first
// extent is the batch.
#pragma once

#include <span>

#include "engine/tensor/op.h"

namespace vitrine::nn {

inline constexpr std::int64_t kUnknown = -1;

struct Form {
  Integers extents;
  DType dtype = DType::float32;
  std::size_t rank() const { return extents.size(); }
  friend bool operator==(const Form&, const Form&) = default;
};

std::string text_of(const Form& form);  // "[?, 28, 28, 1]"

}  // namespace vitrine::nn
