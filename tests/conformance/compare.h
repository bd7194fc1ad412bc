// Holding a tensor against the numbers of the corpus, and the target whose gradients the corpus has.
#pragma once

#include "tests/conformance/corpus.h"

namespace vitrine::conformance {

// Throws the first difference as a Failure; the case ends there.
void compare(const std::string& id, std::string part, const Tensor& got, const Numbers& want, Tolerance tolerance);
void expect_count(const std::string& id, const std::string& what, std::size_t got, std::size_t want);  // likewise
// Adds sum(tensor × weights) to a target; weights are constants.
void add_product(Tensor& target, const Tensor& tensor, const Numbers& weights, Backend& backend);

}  // namespace vitrine::conformance
