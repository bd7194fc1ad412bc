// VITRINE_ASSERT states what must hold if our own code is right. It stays on in release builds: a wrong picture that
// looks right is worse than a stop. What a person can cause is an Error, never an assertion.
#pragma once

namespace vitrine {
[[noreturn]] void assertion_failed(const char* what, const char* file, int line) noexcept;
}

#define VITRINE_ASSERT(condition) ((condition) ? (void)0 : ::vitrine::assertion_failed(#condition, __FILE__, __LINE__))
