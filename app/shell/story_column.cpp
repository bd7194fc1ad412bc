// Draws the story from its title down, leaving out from the end what the column cannot hold.
#include "app/shell/story_column.h"

#include <algorithm>

#include "app/ui/draw.h"
#include "app/ui/icons.h"

namespace vitrine::shell {

using namespace ui;

namespace {

class Column {
 public:
  Column(Ui& ui, const Rect& rect) : ui_(ui), left_(rect) {}

  // False when it did not fit and was left out with all that follows.
  bool paragraph(std::string_view words, TextStyle style, float indent = 0) {
    Rect box = left_;
    box.take_left(indent);
    used_ = ui::paragraph(ui_, box, words, style, false);
    full_ = full_ || used_ > left_.h;
    if (full_) return false;
    ui::paragraph(ui_, box, words, style);
    left_.take_top(used_);
    return true;
  }
  void gap(float units) { left_.take_top(ui_.theme.u(units)); }
  float y() const { return left_.y; }
  float used() const { return used_; }

 private:
  Ui& ui_;
  Rect left_;
  float used_ = 0;
  bool full_ = false;
};

// Done: accent disc with a tick. Next: accent ring. Later: grey ring.
void check_circle(Ui& ui, Point centre, bool done, bool next) {
  const Theme& theme = ui.theme;
  const float radius = theme.px(8);
  if (done) {
    ui.canvas()->AddCircleFilled(vec(centre), radius, theme->accent);
    icon(ui, Icon::check, centre, theme.px(11), theme->on_accent);
  } else {
    const float stroke = theme.stroke(measure::stroke_icon);
    ui.canvas()->AddCircle(vec(centre), radius - stroke / 2, next ? theme->accent : theme->ink3, 0, stroke);
  }
}

}  // namespace

void draw_story(Ui& ui, const Rect& rect, const views::Story& story, const std::vector<bool>& tried) {
  const Theme& theme = ui.theme;
  Column column(ui, rect);
  column.paragraph(story.title, {.type = Type::title});
  column.gap(1.5f);
  for (const std::string& words : story.body) {
    column.gap(1);
    column.paragraph(words, {.colour = theme->ink2});
  }
  if (!story.why.empty()) {
    column.gap(5);
    column.paragraph("Why it matters", {.type = Type::section});
    for (const std::string& words : story.why) {
      if (&words != &story.why.front()) column.gap(1);
      column.paragraph(words, {.colour = theme->ink2});
    }
  }
  if (story.tries.empty()) return;
  column.gap(5);
  column.paragraph("Try", {.type = Type::section});
  bool next_known = false;
  for (std::size_t i = 0; i < story.tries.size(); ++i) {
    column.gap(1.5f);
    const bool done = i < tried.size() && tried[i], next = !done && !next_known;
    next_known = next_known || next;
    const float top = column.y();
    if (!column.paragraph(story.tries[i], {.colour = done ? theme->ink3 : theme->ink}, theme.u(7))) return;
    check_circle(ui, {rect.x + theme.px(8), top + theme.line(Type::body) / 2}, done, next);
  }
}

}  // namespace vitrine::shell
