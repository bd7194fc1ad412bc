// What lies over the window for a moment: the list of everything, keys, look, devices, a file to open, trouble.
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
constexpr std::size_t kMostFound = 10;  // rows of the search that are read at a glance

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

}  // namespace

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
  post_->send([](App& app) { app.restore(); });  // what is drawn now lives until it is shown
}

void App::draw_overlays(Ui& ui) {
  if (asked_ != Overlay::none) {
    overlay_ = std::exchange(asked_, Overlay::none);
    typed_.clear();
    marked_ = 0;
    if (overlay_ == Overlay::devices && devices_.empty()) devices_ = list_devices();
    ImGui::OpenPopup(kOverlay);
  }
  std::optional<Deed> asked;
  switch (overlay_) {
    case Overlay::none:
      break;
    case Overlay::search:
      asked = draw_search(ui);
      break;
    case Overlay::keys:
      asked = draw_keys(ui);
      break;
    case Overlay::look:
      draw_look(ui);
      break;
    case Overlay::devices:
      draw_devices(ui);
      break;
    case Overlay::assets:
      draw_assets(ui);
      break;
    case Overlay::open:
      draw_open(ui);
      break;
    case Overlay::edits:
      draw_edits(ui);
      break;
  }
  if (asked) do_deed(*asked);
  if (!ImGui::IsPopupOpen(kOverlay) && asked_ == Overlay::none) overlay_ = Overlay::none;
}

// What a teacher types: "lock learning rate", "hide noise", "free noise".
void App::offer_access(const std::string& typed, const OfferAccess& offer) {
  struct Verb {
    std::string_view word, label;
    work::Access access;
  };
  static constexpr Verb kVerbs[] = {{"lock", "Lock ", work::Access::locked},
                                    {"hide", "Hide ", work::Access::hidden},
                                    {"free", "Free ", work::Access::free}};
  const std::size_t space = typed.find(' ');
  if (!open_ || !open_->chosen().shown || space == std::string::npos) return;
  const std::string first = lower(typed.substr(0, space)), wanted = lower(typed.substr(space + 1));
  const work::Classroom& now = open_->chosen().shown->classroom;
  for (const Verb& verb : kVerbs) {
    if (first != verb.word) continue;
    for (const work::Control& row : open_->chosen().controls.table().rows()) {
      const bool named =
          lower(row.words.label).find(wanted) != std::string::npos || lower(row.id).find(wanted) != std::string::npos;
      if (named && now.access(row.id) != verb.access)
        offer(std::string(verb.label) + row.words.label, row.id, row.id, verb.access);
    }
  }
}

// Exhibits, deeds and controls whose name holds what was typed; Enter takes the marked one. A control that is chosen
// gets the keyboard, and what reads "path=value" sets it.
std::optional<Deed> App::draw_search(Ui& ui) {
  std::vector<MenuRow> rows;
  std::vector<std::function<std::optional<Deed>()>> acts;
  const std::string wanted = lower(typed_);
  const auto offer = [&](std::string label, std::string detail, std::function<std::optional<Deed>()> act,
                         std::string_view also = {}) {
    const bool named = lower(label).find(wanted) != std::string::npos || lower(also).find(wanted) != std::string::npos;
    if (rows.size() == kMostFound || !named) return;
    rows.push_back({.label = std::move(label), .detail = std::move(detail)});
    acts.push_back(std::move(act));
  };
  if (const std::size_t equals = typed_.find('='); open_ && equals != std::string::npos) {
    rows.push_back({.label = "Set " + typed_.substr(0, equals), .detail = typed_.substr(equals + 1)});
    acts.push_back([this, equals]() -> std::optional<Deed> {
      set_typed(typed_.substr(0, equals), typed_.substr(equals + 1));
      return std::nullopt;
    });
  }
  offer_access(typed_, [&](std::string label, std::string detail, const std::string& id, work::Access access) {
    if (rows.size() == kMostFound) return;
    rows.push_back({.label = std::move(label), .detail = std::move(detail)});
    acts.push_back([this, id, access]() -> std::optional<Deed> {
      open_->chosen().drive->post(work::command::Give{id, access});
      return std::nullopt;
    });
  });
  if (open_ && open_->exhibit->write_text && open_->chosen().shown) {
    const views::ForeignText foreign = open_->exhibit->write_text(open_->chosen().shown->settings.get());
    offer("Copy " + lower(std::string(foreign.name)), foreign.why_none, [this, foreign]() -> std::optional<Deed> {
      if (!foreign.text.empty()) ImGui::SetClipboardText(foreign.text.c_str());
      toast_ = foreign.text.empty() ? foreign.why_none : "Copied: " + foreign.text;
      return std::nullopt;
    });
  }
  for (const views::Exhibit& exhibit : views::exhibits())
    offer(std::string(exhibit.title), std::string(exhibit.tagline), [this, &exhibit]() -> std::optional<Deed> {
      leave([&exhibit](App& app) { app.open(exhibit); });
      return std::nullopt;
    });
  if (open_ && open_->chosen().shown && !wanted.empty()) {
    for (const ControlsColumn::Found& found : open_->chosen().controls.all(*open_->chosen().shown))
      offer(
          found.label, found.value,
          [this, &ui, path = found.path]() -> std::optional<Deed> {
            if (!lay_out_stage(ui, folds_).controls_column) folds_.controls_drawer = true;
            open_->chosen().controls.reveal(path);
            return std::nullopt;
          },
          found.path);
  }
  for (const DeedRow& row : deeds())
    if (open_ || !row.on_stage) offer(std::string(row.label), keys_of(row), [&row] { return std::optional(row.deed); });

  const Rect place = under_top_bar(ui, ui.theme.u(kWideOverlay), menu_height(ui, rows.size()) + ui.theme.u(12), false);
  const Popup popup(ui, kOverlay, place);
  if (!popup) return std::nullopt;
  Rect left = place;
  left.take_top(ui.theme.u(2));
  const Rect field = left.take_top(ui.theme.u(10)).inset(ui.theme.u(2), 0);
  const std::string before = typed_;
  text_input(ui, "search", field, typed_, ImGui::IsWindowAppearing(), "Find an exhibit or anything the app can do");
  if (typed_ != before) marked_ = 0;
  if (imgui_compat::pressed(Key::escape)) ImGui::CloseCurrentPopup();

  const int last = static_cast<int>(rows.size()) - 1;
  if (imgui_compat::pressed(Key::down, true)) ++marked_;
  if (imgui_compat::pressed(Key::up, true)) --marked_;
  marked_ = std::clamp(marked_, 0, std::max(0, last));
  int taken = menu_rows(ui, left, rows, marked_);
  if (imgui_compat::pressed(Key::enter) && last >= 0) taken = marked_;
  if (taken < 0) return std::nullopt;
  ImGui::CloseCurrentPopup();
  return acts[static_cast<std::size_t>(taken)]();
}

