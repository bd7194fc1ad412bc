// What the app does: opening, saving, deeds, and one frame.
#include "app/shell/app.h"

#include <algorithm>
#include <cmath>

#include "app/shell/crash.h"
#include "app/shell/files/files.h"
#include "app/shell/journal.h"
#include "app/shell/top_bar.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr float kCompactBelow = 1440;  // px at 100 %: the compact measures
constexpr float kZoomStep = 1.1f;
constexpr double kHelpSeconds = 0.45;  // a little after the help's own delay
constexpr double kNever = 1e9;

std::string device_label(const DeviceInfo& info) {
  if (info.kind != "cpu") return info.name;
  return "CPU · " + std::to_string(info.threads) + (info.threads == 1 ? " thread" : " threads");
}

// What a text file says that is no document of ours: an address, points, whatever an exhibit can read.
std::optional<work::Permalink> link_in(const std::filesystem::path& file) {
  if (file.extension() == ".vitrine") return {};
  return views::link_of_text(read_file(file, limits::kTableFileBytes));
}

}  // namespace

float whole_percents(float scale) {
  return std::round(scale * 100) / 100;
}

void App::Post::send(std::function<void(App&)> letter) {
  {
    const std::lock_guard lock(mutex);
    letters.push_back(std::move(letter));
  }
  if (wake) wake();
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

std::unique_ptr<Drive> App::drive(const views::Exhibit& exhibit, std::shared_ptr<Backend> backend,
                                  ControlsColumn::Values* defaults, const work::ControlTable** table) const {
  auto runner =
      std::make_unique<work::Runner>(std::string(exhibit.id), exhibit.open({std::move(backend), options_.seed}));
  work::Session& session = runner->session();
  if (table) *table = &session.controls();
  if (defaults) *defaults = session.controls().values(session.settings());
  return options_.threaded ? drive_in_thread(std::move(runner), options_.wake) : drive_in_step(std::move(runner));
}

void App::home() {
  open_.reset();
  folds_.story_drawer = folds_.controls_drawer = folds_.engine_room = false;
  if (gallery_) return;
  gallery_ = std::make_unique<Gallery>(
      views::exhibits(), [this](const views::Exhibit& each) { return drive_of_picture(each); }, options_.alive);
}

// On its own small backend: a picture must never slow an exhibit down. Nor does the window wait for its data.
std::unique_ptr<Drive> App::drive_of_picture(const views::Exhibit& exhibit) const {
  if (!options_.threaded) return drive(exhibit, open_device("cpu", 1), nullptr, nullptr);
  return drive_when_made(
      [&exhibit, seed = options_.seed, wake = options_.wake] {
        return drive_in_thread(
            std::make_unique<work::Runner>(std::string(exhibit.id), exhibit.open({open_device("cpu", 1), seed})), wake);
      },
      options_.wake);
}

void App::open(const views::Exhibit& exhibit) {
  show(exhibit);
  const auto left = left_.find(std::string(exhibit.id));
  if (left == left_.end()) {
    open_->side.drive->post(
        work::command::Call{[rescue = rescue_](work::Runner& runner) { rescue->safe(runner, {}); }});
    return;
  }
  open_->side.drive->post(
      work::command::Call{[document = left->second](work::Runner& runner) { runner.open(document); }});
  toast_ = "Goes on where you left it";
  toast_action_ = "Start afresh";
}

// Leaving is no decision to throw away: what was trained stands there again when the exhibit is opened again.
void App::leave(std::function<void(App&)> then) {
  if (!open_) return post_->send(std::move(then));  // what is drawn now lives until it is shown
  open_->side.drive->post(work::command::Call{[then = std::move(then), post = post_](work::Runner& runner) {
    std::shared_ptr<const work::Document> document;
    if (runner.touched()) document = std::make_shared<const work::Document>(runner.document());
    post->send([then, document, exhibit = runner.exhibit()](App& app) {
      app.left_.erase(exhibit);
      if (document) app.left_.emplace(exhibit, *document);
      then(app);
    });
  }});
}

void App::start_afresh() {
  if (!open_) return;
  const views::Exhibit& exhibit = *open_->exhibit;
  left_.erase(std::string(exhibit.id));
  open(exhibit);
}

void App::show(const views::Exhibit& exhibit) {
  journal::note("open " + std::string(exhibit.id));
  gallery_.reset();
  open_.reset();
  open_.reset(new OpenExhibit{.exhibit = &exhibit,
                              .story = views::parse_story(exhibit.text),
                              .run_bar = {},
                              .file = {},
                              .notice = {},
                              .autosave = Autosave(rescue_),
                              .engine_room = {},
                              .side = side(exhibit),
                              .comparison = nullptr});
}

Side App::side(const views::Exhibit& exhibit) const {
  ControlsColumn::Values defaults;
  const work::ControlTable* table = nullptr;
  auto driven = drive(exhibit, backend_, &defaults, &table);
  return {.view = exhibit.view(), .controls = ControlsColumn(*table, defaults), .drive = std::move(driven)};
}

// A second session beside the open one, which begins where that stands; or alone again.
void App::compare() {
  if (!open_) return;
  if (open_->comparison) {
    open_->comparison.reset();
    return;
  }
  open_->side.drive->post(work::command::Pause{});
  open_->side.drive->post(work::command::Call{[post = post_](work::Runner& runner) {
    auto document = std::make_shared<const work::Document>(runner.document());
    post->send([document](App& app) {
      if (!app.open_ || app.open_->exhibit->id != document->exhibit) return;
      app.open_->comparison = std::make_unique<Comparison>(app.side(*app.open_->exhibit));
      app.open_->comparison->other().drive->post(
          work::command::Call{[document](work::Runner& other) { other.open(*document); }});
    });
  }});
}

void App::open_document(const work::Document& document, const std::filesystem::path& file) {
  const views::Exhibit* exhibit = views::find_exhibit(document.exhibit);
  if (!exhibit)
    throw UsageError({file.filename().string(), "belongs to an exhibit that this version lacks", "a known exhibit",
                      document.exhibit, "Open it with a newer version."});
  show(*exhibit);
  open_->file = file;
  open_->side.drive->post(work::command::Call{[document, file, rescue = rescue_](work::Runner& runner) {
    runner.open(document);
    rescue->safe(runner, file);
  }});
}

void App::open_file(const std::filesystem::path& file) {
  const auto read = [file, post = post_] {
    try {
      if (const auto link = link_in(file)) {
        post->send([link](App& app) { app.open_link(*link); });
        return;
      }
      auto document = std::make_shared<const work::Document>(load_document(file));
      post->send([document, file](App& now) {
        now.leave([document, file](App& app) {
          try {
            app.open_document(*document, file);
            app.settings_.opened(file);
          } catch (const Error& error) {
            app.trouble_ = error.what();
          }
        });
      });
    } catch (const Error& error) {
      post->send([what = std::string(error.what())](App& app) { app.trouble_ = what; });
    }
  };
  if (options_.threaded)
    reader_ = std::jthread(read);
  else
    read();
}

void App::save_to(const std::filesystem::path& file) {
  if (!open_) return;
  open_->side.drive->post(work::command::Call{[file, post = post_, rescue = rescue_](work::Runner& runner) {
    save_document(file, runner.document());
    rescue->safe(runner, file);
    post->send([file](App& app) {
      if (app.open_) app.open_->file = file;
      app.settings_.opened(file);
      app.toast_ = "Saved as " + file.filename().string();
    });
  }});
}

void App::keep(const Outgoing& file) {
  const std::filesystem::path wanted = options_.documents / file.name;
  std::filesystem::path place = wanted;
  try {
    std::error_code none;
    for (int i = 2; std::filesystem::exists(place, none); ++i) {  // an earlier figure stays as it is
      place.replace_filename(wanted.stem().string() + " " + std::to_string(i) + wanted.extension().string());
    }
    write_file(place, file.bytes);
    toast_ = "Saved as " + place.string();
  } catch (const Error& error) {
    trouble_ = error.what();
  }
}

// What an app that died had not saved goes on here, still unsaved.
void App::restore() {
  try {
    const Rescue::Left left = *rescue_->left();
    const work::Document document = load_document(left.copy);
    const views::Exhibit* exhibit = views::find_exhibit(document.exhibit);
    if (!exhibit) return open_document(document, left.copy);  // says what is wrong with it
    show(*exhibit);
    open_->file = left.file;
    rescue_->take_left();
    open_->side.drive->post(work::command::Call{[document, left, rescue = rescue_](work::Runner& runner) {
      runner.open(document);
      rescue->restored(runner, left.file);
    }});
  } catch (const Error& error) {
    rescue_->take_left();  // its copy stays for who looks for it
    trouble_ = error.what();
  }
}

void App::clean_end() {
  open_.reset();
  rescue_->clean_end();
}

void App::open_link(const work::Permalink& link) {
  const views::Exhibit* exhibit = views::find_exhibit(link.exhibit);
  if (!exhibit) {
    std::vector<std::string> ids;
    for (const views::Exhibit& each : views::exhibits()) ids.emplace_back(each.id);
    throw UsageError({"the link", "belongs to an exhibit that this version lacks", "a known exhibit", link.exhibit,
                      work::hint(link.exhibit, ids)});
  }
  show(*exhibit);
  open_->side.drive->post(work::command::Call{[link, rescue = rescue_](work::Runner& runner) {
    rescue->safe(runner, {});
    runner.open(link);
  }});
}

void App::copy_link() {
  if (!open_) return;
  open_->side.drive->post(work::command::Call{[post = post_](work::Runner& runner) {
    post->send([text = to_text(runner.permalink())](App& app) {
      ImGui::SetClipboardText(text.c_str());
      app.toast_ = "Copied as a link: " + std::to_string(text.size()) + " letters";
    });
  }});
}

void App::paste() {
  const char* clipboard = ImGui::GetClipboardText();
  const std::string text = clipboard ? clipboard : "";
  try {
    if (const auto link = views::link_of_text(text)) return open_link(*link);
    if (text.starts_with('/')) return open_file(text.substr(0, text.find('\n')));
    throw UsageError({"the clipboard", "holds nothing to open",
                      "a link that begins with vitrine: or the path of a file", text.empty() ? "nothing" : "other text",
                      "Copy the whole line, or drop the file on the window."});
  } catch (const UsageError& error) {
    trouble_ = error.what();
  }
}

// As --set does, but undoable.
void App::set_typed(const std::string& path, const std::string& value) {
  try {
    open_->chosen().drive->post(work::command::Set{path, work::parse_value(value), true});
  } catch (const UsageError& error) {
    trouble_ = error.what();
  }
}

void App::use_device(const std::string& id) {
  try {
    std::shared_ptr<Backend> next = open_device(id, options_.threads, options_.cache);
    options_.device = id;
    if (!open_) {
      backend_ = std::move(next);
      return;
    }
    // What was learnt goes along: the session's thread hands its document over, then a session opens on the new device.
    open_->side.drive->post(work::command::Call{[next, post = post_](work::Runner& runner) {
      auto document = std::make_shared<const work::Document>(runner.document());
      post->send([document, next](App& app) {
        const std::filesystem::path file = app.open_ ? app.open_->file : std::filesystem::path();
        app.open_.reset();
        app.backend_ = next;
        app.open_document(*document, file);
      });
    }});
  } catch (const Error& error) {
    trouble_ = error.what();
  }
}

Look App::look() const {
  return settings_.follow_desktop ? preferred_.value_or(settings_.look) : settings_.look;
}

void App::zoom(float factor) {
  settings_.zoom = factor == 0 ? 1 : std::clamp(settings_.zoom * factor, kLeastZoom, kMostZoom);
}

void App::do_run() {
  if (!open_ || !open_->side.shown) return;
  const bool playing = open_->comparison ? open_->comparison->lockstep().playing() : open_->side.shown->playing;
  if (playing)
    tell(work::command::Pause{});
  else
    tell(work::command::Play{});
}

// To both sides while two are compared.
void App::tell(const work::Command& command) {
  if (!open_) return;
  if (open_->comparison)
    open_->comparison->post(open_->side, command);
  else
    open_->side.drive->post(command);
}

void App::choose_run(int by) {
  if (!open_ || !open_->side.shown) return;
  const int run = open_->side.shown->run + by;
  if (run >= 0 && run < open_->side.shown->runs) open_->side.drive->post(work::command::ChooseRun{run});
}

void App::do_deed(Deed deed) {
  journal::note(row_of(deed).label);
  const auto tell_chosen = [this](const work::Command& command) {
    if (open_) open_->chosen().drive->post(command);
  };
  switch (deed) {
    case Deed::run:
      return do_run();
    case Deed::step:
      return tell(work::command::Step{});
    case Deed::step_inside:
      return tell(work::command::StepInside{});
    case Deed::reset:
      return tell(work::command::Reset{});
    case Deed::fork:
      return tell_chosen(work::command::Fork{});
    case Deed::previous_run:
      return choose_run(-1);
    case Deed::next_run:
      return choose_run(1);
    case Deed::undo:
      return tell_chosen(work::command::Undo{});
    case Deed::redo:
      return tell_chosen(work::command::Redo{});
    case Deed::edits:
      asked_ = Overlay::edits;
      return;
    case Deed::save:
      if (open_)
        save_to(open_->file.empty() ? options_.documents / (std::string(open_->exhibit->id) + ".vitrine")
                                    : open_->file);
      return;
    case Deed::open:
      return ask_for_file();
    case Deed::open_path:
      asked_ = Overlay::open;
      return;
    case Deed::copy_link:
      return copy_link();
    case Deed::paste:
      return post_->send([](App& app) { app.paste(); });  // what is drawn now lives until it is shown
    case Deed::home:
      return leave([](App& app) { app.home(); });
    case Deed::afresh:
      return post_->send([](App& app) { app.start_afresh(); });  // what is drawn now lives until it is shown
    case Deed::search:
      asked_ = Overlay::search;
      return;
    case Deed::help:
      asked_ = Overlay::keys;
      return;
    case Deed::look:
      asked_ = Overlay::look;
      return;
    case Deed::devices:
      asked_ = Overlay::devices;
      return;
    case Deed::assets:
      asked_ = Overlay::assets;
      return;
    case Deed::compare:
      return post_->send([](App& app) { app.compare(); });  // what is drawn now lives until it is shown
    case Deed::engine_room:
      folds_.engine_room = !folds_.engine_room;
      return;
    case Deed::story:  // folds the column where there is room for one, else opens the drawer
      folds_.story_folded = room_for_story_ != folds_.story_folded;
      folds_.story_drawer = !room_for_story_ && !folds_.story_drawer;
      return;
    case Deed::controls:
      folds_.controls_drawer = !folds_.controls_drawer;
      return;
    case Deed::next_look:
      settings_.look = static_cast<Look>((static_cast<int>(look()) + 1) % kLooks);
      settings_.follow_desktop = false;
      return;
    case Deed::presenter:
      folds_.presenter = !folds_.presenter;
      folds_.controls_drawer = folds_.story_drawer = false;
      return;
    case Deed::full_screen:
      full_screen_ = !full_screen_;
      return;
    case Deed::larger:
      return zoom(kZoomStep);
    case Deed::smaller:
      return zoom(1 / kZoomStep);
    case Deed::actual_size:
      return zoom(0);
    case Deed::quit:
      quit_ = true;
      return;
  }
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

void App::frame(Ui& ui) {
  std::vector<std::function<void(App&)>> letters;
  {
    const std::lock_guard lock(post_->mutex);
    letters.swap(post_->letters);
  }
  for (const auto& letter : letters) letter(*this);
  if (!open_ && !gallery_) home();
  for (const Outgoing& file : std::exchange(ui.outbox, {})) keep(file);
  if (std::string path = std::exchange(ui.control.wanted, {}); !path.empty() && open_) {
    if (!lay_out_stage(ui, folds_).controls_column) folds_.controls_drawer = true;
    open_->chosen().controls.reveal(std::move(path));
  }
  if (!toast_.empty()) show_toast(ui, std::exchange(toast_, {}), std::exchange(toast_action_, {}));
  if (std::exchange(ui.toast_taken, false)) start_afresh();
  if (const auto deed = pressed_deed(open_ != nullptr)) {
    do_deed(*deed);
    presenter_.pressed(row_of(*deed), ImGui::GetTime());
  }

  room_for_story_ = !ui.theme.compact() && !folds_.presenter;
  if (room_for_story_) folds_.story_drawer = false;
  if (imgui_compat::pressed(Key::escape)) folds_.story_drawer = folds_.controls_drawer = folds_.engine_room = false;
  const std::string device = device_label(backend_->info());
  folds_.comparing = open_ && open_->comparison;
  if (open_) {
    if (const auto deed = draw_stage(ui, *open_, folds_, *backend_, device)) do_deed(*deed);
  } else {
    Rect rect = ui.window();
    const bool alone = too_small(ui);
    if (alone)
      say_too_small(ui, rect.take_top(ui.theme.u(kAloneTop)), "the gallery");
    else if (const auto deed =
                 draw_top_bar(ui, rect.take_top(ui.theme.px(measure::top_bar)), {.title = {}, .device = device}))
      do_deed(*deed);
    if (const views::Exhibit* chosen = gallery_->draw(ui, rect, alone))
      post_->send([chosen](App& app) { app.open(*chosen); });
  }
  if (open_ && open_->side.shown) open_->autosave.frame(*open_->side.drive, *open_->side.shown, ImGui::GetTime());
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
