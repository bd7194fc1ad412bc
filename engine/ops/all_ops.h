// Every op of the engine, once. Tests, documentation and backends that want them all ask here.
#pragma once

#include <span>
#include <string_view>

#include "engine/tensor/op.h"

namespace vitrine::ops {

std::span<const Op* const> all_ops();
const Op* find_op(std::string_view name);  // null when there is none

}  // namespace vitrine::ops
