// The software rasteriser beside OpenGL: one recorded frame, drawn by both, hardly differs.
#include "app/ui/rasteriser.h"

#include <GLFW/glfw3.h>
#include <doctest/doctest.h>

#include <cstdlib>

#include "app/shell/driver.h"
#include "app/shell/gl_screen.h"
#include "tests/shell/xvfb/virtual_display.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

constexpr double kMeanDifference = 2.0 / 255;  // the figures of the issue: mean over all channels,
constexpr double kFarShare = 0.005;            // and the share of pixels off by more than
constexpr int kFar = 32;

struct PixelDifference {
  double mean = 0, far = 0;
};

PixelDifference difference(const ui::Image& a, const ui::Image& b) {
  double sum = 0, far = 0;
  const std::size_t pixels = a.rgba.size() / 4;
  for (std::size_t i = 0; i < pixels; ++i) {
    int most = 0;
    for (std::size_t c = 0; c < 3; ++c) {
      const int off = std::abs(int{a.rgba[4 * i + c]} - int{b.rgba[4 * i + c]});
      sum += off;
      most = std::max(most, off);
    }
    far += most > kFar;
  }
  return {sum / (3.0 * 255.0 * static_cast<double>(pixels)), far / static_cast<double>(pixels)};
}

// What the rasteriser knows as a pointer to the picture becomes OpenGL's number of it.
void give_gl_textures(const ImDrawData& data, GlTextures& textures) {
  for (int l = 0; l < data.CmdListsCount; ++l)
    for (ImDrawCmd& command : data.CmdLists[l]->CmdBuffer)
      if (command.TextureId) command.TextureId = textures.id(*static_cast<const ui::Texture*>(command.TextureId));
}

}  // namespace

TEST_CASE("the rasteriser draws what OpenGL draws") {
  std::string reason;
  const auto display = VirtualDisplay::start(640, 480, reason);
  if (!display) {
    MESSAGE("skipped: " << reason);
    return;
  }
  setenv("DISPLAY", display->name().c_str(), 1);
  setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
  unsetenv("WAYLAND_DISPLAY");
  REQUIRE(glfwInit());
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  constexpr int kWidth = 1600, kHeight = 1000;
  GLFWwindow* window = glfwCreateWindow(kWidth, kHeight, "comparison", nullptr, nullptr);
  REQUIRE(window);
  glfwMakeContextCurrent(window);

  for (const ui::Look look : {ui::Look::dark, ui::Look::light})
    for (const std::string_view exhibit : {"", "neuron", "playground"}) {
      CAPTURE(std::string(exhibit));
      Driver driver({.width = kWidth, .height = kHeight, .look = look, .threads = 1});
      if (!exhibit.empty()) driver.open(exhibit);
      driver.tell(work::command::Step{60});
      driver.settle();
      const ui::Image ours = driver.pixels();
      GlScreen screen;
      ImDrawData& data = *ImGui::GetDrawData();
      give_gl_textures(data, screen.textures());
      screen.draw(data, driver.window().ui().theme->wall);
      const ui::Image theirs = screen.read_pixels(kWidth, kHeight);
      const PixelDifference off = difference(ours, theirs);
      MESSAGE(std::string(exhibit) << ": mean " << off.mean * 255 << " of 255, " << off.far * 100 << " % far");
      CHECK(off.mean <= kMeanDifference);
      CHECK(off.far <= kFarShare);
    }
  glfwDestroyWindow(window);
  glfwTerminate();
}
