// Places, locks and copies of the state folder.
#include "app/shell/rescue.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/shell/files/files.h"
#include "engine/core/error.h"
#include "engine/core/file.h"

namespace vitrine::shell {
namespace {

namespace fs = std::filesystem;

constexpr int kPlaces = 64;               // windows open at a time; more than a screen has room for
constexpr std::size_t kPathBytes = 4096;  // of the file that a copy belongs to

constexpr const char* kUnsaved = "unsaved";    // written while an app works
constexpr const char* kOffered = "offered";    // found without its app
constexpr const char* kDeclined = "declined";  // offered, and nobody answered: kept for who looks for it
constexpr const char* kCopy = ".vitrine";
constexpr const char* kOrigin = ".origin";  // the path that the copy belongs to

bool present(const fs::path& path) {
  std::error_code none;
  return fs::is_regular_file(path, none);
}

fs::path file_of(const fs::path& origin) {
  try {
    return present(origin) ? fs::path(read_file(origin, kPathBytes)) : fs::path();
  } catch (const FileError&) {
    return {};
  }
}

}  // namespace

fs::path Rescue::named(const char* stem, const char* ending) const {
  return folder_ / (std::string(stem) + "-" + std::to_string(place_) + ending);
}

Rescue::Rescue(fs::path folder, bool threaded, std::function<void(std::string)> trouble)
    : folder_(std::move(folder)), trouble_(std::move(trouble)) {
  if (folder_.empty()) return;
  std::error_code failed;  // said when there is something to keep
  fs::create_directories(folder_, failed);
  take_place();
  if (lock_ < 0 || !threaded) return;
  writer_ = std::jthread([this](std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (waiting_.wait(lock, stop, [this] { return next_.has_value(); })) {
      const Copy copy = *std::exchange(next_, std::nullopt);
      lock.unlock();
      write(copy);
      lock.lock();
    }
  });
}

Rescue::~Rescue() {
  writer_ = {};
  if (lock_ >= 0) ::close(lock_);
}

// False when another process holds the place, or the folder takes no files.
bool Rescue::take(int place) {
  place_ = place;
  const int file = ::open(named("place", ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  if (::flock(file, LOCK_EX | LOCK_NB) == 0)
    lock_ = file;
  else
    ::close(file);
  return lock_ >= 0;
}

// A place that was left behind, else the first that is free.
void Rescue::take_place() {
  for (const bool behind : {true, false}) {
    for (int place = 0; place < kPlaces; ++place) {
      place_ = place;
      if (behind && !present(named(kUnsaved, kCopy)) && !present(named(kOffered, kCopy))) continue;
      if (!take(place)) continue;
      if (present(named(kUnsaved, kCopy))) move(kUnsaved, kOffered);  // what was offered before is older
      if (present(named(kOffered, kCopy)))
        left_ = Left{.copy = named(kOffered, kCopy), .file = file_of(named(kOffered, kOrigin))};
      return;
    }
  }
}

void Rescue::remove(const char* stem) {
  std::error_code none;
  for (const char* ending : {kCopy, kOrigin}) fs::remove(named(stem, ending), none);
}

void Rescue::move(const char* from, const char* to) {
  std::error_code none;
  remove(to);
  for (const char* ending : {kOrigin, kCopy}) fs::rename(named(from, ending), named(to, ending), none);
}

void Rescue::decline() {
  left_.reset();
  remove(kOffered);
}

void Rescue::safe(const work::Runner& runner, const fs::path& file) {
  if (folder_.empty()) return;
  safe_ = checksum(runner.document());
  kept_.clear();
  file_ = file;
  put({.document = {}, .file = {}});
}

void Rescue::restored(const work::Runner& runner, const fs::path& file) {
  safe_.clear();
  file_ = file;
  work::Document document = runner.document();
  kept_ = checksum(document);
  bytes_ = document.state.bytes();
  put({.document = std::move(document), .file = file, .answers = true});
}

std::size_t Rescue::consider(const work::Runner& runner) {
  if (folder_.empty()) return 0;
  work::Document document = runner.document();
  std::string now = checksum(document);
  if (now == (kept_.empty() ? safe_ : kept_)) return bytes_;
  bytes_ = document.state.bytes();
  if (now == safe_) {
    kept_.clear();
    put({.document = {}, .file = {}});
  } else {
    kept_ = std::move(now);
    put({.document = std::move(document), .file = file_});
  }
  return bytes_;
}

void Rescue::put(Copy copy) {
  if (lock_ < 0) {
    if (copy.document) tell(folder_.string() + " takes no files");
    return;
  }
  if (!writer_.joinable()) return write(copy);
  {
    const std::lock_guard lock(mutex_);
    if (next_) copy.answers |= next_->answers;
    next_ = std::move(copy);
  }
  waiting_.notify_one();
}

void Rescue::write(const Copy& copy) {
  std::error_code none;
  try {
    if (!copy.document) {
      remove(kUnsaved);
    } else {
      if (copy.file.empty())
        fs::remove(named(kUnsaved, kOrigin), none);
      else
        write_file(named(kUnsaved, kOrigin), copy.file.string());
      save_document(named(kUnsaved, kCopy), *copy.document);
    }
    if (copy.answers) remove(kOffered);
  } catch (const FileError& error) {
    tell(error.what());
  }
}

void Rescue::tell(std::string trouble) {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(told_, true)) return;
  }
  trouble_("Unsaved work is not kept at present; " + std::move(trouble));
}

void Rescue::clean_end() {
  writer_ = {};
  if (lock_ < 0) return;
  remove(kUnsaved);
  if (left_) move(kOffered, kDeclined);
}

}  // namespace vitrine::shell
