// Two stages side by side, in step with each other.
#include "app/shell/comparison.h"

#include <algorithm>
#include <map>

#include "app/ui/draw.h"
#include "app/ui/number.h"
#include "app/ui/read_out.h"
#include "app/ui/rows.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr double kSoon = 0.025, kLate = 0.06;  // seconds for a picture's steps: more next time, fewer next time
constexpr std::int64_t kMostFitting = 1 << 20;
constexpr float kHead = 12, kFoot = 11, kGap = 3, kLeastBoth = 300;  // units
constexpr float kLeastStages = 120, kPictureWords = 30;              // units: above a picture, and beside it

std::string read_out_text(const work::ReadOut& out) {
  return out.digits == 0 ? number_text(out.value, {.decimals = 0}) : number_text(out.value, {.digits = out.digits});
}

}  // namespace

void Lockstep::frame(const Side& a, const Side& b, double now) {
  const Side* sides[] = {&a, &b};
  for (int i = 0; i < 2; ++i) {
    if (!sides[i]->shown || sides[i]->shown->handled < asked_[i]) return;
    if (!sides[i]->shown->failed.empty()) playing_ = false;
  }
  if (!playing_) return;
  const double took = now - since_;
  if (took < kSoon) fitting_ = std::min(kMostFitting, fitting_ * 2);
  if (took > kLate) fitting_ = std::max<std::int64_t>(1, fitting_ / 2);
  const std::int64_t count = speed_ > 0 ? speed_ : fitting_;
  const std::int64_t ahead = a.shown->step - b.shown->step;
  since_ = now;
  if (ahead <= 0) asked_[0] = a.drive->post(work::command::Step{ahead < 0 ? std::min(count, -ahead) : count});
  if (ahead >= 0) asked_[1] = b.drive->post(work::command::Step{ahead > 0 ? std::min(count, ahead) : count});
}

std::vector<Difference> differences(const Side& a, const Side& b) {
  std::vector<Difference> all;
  if (!a.shown || !b.shown) return all;
  const work::ControlTable& table = a.controls.table();
  const auto of_a = table.values(a.shown->settings.get()), of_b = table.values(b.shown->settings.get());
  for (std::size_t i = 0; i < std::min(of_a.size(), of_b.size()); ++i) {
    const work::Control& row = *table.find(of_a[i].first);
    if (of_a[i].second == of_b[i].second || row.trained) continue;
    all.push_back({row.id, row.words.label, words_of(row, of_a[i].second), words_of(row, of_b[i].second)});
  }
  return all;
}

void Comparison::frame(const Side& side, double now) {
  other_.frame();
  lockstep_.frame(side, other_, now);
}

void Comparison::post(Side& side, const work::Command& command) {
  if (std::holds_alternative<work::command::Play>(command)) return lockstep_.play(true);
  if (const auto* speed = std::get_if<work::command::Speed>(&command)) return lockstep_.speed(speed->steps_per_frame);
  lockstep_.play(false);
  if (std::holds_alternative<work::command::Pause>(command)) return;
  side.drive->post(command);
  other_.drive->post(command);
}

// The letter, how the run stands there, and a rule under the one whose controls are shown.
void Comparison::draw_head(Ui& ui, const Rect& line, int which, const Side& side, std::string_view step_word) {
  const Theme& theme = ui.theme;
  const std::string letter = which == 0 ? "A" : "B";
  const Help help{.name = letter, .meaning = "Shows and edits the controls of this one."};
  const Item it = item(ui, "compare." + letter, line, {.help = &help});
  if (it.pressed) chosen_ = which;
  const Ground ground(ui, it.hovered ? theme.overlay(Overlay::hovered_row, ui.ground) : ui.ground);
  if (it.hovered) fill(ui, line, ui.ground, theme.px(measure::radius_button));
  if (it.focused) focus_ring(ui, line, theme.px(measure::radius_button));
  const bool chosen = chosen_ == which;
  Rect rest = line.inset(theme.u(3), 0);
  const float mark = theme.u(7);
  const Rect disc_at = rest.take_left(mark);
  disc(ui, {disc_at.middle_x(), disc_at.middle_y()}, mark / 2, chosen ? theme->accent : theme.overlay(Overlay::quiet));
  {
    const Ground on(ui, chosen ? theme->accent : theme.overlay(Overlay::quiet, ui.ground));
    text(ui, disc_at, letter,
         {.type = Type::value, .colour = chosen ? theme->on_accent : theme->ink, .align = Align::centre});
  }
  rest.take_left(theme.u(4));
  const work::Snapshot& now = *side.shown;
  std::vector<work::ReadOut> outs = now.read_outs;
  if (outs.empty()) outs.push_back({std::string(step_word), static_cast<double>(now.step), {}, 0});
  for (const work::ReadOut& out : outs) {
    const std::string value = read_out_text(out);
    const ui::ReadOut shown{.caption = out.caption, .value = value, .unit = out.unit};
    const float width = read_out_width(ui, shown);
    if (width > rest.w) break;
    read_out(ui, rest.take_left(width), shown);
    rest.take_left(theme.u(6));
  }
}

