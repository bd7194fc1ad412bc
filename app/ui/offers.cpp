// Words, an icon and its menu.
#include "app/ui/offers.h"

#include <algorithm>
#include <vector>

#include "app/ui/button.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/figure.h"
#include "app/ui/row_parts.h"

namespace vitrine::ui {
namespace measure {
constexpr float offer_gap = 3 * unit;
}
namespace {
constexpr const char* kMenu = "save menu";
constexpr int kWays = 3;  // CSV, PNG, SVG
void copy(Ui& ui, const std::string& text, bool is_text) {
  const auto count = std::count(text.begin(), text.end(), '\n') - (is_text ? 0 : 1);
  ImGui::SetClipboardText(text.c_str());
  show_toast(ui, "Copied " + number_text(static_cast<double>(count), {.decimals = 0}) + (is_text ? " line" : " row") +
                     (count == 1 ? "" : "s") + (is_text ? "" : " as CSV"));
}

void take(Ui& ui, int way, const Export& out) {
  if (way == 0) return copy(ui, out.csv(), out.is_text);
  const float scale = ui.theme.scale();
  const Figure figure{.look = ui.theme.look(),
                      .width = out.rect.w / scale,
                      .height = out.rect.h / scale,
                      .compact = ui.theme.compact(),
                      .draw = out.draw};
  const std::string name(out.name);
  ui.outbox.push_back(way == 1 ? Outgoing{name + ".png", figure_png(figure)}
                               : Outgoing{name + ".svg", figure_svg(figure)});
}

// The switches as words from x on; where the next thing may stand. `turned` is the one that was pressed.
float draw_switches(Ui& ui, const Rect& line, float x, std::span<const Switch> switches, int& turned) {
  for (std::size_t i = 0; i < switches.size(); ++i) {
    const std::string_view word = switches[i].word;
    const Weight weight = switches[i].on ? Weight::strong : Weight::quiet;
    if (plain_button(ui, x, baseline_in(ui, line, Type::section), word, word, weight)) turned = static_cast<int>(i);
    x += plain_button_width(ui, word) + ui.theme.px(measure::offer_gap);
  }
  return x;
}

// Switches that the line has no room for stand below the ways.
std::vector<std::string> lines_of_menu(const Export& out, std::span<const Switch> folded) {
  std::vector<std::string> lines{out.is_text ? "Copy as text" : "Copy as CSV", "Save as PNG", "Save as SVG"};
  for (const Switch& each : folded) lines.push_back(std::string(each.word) + (each.on ? " off" : " on"));
  return lines;
}
}  // namespace

float offers_width(const Ui& ui) {
  return ui.theme.px(measure::offer_gap + measure::button_height);
}

int offers(Ui& ui, const Rect& line, bool in_use, std::span<const Switch> switches, const Export& out) {
  ImGui::PushID(out.name.data(), out.name.data() + out.name.size());
  const float gap = ui.theme.px(measure::offer_gap), room = ui.theme.px(measure::button_height);
  float width = offers_width(ui);
  in_use = in_use || imgui_compat::focused(ImGui::GetID("save")) || ImGui::IsPopupOpen(kMenu);
  for (const Switch& each : switches) {
    in_use = in_use || imgui_compat::focused(ImGui::GetID(each.word.data(), each.word.data() + each.word.size()));
    width += plain_button_width(ui, each.word) + gap;
  }
  int turned = -1;
  if (in_use && line.w >= room - gap / 2) {  // the icon needs less than the place where it is pressed
    const bool folds = line.w < width;
    float x = line.x + std::clamp(line.w - room, 0.0f, gap);
    if (!folds) x = draw_switches(ui, line, x, switches, turned);
    const Point at{x + (room - gap) / 2, line.middle_y()};
    if (icon_button(ui, at, "save", Icon::save, "Copy or save",
                    out.is_text ? "All of its lines, or itself as a picture."
                                : "Its numbers as a table, or itself as a picture."))
      ImGui::OpenPopup(kMenu);
    int way = -1;
    const std::vector<std::string> lines = lines_of_menu(out, folds ? switches : std::span<const Switch>());
    if (menu(ui, {at.x - room / 2, at.y - room / 2, 0, room}, kMenu, way, lines)) {
      if (way < kWays)
        take(ui, way, out);
      else
        turned = way - kWays;
    }
  }
  ImGui::PopID();
  return turned;
}

void copy_lines(Ui& ui, std::span<const std::string> lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  copy(ui, text, true);
}

}  // namespace vitrine::ui
