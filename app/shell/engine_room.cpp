// Reads the ledger four times a second, times the plan when asked, and draws both.
#include "app/shell/engine_room.h"

#include <algorithm>
#include <map>

#include "app/ui/button.h"
#include "app/ui/number.h"
#include "app/ui/plot_axes.h"
#include "app/ui/rows.h"
#include "engine/core/number.h"
#include "engine/graph/plan.h"
#include "engine/learn/profile.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr double kReadSeconds = 0.25;
constexpr float kTableShare = 0.38f, kTwoColumns = 170;  // of the width; units
constexpr double kPerMicrosecond = 1e3;                  // a thousand a microsecond are a thousand million a second

// In thousand millions a second.
std::string rate_text(std::int64_t count, double microseconds) {
  return number_text(microseconds > 0 ? static_cast<double>(count) / microseconds / kPerMicrosecond : 0,
                     {.decimals = 2});
}

int rows_that_fit(const Ui& ui, const Rect& rect) {
  int rows = 0;
  while (table_height(ui, rows + 1) <= rect.h) ++rows;
  return rows;
}

}  // namespace

std::vector<Holding> holdings(const Ledger& ledger) {
  std::map<std::string, Holding> by_owner;
  for (const Ledger::Line& line : ledger.lines()) {
    Holding& holding = by_owner[line.owner];
    holding.owner = line.owner;
    ++holding.buffers;
    holding.bytes += line.bytes;
  }
  std::vector<Holding> all;
  for (auto& [owner, holding] : by_owner) all.push_back(std::move(holding));
  std::ranges::stable_sort(all, std::ranges::greater(), &Holding::bytes);
  return all;
}

void EngineRoom::time_step(Drive& drive, Backend& backend) {
  asked_ = true;
  drive.post(work::command::Call{[timed = timed_, &backend](work::Runner& runner) {
    auto profile = std::make_shared<learn::Profile>();
    if (const Plan* plan = runner.session().step_plan()) *profile = learn::profile(*plan, backend);
    const std::lock_guard lock(timed->mutex);
    timed->profile = std::move(profile);
  }});
}

// One copy of the weights for each picture in which the run has moved.
void EngineRoom::leak(Drive& drive, const work::Snapshot& snapshot, Backend& backend) {
  if (!leaking_ || snapshot.step == leaked_at_ || snapshot.inside > 0) return;
  leaked_at_ = snapshot.step;
  drive.post(work::command::Call{[leak = leak_, &backend](work::Runner& runner) {
    if (runner.session().inside() > 0) return;
    const std::vector<float> weights = runner.session().save().slab;
    const auto bytes = std::as_bytes(std::span(weights));
    if (bytes.empty() || leak->bytes + bytes.size() > kMostLeaked) return;
    leak->buffers.push_back(backend.allocate(bytes.size(), "leaked"));
    backend.upload(*leak->buffers.back(), 0, bytes);
    leak->bytes += bytes.size();
  }});
}

void EngineRoom::refresh(const Ledger& ledger, double now) {
  if (read_ < 0 || now - read_ >= kReadSeconds) {
    held_ = holdings(ledger);
    read_ = now;
  }
  const std::lock_guard lock(timed_->mutex);
  if (!timed_->profile) return;
  profile_ = std::exchange(timed_->profile, nullptr);
  lanes_.clear();
  spans_.clear();
  double at = 0;
  for (const learn::LaunchProfile& launch : profile_->launches) {
    if (lanes_.empty() || lanes_.back() != launch.segment) lanes_.push_back(launch.segment);
    spans_.push_back({.name = launch.name,
                      .lane = static_cast<int>(lanes_.size()) - 1,
                      .from = at,
                      .length = launch.microseconds,
                      .more = {{"result", launch.shape},
                               {"moved", bytes_text(static_cast<double>(launch.bytes))},
                               {"moving", rate_text(launch.bytes, launch.microseconds) + " GB/s"},
                               {"operations", number_text(static_cast<double>(launch.flops), {.decimals = 0})},
                               {"computing", rate_text(launch.flops, launch.microseconds) + " GFLOP/s"}}});
    at += launch.microseconds;
  }
}

void EngineRoom::draw_ledger(Ui& ui, const Rect& rect) {
  Rect body = rect;
  std::size_t buffers = 0, bytes = 0;
  for (const Holding& each : held_) buffers += each.buffers, bytes += each.bytes;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), "Memory held");
  static const std::vector<TableColumn> kColumns = {{.title = "whose", .number = false, .share = 2, .sorts = true},
                                                    {.title = "buffers", .sorts = true},
                                                    {.title = "bytes", .share = 1.4f, .sorts = true}};
  const auto fit = static_cast<std::size_t>(rows_that_fit(ui, body));
  // The last line is the sum; what does not fit before it is one line of its own.
  const std::size_t own = held_.size() + 1 <= fit ? held_.size() : fit > 2 ? fit - 2 : 0;
  std::vector<TableCell> cells;
  const auto add = [&](const std::string& owner, std::size_t count, std::size_t size) {
    cells.push_back({owner, owner == "leaked" ? ui.theme->warning : 0});
    cells.push_back({number_text(static_cast<double>(count), {.decimals = 0})});
    cells.push_back({number_text(static_cast<double>(size), {.decimals = 0})});
  };
  std::size_t rest_buffers = buffers, rest_bytes = bytes;
  for (std::size_t i = 0; i < own; ++i) {
    add(held_[i].owner, held_[i].buffers, held_[i].bytes);
    rest_buffers -= held_[i].buffers, rest_bytes -= held_[i].bytes;
  }
  if (own < held_.size()) add("others", rest_buffers, rest_bytes);
  add("together", buffers, bytes);
  table(ui, "engine.ledger", body, {.columns = kColumns, .cells = cells, .heading_line = free}, owners_);
}

