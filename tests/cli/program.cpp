// posix_spawn with two pipes; both are read as they fill, so that neither side waits for the other.
#include "tests/cli/program.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

extern char** environ;

Outcome run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
            int interrupt_after) {
  return run_copy(VITRINE_BINARY, arguments, environment, interrupt_after);
}

Outcome run_copy(const std::string& program, const std::vector<std::string>& arguments,
                 const std::vector<std::string>& environment, int interrupt_after) {
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    const std::string name = text.substr(0, text.find('=') + 1);
    const bool replaced = std::any_of(environment.begin(), environment.end(),
                                      [&](const std::string& each) { return each.starts_with(name); });
    if (!replaced) variables.push_back(text);
  }
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
  };
  std::array<std::array<int, 2>, 2> pipes{};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  for (int i = 0; i < 2; ++i) {
    auto& ends = pipes[static_cast<std::size_t>(i)];
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], i + 1);
  }
  pid_t child = 0;
  REQUIRE(::posix_spawn(&child, program.c_str(), &actions, nullptr, pointers(words).data(),
                        pointers(variables).data()) == 0);
  ::posix_spawn_file_actions_destroy(&actions);
  for (auto& ends : pipes) ::close(ends[1]);

  Outcome outcome;
  std::array<pollfd, 2> watched = {pollfd{pipes[0][0], POLLIN, 0}, pollfd{pipes[1][0], POLLIN, 0}};
  while (watched[0].fd >= 0 || watched[1].fd >= 0) {
    if (interrupt_after >= 0 && std::count(outcome.out.begin(), outcome.out.end(), '\n') >= interrupt_after) {
      ::kill(child, SIGINT);
      interrupt_after = -1;
    }
    ::poll(watched.data(), watched.size(), -1);
    for (std::size_t i = 0; i < 2; ++i) {
      if (watched[i].fd < 0 || watched[i].revents == 0) continue;
      std::array<char, 65536> buffer;
      const ssize_t count = ::read(watched[i].fd, buffer.data(), buffer.size());
      if (count > 0) (i == 0 ? outcome.out : outcome.err).append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0) watched[i].fd = -1;
    }
  }
  for (auto& ends : pipes) ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    all.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return all;
}
