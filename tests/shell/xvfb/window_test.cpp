// The real window on a display in memory: it comes up, hands reach it, pixels answer, it rests, it leaves.
#include "app/shell/window.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <thread>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/number.h"
#include "engine/core/random.h"
#include "tests/shell/scratch.h"
#include "tests/shell/xvfb/drag.h"
#include "tests/shell/xvfb/virtual_display.h"

using namespace vitrine;
using namespace vitrine::shell;

namespace {

constexpr int kWidth = 1280, kHeight = 720;
constexpr auto kPatience = std::chrono::seconds(30);  // to give up, never to wait for: a loaded machine is slow

// Looks again and again until it is so; nothing is asserted about how long it took.
bool soon(const std::function<bool()>& so) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < until) {
    if (so()) return true;
    std::this_thread::yield();
    usleep(20'000);
  }
  return false;
}

// The window in a process of its own, whose environment is its own as well.
struct Process {
  int id = 0;
  Process(const std::string& display, const std::filesystem::path& home, WindowOptions options) {
    id = fork();
    if (id != 0) return;
    setenv("DISPLAY", display.c_str(), 1);
    setenv("HOME", home.c_str(), 1);
    setenv("XDG_CONFIG_HOME", (home / "config").c_str(), 1);
    setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
    unsetenv("WAYLAND_DISPLAY");
    options.environment = [](const char* name) { return std::getenv(name); };
    int code = 1;
    try {
      code = run_window(options);
    } catch (const DisplayError& error) {
      std::cerr << error.what() << '\n';
      code = 3;
    } catch (const std::exception& error) {
      std::cerr << error.what() << '\n';
    }
    _exit(code);
  }
  ~Process() {
    if (id <= 0) return;
    kill(id, SIGKILL);
    waitpid(id, nullptr, 0);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  int exit_code() {
    int status = 0;
    if (!soon([&] { return waitpid(id, &status, WNOHANG) == id; })) return -1;
    id = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -2;
  }
  // Clock ticks of processor time so far.
  std::int64_t ticks() const {
    std::string all = read_file("/proc/" + std::to_string(id) + "/stat", 4096);
    all.erase(0, all.rfind(')') + 2);
    std::int64_t sum = 0;
    for (int field = 3; !all.empty() && field <= 15; ++field) {
      const std::string word = all.substr(0, all.find(' '));
      if (field >= 14) sum += parse_integer(word).value_or(0);
      all.erase(0, std::min(word.size() + 1, all.size()));
    }
    return sum;
  }
};

void hands(const std::string& display, const std::string& words) {
  REQUIRE(std::system(("DISPLAY=" + display + " xdotool " + words).c_str()) == 0);
}

bool is_empty(const ui::Image& screen) {
  for (std::size_t i = 0; i < screen.rgba.size(); i += 4)
    if (screen.rgba[i] != 0) return false;
  return true;
}

// The picture once it no longer changes.
ui::Image still(VirtualDisplay& display) {
  ui::Image last = display.screen();
  soon([&] {
    usleep(200'000);
    ui::Image now = display.screen();
    const bool same = now.rgba == last.rgba;
    last = std::move(now);
    return same;
  });
  return last;
}

// Keys that move among controls and change them, in an order that chance gave once.
std::string hundred_edits() {
  constexpr std::string_view kKeys[] = {"Right", "Left", "Tab", "shift+Right", "Down", "shift+Left"};
  random::Draw draw(100, 0, 0);
  std::string keys = "key --delay 15";
  for (int edits = 0; edits < 100;) {
    const std::string_view key = kKeys[draw.word() % std::size(kKeys)];
    keys += " " + std::string(key);
    edits += key != "Tab" && key != "Down" ? 1 : 0;
  }
  return keys;
}

std::string skip_reason() {
  return installed("xdotool") ? "" : "xdotool is not installed.";
}

}  // namespace

TEST_CASE("the window opens, answers hands, rests and leaves") {
  std::string reason = skip_reason();
  const auto display = reason.empty() ? VirtualDisplay::start(kWidth, kHeight, reason) : nullptr;
  if (!display) {
    MESSAGE("skipped: " << reason);
    return;
  }
  const Scratch home("window");
  Process window(display->name(), home.folder, {.exhibit = "neuron", .device = "cpu", .threads = 1});
  REQUIRE(soon([&] { return !is_empty(display->screen()); }));
  const ui::Image start = still(*display);

  hands(display->name(), "mousemove 60 125 mousedown 1 mousemove 120 125 mousemove 180 125 mouseup 1");
  CHECK(soon([&] { return display->screen().rgba != start.rgba; }));
  const ui::Image dragged = still(*display);
  CHECK(dragged.rgba != start.rgba);

  hands(display->name(), "mousemove 640 690 key space");
  CHECK(soon([&] { return display->screen().rgba != dragged.rgba; }));
  hands(display->name(), "key space");
  still(*display);
  const std::int64_t before = window.ticks();
  usleep(1'000'000);
  CHECK(window.ticks() - before <= 2);  // of about a hundred: a resting window draws nothing

  hands(display->name(), "key ctrl+s");
  CHECK(soon([&] { return std::filesystem::exists(home.folder / "neuron.vitrine"); }));
  hands(display->name(), "key t");
  still(*display);
  hands(display->name(), "key ctrl+q");
  CHECK(window.exit_code() == 0);
  CHECK(read_file(home.folder / "config" / "vitrine" / "settings.json", 65536).find("\"light\"") != std::string::npos);
}

TEST_CASE(
    "a hundred edits by keyboard are taken back, in every look and while presenting, and a saved run opens again") {
  std::string reason = skip_reason();
  const auto display = reason.empty() ? VirtualDisplay::start(kWidth, kHeight, reason) : nullptr;
  if (!display) {
    MESSAGE("skipped: " << reason);
    return;
  }
  const Scratch home("edits");
  const std::filesystem::path file = home.folder / "playground.vitrine";
  const auto saved = [&](const std::string& keys) {  // what the file holds after these keys and a save
    if (!keys.empty()) hands(display->name(), keys);
    still(*display);
    std::filesystem::remove(file);
    hands(display->name(), "key ctrl+s");
    REQUIRE(soon([&] { return std::filesystem::exists(file); }));
    return read_file(file, std::size_t{1} << 20);
  };
  std::string start;
  {
    Process window(display->name(), home.folder, {.exhibit = "playground", .device = "cpu", .threads = 1});
    REQUIRE(soon([&] { return !is_empty(display->screen()); }));
    start = saved("");
    hands(display->name(), "key ctrl+k");
    still(*display);
    hands(display->name(), "type --delay 15 noise");
    hands(display->name(), "key Return");
    still(*display);
    CHECK(saved(hundred_edits()) != start);
    ui::Image before = still(*display);
    for (const char* look : {"key t", "key t", "key t", "key F5"}) {
      hands(display->name(), look);
      const ui::Image now = still(*display);
      CHECK(now.rgba != before.rgba);
      before = now;
    }
    hands(display->name(), "key F5");
    CHECK(saved("key --delay 15 --repeat 100 ctrl+z") == start);
    hands(display->name(), "key ctrl+q");
    CHECK(window.exit_code() == 0);
  }
  Process again(display->name(), home.folder, {.open = file, .device = "cpu", .threads = 1});
  REQUIRE(soon([&] { return !is_empty(display->screen()); }));
  CHECK(saved("") == start);
}

TEST_CASE("a file that is dropped on the window opens, and one that is none leaves the run as it was") {
  std::string reason = skip_reason();
  const auto display = reason.empty() ? VirtualDisplay::start(kWidth, kHeight, reason) : nullptr;
  if (!display) {
    MESSAGE("skipped: " << reason);
    return;
  }
  const Scratch home("drop");
  const std::filesystem::path wrong = home.folder / "wrong", file = home.folder / "neuron.vitrine";
  std::filesystem::create_directory(wrong);
  write_file(wrong / "empty.vitrine", "");
  write_file(wrong / "picture.csv", "\x89PNG\r\n\x1a\n");
  write_file(wrong / "huge.vitrine", "");
  std::filesystem::resize_file(wrong / "huge.vitrine", std::uintmax_t{1} << 40);
  std::filesystem::create_symlink(wrong / "loop", wrong / "loop");
  REQUIRE(mkfifo((wrong / "pipe").c_str(), 0600) == 0);
  Process window(display->name(), home.folder, {.exhibit = "neuron", .device = "cpu", .threads = 1});
  REQUIRE(soon([&] { return !is_empty(display->screen()); }));
  const ui::Image start = still(*display);
  const auto drop = [&](const std::string& path) { return drop_file(display->name(), path, reason); };
  if (!drop(wrong / "empty.vitrine") && reason == "built without X11.") {
    MESSAGE("skipped: " << reason);
    return;
  }
  for (const std::string name : {"empty.vitrine", "picture.csv", "huge.vitrine", "loop", "pipe", "vanished", "."}) {
    CAPTURE(name);
    REQUIRE_MESSAGE(drop(wrong / name), reason);
    CHECK(soon([&] { return display->screen().rgba != start.rgba; }));  // the banner
    hands(display->name(), "key ctrl+s");
    REQUIRE(soon([&] { return std::filesystem::exists(file); }));
    still(*display);
  }
  const std::string saved = read_file(file, std::size_t{1} << 20);
  hands(display->name(), "key period key period key ctrl+s");
  REQUIRE(soon([&] { return read_file(file, std::size_t{1} << 20) != saved; }));
  std::filesystem::rename(file, home.folder / "kept.vitrine");
  const std::string kept = read_file(home.folder / "kept.vitrine", std::size_t{1} << 20);
  hands(display->name(), "key r");
  REQUIRE_MESSAGE(drop(home.folder / "kept.vitrine"), reason);
  still(*display);
  std::filesystem::remove(home.folder / "kept.vitrine");
  hands(display->name(), "key ctrl+s");  // to where it was opened from
  REQUIRE(soon([&] { return std::filesystem::exists(home.folder / "kept.vitrine"); }));
  CHECK(read_file(home.folder / "kept.vitrine", std::size_t{1} << 20) == kept);
}

TEST_CASE("without a display the window says so") {
  const Scratch home("no-display");
  Process window(":9999", home.folder, {});
  CHECK(window.exit_code() == 3);
}
