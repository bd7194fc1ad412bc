// Sentences over the top of the window: what went wrong, and what an app that died has left.
#include "app/shell/app.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"

namespace vitrine::shell {

using namespace ui;

Rect App::under_top_bar(const Ui& ui, float width, float height, bool right) const {
  const Rect all = ui.window();
  const float margin = ui.theme.u(3), top = ui.theme.px(measure::top_bar);
  const float w = std::min(width, all.w - 2 * margin), h = std::min(height, all.h - top - margin);
  return snap(Rect{right ? all.right() - margin - w : all.middle_x() - w / 2, top, w, h});
}

// Over everything, below the top bar: which of its actions was pressed, as error_banner has it.
int App::draw_banner(Ui& ui, const char* id, const ErrorText& error) {
  Rect place = under_top_bar(ui, ui.theme.u(kWideOverlay * 1.5f), ui.theme.u(40), false);
  ImGui::SetNextWindowPos(top_left(place));
  ImGui::SetNextWindowSize({place.w, place.h});
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoSavedSettings);
  int pressed = -1;
  {
    const Ground ground(ui, ui.theme->raised);
    const Rect whole = place;
    ImDrawListSplitter layers;  // the ground is known when the banner has taken its height
    layers.Split(ui.canvas(), 2);
    layers.SetCurrentChannel(ui.canvas(), 1);
    pressed = error_banner(ui, place, id, error);
    layers.SetCurrentChannel(ui.canvas(), 0);
    const float gap = ui.theme.u(4);  // what the banner keeps from the content it pushes
    fill(ui, {whole.x, whole.y, whole.w, place.y - whole.y - gap}, ui.theme->raised,
         ui.theme.px(measure::radius_button));
    layers.Merge(ui.canvas());
  }
  ImGui::End();
  if (pressed == 1) ImGui::SetClipboardText((error.fact + " " + error.remedy).c_str());
  return pressed;
}

void App::draw_trouble(Ui& ui) {
  if (trouble_.empty()) return;
  const std::size_t end = trouble_.find("; ");
  const std::string remedy = end == std::string::npos ? std::string() : trouble_.substr(end + 2);
  const int pressed =
      draw_banner(ui, "trouble", {.fact = trouble_.substr(0, end), .remedy = remedy, .action = "Open another file"});
  if (pressed == 0) asked_ = Overlay::open;
  if (pressed == 0 || pressed == 2) trouble_.clear();
}

// What the last end, if it was none of ours, has left behind. Trouble of now comes first.
void App::draw_rescue(Ui& ui) {
  if (!trouble_.empty() || (!rescue_->left() && !report_)) return;
  ErrorText error{.fact = "Vitrine did not end as it should the last time.", .remedy = {}, .action = {}};
  if (rescue_->left()) {
    const std::filesystem::path& file = rescue_->left()->file;
    error.fact += file.empty() ? " There is work that was not saved."
                               : " There is work on " + file.filename().string() + " that was not saved.";
    error.remedy = "Restore it, or close this to go on without it.";
    error.action = "Restore";
  }
  if (report_)
    error.remedy += (error.remedy.empty() ? "A report is in " : " A report is in ") + report_->string() + ".";
  const int pressed = draw_banner(ui, "rescue", error);
  if (pressed != 0 && pressed != 2) return;
  report_.reset();
  if (!rescue_->left()) return;
  if (pressed == 2) return rescue_->decline();
  after_this_frame([](App& app) { app.restore(); });
}

}  // namespace vitrine::shell
