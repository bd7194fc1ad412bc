// Textures: eight ways to fill a plane with two colours, at any scale and turn. They have no outline, so a network must
// look at how near things repeat.
#pragma once

#include "datasets/catalog.h"

namespace vitrine::datasets {

Dataset textures(const Recipe& recipe);

}  // namespace vitrine::datasets
