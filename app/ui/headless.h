// Headless is the window that is not there: a Dear ImGui context with a clock of its own, input from a script, and the
// rasteriser for a screen. Tests, screenshots and the scripted driver run the very code of the window in it.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "app/ui/fonts.h"
#include "app/ui/imgui_compat.h"
#include "app/ui/ui.h"

namespace vitrine::ui {

class Headless {
 public:
  // Sizes in device pixels. Fonts are built for the theme's scale, or shared when given (they must have that scale).
  Headless(int width, int height, Theme theme, std::shared_ptr<Fonts> fonts = nullptr);
  ~Headless();
  Headless(const Headless&) = delete;
  Headless& operator=(const Headless&) = delete;

  // One frame of 1/60 s: input, begin_frame, draw, end_frame. True when the toast's action was taken.
  bool frame(const std::function<void(Ui&)>& draw);
  const Image& pixels();                // the last frame, drawn when asked for
  const ImDrawData& draw_data() const;  // the last frame, as recorded
  const Audit& audit() const { return audit_; }
  Ui& ui() { return ui_; }
  void set_look(Look look);
  void resize(int width, int height);

  // Input for the next frames.
  void push(const InputEvent& event) { input_.push(event); }
  void press(Key key, bool ctrl = false, bool shift = false, bool alt = false);  // down and up
  void type(std::string_view text);
  void click(float x, float y, int count = 1);
  bool input_waits() const { return !input_.empty(); }
  // Frames until all input was taken, and two more to settle.
  void settle(const std::function<void(Ui&)>& draw);

 private:
  std::shared_ptr<Fonts> fonts_;
  MemoryTextures textures_;
  Audit audit_;
  Ui ui_;
  ImGuiContext* context_;
  InputQueue input_;
  Image pixels_;
  bool drawn_ = false;
};

}  // namespace vitrine::ui
