// Bytes in the unit that leaves at most three digits.
#include "views/held.h"

#include "engine/core/number.h"

namespace vitrine::views {

work::ReadOut held(Backend& backend) {
  static constexpr const char* kUnits[] = {"B", "kB", "MB", "GB"};
  auto bytes = static_cast<double>(backend.ledger().bytes());
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < std::size(kUnits); ++unit) bytes /= 1000;
  const std::string text = fixed_text(bytes, unit > 1 && bytes < 10 ? 1 : 0) + " " + kUnits[unit];
  return {"held", static_cast<double>(backend.ledger().count()), "tensors, " + text, 0};
}

}  // namespace vitrine::views
