// A Runner drives one Session by commands: it keeps the play state, the history, undo and what a file needs, so that
// the window's worker, the command line and the tests all do the same with the same words. Not for threads: a Worker
// owns one on its own thread.
#pragma once

#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/work/history.h"
#include "app/work/permalink.h"
#include "app/work/run_journal.h"
#include "app/work/session.h"
#include "engine/core/limits.h"

namespace vitrine::work {

class Runner;

namespace command {
struct Set {
  std::string path;
  Value value;
  bool committed = true;  // false while dragging: undo then joins it with what follows
};
struct SetAll {  // together, as one edit
  Settings settings;
};
struct Insert {
  std::string list;
  std::size_t at;
  Value record;
};
struct Erase {
  std::string list;
  std::size_t at;
};
struct Act {
  std::string id;
};
struct Give {  // a control into the hands of who opens the file, or out of them
  std::string id;
  Access access;
};
struct Play {};
struct Pause {};
struct Speed {
  std::int64_t steps_per_frame;  // 0: as many as fit
};
struct Step {
  std::int64_t count = 1;
};
struct StepInside {};
struct Reset {};
struct Seek {
  std::int64_t step;
};
struct Fork {};
struct Recall {  // the settings of a run of the journal, from its first step
  int run;
};
struct ChooseRun {
  int run;
};
struct Undo {
  int count = 1;  // edits, the newest first; as many as there are
};
struct Redo {
  int count = 1;
};
struct Call {
  std::function<void(Runner&)> work;  // on the thread that runs the session: saving, opening, benches
};
}  // namespace command

using Command = std::variant<command::Set, command::SetAll, command::Insert, command::Erase, command::Act,
                             command::Give, command::Play, command::Pause, command::Speed, command::Step,
                             command::StepInside, command::Reset, command::Seek, command::Fork, command::Recall,
                             command::ChooseRun, command::Undo, command::Redo, command::Call>;

// What a .vitrine file holds, apart from how it is written.
struct Document {
  std::string exhibit;
  std::string arithmetic;
  Settings settings;
  State state;
  Classroom classroom = {};
  RunJournal::Runs journal = {};
  std::string unknown;  // fields of newer versions, kept as they came
};

class Runner {
 public:
  Runner(std::string exhibit, std::unique_ptr<Session> session, std::size_t history_bytes = limits::kHistoryBytes);

  void handle(const Command& command);  // an Error becomes the snapshot's `failed`, the last good state stays
  bool wants_time() const;              // playing, or a seek still to be replayed
  bool paced() const;                   // playing so many steps a frame: the next frame's worth can wait for it
  void run(std::stop_token stop, std::chrono::steady_clock::time_point deadline);  // one frame's worth, or until then
  std::unique_ptr<Snapshot> snapshot();
  std::int64_t step() const { return step_; }
  std::int64_t walk(std::stop_token stop, std::int64_t steps);  // as Step, for who waits: stops when asked, throws

  bool touched() const;  // stands otherwise than it opened: there is something to lose
  Document document() const;
  void open(const Document& document);  // throws, and then nothing has changed
  Permalink permalink() const;
  void open(const Permalink& link);  // likewise
  Session& session() { return *session_; }
  const std::string& exhibit() const { return exhibit_; }
  std::uint64_t handled() const { return handled_; }
  void expect_ok() const;  // throws the failure, for callers who have no picture to show it in

 private:
  struct Edit {
    std::string label;
    Keyframe before, after;
    bool open = false;  // still being dragged
  };
  void act_on(const Command& command);
  void guarded(const std::function<void()>& work);  // catches what `failed` then says
  void change(const std::string& path, bool committed, const std::function<void()>& set);  // one that is free
  void press(const std::string& id);                                                       // an action
  void reset();
  void choose_run(int run);
  void or_back_to(const Keyframe& before, const std::function<void()>& work);
  void edit(const std::string& path, bool committed, const std::function<void()>& change, std::string label = {});
  void recall(int run);
  Settings tried_settings() const;
  void note_run();
  void undo();
  void redo();
  void take_back(const Keyframe& from, const Keyframe& to);
  void apply_settings(const Settings& settings);
  void restore(const Keyframe& frame);
  Keyframe frame(bool pinned) const;
  Keyframe plain_frame() const;
  void keep_edited();
  std::int64_t advance(std::stop_token stop, const Budget& budget);
  void arrive(std::int64_t trained = 0);
  void step_inside();
  void finish_step();
  void leave_step();
  void seek(std::int64_t step);
  void replay(std::stop_token stop, std::optional<std::chrono::steady_clock::time_point> deadline);
  void continue_from_here();
  void forget_edits();
  void begin();
  const Control& row_of(const std::string& path) const;
  void expect_free(const std::string& path) const;

  std::string exhibit_;
  std::unique_ptr<Session> session_;
  History history_;
  std::deque<Edit> done_, undone_;
  Settings fresh_settings_;     // as the session opened, under what a document sets
  bool settings_move_ = false;  // some while it trains
  Classroom classroom_;
  RunJournal journal_;
  std::exception_ptr failure_;
  std::string failed_, notice_, unknown_;
  bool playing_ = false;
  std::int64_t step_ = 0;               // where the session stands
  std::optional<std::int64_t> target_;  // of a seek on its way
  std::optional<State> between_;        // before the step whose inside is being looked at
  std::int64_t steps_per_frame_ = 1;
  std::uint64_t handled_ = 0;
};

}  // namespace vitrine::work
