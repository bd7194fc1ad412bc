// What each deed does.
#include <algorithm>
#include <array>

#include "app/shell/app.h"
#include "app/shell/journal.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr float kZoomStep = 1.1f;

Look after(Look look) {
  return static_cast<Look>((static_cast<int>(look) + 1) % kLooks);
}

}  // namespace

// To both sides while two are compared.
void App::tell(const work::Command& command) {
  if (!open_) return;
  if (open_->comparison)
    open_->comparison->post(open_->side, command);
  else
    open_->side.drive->post(command);
}

// To the side whose controls are shown.
void App::tell_chosen(const work::Command& command) {
  if (open_) open_->chosen().drive->post(command);
}

void App::do_run() {
  if (!open_ || !open_->side.shown) return;
  const bool playing = open_->comparison ? open_->comparison->lockstep().playing() : open_->side.shown->playing;
  if (playing)
    tell(work::command::Pause{});
  else
    tell(work::command::Play{});
}

void App::choose_run(int by) {
  if (!open_ || !open_->side.shown) return;
  const int run = open_->side.shown->run + by;
  if (run >= 0 && run < open_->side.shown->runs) open_->side.drive->post(work::command::ChooseRun{run});
}

void App::do_save() {
  if (!open_) return;
  save_to(open_->file.empty() ? options_.documents / (std::string(open_->exhibit->id) + ".vitrine") : open_->file);
}

// As --set does, but undoable.
void App::set_typed(const std::string& path, const std::string& value) {
  attempt([&] { tell_chosen(work::command::Set{path, work::parse_value(value), true}); });
}

void App::zoom(float factor) {
  settings_.zoom = std::clamp(settings_.zoom * factor, kLeastZoom, kMostZoom);
}

// Folds the column where there is room for one, else opens the drawer.
void App::do_story() {
  folds_.story_folded = room_for_story_ != folds_.story_folded;
  folds_.story_drawer = !room_for_story_ && !folds_.story_drawer;
}

void App::choose_look(Look look) {
  settings_.look = look;
  settings_.follow_desktop = false;
}

void App::present() {
  folds_.presenter = !folds_.presenter;
  folds_.controls_drawer = folds_.story_drawer = false;
}

// Opening and closing wait for the end of the frame: what is drawn now lives until it is shown.
void App::do_deed(Deed deed) {
  struct Act {
    Deed deed;
    void (*run)(App&);
  };
  static constexpr std::array kActs = {
      Act{Deed::run, [](App& app) { app.do_run(); }},
      Act{Deed::step, [](App& app) { app.tell(work::command::Step{}); }},
      Act{Deed::step_inside, [](App& app) { app.tell(work::command::StepInside{}); }},
      Act{Deed::reset, [](App& app) { app.tell(work::command::Reset{}); }},
      Act{Deed::afresh, [](App& app) { app.after_this_frame([](App& then) { then.start_afresh(); }); }},
      Act{Deed::fork, [](App& app) { app.tell_chosen(work::command::Fork{}); }},
      Act{Deed::previous_run, [](App& app) { app.choose_run(-1); }},
      Act{Deed::next_run, [](App& app) { app.choose_run(1); }},
      Act{Deed::compare, [](App& app) { app.after_this_frame([](App& then) { then.compare(); }); }},
      Act{Deed::undo, [](App& app) { app.tell_chosen(work::command::Undo{}); }},
      Act{Deed::redo, [](App& app) { app.tell_chosen(work::command::Redo{}); }},
      Act{Deed::edits, [](App& app) { app.asked_ = Overlay::edits; }},
      Act{Deed::save, [](App& app) { app.do_save(); }},
      Act{Deed::open, [](App& app) { app.ask_for_file(); }},
      Act{Deed::open_path, [](App& app) { app.asked_ = Overlay::open; }},
      Act{Deed::copy_link, [](App& app) { app.copy_link(); }},
      Act{Deed::paste, [](App& app) { app.after_this_frame([](App& then) { then.paste(); }); }},
      Act{Deed::home, [](App& app) { app.leave([](App& then) { then.home(); }); }},
      Act{Deed::search, [](App& app) { app.asked_ = Overlay::search; }},
      Act{Deed::help, [](App& app) { app.asked_ = Overlay::keys; }},
      Act{Deed::story, [](App& app) { app.do_story(); }},
      Act{Deed::controls, [](App& app) { app.folds_.controls_drawer = !app.folds_.controls_drawer; }},
      Act{Deed::look, [](App& app) { app.asked_ = Overlay::look; }},
      Act{Deed::next_look, [](App& app) { app.choose_look(after(app.look())); }},
      Act{Deed::devices, [](App& app) { app.asked_ = Overlay::devices; }},
      Act{Deed::assets, [](App& app) { app.asked_ = Overlay::assets; }},
      Act{Deed::engine_room, [](App& app) { app.folds_.engine_room = !app.folds_.engine_room; }},
      Act{Deed::presenter, [](App& app) { app.present(); }},
      Act{Deed::full_screen, [](App& app) { app.full_screen_ = !app.full_screen_; }},
      Act{Deed::larger, [](App& app) { app.zoom(kZoomStep); }},
      Act{Deed::smaller, [](App& app) { app.zoom(1 / kZoomStep); }},
      Act{Deed::actual_size, [](App& app) { app.settings_.zoom = 1; }},
      Act{Deed::quit, [](App& app) { app.quit_ = true; }},
  };
  static_assert(kActs.size() == static_cast<std::size_t>(Deed::quit) + 1, "a deed has no act");
  static_assert(std::ranges::adjacent_find(kActs, std::ranges::greater_equal(), &Act::deed) == kActs.end(),
                "acts stand in the order of the deeds");
  journal::note(row_of(deed).label);
  kActs[static_cast<std::size_t>(deed)].run(*this);
}

}  // namespace vitrine::shell
