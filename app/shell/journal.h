// The Journal is the last things that were asked of the app, in memory of its own that a crash report can still read.
#pragma once

#include <string_view>

namespace vitrine::shell::journal {

void note(std::string_view what);  // from any thread; a long one is cut
void write_to(int file) noexcept;  // oldest first; allowed in a signal handler

}  // namespace vitrine::shell::journal
