// A stage without a shell: one exhibit's view and controls column over a runner that answers at once.
#pragma once

#include <memory>
#include <string>

#include "app/ui/controls.h"
#include "app/ui/draw.h"
#include "app/ui/headless.h"
#include "app/work/runner.h"
#include "engine/backends.h"
#include "views/exhibit.h"

namespace vitrine::views {

class Stage {
 public:
  Stage(const Exhibit& exhibit, int width, int height, ui::Theme theme, std::shared_ptr<ui::Fonts> fonts = nullptr,
        std::shared_ptr<work::Runner> running = nullptr)  // a run of its own unless one is given
      : owned_(running ? std::move(running) : run_of(exhibit)),
        headless(width, height, theme, std::move(fonts)),
        runner(*owned_),
        view_(exhibit.view()),
        controls_(runner.session().controls(), runner.session().controls().values(runner.session().settings())) {}

  static std::shared_ptr<work::Runner> run_of(const Exhibit& exhibit) {
    return std::make_shared<work::Runner>(std::string(exhibit.id), exhibit.open({open_device("cpu", 1), 0}));
  }

 private:
  std::shared_ptr<work::Runner> owned_;

 public:
  ui::Headless headless;
  work::Runner& runner;
  std::shared_ptr<const work::Snapshot> shown;

  std::uint64_t tell(work::Command command) {
    runner.handle(command);
    shown = nullptr;
    return ++posted_;
  }
  void draw(ui::Ui& ui) {
    if (!shown) shown = runner.snapshot();
    const ui::Theme& theme = ui.theme;
    const auto post = [this](work::Command command) { waiting_.push_back(std::move(command)); };
    const auto post_number = [this](work::Command command) {
      waiting_.push_back(std::move(command));
      return posted_ + waiting_.size();
    };
    ui::Rect rest = ui.window();
    rest.take_top(theme.px(ui::measure::top_bar));
    rest.take_bottom(theme.px(theme.compact() ? ui::measure::run_bar_compact : ui::measure::run_bar));
    const ui::Rect column =
        snap(rest.take_left(theme.px(theme.compact() ? ui::measure::controls_compact : ui::measure::controls)));
    rest.take_right(theme.compact() ? theme.u(3) : theme.px(ui::measure::story));
    {
      const ui::Region pane(ui, "pane", snap(rest), theme->pane, theme.px(ui::measure::radius_pane));
      view_->draw(ui, snap(rest), *shown, post);
    }
    {
      const ui::Region region(ui, "controls", column, theme->wall);
      controls_.draw(
          ui, column.inset(theme.u(4), 0), *shown, post_number,
          [&](ui::Ui& u, const ui::Rect& r, std::string_view group) {
            return view_->above_rows(u, r, group, *shown, post);
          },
          [&](ui::Ui& u, const ui::Rect& r, std::string_view group) {
            return view_->below_rows(u, r, group, *shown, post);
          });
    }
    std::vector<work::Command> commands = std::move(waiting_);
    waiting_.clear();
    // What was posted is done after the frame, as a worker would.
    after_ = std::move(commands);
  }
  void frame() {
    headless.frame([this](ui::Ui& ui) { draw(ui); });
    for (work::Command& command : after_) tell(std::move(command));
    after_.clear();
  }
  void settle() {
    do frame();
    while (headless.input_waits());
    frame(), frame();
  }
  void draw_picture(const ui::Rect& rect) {
    if (!shown) shown = runner.snapshot();
    headless.frame([&](ui::Ui& ui) {
      const ui::Region region(ui, "picture", rect, ui.theme->pane);
      view_->picture(ui, rect, *shown);
    });
  }
  ui::Rect place(std::string_view name) const {
    for (const ui::Audit::Item& item : headless.audit().items()) {
      if (item.name == name) return item.rect;
    }
    return {};
  }
  std::string faults() const {
    std::string all;
    for (const std::string& fault : headless.audit().faults()) all += fault + "\n";
    return all;
  }

 private:
  std::unique_ptr<View> view_;
  ui::ControlsColumn controls_;
  std::vector<work::Command> waiting_, after_;
  std::uint64_t posted_ = 0;
};

}  // namespace vitrine::views
