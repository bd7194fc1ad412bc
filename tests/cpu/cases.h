// The cases that every kernel is called with: the op's own samples, and odd sizes around the lanes, tiles and chunks.
#pragma once

#include <vector>

#include "tests/cpu/calls.h"

namespace vitrine::test {

std::vector<const Op*> kernel_ops();  // that have a kernel: views have none, but for the one that may copy
std::vector<Case> cases_of(const Op& op);
std::vector<Case> large_cases_of(const Op& op);  // in which several threads take part; mostly none

}  // namespace vitrine::test
