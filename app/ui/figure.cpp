// A window that nobody sees, for two frames; the one on screen stays as it is.
#include "app/ui/figure.h"

#include <cmath>

#include "app/ui/draw.h"
#include "app/ui/headless.h"
#include "app/ui/png.h"
#include "app/ui/svg.h"

namespace vitrine::ui {
namespace {
constexpr float kMargin = 6;  // units round the widget

// Dear ImGui draws into one context at a time: the one we were called in is set again.
class Aside {
 public:
  Aside() : before_(ImGui::GetCurrentContext()) {}
  ~Aside() { ImGui::SetCurrentContext(before_); }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

 private:
  ImGuiContext* before_;
};

template <class Take>
std::string drawn(const Figure& figure, Take take) {
  Aside aside;
  const Theme theme(figure.look, kFigureScale, figure.compact);
  const float margin = theme.u(kMargin);
  Headless headless(static_cast<int>(std::ceil(theme.px(figure.width) + 2 * margin)),
                    static_cast<int>(std::ceil(theme.px(figure.height) + 2 * margin)), theme);
  const auto draw = [&](Ui& ui) {
    Region pane(ui, "figure", ui.window(), theme->pane);
    figure.draw(ui, ui.window().inset(margin));
  };
  headless.frame(draw);  // Dear ImGui knows the sizes of its windows a frame later
  return take(headless, draw);
}
}  // namespace

std::string figure_png(const Figure& figure) {
  return drawn(figure, [](Headless& headless, const auto& draw) {
    headless.frame(draw);
    return encode_png(headless.pixels());
  });
}

std::string figure_svg(const Figure& figure) {
  return drawn(figure, [](Headless& headless, const auto& draw) {
    Svg svg({0, 0, ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y}, kFigureScale);
    headless.frame([&](Ui& page) {
      page.svg = &svg;
      draw(page);
      page.svg = nullptr;
    });
    return svg.finish();
  });
}

}  // namespace vitrine::ui
