// A kernel joins the library by standing in one of these files: a Registration at namespace scope names it.
#pragma once

#include "engine/cpu/kernel_abi.h"

namespace vitrine::cpu {

struct Registration {
  Registration(const char* name, void (*prepare)(Call&) noexcept,
               void (*run)(const Call&, std::int64_t, std::int64_t) noexcept) noexcept;
};

}  // namespace vitrine::cpu
