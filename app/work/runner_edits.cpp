// Edits: what changes settings, what takes that back, and what a file forbids.
#include <algorithm>

#include "app/work/runner.h"
#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"

namespace vitrine::work {
namespace {

constexpr std::size_t kUndoDepth = 256;                        // more than anyone steps back one by one
constexpr std::size_t kUndoBytes = limits::kHistoryBytes / 4;  // large models keep fewer

// Whether what is trained from here on is another run.
bool runs_otherwise(const Keyframe& before, const Keyframe& after) {
  return before.state != after.state || std::ranges::any_of(*after.settings, [&](const auto& setting) {
           return concerns_the_run(setting.first) &&
                  std::ranges::find(*before.settings, setting) == before.settings->end();
         });
}

}  // namespace

const Control& Runner::row_of(const std::string& path) const {
  const ControlTable& table = session_->controls();
  if (const Control* row = table.find(path.substr(0, path.find('[')))) return *row;
  std::vector<std::string> ids;
  for (const Control& row : table.rows()) ids.push_back(row.id);
  throw UsageError(
      {"the exhibit", "has no such control", "the path of a control", path.substr(0, 200), hint(path, ids)});
}

void Runner::expect_free(const std::string& path) const {
  if (classroom_.access(path) == Access::free) return;
  const Control& row = row_of(path);
  throw UsageError({row.words.label, "is locked by the file that is open", "a control that is free", row.id,
                    "To free it, type “free " + row.words.label + "” after Ctrl K."});
}

void Runner::change(const std::string& path, bool committed, const std::function<void()>& set) {
  expect_free(path);
  edit(path, committed, [&] {
    set();
    session_->changed(path);
  });
}

void Runner::press(const std::string& id) {
  const Control& row = row_of(id);
  if (row.kind != Control::Kind::action)
    throw UsageError({id, "is no action", "an action", "a value", "Set its value instead."});
  if (const std::string why = row.disabled ? row.disabled(session_->settings()) : ""; !why.empty())
    throw UsageError({id, "is not possible now", "an action", why, "Change that first."});
  expect_free(id);
  edit(id, true, [&] { session_->act(id); });
}

void Runner::edit(const std::string& path, bool committed, const std::function<void()>& change, std::string label) {
  leave_step();
  note_run();
  Keyframe before = frame(false), after;
  or_back_to(before, [&] {
    change();
    after = frame(false);
  });
  // A gesture may move several controls (a place has two coordinates): it lasts until something is committed.
  const bool dragged_on = !done_.empty() && done_.back().open;
  if (dragged_on) done_.back().open = !committed;
  if (after.state == before.state && *after.settings == *before.settings) return;
  if (runs_otherwise(before, after)) journal_.close();
  if (dragged_on) {
    done_.back().after = std::move(after);
  } else {
    if (label.empty()) label = row_of(path).words.label;
    done_.push_back({std::move(label), std::move(before), std::move(after), !committed});
  }
  undone_.clear();
  std::size_t bytes = 0;
  for (const Edit& each : done_) bytes += each.before.bytes() + each.after.bytes();
  while (done_.size() > 1 && (done_.size() > kUndoDepth || bytes > kUndoBytes)) {
    bytes -= done_.front().before.bytes() + done_.front().after.bytes();
    done_.pop_front();
  }
  keep_edited();
}

void Runner::undo() {
  Edit& last = done_.back();
  take_back(last.after, last.before);
  last.open = false;
  undone_.push_back(std::move(last));
  done_.pop_back();
}

void Runner::redo() {
  take_back(undone_.back().before, undone_.back().after);
  done_.push_back(std::move(undone_.back()));
  undone_.pop_back();
}

// Undo and redo. Where nothing was trained since, the very state comes back; otherwise training stays and the settings
// alone go back.
void Runner::take_back(const Keyframe& from, const Keyframe& to) {
  leave_step();
  note_run();
  const Keyframe here = frame(false);
  // What the edit left alone stays as it is now, also where another setting would take it along (a preset sets many);
  // a setting that training moves (a weight that is a control) goes with the state.
  Settings wanted;
  for (const auto& setting : *to.settings) {
    if (std::ranges::find(*from.settings, setting) == from.settings->end()) {
      wanted.push_back(setting);
    } else if (!row_of(setting.first).trained) {
      wanted.push_back(*std::ranges::find(*here.settings, setting.first, &std::pair<std::string, Value>::first));
    }
  }
  Keyframe there;
  or_back_to(here, [&] {
    apply_settings(wanted);
    if (here.state == from.state && session_->save() != to.state) session_->restore(to.state);
    there = frame(false);
  });
  if (runs_otherwise(here, there)) journal_.close();
  keep_edited();
}

// After a setting changed: what comes is another run if we were looking back, and cannot be replayed from before.
void Runner::keep_edited() {
  continue_from_here();
  Keyframe edited = frame(true);
  if (edited.state.step < step_) {  // it made the session start over
    begin();
    return;
  }
  step_ = edited.state.step;
  history_.keep(std::move(edited));
  arrive();
}

void Runner::apply_settings(const Settings& settings) {
  const ControlTable& table = session_->controls();
  for (const auto& [path, value] : settings) {
    if (table.get(session_->settings(), path) == value) continue;
    table.set(session_->settings(), path, value);
    session_->changed(path);
  }
}

}  // namespace vitrine::work
