// What each command does to the session and its history. Two rules carry the rest: where a step may stop is decided by
// step numbers alone, and whatever throws leaves the state it found.
#include "app/work/runner.h"

#include <algorithm>
#include <limits>

#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::work {
namespace {

constexpr std::size_t kUndoDepth = 256;                        // more than anyone steps back one by one
constexpr std::size_t kUndoBytes = limits::kHistoryBytes / 4;  // large models keep fewer

template <class... Works>
struct Either : Works... {
  using Works::operator()...;
};
template <class... Works>
Either(Works...) -> Either<Works...>;  // for Clang 14

// Whether what is trained from here on is another run.
bool runs_otherwise(const Keyframe& before, const Keyframe& after) {
  return before.state != after.state || std::ranges::any_of(after.settings, [&](const auto& setting) {
           return concerns_the_run(setting.first) &&
                  std::ranges::find(before.settings, setting) == before.settings.end();
         });
}

}  // namespace

Runner::Runner(std::string exhibit, std::unique_ptr<Session> session, std::size_t history_bytes)
    : exhibit_(std::move(exhibit)), session_(std::move(session)), history_(history_bytes) {
  fresh_settings_ = session_->controls().values(session_->settings());
  begin();
}

// A new history from where the session stands.
void Runner::begin() {
  target_.reset();
  between_.reset();
  journal_.close();
  history_.clear();
  history_.names(session_->curve_names());
  const Keyframe first = frame(true);
  step_ = first.state.step;
  history_.keep(first);
  arrive();
}

Keyframe Runner::frame(bool pinned) const {
  return {between_ ? *between_ : session_->save(), session_->controls().values(session_->settings()), pinned};
}

void Runner::handle(const Command& command) {
  ++handled_;
  if (!std::holds_alternative<command::Call>(command)) {
    failure_ = nullptr;
    failed_.clear();
  }
  guarded([&] { act_on(command); });
}

void Runner::guarded(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    failure_ = std::current_exception();
    failed_ = error.what();
    playing_ = false;
    target_.reset();
  }
}

void Runner::expect_ok() const {
  if (failure_) std::rethrow_exception(failure_);
}

void Runner::act_on(const Command& command) {
  const auto& table = session_->controls();
  // Whatever continues a run continues from where the seek was going, not from somewhere on the way.
  const bool waits = std::holds_alternative<command::Call>(command) || std::holds_alternative<command::Seek>(command);
  if (!waits && target_) replay({}, std::nullopt);
  std::visit(
      Either{
          [&](const command::Set& set) {
            expect_free(set.path);
            edit(set.path, set.committed, [&] {
              table.set(session_->settings(), set.path, set.value);
              session_->changed(set.path);
            });
          },
          [&](const command::Insert& insert) {
            expect_free(insert.list);
            edit(insert.list, true, [&] {
              table.insert(session_->settings(), insert.list, insert.at, insert.record);
              session_->changed(insert.list);
            });
          },
          [&](const command::Erase& erase) {
            expect_free(erase.list);
            edit(erase.list, true, [&] {
              table.erase(session_->settings(), erase.list, erase.at);
              session_->changed(erase.list);
            });
          },
          [&](const command::Act& act) {
            const Control& row = row_of(act.id);
            const std::string why = row.disabled ? row.disabled(session_->settings()) : "";
            if (row.kind != Control::Kind::action || !why.empty()) {
              throw UsageError({act.id, why.empty() ? "is no action" : "is not possible now", "an action", why,
                                why.empty() ? "Set its value instead." : "Change that first."});
            }
            expect_free(act.id);
            edit(act.id, true, [&] { session_->act(act.id); });
          },
          [&](const command::Give& give) { classroom_.give(row_of(give.id).id, give.access); },
          [&](const command::Play&) {
            finish_step();
            continue_from_here();
            playing_ = true;
          },
          [&](const command::Pause&) { playing_ = false; },
          [&](const command::Speed& speed) { steps_per_frame_ = std::max<std::int64_t>(0, speed.steps_per_frame); },
          [&](const command::Step& step) { walk({}, step.count); },
          [&](const command::StepInside&) { step_inside(); },
          [&](const command::Reset&) {
            playing_ = false;
            notice_.clear();
            note_run();
            const Keyframe before = frame(false);
            try {
              session_->reset();
            } catch (...) {
              restore(before);
              throw;
            }
            begin();
          },
          [&](const command::Seek& to) {
            playing_ = false;
            seek(to.step);
          },
          [&](const command::Fork&) {
            leave_step();
            history_.fork(step_);
            history_.keep(frame(true));
          },
          [&](const command::Recall& again) { recall(again.run); },
          [&](const command::ChooseRun& choice) {
            if (choice.run < 0 || choice.run >= history_.runs()) {
              throw UsageError({"the runs", "have no such one", "0 to " + to_text(std::int64_t{history_.runs() - 1}),
                                to_text(std::int64_t{choice.run}), "Choose one of the kept runs."});
            }
            playing_ = false;
            leave_step();
            note_run();
            journal_.close();
            history_.choose(choice.run);
            restore(history_.before(history_.head()));
            seek(history_.head());
          },
          [&](const command::Undo& back) {
            for (int i = 0; i < back.count && !done_.empty(); ++i) undo();
          },
          [&](const command::Redo& again) {
            for (int i = 0; i < again.count && !undone_.empty(); ++i) redo();
          },
          [&](const command::Call& call) { call.work(*this); },
      },
      command);
}

// ---- settings -------------------------------------------------------------------------------------------------------

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

