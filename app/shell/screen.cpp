// Chooses the screen by the name that OpenGL gives itself.
#include "app/shell/screen.h"

#include <GL/gl.h>

#include <algorithm>
#include <string>

#include "app/shell/gl_screen.h"
#include "app/shell/memory_screen.h"
#include "engine/core/error.h"

namespace vitrine::shell {

bool draws_in_software(std::string_view renderer) {
  // Mesa's three, Google's, Microsoft's.
  constexpr std::string_view kInSoftware[] = {"llvmpipe", "softpipe", "Software Rasterizer", "SwiftShader",
                                              "GDI Generic"};
  return std::ranges::any_of(kInSoftware, [&](std::string_view each) { return renderer.find(each) != renderer.npos; });
}

std::unique_ptr<Screen> open_screen() {
  const auto* renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  if (!renderer)
    throw DisplayError({"OpenGL", "does not answer", "OpenGL 3.2", "nothing", "Install a graphics driver or Mesa."});
  if (draws_in_software(renderer)) return std::make_unique<MemoryScreen>();
  return std::make_unique<GlScreen>();
}

}  // namespace vitrine::shell