void Comparison::draw_differences(Ui& ui, const Rect& line, const Side& side) {
  const Theme& theme = ui.theme;
  Rect rest = line.inset(theme.u(3), 0);
  const float baseline = baseline_in(ui, rest, Type::body);
  const auto put = [&](std::string_view words, Type type, Colour colour, float gap) {
    const float width = text_width(ui, type, words);
    text_on(ui, rest.x, rest.right(), baseline, words, {.type = type, .colour = colour, .may_cut = true});
    rest.take_left(std::min(rest.w, width + theme.u(gap)));
  };
  put("What differs", Type::section, theme->ink, 5);
  const std::vector<Difference> all = differences(side, other_);
  if (all.empty()) return put("Nothing yet. Choose A or B and change a control (C).", Type::body, theme->ink2, 0);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Difference& each = all[i];
    const float needed = text_width(ui, Type::body, each.label + each.a + each.b) + theme.u(22);
    if (i > 0 && needed > rest.w)
      return put("and " + std::to_string(all.size() - i) + " more", Type::body, theme->ink2, 0);
    put(each.label, Type::body, theme->ink2, 2);
    put("A", Type::small, theme->ink3, 1);
    put(each.a, Type::value, theme->ink, 2);
    put("B", Type::small, theme->ink3, 1);
    put(each.b, Type::value, theme->ink, 6);
  }
}

void Comparison::draw(Ui& ui, const Rect& rect, const views::Exhibit& exhibit, Side& side) {
  const Theme& theme = ui.theme;
  Rect rest = rect;
  const float picture = theme.u(side.view->difference_units());
  const bool has_picture = picture > 0 && rest.h - picture >= theme.u(kLeastStages);
  const Rect foot = rest.take_bottom(has_picture ? picture : theme.u(kFoot)), heads = rest.take_top(theme.u(kHead));
  const float gap = theme.u(kGap);
  const bool one_at_a_time = rest.w < theme.u(kLeastBoth);
  Side* sides[] = {&side, &other_};
  for (int i = 0; i < 2; ++i) {
    const Rect place = one_at_a_time ? rest : rest.column(i, 2, gap);
    if (!one_at_a_time || i == chosen_)
      draw_side(ui, snap(place), i == 0 ? "pane" : "pane of the other", exhibit.step, *sides[i]);
    const Region region(ui, i == 0 ? "head" : "head of the other", snap(heads.column(i, 2, gap)), theme->wall);
    if (sides[i]->shown) draw_head(ui, snap(heads.column(i, 2, gap).inset(0, theme.u(1))), i, *sides[i], exhibit.step);
  }
  const Region region(ui, "what differs", foot, theme->wall);
  draw_foot(ui, foot, has_picture, side);
}

// Settings at the left; at the right what they lead to.
void Comparison::draw_foot(Ui& ui, Rect foot, bool has_picture, Side& side) {
  const Theme& theme = ui.theme;
  if (has_picture) {
    foot.take_top(theme.u(2));
    Rect picture = foot.take_right(std::min(foot.w / 2, foot.h + theme.u(kPictureWords)));
    foot.take_right(theme.u(kGap));
    if (side.shown && other_.shown) side.view->draw_difference(ui, snap(picture), *side.shown, *other_.shown);
  }
  draw_differences(ui, foot.take_top(theme.u(kFoot)), side);
}

}  // namespace vitrine::shell
