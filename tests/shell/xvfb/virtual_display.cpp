// Starts Xvfb with -displayfd, which tells the number it took, and reads its XWD frame buffer.
#include "tests/shell/xvfb/virtual_display.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string_view>

#include "engine/core/file.h"

namespace {

constexpr int kStartMilliseconds = 8000;  // a loaded machine; a healthy one needs a tenth
constexpr std::size_t kScreenBytes = std::size_t{64} << 20;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

}  // namespace

bool installed(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "";
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
    if (access((std::string(folder) + "/" + program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

std::unique_ptr<VirtualDisplay> VirtualDisplay::start(int width, int height, std::string& reason) {
  if (!installed("Xvfb")) return reason = "Xvfb is not installed.", nullptr;
  std::unique_ptr<VirtualDisplay> display(new VirtualDisplay);
  display->folder_ = std::filesystem::temp_directory_path() / ("vitrine-xvfb-" + std::to_string(getpid()));
  std::filesystem::create_directories(display->folder_);
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) return reason = "No pipe could be made.", nullptr;
  const std::string size = std::to_string(width) + "x" + std::to_string(height) + "x24";
  const std::string number = std::to_string(pipe_ends[1]);
  display->process_ = fork();
  if (display->process_ == 0) {
    const int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, 1);
    dup2(nothing, 2);
    execlp("Xvfb", "Xvfb", "-displayfd", number.c_str(), "-screen", "0", size.c_str(), "-fbdir",
           display->folder_.c_str(), "-nolisten", "tcp", static_cast<char*>(nullptr));
    _exit(127);
  }
  close(pipe_ends[1]);
  std::string told;
  char c = 0;
  pollfd wait{pipe_ends[0], POLLIN, 0};
  while (poll(&wait, 1, kStartMilliseconds) > 0 && read(pipe_ends[0], &c, 1) == 1 && c != '\n') told += c;
  close(pipe_ends[0]);
  if (told.empty()) return reason = "Xvfb did not start.", nullptr;
  display->name_ = ":" + told;
  return display;
}

VirtualDisplay::~VirtualDisplay() {
  if (process_ > 0) {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
  }
  std::error_code none;
  std::filesystem::remove_all(folder_, none);
}

// XWD: header size, and from its 4-byte fields width, height, bits a pixel, bytes a line, colours; pixels are BGRX.
vitrine::ui::Image VirtualDisplay::screen() const {
  const std::string bytes = vitrine::read_file(folder_ / "Xvfb_screen0", kScreenBytes);
  const auto field = [&](std::size_t i) { return static_cast<std::size_t>(big_endian(bytes, 4 * i)); };
  const std::size_t width = field(4), height = field(5), line = field(12), start = field(0) + 12 * field(19);
  vitrine::ui::Image image(static_cast<int>(width), static_cast<int>(height));
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x) {
      const char* from = bytes.data() + start + y * line + 4 * x;
      std::uint8_t* to = image.rgba.data() + 4 * (y * width + x);
      for (std::size_t channel = 0; channel < 3; ++channel) to[channel] = static_cast<std::uint8_t>(from[2 - channel]);
      to[3] = 255;
    }
  return image;
}
