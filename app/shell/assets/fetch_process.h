// A FetchProcess is assets/fetch at work on one asset, started because a person asked for it. It is the only program
// that Vitrine ever starts: itself it has no network code. What fetch says line by line becomes progress and a
// sentence.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace vitrine::shell {

// Where the program lies, seen from the running one; nothing where only the binary was copied somewhere.
std::optional<std::filesystem::path> fetch_program();

struct FetchProgress {
  std::int64_t done = 0, total = 0;  // bytes of the file under way; total 0: not known
  std::string what;                  // that file's name
  bool ended = false, succeeded = false;
  std::string sentence;  // what fetch said last; of a failure its reason
};

class FetchProcess {
 public:
  // FileError when it cannot be started. `changed` is called from another thread.
  FetchProcess(const std::filesystem::path& program, const std::string& id, std::function<void()> changed);
  ~FetchProcess();  // ends it
  FetchProcess(const FetchProcess&) = delete;
  FetchProcess& operator=(const FetchProcess&) = delete;

  FetchProgress progress() const;
  void cancel();  // asks it to stop; what had come is kept for the next time

 private:
  void listen();
  void read_line(const std::string& line);

  std::function<void()> changed_;
  mutable std::mutex mutex_;
  FetchProgress progress_;
  pid_t process_ = -1;
  int output_ = -1;
  std::jthread listener_;  // last: it uses all of the above
};

}  // namespace vitrine::shell
