// Which sessions run: those of the gallery, the one that is open, the copy beside it; and on which device.
#include "app/shell/app.h"
#include "app/shell/journal.h"

namespace vitrine::shell {

using namespace ui;

std::unique_ptr<work::Runner> App::runner_of(const views::Exhibit& exhibit, std::shared_ptr<Backend> backend) const {
  return std::make_unique<work::Runner>(std::string(exhibit.id), exhibit.open({std::move(backend), options_.seed}));
}

// On its own small backend: a picture must never slow an exhibit down. Nor does the window wait for its data.
std::unique_ptr<Drive> App::drive_of_picture(const views::Exhibit& exhibit) const {
  if (!options_.threaded) return drive_in_step(runner_of(exhibit, open_device("cpu", 1)));
  return drive_when_made(
      [&exhibit, seed = options_.seed, wake = options_.wake] {
        return drive_in_thread(
            std::make_unique<work::Runner>(std::string(exhibit.id), exhibit.open({open_device("cpu", 1), seed})), wake);
      },
      options_.wake);
}

Side App::side(const views::Exhibit& exhibit) const {
  std::unique_ptr<work::Runner> runner = runner_of(exhibit, backend_);
  work::Session& session = runner->session();
  const work::ControlTable& table = session.controls();
  return {.view = exhibit.view(),
          .controls = ControlsColumn(table, table.values(session.settings())),
          .drive =
              options_.threaded ? drive_in_thread(std::move(runner), options_.wake) : drive_in_step(std::move(runner))};
}

void App::home() {
  open_.reset();
  folds_.story_drawer = folds_.controls_drawer = folds_.engine_room = false;
  if (gallery_) return;
  gallery_ = std::make_unique<Gallery>(
      views::exhibits(), [this](const views::Exhibit& each) { return drive_of_picture(each); }, options_.alive);
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

void App::ask(std::function<void(work::Runner&)> work) {
  open_->side.drive->post(work::command::Call{std::move(work)});
}

void App::open(const views::Exhibit& exhibit) {
  show(exhibit);
  const auto left = left_.find(std::string(exhibit.id));
  if (left == left_.end()) return ask([rescue = rescue_](work::Runner& runner) { rescue->safe(runner, {}); });
  ask([document = left->second](work::Runner& runner) { runner.open(document); });
  toast_ = "Goes on where you left it";
  toast_action_ = "Start afresh";
}

// Leaving is no decision to throw away: what was trained stands there again when the exhibit is opened again.
void App::leave(Letter then) {
  if (!open_) return after_this_frame(std::move(then));
  ask([then = std::move(then), post = post_](work::Runner& runner) {
    std::shared_ptr<const work::Document> document;
    if (runner.touched()) document = std::make_shared<const work::Document>(runner.document());
    post->send([then, document, exhibit = runner.exhibit()](App& app) {
      app.left_.erase(exhibit);
      if (document) app.left_.emplace(exhibit, *document);
      then(app);
    });
  });
}

void App::start_afresh() {
  if (!open_) return;
  const views::Exhibit& exhibit = *open_->exhibit;
  left_.erase(std::string(exhibit.id));
  open(exhibit);
}

// A second session beside the open one, which begins where that stands; or alone again.
void App::compare() {
  if (!open_) return;
  if (open_->comparison) {
    open_->comparison.reset();
    return;
  }
  open_->side.drive->post(work::command::Pause{});
  ask([post = post_](work::Runner& runner) {
    auto document = std::make_shared<const work::Document>(runner.document());
    post->send([document](App& app) {
      if (!app.open_ || app.open_->exhibit->id != document->exhibit) return;
      app.open_->comparison = std::make_unique<Comparison>(app.side(*app.open_->exhibit));
      app.open_->comparison->other().drive->post(
          work::command::Call{[document](work::Runner& other) { other.open(*document); }});
    });
  });
}

// What was learnt goes along: the session's thread hands its document over, then a session opens on the new device.
void App::use_device(const std::string& id) {
  std::shared_ptr<Backend> next = open_device(id, options_.threads, options_.cache);
  options_.device = id;
  if (!open_) {
    backend_ = std::move(next);
    return;
  }
  ask([next, post = post_](work::Runner& runner) {
    auto document = std::make_shared<const work::Document>(runner.document());
    post->send([document, next](App& app) { app.go_on_with(*document, next); });
  });
}

// As unsaved as it was: what is kept of it stays, and goes on to be kept.
void App::go_on_with(const work::Document& document, std::shared_ptr<Backend> backend) {
  const std::filesystem::path file = open_ ? open_->file : std::filesystem::path();
  open_.reset();
  backend_ = std::move(backend);
  show(*views::find_exhibit(document.exhibit));
  open_->file = file;
  ask([document](work::Runner& runner) { runner.open(document); });
}

}  // namespace vitrine::shell
