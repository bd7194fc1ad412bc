// A Runner drives one Session by commands: it keeps the play state, the history, undo and what a file needs, so that
// the window's worker, the command line and the tests all do the same with the same words. Not for threads: a Worker
// owns one on its own thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "app/work/history.h"
#include "app/work/session.h"

namespace vitrine::work {

class Runner;

namespace command {
struct Set {
  std::string path;
  Value value;
  bool committed = true;  // false while dragging: undo then joins it with what follows
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
struct ChooseRun {
  int run;
};
struct Undo {};
struct Redo {};
struct Call {
  std::function<void(Runner&)> work;  // on the thread that runs the session: saving, opening, benches
};
}  // namespace command

using Command = std::variant<command::Set, command::Insert, command::Erase, command::Act, command::Play, command::Pause,
                             command::Speed, command::Step, command::StepInside, command::Reset, command::Seek,
                             command::Fork, command::ChooseRun, command::Undo, command::Redo, command::Call>;

// What a .vitrine file holds, apart from how it is written.
struct Document {
  std::string exhibit;
  std::string arithmetic;
  std::vector<std::pair<std::string, Value>> settings;
  State state;
  std::string unknown;  // fields of newer versions, kept as they came
};

class Runner {
 public:
  Runner(std::string exhibit, std::unique_ptr<Session> session);

  void handle(const Command& command);  // an Error becomes the snapshot's `failed`, the last good state stays
  bool wants_time() const;              // playing, or a seek still to be replayed
  void run(std::stop_token stop, std::chrono::steady_clock::time_point deadline);  // one frame's worth, or until then
  std::unique_ptr<Snapshot> snapshot();

  Document document() const;
  void open(const Document& document);  // throws, and then nothing has changed
  Session& session() { return *session_; }
  const std::string& exhibit() const { return exhibit_; }
  void expect_ok() const;  // throws the failure, for callers who have no picture to show it in

 private:
  struct Edit {
    std::string label;
    std::vector<std::pair<std::string, Value>> before, after;
    bool open = false;  // still being dragged
  };
  void edit(const std::string& path, bool committed, const std::function<void()>& change);
  void apply_settings(const std::vector<std::pair<std::string, Value>>& settings);
  std::int64_t advance(std::stop_token stop, const Budget& budget);
  void seek(std::stop_token stop, std::int64_t step);
  void continue_from_here();
  void keep(bool pinned);
  void begin();

  std::string exhibit_;
  std::unique_ptr<Session> session_;
  History history_;
  std::vector<Edit> done_, undone_;
  std::string failed_, notice_, unknown_;
  bool playing_ = false;
  std::int64_t steps_per_frame_ = 1;
  std::uint64_t handled_ = 0;
};

}  // namespace vitrine::work
