// The catalog lists every data set once: id, what a person calls it, what is asked of a network, how it is made. An
// exhibit offers those it can use.
#pragma once

#include <span>
#include <string_view>

#include "datasets/plane/plane.h"

namespace vitrine::datasets {

enum class Task { classify, regress };

struct DataSet {
  std::string_view id;     // in files and on the command line: "xor"
  std::string_view label;  // on screen
  Task task;
  int count;  // points of a sample
  PlaneGenerator generate;
};

std::span<const DataSet> plane_sets();
const DataSet* find_plane_set(std::string_view id);  // null when there is none

}  // namespace vitrine::datasets
