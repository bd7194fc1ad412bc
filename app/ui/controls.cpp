// Draws the rows of a control table and turns what happens to them into commands.
#include "app/ui/controls.h"

#include <algorithm>
#include <tuple>

#include "app/ui/button.h"
#include "app/ui/draw.h"
#include "app/ui/number.h"

namespace vitrine::ui {
namespace {
constexpr const char* kLocked = "The file that is open locks it.";

using work::Control;
using Kind = work::Control::Kind;

constexpr float kGroupGap = 5, kGroupGapCompact = 3;  // units between the last row's pitch and the next heading
constexpr float kAboveButton = 2, kBelowButton = 1;   // units: the row above may end in the knob of its slider
constexpr const char* kMore = "More";
constexpr float kMoreWidth = 70, kMoreGap = 2;  // units: the card of folded rows, and how far from the column it is

std::string joined(const std::vector<work::Choice>& choices) {
  std::string all;
  for (const work::Choice& choice : choices) all += (all.empty() ? "" : ", ") + choice.label;
  return all;
}

std::string with_unit(std::string text, const std::string& unit) {
  return unit.empty() ? text : text + " " + unit;
}

float group_gap(const Ui& ui) {
  return ui.theme.u(ui.theme.compact() ? kGroupGapCompact : kGroupGap);
}

std::int64_t whole(double v) {
  return static_cast<std::int64_t>(v);
}

}  // namespace

Help help_of(const Control& control) {
  Help help{.name = control.words.label,
            .range = {},
            .meaning = control.words.meaning,
            .rising = control.words.rising,
            .reason = {}};
  const work::Range& range = control.range;
  if (control.kind == Kind::real || control.kind == Kind::integer)
    help.range = number_text(range.low, {.digits = 0, .trim = true}) + " to " +
                 with_unit(number_text(range.high, {.digits = 0, .trim = true}), range.unit);
  if (control.kind == Kind::real)
    help.range = number_text(range.low, {.trim = true}) + " to " +
                 with_unit(number_text(range.high, {.trim = true}), range.unit);
  if (range.most() > range.high)
    help.meaning += " A number may be typed up to " +
                    with_unit(number_text(range.most(), {.digits = 0, .trim = true}), range.unit) + ".";
  if (control.kind == Kind::choice) help.range = joined(control.choices);
  return help;
}

std::string words_of(const Control& control, const work::Value& value) {
  constexpr std::size_t kLongest = 40;  // bytes
  for (const work::Choice& choice : control.choices)
    if (value == work::Value(choice.id)) return choice.label;
  const double* real = std::get_if<double>(&value);
  std::string text = real ? number_text(*real, {.trim = true}) : to_text(value);
  if (!std::holds_alternative<std::string>(value) || text.size() <= kLongest) return text;
  std::size_t end = kLongest;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // at a whole letter
  return text.substr(0, end) + "…";
}

ControlsColumn::ControlsColumn(const work::ControlTable& table, const Values& defaults)
    : table_(table), defaults_(defaults.begin(), defaults.end()) {}

work::Value ControlsColumn::value_of(const Line& line, const work::Snapshot& snapshot) const {
  const auto asked = pending_.find(line.path);
  if (asked != pending_.end() && snapshot.handled < asked->second.second) return asked->second.first;
  return table_.get(snapshot.settings.get(), line.path);
}

// What is asked for as it stands, what is set as what it comes to; so does the default while it is asked for.
work::Value ControlsColumn::shown_value(const Line& line, const work::Snapshot& snapshot) const {
  const auto asked = pending_.find(line.path);
  const bool settled = asked == pending_.end() || asked->second.first == default_of(line);
  return line.control->comes_to && line.path == line.control->id && settled
             ? line.control->comes_to(snapshot.settings.get())
             : value_of(line, snapshot);
}

const work::Value& ControlsColumn::default_of(const Line& line) const {
  static const work::Value none = false;
  if (const auto found = defaults_.find(line.path); found != defaults_.end()) return found->second;
  const std::size_t dot = line.path.find("].");  // a field of a record: the fresh record's
  if (dot == std::string::npos) return none;
  const Control* list = table_.find(line.path.substr(0, line.path.find('[')));
  if (!list) return none;
  for (const auto& [field, value] : std::get<work::Record>(list->fresh_record))
    if (field == line.path.substr(dot + 2)) return value;
  return none;
}

std::vector<ControlsColumn::Found> ControlsColumn::all(const work::Snapshot& snapshot) const {
  std::vector<Found> found;
  for (const Group& group : groups(snapshot))
    for (const Line& line : group.lines) {
      if (line.kind != Line::Kind::control) continue;
      const bool action = line.control->kind == Kind::action, in_record = line.path != line.control->id;
      const std::string of = in_record ? " " + std::to_string(line.index + 1) : std::string();
      found.push_back({.path = line.path,
                       .label = line.control->words.label + of,
                       .value = action ? std::string() : to_text(shown_value(line, snapshot))});
    }
  return found;
}

std::vector<ControlsColumn::Group> ControlsColumn::groups(const work::Snapshot& snapshot) const {
  std::vector<Group> all;
  for (const Control& control : table_.rows()) {
    if (all.empty() || all.back().title != control.group) {
      auto known = std::ranges::find(all, control.group, &Group::title);
      if (known == all.end())
        all.push_back({.title = control.group});
      else
        std::rotate(known, known + 1, all.end());
    }
    const bool elsewhere = control.elsewhere && control.elsewhere(snapshot.settings.get());
    const work::Access access = snapshot.classroom.access(control.id);
    if (control.on_stage || elsewhere || access == work::Access::hidden) continue;
    std::vector<Line>& lines = all.back().lines;
    if (control.rarely) all.back().often = std::min(all.back().often, lines.size());
    if (control.kind != Kind::list) {
      lines.push_back({.kind = Line::Kind::control, .control = &control, .path = control.id, .index = 0});
      continue;
    }
    const work::Value value = control.get(snapshot.settings.get());
    const std::size_t records = std::get<work::List>(value).size();
    for (std::size_t i = 0; i < records; ++i) {
      const std::string record = control.id + "[" + std::to_string(i) + "]";
      lines.push_back({.kind = Line::Kind::record_head, .control = &control, .path = record, .index = i});
      for (const Control& field : control.records->rows())
        lines.push_back({.kind = Line::Kind::control, .control = &field, .path = record + "." + field.id, .index = i});
    }
    if (static_cast<double>(records) < control.range.high && access == work::Access::free)
      lines.push_back({.kind = Line::Kind::add, .control = &control, .path = control.id, .index = records});
  }
  for (Group& group : all) group.shown = group.lines.size();
  return all;
}

float ControlsColumn::height(const Ui& ui, const Line& line) const {
  if (line.kind == Line::Kind::record_head)  // has a button of its own
    return std::max(choice_height(ui), snap(ui.theme.px(measure::button_height)));
  if (line.kind == Line::Kind::add) return choice_height(ui);
  const Kind kind = line.control->kind;
  if (kind == Kind::action) return snap(ui.theme.px(measure::button_height)) + ui.theme.u(kAboveButton + kBelowButton);
  return kind == Kind::real || kind == Kind::integer ? slider_height(ui) : choice_height(ui);
}

float ControlsColumn::height(const Ui& ui, const Group& group, std::size_t from, std::size_t to) const {
  float sum = 0;
  for (std::size_t i = from; i < to; ++i) sum += height(ui, group.lines[i]);
  return sum;
}

// With its heading and the gap after it.
float ControlsColumn::height(const Ui& ui, const Group& group) const {
  float sum = height(ui, group, 0, group.shown);
  for (const char* side : {"above:", "below:"})
    if (const auto known = extra_.find(side + group.title); known != extra_.end()) sum += known->second;
  return sum == 0 ? 0 : sum + group_gap(ui) + (group.title.empty() ? 0 : heading_height(ui));
}

// Takes rows from the end of whichever group shows most of them, until the column fits; those that are rarely used go
// before all others, from whichever group shows most of these. A group without a heading has no place for "More", and
// keeps all.
void ControlsColumn::fold(const Ui& ui, std::vector<Group>& groups, float available) const {
  const auto folds = [](const Group& group) { return group.shown > 1 && !group.title.empty(); };
  while (true) {
    float needed = -group_gap(ui);
    for (const Group& group : groups) needed += height(ui, group);
    const auto longest = std::ranges::max_element(groups, {}, [&](const Group& group) {
      return std::tuple(folds(group), std::max(group.shown, group.often) - group.often, group.shown);
    });
    if (needed <= available || longest == groups.end() || !folds(*longest)) return;
    --longest->shown;
  }
}

void ControlsColumn::draw(Ui& ui, const Rect& column, const work::Snapshot& snapshot, const Post& post,
                          const Extra& above, const Extra& below) {
  if (!snapshot.settings) return;
  std::erase_if(pending_, [&](const auto& entry) { return entry.second.second <= snapshot.handled; });
  std::vector<Group> all = groups(snapshot);
  fold(ui, all, column.h);
  Rect left = column;
  float later = -group_gap(ui);  // what the groups to come need; the last one needs no gap
  for (const Group& group : all) later += height(ui, group);
  for (const Group& group : all) {
    const Rect before = left;
    const Rect head = left.take_top(group.title.empty() ? 0 : heading_height(ui));
    later -= height(ui, group);
    float own = height(ui, group, 0, group.shown);
    const auto beside = [&](const char* side, const Extra& extra) {
      Rect room = left;  // the rest of the column is promised to others
      room.h = std::max(0.0f, room.h - later - own);
      const float used = extra ? extra(ui, room, group.title) : 0;
      extra_[side + group.title] = used;
      left.take_top(used);
      return used > 0;
    };
    bool any = beside("above:", above);
    draw_lines(ui, left, group, 0, group.shown, snapshot, post);
    if (group.shown < group.lines.size()) draw_more(ui, head, group, snapshot, post);
    own = 0;
    any = beside("below:", below) || any || !group.lines.empty();
    if (any && !group.title.empty()) heading(ui, head, group.title);
    if (any)
      left.take_top(group_gap(ui));
    else
      left = before;  // all of it is on the stage
  }
}

void ControlsColumn::draw_lines(Ui& ui, Rect& column, const Group& group, std::size_t from, std::size_t to,
                                const work::Snapshot& snapshot, const Post& post) {
  for (std::size_t i = from; i < to; ++i) {
    const Line& line = group.lines[i];
    const Rect rect = column.take_top(height(ui, line));
    if (line.kind == Line::Kind::control) {
      draw_control(ui, rect, line, snapshot, post);
    } else if (line.kind == Line::Kind::add) {
      if (plain_button(ui, rect.x, baseline_in(ui, rect, Type::value), line.path + ".add",
                       "Add to " + line.control->words.label, Weight::quiet))
        post(work::command::Insert{line.path, line.index, line.control->fresh_record});
    } else {
      const float edge = ui.theme.px(measure::icon);
      text(ui, {rect.x, rect.y, rect.w - edge * 2, rect.h},
           line.control->words.label + " " + std::to_string(line.index + 1), {.colour = ui.theme->ink3});
      const bool free = snapshot.classroom.access(line.path) == work::Access::free;
      if (icon_button(ui, {rect.right() - edge / 2, rect.middle_y()}, line.path + ".remove", Icon::minus, "Remove", {},
                      free ? "" : kLocked))
        post(work::command::Erase{line.control->id, line.index});
    }
  }
}

// Where the columns end that folded rows take, none of them taller than the room.
std::vector<std::size_t> ControlsColumn::column_ends(const Ui& ui, const Group& group, float room) const {
  std::vector<std::size_t> ends;
  for (std::size_t i = group.shown, from = i; i < group.lines.size(); ++i) {
    if (i == from || height(ui, group, from, i + 1) <= room) continue;
    ends.push_back(i);
    from = i;
  }
  ends.push_back(group.lines.size());
  return ends;
}

// The word stands at the right end of the heading; the card beside the column, so that the rows in it stay in sight.
void ControlsColumn::draw_more(Ui& ui, const Rect& head, const Group& group, const work::Snapshot& snapshot,
                               const Post& post) {
  const std::string id = "more:" + group.title;
  const bool wanted = std::ranges::find(group.lines.begin() + static_cast<std::ptrdiff_t>(group.shown),
                                        group.lines.end(), revealed_, &Line::path) != group.lines.end();
  const Rect line{head.x, head.y, head.w, ui.theme.line(Type::section)};
  const float x = line.right() - plain_button_width(ui, kMore);
  if (plain_button(ui, snap(x), baseline_in(ui, line, Type::section), id, kMore, Weight::quiet) || wanted)
    ImGui::OpenPopup(id.c_str());
  const float wide = ui.theme.u(kMoreWidth), above = ui.theme.u(2);
  const Rect window = ui.window();
  const std::vector<std::size_t> ends = column_ends(ui, group, window.h - 2 * above);
  float tall = 0;
  for (std::size_t i = 0, from = group.shown; i < ends.size(); from = ends[i++])
    tall = std::max(tall, height(ui, group, from, ends[i]) + 2 * above);
  const float all = wide * static_cast<float>(ends.size());
  const Rect card{std::max(0.0f, std::min(head.right() + ui.theme.u(kMoreGap), window.right() - all)),
                  std::max(0.0f, std::min(head.y, window.bottom() - tall)), all, tall};
  ImGui::SetNextWindowPos(top_left(card));
  ImGui::SetNextWindowSize({card.w, card.h});
  if (!ImGui::BeginPopup(id.c_str(), ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove)) return;
  {
    const Ground raised(ui, ui.theme->raised);
    outline(ui, card, ui.theme.ink_share(ui.theme->raised_edge), 1, ui.theme.px(measure::radius_pane));
    for (std::size_t i = 0, from = group.shown; i < ends.size(); from = ends[i++]) {
      Rect inside = card.column(static_cast<int>(i), static_cast<int>(ends.size()), 0).inset(ui.theme.u(4), above);
      draw_lines(ui, inside, group, from, ends[i], snapshot, post);
    }
  }
  ImGui::EndPopup();
}

void ControlsColumn::draw_control(Ui& ui, const Rect& rect, const Line& line, const work::Snapshot& snapshot,
                                  const Post& post) {
  const Control& control = *line.control;
  if (revealed_ == line.path) {
    ui.refocus = ImGui::GetID(line.path.c_str());
    imgui_compat::show_focus(true);
    revealed_.clear();
  }
  const bool pointed =
      ImGui::IsWindowHovered() && rect.holds(Point{ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y});
  if (ui.control.path == line.path && !pointed)  // a line of a program says it
    fill(ui, rect.inset(-ui.theme.u(1), 0), ui.theme.overlay(Overlay::hovered_row, ui.ground),
         ui.theme.px(measure::radius_button));
  ui.control.point(ImGui::GetID(line.path.c_str()), pointed ? line.path : std::string_view());
  const bool in_record = line.path != control.id;
  std::string why = control.disabled && !in_record ? control.disabled(snapshot.settings.get()) : std::string();
  if (snapshot.classroom.access(line.path) != work::Access::free) why = kLocked;
  Row row{.id = line.path, .label = control.words.label, .help = help_of(control), .disabled = why};
  if (control.kind == Kind::action) {
    const Rect place{rect.x, rect.y + ui.theme.u(kAboveButton), rect.w, snap(ui.theme.px(measure::button_height))};
    if (button(ui, place, row.id, row.label, {.disabled = why, .help = &row.help}))
      post(work::command::Act{control.id});
    return;
  }
  work::Value value = value_of(line, snapshot);
  row.modified = !control.trained && value != default_of(line);
  value = shown_value(line, snapshot);
  const work::Range& range = control.range;
  Edit edit = Edit::none;
  switch (control.kind) {
    case Kind::toggle: {
      edit = toggle_row(ui, rect, row, std::get<bool>(value));
      break;
    }
    case Kind::integer: {
      edit = integer_row(ui, rect, row, std::get<std::int64_t>(value),
                         {.low = whole(range.low),
                          .high = whole(range.high),
                          .most = whole(range.most()),
                          .logarithmic = range.logarithmic,
                          .step = std::max<std::int64_t>(1, whole(range.step)),
                          .unit = range.unit});
      break;
    }
    case Kind::real: {
      edit = slider_row(ui, rect, row, std::get<double>(value),
                        {.low = range.low,
                         .high = range.high,
                         .most = range.most(),
                         .logarithmic = range.logarithmic,
                         .step = range.step,
                         .unit = range.unit,
                         .format = {.digits = range.digits, .trim = true}});
      break;
    }
    case Kind::choice: {
      std::vector<std::string> labels;
      for (const work::Choice& choice : control.choices) labels.push_back(choice.label);
      const auto chosen = std::ranges::find(control.choices, std::get<std::string>(value), &work::Choice::id);
      int index = static_cast<int>(chosen - control.choices.begin());
      edit = choice_row(ui, rect, row, index, labels);
      if (edit == Edit::changed || edit == Edit::committed) value = control.choices[static_cast<std::size_t>(index)].id;
      break;
    }
    case Kind::text: {
      edit = text_row(ui, rect, row, std::get<std::string>(value));
      break;
    }
    case Kind::action:
    case Kind::list:
      break;
  }
  if (edit == Edit::none) return;
  if (edit == Edit::reset) value = default_of(line);
  const std::uint64_t number = post(work::command::Set{line.path, value, edit != Edit::changed});
  pending_[line.path] = {value, number};
}

}  // namespace vitrine::ui
