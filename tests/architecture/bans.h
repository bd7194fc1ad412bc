// A ban names words that some folders do not use, and what they use instead. One table holds them all.
#pragma once

#include "tests/architecture/source.h"

namespace vitrine::architecture {

Findings banned_words(const SourceFile& file);  // in code: comments and literals may name them
Findings banned_texts(const SourceFile& file);  // anywhere in a file

}  // namespace vitrine::architecture
