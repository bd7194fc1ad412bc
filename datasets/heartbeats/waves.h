// The numbers of the beat model: for each kind the waves of its mean beat and the movements in which its beats differ.
#pragma once

#include <array>
#include <span>

#include "datasets/heartbeats/heartbeats.h"

namespace vitrine::datasets {

inline constexpr std::size_t kWaves = 8, kMovements = 6;
// Heights of all waves (in deviations of the beat), then their times and their widths (in samples).
using Waves = std::array<float, 3 * kWaves>;

struct BeatKind {
  std::string_view name;
  int of_5000;  // in ECG5000
  // Beats move by `calm` times a normal number, and a `restless` share of them by `wild` times one: real normal beats
  // have long tails, and they are what makes some of them look ill.
  float calm, restless, wild;
  Waves mean;
  std::array<Waves, kMovements> movements;  // what one deviation of each movement adds
};

std::span<const BeatKind, kBeatKinds> beat_table();

}  // namespace vitrine::datasets
