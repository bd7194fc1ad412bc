// Reading and atomic writing over plain POSIX calls, so that fsync and rename are ours to order.
#include "engine/core/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/file_reader.h"
#include "engine/core/number.h"

namespace vitrine {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  int close() { return ::close(release()); }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

[[noreturn]] void fail(const std::filesystem::path& path, std::string fact, std::string expected, std::string remedy) {
  const std::string reason = errno != 0 ? std::strerror(errno) : "no reason";
  throw FileError({path.string(), std::move(fact), std::move(expected), reason, std::move(remedy)});
}

}  // namespace

FileReader::FileReader(const std::filesystem::path& path) : path_(path) {
  // O_NONBLOCK: opening a named pipe without a writer must not hang; a regular file ignores it.
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0)
    fail(path, "cannot be opened", "a file that may be read", "Check the name and the permissions.");
  struct stat status {};
  if (::fstat(file.number(), &status) != 0)
    fail(path, "cannot be examined", "a file on a disk that answers", "Check the disk.");
  if (!S_ISREG(status.st_mode)) {
    throw FileError({path.string(), "is not a regular file", "a file",
                     S_ISDIR(status.st_mode) ? "a folder" : "a device or pipe", "Choose a file."});
  }
  size_ = static_cast<std::size_t>(status.st_size);
  descriptor_ = file.release();
}

FileReader::~FileReader() {
  ::close(descriptor_);
}

std::size_t FileReader::read(std::span<char> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t count = ::read(descriptor_, into.data() + done, into.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path_, "cannot be read", "a file on a disk that answers", "Check the disk.");
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

std::string read_file(const std::filesystem::path& path, std::size_t cap) {
  FileReader file(path);
  if (file.size() > cap) {
    throw FileError({path.string(), "is too large", "at most " + to_text(static_cast<std::int64_t>(cap)) + " bytes",
                     to_text(static_cast<std::int64_t>(file.size())) + " bytes", "Choose a smaller file."});
  }
  std::string bytes(file.size(), '\0');
  bytes.resize(file.read(bytes));  // where it shrank meanwhile, the parser says what is missing
  return bytes;
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  const auto directory = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::string temporary = (directory / ("." + path.filename().string() + ".XXXXXX")).string();
  errno = 0;
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.number() < 0)
    fail(path, "cannot be created", "a folder that takes files", "Choose a folder you may write to.");
  const auto give_up = [&](const char* fact) {
    const int reason = errno;
    ::unlink(temporary.c_str());
    errno = reason;
    fail(path, fact, "room on the disk", "Free some space or choose another disk; the file is as it was.");
  };
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::write(file.number(), bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) give_up("cannot be written");
    done += static_cast<std::size_t>(count);
  }
  // mkostemp makes files private; keep the mode of the file we replace, else the usual one for documents.
  struct stat old {};
  const mode_t mode = ::stat(path.c_str(), &old) == 0 ? (old.st_mode & 0777) : 0644;
  if (::fchmod(file.number(), mode) != 0) give_up("cannot be given its permissions");
  if (::fsync(file.number()) != 0) give_up("cannot be brought to disk");
  if (file.close() != 0) give_up("cannot be closed");
  if (::rename(temporary.c_str(), path.c_str()) != 0) give_up("cannot be put in place");
  const Descriptor folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() >= 0) ::fsync(folder.number());  // a file system without it still has the renamed file
}

}  // namespace vitrine
