// What the shell's tests share: a folder of this process that is gone when the test ends, and faults as one text.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

#include "app/ui/audit.h"

struct Scratch {
  std::filesystem::path folder;
  explicit Scratch(const std::string& name)
      : folder(std::filesystem::temp_directory_path() / ("vitrine-" + name + "-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder);
  }
  ~Scratch() { std::filesystem::remove_all(folder); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
};

inline std::string faults_of(const vitrine::ui::Audit& audit) {
  std::string all;
  for (const std::string& fault : audit.faults()) all += fault + "\n";
  return all;
}
