// Words, an icon and its menu.
#include "app/ui/offers.h"

#include <algorithm>
#include <array>

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
const std::array<std::string, 3> kWays{"Copy as CSV", "Save as PNG", "Save as SVG"};

void take(Ui& ui, int way, const Export& out) {
  if (way == 0) {
    const std::string text = out.csv();
    const auto lines = std::count(text.begin(), text.end(), '\n') - 1;
    ImGui::SetClipboardText(text.c_str());
    return show_toast(ui, "Copied " + number_text(static_cast<double>(lines), {.decimals = 0}) + " rows as CSV");
  }
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
  if (in_use && line.w >= width) {
    float x = line.x + gap;
    for (std::size_t i = 0; i < switches.size(); ++i) {
      const Weight weight = switches[i].on ? Weight::strong : Weight::quiet;
      if (plain_button(ui, x, baseline_in(ui, line, Type::section), switches[i].word, switches[i].word, weight))
        turned = static_cast<int>(i);
      x += plain_button_width(ui, switches[i].word) + gap;
    }
    const Point at{x + (room - gap) / 2, line.middle_y()};
    if (icon_button(ui, at, "save", Icon::save, "Copy or save", "Its numbers as a table, or itself as a picture."))
      ImGui::OpenPopup(kMenu);
    int way = -1;
    if (menu(ui, {at.x - room / 2, at.y - room / 2, 0, room}, kMenu, way, kWays)) take(ui, way, out);
  }
  ImGui::PopID();
  return turned;
}

void copy_lines(Ui& ui, std::span<const std::string> lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  ImGui::SetClipboardText(text.c_str());
  show_toast(ui, "Copied " + number_text(static_cast<double>(lines.size()), {.decimals = 0}) +
                     (lines.size() == 1 ? " line" : " lines"));
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace vitrine::ui
