// What lies over the window for a moment: which of them does, and those that are menus: keys, look, devices, edits.
#include <algorithm>
#include <array>
#include <cctype>

#include "app/shell/app.h"
#include "app/shell/menu.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/item.h"
#include "app/ui/number.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr float kNarrow = 80;  // units
constexpr float kWidePage = 270, kTallPage = 220;

}  // namespace

void App::draw_overlay(Ui& ui) {
  switch (overlay_) {
    case Overlay::none:
      return;
    case Overlay::search:
      return draw_search(ui);
    case Overlay::keys:
      return draw_keys(ui);
    case Overlay::look:
      return draw_look(ui);
    case Overlay::devices:
      return draw_devices(ui);
    case Overlay::assets:
      return draw_assets(ui);
    case Overlay::open:
      return draw_open(ui);
    case Overlay::edits:
      return draw_edits(ui);
  }
}

void App::draw_overlays(Ui& ui) {
  if (asked_ != Overlay::none) {
    overlay_ = std::exchange(asked_, Overlay::none);
    typed_.clear();
    marked_ = 0;
    if (overlay_ == Overlay::devices && devices_.empty()) devices_ = list_devices();
    ImGui::OpenPopup(kOverlay);
  }
  draw_overlay(ui);
  if (!ImGui::IsPopupOpen(kOverlay) && asked_ == Overlay::none) overlay_ = Overlay::none;
}

int App::draw_typed(Ui& ui, Rect& left, std::span<const MenuRow> rows, const Field& field) {
  const float above = 2;  // units
  left.take_top(ui.theme.u(above));
  const Rect line = left.take_top(ui.theme.u(kTallField - above)).inset(ui.theme.u(above), 0);
  const std::string before = typed_;
  text_input(ui, field.id, line, typed_, ImGui::IsWindowAppearing(), field.hint, field.replace);
  if (typed_ != before) marked_ = 0;
  if (imgui_compat::pressed(Key::escape)) ImGui::CloseCurrentPopup();
  if (imgui_compat::pressed(Key::down, true)) ++marked_;
  if (imgui_compat::pressed(Key::up, true)) --marked_;
  marked_ = std::clamp(marked_, 0, std::max(0, static_cast<int>(rows.size()) - 1));
  const int taken = menu_rows(ui, left, rows, marked_);
  return imgui_compat::pressed(Key::enter) && !rows.empty() ? marked_ : taken;
}

// Every deed with a key. It is also a menu: pressing a row does it.
void App::draw_keys(Ui& ui) {
  std::vector<MenuRow> rows;
  std::vector<Deed> acts;
  for (const DeedRow& row : deeds()) {
    if (row.key == Key::none || (row.on_stage && !open_)) continue;
    rows.push_back({.label = std::string(row.label), .detail = keys_of(row)});
    acts.push_back(row.deed);
  }
  // In two columns where one would be taller than the window.
  const float pitch = ui.theme.px(measure::menu_row);
  const float room = ui.window().h - ui.theme.px(measure::top_bar) - ui.theme.u(11);
  const auto fit = static_cast<std::size_t>(std::max(1.0f, room / pitch));
  const std::size_t columns = std::min<std::size_t>(3, (rows.size() + fit - 1) / fit);
  const std::size_t tall = std::min(fit, (rows.size() + columns - 1) / columns);
  const Rect place = under_top_bar(ui, ui.theme.u(kNarrow) * static_cast<float>(columns), menu_height(ui, tall), true);
  const Popup popup(ui, kOverlay, place);
  if (!popup) return;
  for (std::size_t c = 0; c * tall < rows.size() && c < columns; ++c) {
    Rect column = place.column(static_cast<int>(c), static_cast<int>(columns), 0);
    const std::size_t from = c * tall, count = std::min(tall, rows.size() - from);
    ImGui::PushID(static_cast<int>(c));
    const int taken = menu_rows(ui, column, std::span(rows).subspan(from, count));
    ImGui::PopID();
    if (taken < 0) continue;
    ImGui::CloseCurrentPopup();
    return do_deed(acts[from + static_cast<std::size_t>(taken)]);
  }
}

