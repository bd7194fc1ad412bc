// What the columns of a table most likely mean, by their names and by what they hold.
#pragma once

#include <cstddef>
#include <vector>

#include "datasets/files/csv.h"

namespace vitrine::datasets {

bool holds_words(const Column& column);
bool means_numbers(const Column& column);  // holds them, or is called or filled so that its words are faults

// The one called label, class, target, species, category, group, kind or cluster; else y, where there is no x; else the
// last one of words that could be classes; else the last that is called nothing of x, y, x1 and x2.
std::size_t usual_label(const Table& table);

// The columns to place points by, the likeliest first: those called x1 and x2, or x and y; then the others of numbers,
// at last those that only count the rows. Without the label.
std::vector<std::size_t> usual_places(const Table& table, std::size_t label);

}  // namespace vitrine::datasets
