// Replays memory.json.
#include "tests/conformance/corpus.h"
#include "tests/conformance/sections.h"

namespace vitrine::conformance {
void replay_memory(const Replay&) {}
}  // namespace vitrine::conformance
