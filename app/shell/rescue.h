// A Rescue is the copy of unsaved work that outlives an unclean end. A running app holds one place in the state folder
// by a lock that the system lets go of when the process ends, however it ends; a copy in a place that nobody holds was
// left by an app that died, and is offered to the next one until somebody answers or that app ends in peace.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/work/runner.h"

namespace vitrine::shell {

class Rescue {
 public:
  // What an app that died had not saved.
  struct Left {
    std::filesystem::path copy;  // a .vitrine file
    std::filesystem::path file;  // where its work was saved before; empty: nowhere
  };

  // An empty folder keeps nothing. `threaded`: copies are written on a thread of their own. `trouble` is told, once and
  // from whichever thread, why a copy could not be written.
  Rescue(std::filesystem::path folder, bool threaded, std::function<void(std::string)> trouble);
  ~Rescue();  // no clean end by itself: the copy stays
  Rescue(const Rescue&) = delete;
  Rescue& operator=(const Rescue&) = delete;

  const std::optional<Left>& left() const { return left_; }
  void decline();  // it is not wanted, and goes

  // On the thread that runs the session. `safe`: what stands there is a fresh exhibit, or in this file already.
  // `restored`: it is what was left, and its copy stays until there is a new one. `consider` keeps what stands there
  // unless it is safe or kept already, and answers how large the last copy is.
  void safe(const work::Runner& runner, const std::filesystem::path& file);
  void restored(const work::Runner& runner, const std::filesystem::path& file);
  std::size_t consider(const work::Runner& runner);

  void take_left() { left_.reset(); }  // it is being restored
  void clean_end();                    // there is nothing more to offer

 private:
  struct Copy {
    std::optional<work::Document> document;  // none: there is nothing to keep
    std::filesystem::path file;
    bool answers = false;  // what was offered goes when this is written
  };
  void remove(const char* stem);
  void move(const char* from, const char* to);
  std::filesystem::path named(const char* stem, const char* ending) const;
  bool take(int place);
  void take_place();
  void put(Copy copy);  // to the writer
  void write(const Copy& copy);
  void tell(std::string trouble);

  std::filesystem::path folder_;
  std::function<void(std::string)> trouble_;
  int place_ = 0, lock_ = -1;
  std::optional<Left> left_;
  std::string safe_, kept_;  // checksums, on the session's thread; likewise the next two
  std::filesystem::path file_;
  std::size_t bytes_ = 0;
  std::mutex mutex_;  // of what follows
  std::condition_variable_any waiting_;
  std::optional<Copy> next_;  // a newer one takes the place of one that is not written yet
  bool told_ = false;
  std::jthread writer_;  // last: starts when all else is there
};

}  // namespace vitrine::shell
