// Every error that a person meets has its five parts: subject, fact, what was expected, what was got, and a way on. A
// place that leaves one out is found.
#pragma once

#include "tests/architecture/source.h"

namespace vitrine::architecture {

Findings incomplete_complaints(const SourceFile& file);

}  // namespace vitrine::architecture