// Every deed with a key. It is also a menu: pressing a row does it.
std::optional<Deed> App::draw_keys(Ui& ui) {
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
  if (!popup) return std::nullopt;
  for (std::size_t c = 0; c * tall < rows.size() && c < columns; ++c) {
    Rect column = place.column(static_cast<int>(c), static_cast<int>(columns), 0);
    const std::size_t from = c * tall, count = std::min(tall, rows.size() - from);
    ImGui::PushID(static_cast<int>(c));
    const int taken = menu_rows(ui, column, std::span(rows).subspan(from, count));
    ImGui::PopID();
    if (taken < 0) continue;
    ImGui::CloseCurrentPopup();
    return acts[from + static_cast<std::size_t>(taken)];
  }
  return std::nullopt;
}

void App::draw_look(Ui& ui) {
  const auto row = [&](const char* label, Look which) {
    return MenuRow{.label = label, .detail = "T", .chosen = !settings_.follow_desktop && settings_.look == which};
  };
  const std::string size = number_text(static_cast<double>(settings_.zoom) * 100, {.decimals = 0}) + " %";
  const std::array<MenuRow, 9> rows = {{row("Dark", Look::dark),
                                        row("Light", Look::light),
                                        row("High contrast", Look::contrast),
                                        {.label = "As the desktop",
                                         .detail = preferred_ ? "" : "it does not say",
                                         .chosen = settings_.follow_desktop,
                                         .enabled = preferred_.has_value() || settings_.follow_desktop},
                                        {.label = "Larger", .detail = "Ctrl +"},
                                        {.label = "Smaller", .detail = "Ctrl −"},
                                        {.label = "Actual size", .detail = size},
                                        {.label = "Presenter", .detail = "F5", .chosen = folds_.presenter},
                                        {.label = "Less motion", .detail = "", .chosen = settings_.reduce_motion}}};
  const Rect place = under_top_bar(ui, ui.theme.u(kNarrow * 0.75f), menu_height(ui, rows.size()), true);
  const Popup popup(ui, kOverlay, place);
  if (!popup) return;
  Rect left = place;
  const int taken = menu_rows(ui, left, rows);
  if (taken >= 0 && taken < kLooks) settings_.look = static_cast<Look>(taken), settings_.follow_desktop = false;
  switch (taken) {
    case 3:
      settings_.follow_desktop = !settings_.follow_desktop;
      break;
    case 4:
      do_deed(Deed::larger);
      break;
    case 5:
      do_deed(Deed::smaller);
      break;
    case 6:
      do_deed(Deed::actual_size);
      break;
    case 7:
      do_deed(Deed::presenter);
      break;
    case 8:
      settings_.reduce_motion = !settings_.reduce_motion;
      break;
    default:
      break;
  }
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
  use_device(devices_[static_cast<std::size_t>(taken)].info.id);
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
