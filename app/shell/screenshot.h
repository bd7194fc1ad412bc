// A Screenshot is one frame of one exhibit, or of the gallery, drawn without window, thread or clock: the same
// arguments and the same fonts give the same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace vitrine::shell {

struct ScreenshotOptions {
  std::string exhibit;  // an id, or "gallery"
  std::filesystem::path out;
  int width = 1600, height = 1000;  // device pixels
  double scale = 1;
  std::string theme = "dark";  // "dark", "light", "contrast"
  std::int64_t steps = 0;
  std::vector<std::pair<std::string, std::string>> set = {};  // control path and value, in order
  std::filesystem::path open = {};                            // any file that the window opens; its exhibit is shown
  std::string device = "cpu";
  int threads = 0;
  std::uint64_t seed = 0;
  std::filesystem::path cache = {};  // as AppOptions has it
};

struct Screenshot {
  std::string exhibit;  // an id, or a page's name
  int width = 0, height = 0;
  std::size_t bytes = 0;   // of the file
  std::string state_hash;  // 32 hex digits; empty for the gallery
};

Screenshot take_screenshot(const ScreenshotOptions& options);

}  // namespace vitrine::shell
