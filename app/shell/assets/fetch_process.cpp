// Starts the one program, with arguments that are fixed but for an id, and without a shell.
#include "app/shell/assets/fetch_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "engine/core/error.h"

extern char** environ;  // fetch needs PATH, HOME and the addresses of proxies, as a person's own call would have them

namespace vitrine::shell {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kLineBytes = 64 << 10;  // fetch writes short lines; a longer one is not from it

[[noreturn]] void fail_to_start(const fs::path& program, int why) {
  throw FileError({program.string(), "cannot be started", "a program, and Python 3 to run it", std::strerror(why),
                   "Call it by hand to see more."});
}

// What the program starts with: its own group, so that its helpers end with it, and signals as they are by default.
class Start {
 public:
  explicit Start(int output) {
    posix_spawnattr_init(&how_);
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    for (const int each : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) sigaddset(&defaults, each);
    posix_spawnattr_setsigmask(&how_, &none);
    posix_spawnattr_setsigdefault(&how_, &defaults);
    posix_spawnattr_setpgroup(&how_, 0);
    posix_spawnattr_setflags(&how_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  ~Start() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&how_);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

  int run(pid_t& process, const fs::path& program, const std::string& id) const {
    std::string path = program.string(), wanted = id, lines = "--json";
    const std::array<char*, 4> arguments = {path.data(), wanted.data(), lines.data(), nullptr};
    return posix_spawn(&process, path.c_str(), &files_, &how_, arguments.data(), environ);
  }

 private:
  posix_spawnattr_t how_{};
  posix_spawn_file_actions_t files_{};
};

}  // namespace

std::optional<fs::path> fetch_program() {
  std::error_code failed;
  const fs::path self = fs::read_symlink("/proc/self/exe", failed).parent_path();
  if (failed) return std::nullopt;
  // Of a build in the checkout, of its tests, of an installation.
  for (const char* way : {"../../assets/fetch", "../../../assets/fetch", "../share/vitrine/assets/fetch"}) {
    const fs::path path = (self / way).lexically_normal();
    if (fs::is_regular_file(path, failed)) return path;
  }
  return std::nullopt;
}

FetchProcess::FetchProcess(const fs::path& program, const std::string& id, std::function<void()> changed)
    : changed_(std::move(changed)) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail_to_start(program, errno);
  const int why = Start(ends[1]).run(process_, program, id);
  ::close(ends[1]);
  output_ = ends[0];
  if (why != 0) {
    ::close(output_);
    fail_to_start(program, why);
  }
  listener_ = std::jthread([this] { listen(); });
}

FetchProcess::~FetchProcess() {
  cancel();
}

void FetchProcess::cancel() {
  const std::lock_guard lock(mutex_);
  if (!progress_.ended) ::kill(-process_, SIGTERM);
}

FetchProgress FetchProcess::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

// Until the program has closed its output; then its exit code says how it went.
void FetchProcess::listen() {
  std::string line;
  std::array<char, 4096> chunk{};
  for (;;) {
    const ssize_t count = ::read(output_, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    for (const char c : std::string_view(chunk.data(), static_cast<std::size_t>(count))) {
      if (c == '\n') {
        read_line(std::exchange(line, {}));
      } else if (line.size() < kLineBytes) {
        line += c;
      }
    }
  }
  ::close(output_);
  int status = 0;
  // The number stays taken until it was waited for, so `cancel` cannot meet another program of the same number.
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  {
    const std::lock_guard lock(mutex_);
    ::waitpid(process_, &status, 0);
    progress_.ended = true;
    progress_.succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!progress_.succeeded && progress_.sentence.empty())
      progress_.sentence = "assets/fetch ended without a word. It needs Python 3; call it by hand to see more.";
  }
  changed_();
}

void FetchProcess::read_line(const std::string& line) {
  const json said = json::parse(line, nullptr, false);
  if (!said.is_object()) return;
  const auto text = [&](const char* key) {
    return said.contains(key) && said[key].is_string() ? said[key].get<std::string>() : std::string();
  };
  const auto count = [&](const char* key) {
    return said.contains(key) && said[key].is_number_integer() ? said[key].get<std::int64_t>() : 0;
  };
  {
    const std::lock_guard lock(mutex_);
    if (text("event") == "progress") {
      progress_.done = count("done");
      progress_.total = count("total");
      progress_.what = text("what");
    } else if (text("event") == "done" || text("event") == "failed") {
      progress_.sentence = text("sentence");
    }
  }
  changed_();
}

}  // namespace vitrine::shell
