// What GLFW tells about hands, put into the input queue in the words of imgui_compat.
#pragma once

#include <GLFW/glfw3.h>

#include <filesystem>
#include <vector>

#include "app/ui/imgui_compat.h"

namespace vitrine::shell {

struct GlfwInput {
  ui::InputQueue queue;
  std::vector<std::filesystem::path> dropped;
  bool came = true;            // something to draw for since the loop looked last
  float pixels_per_point = 1;  // of the pointer's coordinates

  void install(GLFWwindow* window);  // this must stay where it is while the window lives
};

}  // namespace vitrine::shell
