// The window is the app on a screen: GLFW for display and input, OpenGL for pixels, and a loop that sleeps until
// something has changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "app/shell/places.h"

namespace vitrine::shell {

// What a window found out about itself: it opens the Playground, trains as fast as it can, rests, and closes.
struct Measured {
  double first_frame = 0;        // seconds since the epoch when it stood on screen
  double frames_per_second = 0;  // while training at full speed
  double idle_share = 0;         // of one core, over ten seconds in which nothing happens
};

struct WindowOptions {
  std::filesystem::path open = {};  // a .vitrine file
  std::string exhibit = {};         // an id; empty: the gallery
  std::string device = "auto";
  int threads = 0;
  std::uint64_t seed = 0;
  Environment environment = {};
  std::string version = {};
  std::function<void(const Measured&)> measured = {};  // called once, by a window that is there to be measured
};

// Returns the exit code. DisplayError when there is no display or no OpenGL, before anything was shown.
int run_window(const WindowOptions& options);

}  // namespace vitrine::shell
