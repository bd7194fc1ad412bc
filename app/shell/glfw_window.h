// GLFW's part of the window: the library from first to last, and one window with an OpenGL context that knows where it
// stands and where it stood.
#pragma once

#include "app/shell/settings.h"

struct GLFWwindow;

namespace vitrine::shell {

class Library {
 public:
  Library();  // DisplayError where there is no display
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

class Window {
 public:
  explicit Window(const Settings& settings);  // DisplayError without OpenGL
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  GLFWwindow* handle() const { return handle_; }
  float content_scale() const;
  void full_screen(bool wanted);
  void remember_place(Settings& settings) const;
  void put_back(const Settings& settings);  // where it stood before, if that can be seen

 private:
  GLFWwindow* handle_ = nullptr;
  bool full_ = false;
  int x_ = 0, y_ = 0, width_ = 0, height_ = 0;  // before full screen
};

float screen_scale();  // of the screen on which windows open

}  // namespace vitrine::shell
