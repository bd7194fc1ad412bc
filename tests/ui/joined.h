// Faults of a page, a line each, as a test prints them.
#pragma once

#include <string>
#include <vector>

namespace vitrine::ui {

inline std::string joined(const std::vector<std::string>& faults) {
  std::string all;
  for (const std::string& one : faults) all += one + "\n";
  return all;
}

}  // namespace vitrine::ui