void App::draw_look(Ui& ui) {
  struct Choice {
    MenuRow row;
    void (*take)(App&);
  };
  const auto is = [this](Look look) { return !settings_.follow_desktop && settings_.look == look; };
  const std::string size = number_text(static_cast<double>(settings_.zoom) * 100, {.decimals = 0}) + " %";
  const Choice choices[] = {
      {{.label = "Dark", .detail = "T", .chosen = is(Look::dark)}, [](App& app) { app.choose_look(Look::dark); }},
      {{.label = "Light", .detail = "T", .chosen = is(Look::light)}, [](App& app) { app.choose_look(Look::light); }},
      {{.label = "High contrast", .detail = "T", .chosen = is(Look::contrast)},
       [](App& app) { app.choose_look(Look::contrast); }},
      {{.label = "As the desktop",
        .detail = preferred_ ? "" : "it does not say",
        .chosen = settings_.follow_desktop,
        .enabled = preferred_.has_value() || settings_.follow_desktop},
       [](App& app) { app.settings_.follow_desktop = !app.settings_.follow_desktop; }},
      {{.label = "Larger", .detail = "Ctrl +"}, [](App& app) { app.do_deed(Deed::larger); }},
      {{.label = "Smaller", .detail = "Ctrl −"}, [](App& app) { app.do_deed(Deed::smaller); }},
      {{.label = "Actual size", .detail = size}, [](App& app) { app.do_deed(Deed::actual_size); }},
      {{.label = "Presenter", .detail = "F5", .chosen = folds_.presenter},
       [](App& app) { app.do_deed(Deed::presenter); }},
      {{.label = "Less motion", .detail = "", .chosen = settings_.reduce_motion},
       [](App& app) { app.settings_.reduce_motion = !app.settings_.reduce_motion; }}};
  std::vector<MenuRow> rows;
  for (const Choice& choice : choices) rows.push_back(choice.row);
  const Rect place = under_top_bar(ui, ui.theme.u(kNarrow * 0.75f), menu_height(ui, rows.size()), true);
  const Popup popup(ui, kOverlay, place);
  if (!popup) return;
  Rect left = place;
  if (const int taken = menu_rows(ui, left, rows); taken >= 0) choices[taken].take(*this);
}

void App::draw_devices(Ui& ui) {
  std::vector<MenuRow> rows;
  for (const Device& device : devices_)
    rows.push_back({.label = device.info.name.empty() ? device.info.id : device.info.name,
                    .detail = device.reason,
                    .chosen = device.usable && device.info.id == backend_->info().id,
                    .enabled = device.usable});
  if (open_) rows.push_back({.label = "What it computes", .detail = keys_of(row_of(Deed::engine_room))});
  const Rect place = under_top_bar(ui, ui.theme.u(kWideOverlay), menu_height(ui, rows.size()), true);
  const Popup popup(ui, kOverlay, place);
  if (!popup) return;
  Rect left = place;
  const int taken = menu_rows(ui, left, rows);
  if (taken < 0) return;
  ImGui::CloseCurrentPopup();
  if (static_cast<std::size_t>(taken) == devices_.size()) return do_deed(Deed::engine_room);
  attempt([&] { use_device(devices_[static_cast<std::size_t>(taken)].info.id); });
}

void App::draw_assets(Ui& ui) {
  if (!assets_)
    assets_ = std::make_unique<AssetsPage>(
        AssetsPage::Options{.data = options_.data, .changed = post_->wake, .threaded = options_.threaded});
  const Rect place = under_top_bar(ui, ui.theme.u(kWidePage), ui.theme.u(kTallPage), false);
  const Popup popup(ui, kOverlay, place);
  if (popup && assets_->draw(ui, place)) ImGui::CloseCurrentPopup();
}

// Edits that were taken back above, what stands in the middle, edits that can be taken back below: going to a row takes
// or makes all between here and there.
void App::draw_edits(Ui& ui) {
  if (!open_ || !open_->chosen().shown) return;
  const std::vector<std::string>& undo = open_->chosen().shown->undo;
  const std::vector<std::string>& redo = open_->chosen().shown->redo;
  std::vector<MenuRow> rows;
  for (auto label = redo.rbegin(); label != redo.rend(); ++label)
    rows.push_back({.label = "Again: " + *label, .detail = label + 1 == redo.rend() ? "Ctrl Y" : ""});
  rows.push_back({.label = undo.empty() && redo.empty() ? "Nothing was changed yet" : "Now",
                  .detail = "",
                  .chosen = true,
                  .enabled = false});
  for (const std::string& label : undo)
    rows.push_back({.label = "Take back: " + label, .detail = &label == &undo.front() ? "Ctrl Z" : ""});
  const Rect place = under_top_bar(ui, ui.theme.u(kNarrow), menu_height(ui, rows.size()), false);
  const Popup popup(ui, kOverlay, place);
  if (!popup) return;
  Rect left = place;
  const int taken = menu_rows(ui, left, rows), now = static_cast<int>(redo.size());
  if (taken < 0 || taken == now) return;
  if (taken < now)
    open_->chosen().drive->post(work::command::Redo{now - taken});
  else
    open_->chosen().drive->post(work::command::Undo{taken - now});
  ImGui::CloseCurrentPopup();
}

}  // namespace vitrine::shell
