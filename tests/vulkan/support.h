// A device to test on: the first usable one, software included, watched by the validation layer. Where there is none,
// every test here is skipped, and says so in a line that ctest counts as a skip.
#pragma once

#include <doctest/doctest.h>

#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/vulkan/backend.h"

namespace vitrine {

class WatchedDevice {
 public:
  explicit WatchedDevice(const std::filesystem::path& cache_folder = {}, bool memory_apart = false) {
    const auto devices = list_vulkan_devices();
    for (std::size_t i = 0; i < devices.size() && !backend_; ++i) {
      if (!devices[i].usable) continue;
      const auto listen = [this](std::string_view message) {
        const std::lock_guard lock(mutex_);
        messages_.emplace_back(message);
      };
      backend_ = make_vulkan_backend(static_cast<int>(i), {cache_folder, listen, memory_apart});
    }
    if (!backend_) std::cout << "Skipped: no Vulkan device, because " << devices.front().reason << ".\n";
  }
  ~WatchedDevice() {
    backend_.reset();  // what was not given back is reported here
    for (const auto& message : messages_) FAIL_CHECK(message);
  }
  explicit operator bool() const { return backend_ != nullptr; }
  Backend& operator*() const { return *backend_; }
  Backend* operator->() const { return backend_.get(); }

 private:
  std::mutex mutex_;
  std::vector<std::string> messages_;
  std::unique_ptr<Backend> backend_;
};

}  // namespace vitrine
