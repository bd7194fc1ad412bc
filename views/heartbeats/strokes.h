// What a hand does to a beat: draws over it, bends it near one step, smooths it. Steps and values only; no pixels.
#pragma once

#include <span>

namespace vitrine::views::heartbeats {

struct Place {
  double step = 0, value = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

// Every step from one place to the other takes the value of the straight line between them, also backwards. Steps
// beyond the ends of the beat are left out.
void draw_stroke(std::span<float> beat, const Place& from, const Place& to);
// The step moves by that much, its neighbours less the further they are.
void bend(std::span<float> beat, double step, double by);
// Each value becomes the mean of itself, twice, and of its neighbours.
void smooth(std::span<float> beat);

}  // namespace vitrine::views::heartbeats