void Runner::edit(const std::string& path, bool committed, const std::function<void()>& change, std::string label) {
  leave_step();
  note_run();
  Keyframe before = frame(false);
  try {
    change();
  } catch (...) {
    restore(before);
    throw;
  }
  Keyframe after = frame(false);
  // A gesture may move several controls (a place has two coordinates): it lasts until something is committed.
  const bool dragged_on = !done_.empty() && done_.back().open;
  if (dragged_on) done_.back().open = !committed;
  if (after.state == before.state && after.settings == before.settings) return;
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
  // Only what the edit changed: a setting that training moves (a weight that is a control) is none of it.
  auto changes = to.settings;
  std::erase_if(changes,
                [&](const auto& setting) { return std::ranges::find(from.settings, setting) != from.settings.end(); });
  try {
    apply_settings(changes);
    if (here.state == from.state) session_->restore(to.state);
  } catch (...) {
    restore(here);
    throw;
  }
  if (runs_otherwise(here, frame(false))) journal_.close();
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

void Runner::apply_settings(const std::vector<std::pair<std::string, Value>>& settings) {
  const ControlTable& table = session_->controls();
  for (const auto& [path, value] : settings) {
    if (table.get(session_->settings(), path) == value) continue;
    table.set(session_->settings(), path, value);
    session_->changed(path);
  }
}

void Runner::restore(const Keyframe& frame) {
  between_.reset();
  apply_settings(frame.settings);
  session_->restore(frame.state);
  step_ = frame.state.step;
}

// ---- steps ----------------------------------------------------------------------------------------------------------

std::int64_t Runner::advance(std::stop_token stop, const Budget& budget) {
  std::int64_t taken = 0;
  while (taken < budget.steps && !stop.stop_requested()) {
    const std::int64_t piece = std::min(budget.steps - taken, history_.next_stop(step_) - step_);
    std::int64_t count = 0;
    try {
      count = session_->advance(stop, {piece, budget.deadline});
    } catch (...) {
      restore(history_.before(step_));
      throw;
    }
    step_ += count;
    taken += count;
    if (count != 0) arrive(count);
    if (budget.deadline && std::chrono::steady_clock::now() >= *budget.deadline) break;
    if (count == 0) {  // it has come to its end
      playing_ = false;
      target_.reset();
      break;
    }
  }
  return taken;
}

// Notes what is due at this step; on known ground everything is noted already.
void Runner::arrive(std::int64_t trained) {
  if (step_ < history_.head()) return;
  const bool is_tried = trained > 0 && step_ > history_.head() && (done_.empty() || !done_.back().open);
  history_.reached(step_);
  if (is_tried) journal_.trained(step_ - trained, step_, session_->curve_names(), [&] { return tried_settings(); });
  if (history_.wants_record(step_)) {
    std::vector<float> values(session_->curve_names().size());
    session_->measure(values);
    history_.record(step_, values);
    if (is_tried) journal_.note(step_, values);
  }
  if (history_.due(step_) && history_.before(step_).state.step != step_) history_.keep(frame(false));
}

void Runner::step_inside() {
  playing_ = false;
  if (session_->segments() < 2) {
    continue_from_here();
    advance({}, {});
    return;
  }
  if (!between_) {
    continue_from_here();
    between_ = session_->save();
  }
  try {
    session_->advance_segment();
  } catch (...) {
    leave_step();
    throw;
  }
  if (session_->inside() != 0) return;
  between_.reset();
  ++step_;
  arrive(1);
}

void Runner::finish_step() {
  while (between_) step_inside();
}

// Back to before the step that is being looked into.
void Runner::leave_step() {
  if (!between_) return;
  session_->restore(*between_);
  between_.reset();
}

std::int64_t Runner::walk(std::stop_token stop, std::int64_t steps) {
  if (target_) replay(stop, std::nullopt);
  playing_ = false;
  const int finished = between_ ? 1 : 0;  // the step that was being looked into is the first of them
  finish_step();
  continue_from_here();
  return finished + advance(stop, {steps - finished, std::nullopt});
}

bool Runner::wants_time() const {
  return playing_ || target_;
}

bool Runner::paced() const {
  return playing_ && !target_ && steps_per_frame_ != 0;
}

void Runner::run(std::stop_token stop, std::chrono::steady_clock::time_point deadline) {
  constexpr std::int64_t kAsManyAsFit = std::numeric_limits<std::int64_t>::max();
  guarded([&] {
    if (target_) {
      replay(stop, deadline);
    } else if (playing_) {
      const auto start = std::chrono::steady_clock::now();
      advance(stop, {steps_per_frame_ == 0 ? kAsManyAsFit : steps_per_frame_, deadline});
      journal_.played(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
  });
}

// ---- time travel ----------------------------------------------------------------------------------------------------

void Runner::seek(std::int64_t step) {
  leave_step();
  note_run();
  const std::int64_t first = history_.before(0).state.step;
  step = std::clamp(step, first, history_.head());
  const Keyframe& from = history_.before(step);
  // Already between that keyframe and the target: on from here, instead of from the keyframe once more.
  if (step_ > step || step_ <= from.state.step) restore(from);
  target_ = step;
  if (step_ == step) target_.reset();
}

void Runner::replay(std::stop_token stop, std::optional<std::chrono::steady_clock::time_point> deadline) {
  advance(stop, {*target_ - step_, deadline});
  if (target_ && step_ >= *target_) target_.reset();
}

void Runner::continue_from_here() {
  if (step_ >= history_.head()) return;
  journal_.close();
  history_.fork(step_);
  if (history_.before(step_).state.step != step_) history_.keep(frame(true));
}

}  // namespace vitrine::work
