// How often a test of many tries tries: seldom in every run, often when the test program is started with --long.
#pragma once

namespace vitrine::testing {

int count(int usual, int when_long);

// Where every access is checked, drawing and training take twenty times as long.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool kSanitised = true;
#else
inline constexpr bool kSanitised = false;
#endif

}  // namespace vitrine::testing
