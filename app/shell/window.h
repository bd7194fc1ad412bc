// The window is the app on a screen: GLFW for display and input, OpenGL for pixels, and a loop that sleeps until
// something has changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/shell/measurement.h"
#include "app/shell/places.h"

namespace vitrine::shell {

struct WindowOptions {
  std::filesystem::path open = {};  // a .vitrine file
  std::string exhibit = {};         // an id; empty: the gallery
  std::string device = "auto";
  int threads = 0;
  std::uint64_t seed = 0;
  Environment environment = {};
  std::string version = {};
  std::optional<MeasurementOptions> measurement = {};  // a window that is there to be measured; nothing is remembered
};

// Returns the exit code. DisplayError when there is no display or no OpenGL, before anything was shown.
int run_window(const WindowOptions& options);

}  // namespace vitrine::shell
