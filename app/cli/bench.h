// A BenchTask is one thing that `vitrine bench` measures: a name, what its argument is when none is given, a line of
// meaning, and a function that runs it many times and tells how long it took. The list of tasks is in bench.cpp.
#pragma once

#include <algorithm>
#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/print.h"
#include "engine/tensor/backend.h"

namespace vitrine::cli {

struct Measured {
  std::vector<double> milliseconds;  // ascending
  bool empty() const { return milliseconds.empty(); }
  double at(double share) const {
    return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1) + 0.5)];
  }
};

// Runs `work` until it is warm, then measures it for a second or until it is asked to stop.
template <class Work>
Measured measure(const std::stop_token& stop, const Work& work) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kWarmUp = std::chrono::milliseconds(200);  // caches, clocks and branch predictors settle
  constexpr auto kMeasure = std::chrono::milliseconds(1000);
  constexpr std::size_t kLeastSamples = 11, kMostSamples = 20000;
  const auto until = [&](Clock::duration length, auto enough, auto once) {
    const auto end = Clock::now() + length;
    for (std::size_t n = 0; !stop.stop_requested() && !enough(n) && (n < kLeastSamples || Clock::now() < end); ++n)
      once();
  };
  Measured measured;
  measured.milliseconds.reserve(kMostSamples);
  until(
      kWarmUp, [](std::size_t) { return false; }, work);
  until(
      kMeasure, [](std::size_t n) { return n == kMostSamples; },
      [&] {
        const auto began = Clock::now();
        work();
        measured.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
      });
  std::sort(measured.milliseconds.begin(), measured.milliseconds.end());
  return measured;
}

// Numbers in -1 … 1 that do not repeat soon; their values do not matter, their being ordinary numbers does.
std::vector<float> ordinary(std::size_t count);

struct BenchResult {
  Measured measured;
  Line figures;  // beside the times
};

struct BenchTask {
  std::string_view name, fallback, meaning;
  BenchResult (*run)(Backend& backend, const std::string& text, const std::stop_token& stop);
};

extern const BenchTask kPlaygroundEpoch, kPlaygroundSurface;
extern const BenchTask kConvNetStep, kDepthwise;
extern const BenchTask kSgemm;

}  // namespace vitrine::cli
