// How much memory a loader takes for a large file: the peak of a process that does nothing else, against the promise of
// twice the file and a spare. The file is made by another process, so that making it counts for nothing.
//   loader_memory NAME [--megabytes N]     one loader of the list below
//   loader_memory pictures FOLDER          a folder of pictures: first one, cancel, memory
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "datasets/anomaly/row_file.h"
#include "datasets/files/open.h"
#include "datasets/images/folder.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "tests/datasets/small_files.h"
#include "tests/datasets/small_pictures.h"

namespace {

using namespace vitrine;
using namespace vitrine::datasets;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMega = 1 << 20;

std::string big(std::size_t number) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(number >> shift & 255);
  return text;
}

std::string idx(std::size_t bytes) {
  const std::size_t items = bytes / 784;
  return std::string("\0\0\x08\x03", 4) + big(items) + big(28) + big(28) + std::string(items * 784, '\7');
}

std::string lines(std::size_t bytes, std::string_view line) {
  std::string text;
  while (text.size() + line.size() <= bytes) text += line;
  return text;
}

// One byte an item, so that labels and numbers are many; floats, so that little is converted.
std::string numbers(std::size_t bytes) {
  return small::npy("<f4", false, "(" + std::to_string(bytes / 64) + ", 16)", std::string(bytes / 64 * 64, '\0'));
}

std::string archive(bool packed, std::size_t bytes) {
  const small::ZipEntry entries[] = {{"x.npy", numbers(bytes)}};
  return small::zip(packed, entries);
}

struct Large {
  std::string_view name;
  std::function<std::string(std::size_t)> make;
  std::size_t files = 2;  // how many times its size it may take, beside the spare
  std::function<std::size_t(const std::filesystem::path&)> load = [](const auto& path) { return open(path).size(); };
};
const Large kLarge[] = {
    {"idx", idx},
    {"idx-packed", [](std::size_t bytes) { return small::gzip(idx(bytes)); }},
    {"cifar", [](std::size_t bytes) { return std::string(bytes / 3073 * 3073, '\3'); }},
    {"npy", numbers},
    {"npz", [](std::size_t bytes) { return archive(false, bytes); }},
    {"npz-packed", [](std::size_t bytes) { return archive(true, bytes); }},
    {"csv", [](std::size_t bytes) { return "a,b,c,kind\n" + lines(bytes, "1,2,3,0\n"); }},
    {"csv-words", [](std::size_t bytes) { return "a,b,c,kind\n" + lines(bytes, "1,2,3,cat\n4,5,6,dog\n"); }},
    {"ucr", [](std::size_t bytes) { return lines(bytes, "1" + lines(280, " 2") + "\n"); }},
    // What is kept of rows has a size of its own, however large the file is.
    {"rows", [](std::size_t bytes) { return lines(4 * bytes, "1" + lines(280, ",2") + "\n"); }, 0,
     [](const auto& path) { return read_rows(path, {}).data.size(); }},
    {"picture", [](std::size_t bytes) { return small::picture(".png", bytes / 16384, 4096); }},
    {"picture-bmp", [](std::size_t bytes) { return small::picture(".bmp", bytes / 12288, 4096); }},
};

std::size_t peak() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

bool made_elsewhere(const Large& large, std::size_t bytes, const std::filesystem::path& path) {
  const pid_t child = fork();
  if (child == 0) {
    write_file(path, large.make(bytes));
    _exit(0);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

std::string megabytes(std::size_t bytes) {
  return to_text(static_cast<std::int64_t>(bytes / kMega)) + " MB";
}

int measure(const Large& large, std::size_t bytes) {
  const small::Folder folder;
  const std::filesystem::path path = folder.path / "large";
  if (!made_elsewhere(large, bytes, path)) return 2;
  const std::size_t before = peak();
  std::size_t items = 0;
  std::string refused;
  try {
    items = large.load(path);
  } catch (const Error& error) {  // an answer, but it must not take more either
    refused = std::string(", ") + error.what();
  }
  const std::size_t size = std::filesystem::file_size(path), took = peak() - before;
  const std::size_t allowed = large.files * size + limits::kLoaderSpare;
  std::printf("%s: %s of file, %s items, took %s, at most %s%s\n", std::string(large.name).c_str(),
              megabytes(size).c_str(), to_text(static_cast<std::int64_t>(items)).c_str(), megabytes(took).c_str(),
              megabytes(allowed).c_str(), refused.c_str());
  return took <= allowed ? 0 : 1;
}

double since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Wants its pictures taken, as a window would; then another loader is cancelled on the way.
int measure_pictures(const std::filesystem::path& folder) {
  const Clock::time_point start = Clock::now();
  std::size_t came = 0, all = 0;
  double first = 0;
  {
    PictureLoader loader(folder, {64, 64, 3});
    for (bool finished = false; !finished;) {
      finished = loader.progress().finished;
      came += loader.take().size();
      if (came > 0 && first == 0) first = since(start);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    came += loader.take().size();
    all = loader.progress().listing ? loader.progress().listing->files.size() : 0;
  }
  const double whole = since(start);
  double answered = 0;
  Clock::time_point cancelled;
  {
    PictureLoader loader(folder, {64, 64, 3});
    while (loader.take().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    cancelled = Clock::now();
    loader.cancel();
    answered = since(cancelled);
  }
  std::printf(
      "%s of %s pictures: the first after %s ms, all after %s ms; cancel answered in %s ms, its thread gone "
      "after %s ms; peak %s\n",
      to_text(static_cast<std::int64_t>(came)).c_str(), to_text(static_cast<std::int64_t>(all)).c_str(),
      to_text(first).c_str(), to_text(whole).c_str(), to_text(answered).c_str(), to_text(since(cancelled)).c_str(),
      megabytes(peak()).c_str());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view name = count > 1 ? arguments[1] : "";
  if (name == "pictures" && count > 2) return measure_pictures(arguments[2]);
  const auto size = count > 3 ? parse_unsigned(arguments[3]) : std::nullopt;
  const auto found = std::ranges::find(kLarge, name, &Large::name);
  if (found == std::end(kLarge)) return 2;
  return measure(*found, size.value_or(24) * kMega);
}
