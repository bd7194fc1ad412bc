// A Task of the bench is one thing that can be timed: a name, what may follow its colon, and a function that prepares
// it and measures it. Each family of tasks is a file of this folder with its list; bench.cpp knows the lists.
#pragma once

#include <algorithm>
#include <chrono>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/print.h"
#include "engine/graph/plan.h"

namespace vitrine::cli {

struct Measured {
  std::vector<double> milliseconds;  // ascending; empty when interrupted
  double at(double share) const;     // 0.5: the median
};

// The work that no kernel can avoid: arithmetic, and memory that is read or written at least once.
struct Floor {
  double flops = 0, bytes = 0;
  double rounds = 1;  // the same memory is gone through so many times
  Floor times(double count) const { return {flops * count, bytes * count, rounds * count}; }
};
// Of one run. Of products only those of matrices are known; a task with others says their flops itself.
Floor floor_of(const Plan& plan);

struct Setting {
  Backend& backend;
  std::string_view choice;  // what followed the colon, or the task's fallback
  std::stop_token stop;
  double seconds;  // to measure; a fifth of it warms caches, clocks and branch predictors up before
};

struct Result {
  Measured measured;
  Floor floor;
  Line figures;  // besides those of every task
};

struct Task {
  std::string_view name, fallback, meaning;
  Result (*run)(const Setting& setting);
};

std::span<const Task> playground_tasks();
std::span<const Task> autoencoder_tasks();
std::span<const Task> convnet_tasks();
std::span<const Task> product_tasks();

// Numbers in -1 … 1 that do not repeat soon; their values do not matter, their being ordinary numbers does.
std::vector<float> ordinary(std::size_t count, std::uint32_t seed = 1);

// Names what a training run left: equal for every variant of the kernels and every number of threads.
std::string hash_of_run(const Slab& slab);

// What follows the colon must be one of these.
[[noreturn]] void refuse_choice(std::string_view choice, std::string_view expected);

inline constexpr std::size_t kLeastSamples = 11, kMostSamples = 20000;

// Times `work()` again and again. Work that takes long is warmed up once and measured at
// least eleven times; once if no time is given to measure at all.
template <class Work>
Measured measure(const Setting& setting, const Work& work) {
  using Clock = std::chrono::steady_clock;
  Measured measured;
  measured.milliseconds.reserve(kMostSamples);
  const auto later = [](double seconds) { return Clock::now() + std::chrono::duration<double>(seconds); };
  const auto warm = later(setting.seconds / 5);
  do work();
  while (Clock::now() < warm && !setting.stop.stop_requested());
  const auto end = later(setting.seconds);
  const std::size_t least = setting.seconds > 0 ? kLeastSamples : 1;
  const auto enough = [&] {
    const std::size_t n = measured.milliseconds.size();
    return n == kMostSamples || (n >= least && Clock::now() >= end);
  };
  while (!setting.stop.stop_requested() && !enough()) {
    const auto began = Clock::now();
    work();
    measured.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
  std::sort(measured.milliseconds.begin(), measured.milliseconds.end());
  return measured;
}

}  // namespace vitrine::cli
