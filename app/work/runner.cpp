// What each command does to the session and its history. Two rules carry the rest: where a step may stop is decided by
// step numbers alone, and whatever throws leaves the state it found.
#include "app/work/runner.h"

#include <algorithm>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/number.h"

namespace vitrine::work {
namespace {

template <class... Works>
struct Either : Works... {
  using Works::operator()...;
};
template <class... Works>
Either(Works...) -> Either<Works...>;  // for Clang 14

}  // namespace

Runner::Runner(std::string exhibit, std::unique_ptr<Session> session, std::size_t history_bytes)
    : exhibit_(std::move(exhibit)), session_(std::move(session)), history_(history_bytes) {
  fresh_settings_ = session_->controls().values(session_->settings());
  settings_move_ = std::ranges::any_of(session_->controls().rows(), &Control::trained);
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
  return {between_ ? *between_ : session_->save(),
          std::make_shared<const Settings>(session_->controls().values(session_->settings())), pinned};
}

// Every edit leaves a keyframe, so on new ground the settings are those of the last one.
Keyframe Runner::plain_frame() const {
  if (settings_move_) return frame(false);
  return {session_->save(), history_.before(step_).settings, false};
}

void Runner::handle(const Command& command) {
  ++handled_;
  if (!std::holds_alternative<command::Call>(command)) {
    failure_ = nullptr;
    failed_.clear();
    notice_.clear();
  }
  guarded([&] { act_on(command); });
}

void Runner::guarded(const std::function<void()>& work) {
  try {
    work();
  } catch (const CalledOff& off) {  // as the person wished: no failure
    notice_ = off.what();
    target_.reset();
  } catch (const std::exception& error) {
    failure_ = std::current_exception();
    failed_ = error.what();
    playing_ = false;
    target_.reset();
  }
}

// What throws leaves what it found.
void Runner::or_back_to(const Keyframe& before, const std::function<void()>& work) {
  try {
    work();
  } catch (...) {
    restore(before);
    throw;
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
            change(set.path, set.committed, [&] { table.set(session_->settings(), set.path, set.value); });
          },
          [&](const command::SetAll& all) {
            if (all.settings.empty()) return;
            for (const auto& [path, value] : all.settings) expect_free(path);
            edit(all.settings.back().first, true, [&] { apply_settings(all.settings); });
          },
          [&](const command::Insert& insert) {
            change(insert.list, true,
                   [&] { table.insert(session_->settings(), insert.list, insert.at, insert.record); });
          },
          [&](const command::Erase& erase) {
            change(erase.list, true, [&] { table.erase(session_->settings(), erase.list, erase.at); });
          },
          [&](const command::Act& act) { press(act.id); },
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
          [&](const command::Reset&) { reset(); },
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
          [&](const command::ChooseRun& choice) { choose_run(choice.run); },
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

void Runner::reset() {
  playing_ = false;
  note_run();
  or_back_to(frame(false), [&] { session_->reset(); });
  begin();
}

void Runner::choose_run(int run) {
  if (run < 0 || run >= history_.runs()) {
    throw UsageError({"the runs", "have no such one", "0 to " + to_text(std::int64_t{history_.runs() - 1}),
                      to_text(std::int64_t{run}), "Choose one of the kept runs."});
  }
  playing_ = false;
  leave_step();
  note_run();
  journal_.close();
  const int before = history_.chosen();
  const Keyframe here = frame(false);
  history_.choose(run);
  try {
    or_back_to(here, [&] { restore(history_.before(history_.head())); });
  } catch (...) {
    history_.choose(before);
    throw;
  }
  seek(history_.head());
}

void Runner::restore(const Keyframe& frame) {
  between_.reset();
  apply_settings(*frame.settings);
  session_->restore(frame.state);
  step_ = frame.state.step;
}

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
  if (history_.due(step_) && history_.before(step_).state.step != step_) history_.keep(plain_frame());
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

void Runner::seek(std::int64_t step) {
  leave_step();
  note_run();
  const std::int64_t first = history_.before(0).state.step;
  step = history_.reachable(std::clamp(step, first, history_.head()));
  const Keyframe& from = history_.before(step);
  // Already between that keyframe and the target: on from here, instead of from the keyframe once more.
  if (step_ > step || step_ <= from.state.step) or_back_to(frame(false), [&] { restore(from); });
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
