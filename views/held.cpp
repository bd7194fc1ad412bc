// The count as the value, the bytes in words.
#include "views/held.h"

#include "engine/core/number.h"

namespace vitrine::views {

work::ReadOut held(Backend& backend) {
  const Ledger& ledger = backend.ledger();
  return {"held", static_cast<double>(ledger.count()), "tensors, " + bytes_text(static_cast<double>(ledger.bytes())),
          0};
}

}  // namespace vitrine::views
