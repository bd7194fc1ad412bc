// What others get of a runner: the snapshot that is drawn, the document that is saved, the link that is copied.
#include <algorithm>
#include <map>

#include "app/work/runner.h"
#include "engine/core/error.h"
#include "engine/core/number.h"
#include "engine/core/run_limits.h"

namespace vitrine::work {
namespace {

constexpr std::size_t kShownEdits = 12;  // of the list that a person chooses from

// What a list of edits shows of itself.
template <class Edits>
std::vector<std::string> newest_labels(const Edits& edits) {
  std::vector<std::string> labels;
  for (auto edit = edits.rbegin(); edit != edits.rend() && labels.size() < kShownEdits; ++edit)
    labels.push_back(edit->label);
  return labels;
}

}  // namespace

std::unique_ptr<Snapshot> Runner::snapshot() {
  std::unique_ptr<Snapshot> picture;
  guarded([&] {
    picture = session_->snapshot();
    if (!playing_) note_run();  // while it plays the row follows the curve
  });
  if (!picture) {  // what cannot be drawn is left for what could be
    restore(history_.before(step_));
    picture = session_->snapshot();
  }
  if (!picture->settings) picture->settings = session_->copy_settings();
  picture->step = step_;
  picture->head = history_.head();
  picture->inside = between_ ? session_->inside() : -1;
  picture->playing = playing_;
  picture->travels = target_.has_value();
  picture->handled = handled_;
  picture->curve = history_.curve();
  picture->keyframes = history_.keyframe_steps();
  picture->forks = history_.forks();
  picture->run = history_.chosen();
  picture->runs = history_.runs();
  picture->history_bytes = history_.bytes();
  picture->journal = journal_.runs();
  picture->undo = newest_labels(done_);
  picture->redo = newest_labels(undone_);
  picture->classroom = classroom_;
  picture->failed = failed_;
  picture->notice = notice_;
  return picture;
}

bool Runner::touched() const {
  return step_ != 0 || !journal_.empty() || session_->controls().values(session_->settings()) != fresh_settings_ ||
         !classroom_.empty();
}

Document Runner::document() const {
  Keyframe now = frame(false);
  return {exhibit_, session_->arithmetic(), *now.settings, std::move(now.state), classroom_, journal_.runs(), unknown_};
}

void Runner::open(const Document& document) {
  if (document.exhibit != exhibit_) {
    throw UsageError({"the document", "belongs to another exhibit", exhibit_, document.exhibit, "Open it there."});
  }
  if (document.state.step < 0 || document.state.step > limits::kSteps) {
    throw UsageError({"the document", "stands where no run comes to", "step 0 to " + to_text(limits::kSteps),
                      "step " + to_text(document.state.step), "Open another copy."});
  }
  std::map<std::string, Value> settings(fresh_settings_.begin(), fresh_settings_.end());  // for those it does not name
  for (const auto& [path, value] : document.settings) settings[path] = value;
  leave_step();
  or_back_to(frame(false), [&] {
    restore({document.state, std::make_shared<const Settings>(settings.begin(), settings.end())});
  });
  forget_edits();
  classroom_ = document.classroom;
  journal_ = RunJournal(document.journal);
  unknown_ = document.unknown;
  const std::string here = session_->arithmetic();
  notice_ = document.arithmetic == here ? ""
                                        : "This run was made with " + document.arithmetic + " and continues with " +
                                              here + ": it goes on, but not bit for bit.";
  begin();
}

void Runner::forget_edits() {
  playing_ = false;
  done_.clear();
  undone_.clear();
}

// What training moves belongs to a link only while nothing has been trained: then it is where a person put it.
Permalink Runner::permalink() const {
  const ControlTable& table = session_->controls();
  Permalink link{.exhibit = exhibit_, .settings = table.values(session_->settings())};
  std::erase_if(link.settings, [&](const auto& setting) {
    const bool fresh = std::ranges::find(fresh_settings_, setting) != fresh_settings_.end();
    return fresh || (step_ > 0 && table.find(setting.first)->trained);
  });
  return link;
}

void Runner::open(const Permalink& link) {
  if (link.exhibit != exhibit_) {
    throw UsageError({"the link", "belongs to another exhibit", exhibit_, link.exhibit, "Open it there."});
  }
  leave_step();
  or_back_to(frame(false), [&] {
    apply_settings(fresh_settings_);
    session_->reset();
    for (const auto& [path, value] : link.settings) row_of(path);  // one that is unknown here says which was meant
    apply_settings(link.settings);
    session_->recipe();  // what cannot be made of them is refused here
  });
  forget_edits();
  notice_.clear();
  begin();
}

}  // namespace vitrine::work
