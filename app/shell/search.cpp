// The list of everything: exhibits, deeds and controls by name, and what can be typed as a sentence.
#include <algorithm>

#include "app/shell/app.h"
#include "app/shell/browse.h"
#include "app/shell/menu.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr std::size_t kMostFound = 10;  // rows that are read at a glance

bool holds(std::string_view text, const std::string& wanted) {
  return lower(text).find(wanted) != std::string::npos;
}

}  // namespace

// The rows that answer what was typed, and what taking each does.
struct App::Offers {
  std::string wanted;
  std::vector<MenuRow> rows = {};
  std::vector<std::function<void()>> acts = {};

  void add(std::string label, std::string detail, std::function<void()> act) {
    if (rows.size() == kMostFound) return;
    rows.push_back({.label = std::move(label), .detail = std::move(detail)});
    acts.push_back(std::move(act));
  }
  void add_named(std::string label, std::string detail, std::function<void()> act, std::string_view also = {}) {
    if (holds(label, wanted) || holds(also, wanted)) add(std::move(label), std::move(detail), std::move(act));
  }
};

void App::offer_setting(Offers& offers) {
  const std::size_t equals = typed_.find('=');
  if (!open_ || equals == std::string::npos) return;
  const std::string path = typed_.substr(0, equals), value = typed_.substr(equals + 1);
  offers.add("Set " + path, value, [this, path, value] { set_typed(path, value); });
}

// What a teacher types: "lock learning rate", "hide noise", "free noise".
void App::offer_access(Offers& offers) {
  struct Verb {
    std::string_view word, label;
    work::Access access;
  };
  static constexpr Verb kVerbs[] = {{"lock", "Lock ", work::Access::locked},
                                    {"hide", "Hide ", work::Access::hidden},
                                    {"free", "Free ", work::Access::free}};
  const std::size_t space = offers.wanted.find(' ');
  if (!open_ || !open_->chosen().shown || space == std::string::npos) return;
  const std::string named = offers.wanted.substr(space + 1);
  const auto verb = std::ranges::find(kVerbs, offers.wanted.substr(0, space), &Verb::word);
  if (verb == std::end(kVerbs)) return;
  const work::Classroom& now = open_->chosen().shown->classroom;
  for (const work::Control& row : open_->chosen().controls.table().rows()) {
    if (!holds(row.words.label, named) && !holds(row.id, named)) continue;
    if (now.access(row.id) == verb->access) continue;
    offers.add(std::string(verb->label) + row.words.label, row.id, [this, id = row.id, access = verb->access] {
      tell_chosen(work::command::Give{id, access});
    });
  }
}

void App::offer_foreign_text(Offers& offers) {
  if (!open_ || !open_->exhibit->write_text || !open_->chosen().shown) return;
  const views::ForeignText foreign = open_->exhibit->write_text(open_->chosen().shown->settings.get());
  offers.add_named("Copy " + lower(foreign.name), foreign.why_none, [this, foreign] {
    if (!foreign.text.empty()) ImGui::SetClipboardText(foreign.text.c_str());
    toast_ = foreign.text.empty() ? foreign.why_none : "Copied: " + foreign.text;
  });
}

void App::offer_exhibits(Offers& offers) {
  for (const views::Exhibit& exhibit : views::exhibits())
    offers.add_named(std::string(exhibit.title), std::string(exhibit.tagline),
                     [this, &exhibit] { leave([&exhibit](App& app) { app.open(exhibit); }); });
}

// A control that is chosen gets the keyboard.
void App::offer_controls(const Ui& ui, Offers& offers) {
  if (!open_ || !open_->chosen().shown || offers.wanted.empty()) return;
  for (const ControlsColumn::Found& found : open_->chosen().controls.all(*open_->chosen().shown))
    offers.add_named(
        found.label, found.value, [this, &ui, path = found.path] { reveal(ui, path); }, found.path);
}

void App::offer_deeds(Offers& offers) {
  for (const DeedRow& row : deeds())
    if (open_ || !row.on_stage)
      offers.add_named(std::string(row.label), keys_of(row), [this, deed = row.deed] { do_deed(deed); });
}

void App::draw_search(Ui& ui) {
  Offers offers{.wanted = lower(typed_)};
  offer_setting(offers);
  offer_access(offers);
  offer_foreign_text(offers);
  offer_exhibits(offers);
  offer_controls(ui, offers);
  offer_deeds(offers);

  const float height = menu_height(ui, offers.rows.size()) + ui.theme.u(kTallField);
  const Rect place = under_top_bar(ui, ui.theme.u(kWideOverlay), height, false);
  const Popup popup(ui, kOverlay, place);
  if (!popup) return;
  Rect left = place;
  const int taken =
      draw_typed(ui, left, offers.rows, {.id = "search", .hint = "Find an exhibit or anything the app can do"});
  if (taken < 0) return;
  ImGui::CloseCurrentPopup();
  offers.acts[static_cast<std::size_t>(taken)]();
}

}  // namespace vitrine::shell
