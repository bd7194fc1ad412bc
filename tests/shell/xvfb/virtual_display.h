// A display that is only memory: Xvfb on a free number, its screen as a file that a test can read.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/ui/texture.h"

class VirtualDisplay {
 public:
  // Null where Xvfb is not installed or does not start; `reason` then says which.
  static std::unique_ptr<VirtualDisplay> start(int width, int height, std::string& reason);
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

  const std::string& name() const { return name_; }  // ":93"
  vitrine::ui::Image screen() const;

 private:
  VirtualDisplay() = default;
  int process_ = 0;
  std::string name_;
  std::filesystem::path folder_;
};

bool installed(const std::string& program);
