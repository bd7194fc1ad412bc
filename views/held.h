// What a device holds for us, as the run bar's last read-out says it: buffers and bytes from the ledger.
#pragma once

#include "app/work/session.h"
#include "engine/tensor/backend.h"

namespace vitrine::views {

work::ReadOut held(Backend& backend);

}  // namespace vitrine::views
