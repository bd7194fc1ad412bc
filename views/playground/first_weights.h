// What weights and biases hold before anything was learnt.
#pragma once

#include "views/playground/points.h"

namespace vitrine::views::playground {

// As the published playground draws them, out of the stream that has drawn the points, or by one of the engine's
// initialisers; a seed of their own parts them from the points. `features`: those that are shown; where there are none
// the one input that says nothing has no links in the published playground, and draws none here.
void draw_first_weights(const Settings& settings, const NetShape& shape, std::size_t features,
                        datasets::SeedRandom& stream, Backend& backend, Slab& slab);

}  // namespace vitrine::views::playground
