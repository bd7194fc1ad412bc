// How often a test of many tries tries: seldom in every run, often when the test program is started with --long.
#pragma once

namespace vitrine::testing {

int count(int usual, int when_long);

}  // namespace vitrine::testing