// The launches, the longest first, as many as there is room for.
void EngineRoom::draw_longest(Ui& ui, const Rect& rect) {
  static const std::vector<TableColumn> kColumns = {{.title = "launch", .number = false, .share = 2.4f},
                                                    {.title = "result", .share = 1.2f},
                                                    {.title = "µs", .sorts = true},
                                                    {.title = "moved", .share = 1.2f},
                                                    {.title = "GFLOP/s", .share = 1.2f}};
  Rect body = rect;
  const Rect free = plot_heading(ui, body.take_top(plot_heading_height(ui)), "The longest");
  std::vector<const learn::LaunchProfile*> longest;
  for (const learn::LaunchProfile& launch : profile_->launches) longest.push_back(&launch);
  std::ranges::stable_sort(longest, std::ranges::greater(), &learn::LaunchProfile::microseconds);
  std::vector<TableCell> cells;
  for (const learn::LaunchProfile* launch : longest) {
    cells.push_back({launch->name});
    cells.push_back({launch->shape});
    cells.push_back({number_text(launch->microseconds)});
    cells.push_back({bytes_text(static_cast<double>(launch->bytes))});
    cells.push_back({rate_text(launch->flops, launch->microseconds)});
  }
  table(ui, "engine.longest", body,
        {.columns = kColumns, .cells = cells, .heading_line = free, .most = rows_that_fit(ui, body)}, launches_);
}

void EngineRoom::draw_launches(Ui& ui, const Rect& rect) {
  if (spans_.empty()) {
    text(ui, rect, !profile_ ? "Timing one step …" : "A step of this exhibit launches nothing.",
         {.type = Type::small, .colour = ui.theme->ink2, .align = Align::centre});
    return;
  }
  const double took = profile_->microseconds();
  const std::string heading = "One step, launch by launch: " + number_text(took) + " µs";
  Rect body = rect;
  spans(ui, "engine.launches", body.take_top(std::min(body.h, spans_height(ui, lanes_.size()))),
        {.heading = heading, .lanes = lanes_, .spans = spans_}, pointed_);
  body.take_top(ui.theme.u(2));
  if (body.h >= plot_heading_height(ui) + table_height(ui, 1)) draw_longest(ui, body);
}

// What can be done here, and the way out.
bool EngineRoom::draw_head(Ui& ui, const Rect& line, Drive& drive, Backend& backend) {
  const Theme& theme = ui.theme;
  Rect rest = line;
  bool close = false;
  const float icon_room = theme.px(measure::icon_pitch);
  if (icon_button(ui, rest.take_right(icon_room).centre(), "engine.close", Icon::cross, "Close",
                  "Closes the engine room. Ctrl E."))
    close = true;
  const auto word = [&](std::string_view id, std::string_view label, const Help& help) {
    const float width = button_width(ui, label);
    rest.take_right(theme.u(2));
    const Rect place = rest.take_right(width);
    return button(ui, snap(place.centred(width, theme.px(measure::segmented_height))), id, label, {.help = &help});
  };
  static const Help kTrace{.name = "Save the trace",
                           .meaning = "Writes the launches for Chrome's or Perfetto's trace viewer."};
  static const Help kAgain{.name = "Time again", .meaning = "Times every launch of a copy of the step, five times."};
  if (word("engine.trace", "Save trace", kTrace) && profile_)
    ui.outbox.push_back({"engine-room.trace.json", learn::chrome_trace(*profile_)});
  if (word("engine.again", "Time again", kAgain)) time_step(drive, backend);
  const Row row{.id = "engine.leak",
                .label = "Leak",
                .help = {.name = "Leak",
                         .range = {},
                         .meaning = "Keeps a copy of the weights for every picture of a moving run, as a program does "
                                    "that forgets to let go. At most 64 MB.",
                         .rising = "Switched off, all of it goes back.",
                         .reason = {}}};
  rest.take_right(theme.u(3));
  const Rect place = rest.take_right(theme.u(22));
  if (toggle_row(ui, snap(place.centred(place.w, choice_height(ui))), row, leaking_) != Edit::none && !leaking_)
    drive.post(work::command::Call{[leak = leak_](work::Runner&) { *leak = {}; }});
  const float baseline = baseline_in(ui, rest, Type::section);
  const float name = text_on(ui, rest.x, rest.right(), baseline, "Engine room", {.type = Type::section});
  text_on(ui, rest.x + name + theme.u(3), rest.right(), baseline, backend.info().name,
          {.type = Type::small, .colour = theme->ink2, .may_cut = true});
  return close;
}

bool EngineRoom::draw(Ui& ui, const Rect& rect, Drive& drive, const work::Snapshot& snapshot, Backend& backend) {
  if (!asked_ || snapshot.undo.size() != edits_) time_step(drive, backend);
  edits_ = snapshot.undo.size();
  leak(drive, snapshot, backend);
  refresh(backend.ledger(), ImGui::GetTime());
  const Theme& theme = ui.theme;
  Rect body = rect.inset(theme.u(4), theme.u(2));
  const bool close = draw_head(ui, body.take_top(theme.u(10)), drive, backend);
  body.take_top(theme.u(1));
  if (body.w >= theme.u(kTwoColumns)) {
    draw_ledger(ui, body.take_left(snap(body.w * kTableShare)));
    body.take_left(theme.u(8));
    draw_launches(ui, body);
    return close;
  }
  draw_launches(ui, body.take_top(std::min(body.h, spans_height(ui, lanes_.size()))));
  body.take_top(theme.u(2));
  if (body.h >= plot_heading_height(ui) + table_height(ui, 1)) draw_ledger(ui, body);
  return close;
}

}  // namespace vitrine::shell
