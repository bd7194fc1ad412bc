// A CloseUp is what the big field shows: the answers of one unit over the window, each at the middle of a pixel. A Look
// is what a view asks for: whose answers, with how many pixels, and what is to be read out at a place. While the
// weights move a close-up is coarse, so that it costs training next to nothing; where they rest it becomes as fine as
// the pixels.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "views/playground/window.h"

namespace vitrine::views::playground {

// Answers over the plane, row after row from the top.
using Field = std::vector<float>;

// Somebody who answers: a feature (layer 0), or a unit of a layer; kOutput is the last layer, however many there are.
struct UnitPlace {
  static constexpr int kOutput = -1;
  int layer = kOutput, unit = 0;
  friend bool operator==(const UnitPlace&, const UnitPlace&) = default;
};

// Where a unit is read out: a place of the plane, or one of the points, by its number.
struct ReadPlace {
  static constexpr int kNoPoint = -1;
  double x = 0, y = 0;
  int point = kNoPoint;
  friend bool operator==(const ReadPlace&, const ReadPlace&) = default;
};

struct Look {
  int pixels = 100;  // along the edge of the field
  UnitPlace unit = {};
  std::optional<ReadPlace> place = {};
  friend bool operator==(const Look&, const Look&) = default;
};

struct CloseUp {
  std::uint64_t version = 0;  // of the weights, or where a feature is shown of the network it belongs to
  UnitPlace unit;             // one that there is: the output by its layer
  Window window;
  int edge = 0;                     // pixels along it
  std::vector<Field> answers = {};  // of the unit; where it is the output of several classes, of each
};

// Of a unit at a place. Gradients say how the loss rises with the sum before the activation (of a feature with what it
// is): the loss on all training points, and on the one that is read at.
struct UnitReading {
  UnitPlace unit;
  ReadPlace place;
  double answer = 0;
  std::optional<double> sum;  // a feature has none
  std::optional<double> gradient, gradient_here;
};

}  // namespace vitrine::views::playground
