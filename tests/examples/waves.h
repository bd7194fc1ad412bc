// Waves that begin at different places, with values between 0 and 1, for the examples.
#pragma once

#include <cmath>
#include <vector>

inline std::vector<float> waves(int count, int length) {
  std::vector<float> values;
  for (int wave = 0; wave < count; ++wave) {
    for (int i = 0; i < length; ++i) {
      values.push_back(0.5f + 0.4f * std::sin(0.05f * static_cast<float>(i + 2 * wave)));
    }
  }
  return values;
}
