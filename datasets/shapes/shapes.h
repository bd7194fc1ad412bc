// Shapes: eight plain figures of any colour, size and turn on a ground of another colour.
#pragma once

#include "datasets/catalog.h"

namespace vitrine::datasets {

Dataset shapes(const Recipe& recipe);

}  // namespace vitrine::datasets
