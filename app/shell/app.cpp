// What the app holds, the letters between its threads and frames, and one frame.
#include "app/shell/app.h"

#include <algorithm>
#include <cmath>

#include "app/shell/clock.h"
#include "app/shell/crash.h"
#include "app/shell/top_bar.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "engine/core/error.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr float kCompactBelow = 1440;  // px at 100 %: the compact measures
constexpr double kHelpSeconds = 0.45;  // a little after the help's own delay

std::string device_label(const DeviceInfo& info) {
  if (info.kind != "cpu") return info.name;
  return "CPU · " + std::to_string(info.threads) + (info.threads == 1 ? " thread" : " threads");
}

}  // namespace

float whole_percents(float scale) {
  return std::round(scale * 100) / 100;
}

void App::Post::send(Letter letter) {
  {
    const std::lock_guard lock(mutex);
    letters.push_back(std::move(letter));
  }
  if (wake) wake();
}

std::vector<App::Letter> App::Post::take() {
  const std::lock_guard lock(mutex);
  return std::exchange(letters, {});
}

App::App(AppOptions options)
    : options_(std::move(options)),
      settings_(options_.settings),
      backend_(open_device(options_.device, options_.threads, options_.cache)),
      post_(std::make_shared<Post>()),
      rescue_(std::make_shared<Rescue>(options_.state, options_.threaded,
                                       [post = post_](std::string trouble) {
                                         post->send(
                                             [trouble = std::move(trouble)](App& app) { app.trouble_ = trouble; });
                                       })),
      report_(untold_report(options_.state)) {
  post_->wake = options_.wake;
  folds_.story_folded = settings_.story_folded;
  desktop_ = reach_desktop(options_.bus,
                           [post = post_](Look look) { post->send([look](App& app) { app.preferred_ = look; }); });
}

App::~App() {
  desktop_.reset();
  assets_.reset();
  lister_ = {};
  reader_ = {};  // threads first: readers, then the sessions' own, then the backend they compute on
  open_.reset();
  gallery_.reset();
}

void App::clean_end() {
  open_.reset();
  rescue_->clean_end();
}

void App::after_this_frame(Letter letter) {
  post_->send(std::move(letter));
}

void App::attempt(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    trouble_ = error.what();
  }
}

Look App::look() const {
  return settings_.follow_desktop ? preferred_.value_or(settings_.look) : settings_.look;
}

void App::prepare(Ui& ui, Fonts& fonts, float display_scale) {
  const float scale = whole_percents(display_scale * settings_.zoom * (folds_.presenter ? kPresenterZoom : 1));
  const Theme theme(look(), scale, ui.window().w < kCompactBelow * scale, folds_.presenter);
  ui.reduce_motion = settings_.reduce_motion;
  const Theme& now = ui.theme;
  const bool same = now.look() == theme.look() && now.scale() == scale && now.compact() == theme.compact() &&
                    now.presenting() == theme.presenting();
  if (fonts.scale() != scale) fonts.rebuild(scale);
  if (same) return;
  ui.theme = theme;
  apply_style(theme);
}

void App::reveal(const Ui& ui, std::string path) {
  if (!lay_out_stage(ui, folds_).controls_column) folds_.controls_drawer = true;
  open_->chosen().controls.reveal(std::move(path));
}

// What widgets of the last frame left for the shell: figures to save, a control to show, an offer that was taken.
void App::take_from_widgets(Ui& ui) {
  for (const Outgoing& file : std::exchange(ui.outbox, {})) keep(file);
  if (std::string path = std::exchange(ui.control.wanted, {}); !path.empty() && open_) reveal(ui, std::move(path));
  if (!toast_.empty()) show_toast(ui, std::exchange(toast_, {}), std::exchange(toast_action_, {}));
  if (std::exchange(ui.toast_taken, false)) start_afresh();
}

void App::take_keys(const Ui& ui) {
  if (const auto deed = pressed_deed(open_ != nullptr)) {
    do_deed(*deed);
    presenter_.pressed(row_of(*deed), ImGui::GetTime());
  }
  room_for_story_ = !ui.theme.compact() && !folds_.presenter;
  if (room_for_story_) folds_.story_drawer = false;
  if (imgui_compat::pressed(Key::escape)) folds_.story_drawer = folds_.controls_drawer = folds_.engine_room = false;
}

void App::draw_gallery(Ui& ui, const std::string& device) {
  Rect rect = ui.window();
  const bool alone = too_small(ui);
  if (alone)
    say_too_small(ui, rect.take_top(ui.theme.u(kAloneTop)), "the gallery");
  else if (const auto deed =
               draw_top_bar(ui, rect.take_top(ui.theme.px(measure::top_bar)), {.title = {}, .device = device}))
    do_deed(*deed);
  if (const views::Exhibit* chosen = gallery_->draw(ui, rect, alone))
    after_this_frame([chosen](App& app) { app.open(*chosen); });
}

void App::draw_open_exhibit(Ui& ui, const std::string& device) {
  if (const auto deed = draw_stage(ui, *open_, folds_, *backend_, device)) do_deed(*deed);
  if (open_->side.shown) open_->autosave.frame(*open_->side.drive, *open_->side.shown, ImGui::GetTime());
}

void App::frame(Ui& ui) {
  for (const Letter& letter : post_->take()) attempt([&] { letter(*this); });
  if (!open_ && !gallery_) home();
  take_from_widgets(ui);
  take_keys(ui);
  folds_.comparing = open_ && open_->comparison;
  const std::string device = device_label(backend_->info());
  if (open_)
    draw_open_exhibit(ui, device);
  else
    draw_gallery(ui, device);
  draw_trouble(ui);
  draw_rescue(ui);
  draw_overlays(ui);
  if (folds_.presenter) presenter_.draw(ui, ImGui::GetTime());
  settings_.story_folded = folds_.story_folded;
}

double App::redraw_after(const Ui& ui) const {
  const double now = ImGui::GetTime();
  double after = gallery_ ? gallery_->redraw_after(now) : kNever;
  if (open_) after = std::min(after, std::max(0.0, open_->autosave.due() - now));
  if (folds_.presenter) after = std::min(after, presenter_.redraw_after(now));
  if (folds_.story_slide.moves(now) || folds_.controls_slide.moves(now) || folds_.engine_slide.moves(now)) after = 0;
  if (!ui.toast.text.empty()) after = std::min(after, std::max(0.0, ui.toast.until - now));
  if (ui.help.id != 0 && !ui.help.show) after = std::min(after, std::max(0.0, ui.help.since + kHelpSeconds - now));
  return after;
}

}  // namespace vitrine::shell
