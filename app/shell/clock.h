// Times of the shell are seconds of its own clock, which is handed down the frame.
#pragma once

namespace vitrine::shell {

inline constexpr double kNever = 1e9;  // seconds: later than anybody waits

}  // namespace vitrine::shell
