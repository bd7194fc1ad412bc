// One beat at a time: move the waves, sum them, let the baseline wander, add noise, standardise.
#include "datasets/heartbeats/heartbeats.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "datasets/array.h"
#include "datasets/heartbeats/waves.h"
#include "datasets/split.h"
#include "engine/core/assert.h"
#include "engine/core/random.h"

namespace vitrine::datasets {
namespace {

constexpr std::uint64_t kBeatKey = 0x4265617473ull;  // keeps these numbers apart from other uses of a seed
constexpr float kRateDeviation = 0.01f;              // of the length of a beat; most of it is in the movements
constexpr float kBaselineDeviation = 0.06f;          // of its slope and of its slow wave
constexpr float kNoiseDeviation = 0.1f;
constexpr float kNarrowest = 1.2f, kWidest = 60;  // samples: below, a wave would fall between two of them

// One beat in so many, counted rather than drawn, so that small sets have their share as well.
bool is_restless(const BeatKind& kind, std::uint64_t item) {
  const auto number = static_cast<double>(item), share = static_cast<double>(kind.restless);
  return std::floor((number + 1) * share) > std::floor(number * share);
}

Waves moved_waves(const BeatKind& kind, bool restless, const BeatRecipe& recipe, random::Draw& draw) {
  const float reach = (restless ? kind.wild : kind.calm) * recipe.amplitude;
  Waves waves = kind.mean;
  for (const Waves& movement : kind.movements) {
    const float by = reach * draw.truncated_normal();
    for (std::size_t i = 0; i < waves.size(); ++i) waves[i] += by * movement[i];
  }
  const float longer = 1 + kRateDeviation * recipe.rate * draw.normal();
  for (std::size_t i = kWaves; i < waves.size(); ++i) waves[i] *= longer;
  for (std::size_t i = 2 * kWaves; i < waves.size(); ++i) waves[i] = std::clamp(waves[i], kNarrowest, kWidest);
  return waves;
}

// Adds the waves, each where it is more than nothing: further out than so many widths it rounds to zero.
void add_waves(const Waves& waves, std::span<float> samples) {
  constexpr float kReach = 14.5f;  // e^(-14.5^2 / 2) < 2^-150
  const auto last = static_cast<float>(samples.size());
  for (std::size_t wave = 0; wave < kWaves; ++wave) {
    const float middle = waves[kWaves + wave], width = waves[2 * kWaves + wave];
    const auto from = static_cast<std::size_t>(std::clamp(middle - kReach * width, 0.0f, last));
    const auto to = static_cast<std::size_t>(std::clamp(middle + kReach * width + 1, 0.0f, last));
    for (std::size_t i = from; i < to; ++i) {
      const float away = (static_cast<float>(i) - middle) / width;
      samples[i] += waves[wave] * math::exp_of(-0.5f * away * away);
    }
  }
}

// White noise over five samples: an electrode's noise is no faster than its amplifier.
void add_noise(float deviation, random::Draw& draw, std::span<float> samples) {
  constexpr std::array<float, 5> kTaps{1, 2, 3, 2, 1};
  constexpr float kLength = 4.35889894f;  // of the taps: sqrt(19)
  std::array<float, 5> recent;
  for (float& value : recent) value = draw.normal();
  for (float& sample : samples) {
    float smooth = 0;
    for (std::size_t i = 0; i < kTaps.size(); ++i) smooth += kTaps[i] * recent[i];
    sample += deviation / kLength * smooth;
    std::rotate(recent.begin(), recent.begin() + 1, recent.end());
    recent.back() = draw.normal();
  }
}

void standardise(std::span<float> samples) {
  const auto count = static_cast<float>(samples.size());
  float mean = 0, square = 0;
  for (const float sample : samples) mean += sample / count;
  for (const float sample : samples) square += (sample - mean) * (sample - mean) / count;
  const float deviation = math::square_root(square);
  for (float& sample : samples) sample = (sample - mean) / deviation;
}

}  // namespace

std::span<const std::string_view> beat_kinds() {
  static const auto kNames = [] {
    std::array<std::string_view, kBeatKinds> names;
    std::ranges::transform(beat_table(), names.begin(), &BeatKind::name);
    return names;
  }();
  return kNames;
}

std::array<std::size_t, kBeatKinds> beats_of_each_kind(std::size_t count) {
  // Rounded over the running total, so that the parts add up to the whole.
  std::array<std::size_t, kBeatKinds> counts;
  std::size_t of_5000 = 0, given = 0;
  for (std::size_t kind = 0; kind < kBeatKinds; ++kind) {
    of_5000 += static_cast<std::size_t>(beat_table()[kind].of_5000);
    counts[kind] = (count * of_5000 + 2500) / 5000 - given;
    given += counts[kind];
  }
  return counts;
}

void make_beat(const BeatRecipe& recipe, std::size_t kind, std::uint64_t item, std::span<float> samples) {
  VITRINE_ASSERT(kind < kBeatKinds && samples.size() == kBeatSamples);
  random::Draw draw(recipe.seed ^ kBeatKey, static_cast<std::uint32_t>(kind), item);
  const BeatKind& table = beat_table()[kind];
  const Waves waves = moved_waves(table, is_restless(table, item), recipe, draw);
  const float slope = kBaselineDeviation * recipe.baseline * draw.normal();
  const float sway = kBaselineDeviation * recipe.baseline * draw.normal();
  std::ranges::fill(samples, 0.0f);
  add_waves(waves, samples);
  for (std::size_t i = 0; i < kBeatSamples; ++i) {
    const float along = static_cast<float>(i) * 2 / static_cast<float>(kBeatSamples);
    samples[i] = samples[i] + slope * (along - 1) + sway * math::cos_of(3.14159265f * along);
  }
  add_noise(kNoiseDeviation * recipe.noise, draw, samples);
  standardise(samples);
}

Dataset heartbeats(const BeatRecipe& recipe) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> beats;  // kind and number
  for (std::uint32_t kind = 0; kind < kBeatKinds; ++kind) {
    for (std::uint32_t i = 0; i < beats_of_each_kind(recipe.count)[kind]; ++i) beats.emplace_back(kind, i);
  }
  std::vector<ItemId> order(beats.size());
  for (ItemId i = 0; i < order.size(); ++i) order[i] = i;
  shuffle(order, recipe.seed, 0);
  std::vector<float> values(beats.size() * kBeatSamples), labels;
  labels.reserve(beats.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto [kind, number] = beats[order[i]];
    make_beat(recipe, kind, number, std::span(values).subspan(i * kBeatSamples, kBeatSamples));
    labels.push_back(static_cast<float>(kind));
  }
  Info info;
  info.id = "heartbeats", info.label = "Heartbeats";
  info.what = "Single beats of an electrocardiogram, most of them normal, some of four other kinds.";
  info.source = "Generated: a model of eight waves, fitted to behave as ECG5000 does.";
  info.licence = "Made by Vitrine; free to use.";
  info.kind = ItemKind::series;
  info.shape = {1, kBeatSamples, 1};
  info.value_unit = "standard deviations of the beat", info.step_unit = "sample";
  info.classes.assign(beat_kinds().begin(), beat_kinds().end());
  return in_memory(std::move(info), packed_array(values, {1, kBeatSamples, 1}), std::move(labels));
}

}  // namespace vitrine::datasets
