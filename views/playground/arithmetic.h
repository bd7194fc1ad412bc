// The arithmetic of one unit inside a step, written out with the numbers of the batch's first point.
#pragma once

#include "app/ui/network.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

// Line by line: the products, their sum with the bias, what the activation makes of it, and, once gradients are known,
// how each weight is about to move. Empty where there is nothing to write out.
std::vector<std::string> arithmetic_of(const Snapshot& s, ui::UnitAt unit);
// The same numbers as a table, a row for each input and one for the bias.
std::string arithmetic_csv(const Snapshot& s, ui::UnitAt unit);

}  // namespace vitrine::views::playground
