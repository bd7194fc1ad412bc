// Generated heartbeats: one beat is a sum of eight Gaussian waves (what is left of the last R peak, S, the way back, T,
// P and the next complex), each with a height, a time and a width. Beats of one kind differ by six movements of all
// waves together, by heart rate, by a wandering baseline and by noise; then each is brought to mean 0 and deviation 1,
// as in ECG5000. The numbers were fitted so that the set behaves as ECG5000 does: its five kinds in their proportions,
// and as easy or hard for a mean beat, for principal components and for a nearest neighbour.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "datasets/dataset.h"

namespace vitrine::datasets {

inline constexpr std::size_t kBeatSamples = 140, kBeatKinds = 5;
inline constexpr double kBeatRate = 175;  // samples a second: a beat is 0.8 s long, 75 of them a minute

struct BeatRecipe {
  std::uint64_t seed = 1;
  std::size_t count = 5000;
  // How much of each variation, 1 as in the real set.
  float rate = 1, amplitude = 1, baseline = 1, noise = 1;
};

std::span<const std::string_view> beat_kinds();  // names; kind 0 is the normal beat
// How many beats of each kind there are among `count`: the proportions of ECG5000.
std::array<std::size_t, kBeatKinds> beats_of_each_kind(std::size_t count);
// The item-th beat of the kind that a recipe names.
void make_beat(const BeatRecipe& recipe, std::size_t kind, std::uint64_t item, std::span<float> samples);
Dataset heartbeats(const BeatRecipe& recipe);

}  // namespace vitrine::datasets
