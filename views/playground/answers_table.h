// What the network answers over the plane, as a table for other programs: a row a place, a column an answer.
#pragma once

#include <string>

#include "views/playground/session.h"

namespace vitrine::views::playground {

// Places of a regular grid among the pixels that the field has: no more than a spreadsheet or a plot can use.
inline constexpr int kMostTablePlaces = 100;  // along an edge

// CSV with the columns x1, x2 and answer; of several classes, with the share of each.
std::string answers_csv(const Snapshot& s);

}  // namespace vitrine::views::playground
