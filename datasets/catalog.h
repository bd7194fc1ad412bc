// The catalog lists every data set that is built in, once: id, what a person calls it, what is asked of a network, how
// it is made. An exhibit offers those it can use. What lies in files comes through the loaders of datasets/files
// instead.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.h"
#include "datasets/plane/plane.h"
#include "engine/core/error.h"

namespace vitrine::datasets {

// A kind of labelled points on the plane.
struct DataSet {
  std::string_view id;     // in files and on the command line: "xor"
  std::string_view label;  // on screen
  Task task;
  int count;  // points of a sample
  PlaneGenerator generate;
  int classes;  // 2: labels -1 and +1; more: their numbers; 0: a value
  std::string_view what;
};

std::span<const DataSet> plane_sets();               // those that published playground addresses name
std::span<const DataSet> all_plane_sets();           // those, and ours
const DataSet* find_plane_set(std::string_view id);  // null when there is none

// What names one sample of a built-in set exactly. Zero: as the set has it.
struct Recipe {
  std::uint64_t seed = 1;
  std::size_t count = 0;  // items
  std::size_t edge = 0;   // pixels of a picture's side
  float noise = 0;        // points: 0 … 0.5
};

struct Entry {
  std::string_view id, label, what;
  ItemKind kind;
  std::size_t count, edge;  // what a recipe's zeros stand for
  std::function<Dataset(const Recipe&)> make;
  std::function<std::optional<Complaint>()> missing;  // what this system lacks for it, if anything
};

std::span<const Entry> catalog();
const Entry* find_entry(std::string_view id);
// UsageError for an id that is not there or a recipe out of bounds, FileError when something of the system is missing.
Dataset make_dataset(std::string_view id, const Recipe& recipe);

}  // namespace vitrine::datasets
