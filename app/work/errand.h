// An Errand is work of a session that takes long and is no training, such as reading a large file. The session says how
// far it is while it works; whoever waits reads that from another thread, and may call it off. What was called off
// throws where it is, so that the last good state stands, as it does after an error.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace vitrine::work {

class CalledOff : public std::exception {
 public:
  explicit CalledOff(std::string sentence) : sentence_(std::move(sentence)) {}
  const char* what() const noexcept override { return sentence_.c_str(); }

 private:
  std::string sentence_;
};

struct Progress {
  std::string what;                            // "Reading beats.csv"
  std::string so_far;                          // "431,000 rows"; may be empty
  double share = 0;                            // of what there is to do
  double seconds = 0;                          // since it began
  std::optional<double> seconds_left() const;  // none while there is too little to tell it from
};

class Errand {
 public:
  // For the session: while a Leg lives, something is under way.
  class Leg {
   public:
    using Clock = std::chrono::steady_clock;
    Leg(Errand& errand, std::string what, Clock::time_point begun = Clock::now());
    ~Leg();
    Leg(const Leg&) = delete;
    Leg& operator=(const Leg&) = delete;
    void reached(double share, std::string so_far);  // throws CalledOff

   private:
    Errand& errand_;
  };

  // For whoever waits, from any thread.
  std::optional<Progress> progress() const;  // none while nothing is under way
  void call_off();                           // what is under way, if anything is

  // For the thread that runs the session: where it shall end, errands end; `wake` is called when one got further.
  void watch(std::stop_token stop, std::function<void()> wake);

 private:
  mutable std::mutex mutex_;
  std::optional<Progress> now_;
  std::chrono::steady_clock::time_point begun_;
  bool called_off_ = false;
  std::stop_token stop_;
  std::function<void()> wake_;
};

}  // namespace vitrine::work
