// Nothing leaves this machine: the kernel itself counts what would, while every exhibit is shown, trained and saved.
#include <doctest/doctest.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <functional>

#include "app/shell/driver.h"
#include "tests/shell/scratch.h"
#include "tests/shell/stages.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

#if defined(__x86_64__)
constexpr bool kCounts = true;
constexpr unsigned kThisMachine = AUDIT_ARCH_X86_64;
constexpr int kResult = REG_RAX;
#else
constexpr bool kCounts = false;  // the call's result lies in a register that has another name elsewhere
constexpr unsigned kThisMachine = 0;
constexpr int kResult = 0;
#endif

std::atomic<int>* caught = nullptr;  // shared with the process that asked

void refuse(int, siginfo_t*, void* where) {
  caught->fetch_add(1);
  if constexpr (kCounts) static_cast<ucontext_t*>(where)->uc_mcontext.gregs[kResult] = -EAFNOSUPPORT;
}

// From here on, in this process and all that it starts: a socket of an internet family, a ring through which one could
// be made unseen, or a call of another machine's kind is refused and counted.
bool count_sockets() {
  struct sigaction action {};
  action.sa_sigaction = refuse;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  if (::sigaction(SIGSYS, &action, nullptr) != 0) return false;
  constexpr auto kNumber = offsetof(seccomp_data, nr), kMachine = offsetof(seccomp_data, arch),
                 kFamily = offsetof(seccomp_data, args);
  sock_filter rules[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kMachine),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kThisMachine, 0, 6),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 4, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 4),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFamily),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{static_cast<unsigned short>(std::size(rules)), rules};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

constexpr int kNoCounter = 77, kFailed = 1;

// How many sockets were asked for meanwhile; −1 and a message where the kernel does not count.
int sockets_of(const std::function<void()>& act) {
  auto* shared = ::mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REQUIRE(shared != MAP_FAILED);
  caught = new (shared) std::atomic<int>(0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (!kCounts || !count_sockets()) ::_exit(kNoCounter);
    try {
      act();
    } catch (...) {
      ::_exit(kFailed);
    }
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == kNoCounter) {
    MESSAGE("skipped: this kernel counts no calls for us");
    return -1;
  }
  CHECK(WEXITSTATUS(status) == 0);
  return caught->load();
}

// Everything that an exhibit shows or does by key, and the pages over it.
void tour(Driver& driver) {
  const auto press = [&](ui::Key key, bool ctrl) {
    driver.window().press(key, ctrl);
    driver.settle();
  };
  for (const views::Exhibit& exhibit : views::exhibits()) {
    driver.open(exhibit.id);
    for (const auto& stage : stages_of(driver)) {
      for (const work::Command& command : stage) driver.tell(command);
      driver.tell(work::command::Step{3});
      driver.settle();
      static_cast<void>(driver.pixels());
    }
    for (const ui::Key key : {ui::Key::k, ui::Key::e, ui::Key::b, ui::Key::z, ui::Key::y, ui::Key::s, ui::Key::o}) {
      press(key, true);
      press(ui::Key::escape, false);
    }
  }
  driver.app().home();
  driver.settle();
}

}  // namespace

TEST_CASE("no exhibit, and nothing around it, asks for a socket of an internet family") {
  const Scratch scratch("network");
  const int asked = sockets_of([&] {
    Driver driver({.width = 1280,
                   .height = 720,
                   .threads = 1,
                   .state = scratch.folder / "state",
                   .documents = scratch.folder,
                   .cache = scratch.folder / "cache",
                   .data = scratch.folder / "data"});
    tour(driver);
  });
  if (asked >= 0) CHECK(asked == 0);
}

TEST_CASE("who asks for one is counted, by whatever way") {
  const int asked = sockets_of([] {
    if (::socket(AF_INET, SOCK_STREAM, 0) >= 0) throw 0;
    if (::syscall(SYS_socket, AF_INET6, SOCK_DGRAM, 0) >= 0) throw 0;
    const int local = ::socket(AF_UNIX, SOCK_STREAM, 0);  // the desktop is reached by those
    if (local < 0) throw 0;
    ::close(local);
  });
  if (asked >= 0) CHECK(asked == 2);
}
