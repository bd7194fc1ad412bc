// Bytes in the largest unit that leaves a whole number.
#include "views/held.h"

#include "engine/core/number.h"

namespace vitrine::views {

work::ReadOut held(Backend& backend) {
  static constexpr const char* kUnits[] = {"B", "kB", "MB", "GB"};
  auto bytes = static_cast<std::int64_t>(backend.ledger().bytes());
  std::size_t unit = 0;
  for (; bytes >= 10000 && unit + 1 < std::size(kUnits); ++unit) bytes = (bytes + 500) / 1000;
  return {"held", static_cast<double>(backend.ledger().count()), "tensors, " + to_text(bytes) + " " + kUnits[unit], 0};
}

}  // namespace vitrine::views
