// Names first, pictures when asked for.
#include "datasets/images/folder.h"

#include <algorithm>
#include <utility>

#include "datasets/files/bytes.h"
#include "datasets/images/picture.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/limits.h"

namespace vitrine::datasets {
namespace {

constexpr std::size_t kWaitingBytes = std::size_t{16} << 20;  // decoded and not yet taken; then the thread waits
constexpr std::size_t kProblems = 100;                        // told one by one; more help nobody

std::vector<std::uint8_t> decoded(const std::filesystem::path& path, const ItemShape& shape) {
  const std::string bytes = read_file(path, limits::kPictureFileBytes);
  std::vector<std::uint8_t> pixels(shape.size());
  fit(decode_picture(bytes, path.string(), std::max(shape.rows, shape.columns)), shape, pixels);
  return pixels;
}

class FolderSource final : public Source {
 public:
  FolderSource(std::shared_ptr<const FolderListing> listing, const ItemShape& shape)
      : listing_(std::move(listing)), shape_(shape) {}
  std::size_t size() const override { return listing_->files.size(); }
  float label(ItemId item) const override { return static_cast<float>(listing_->files[item].group); }
  void read(ItemId item, std::span<float> values) const override {
    const auto pixels = decoded(name(item), shape_);
    std::ranges::transform(pixels, values.begin(), [](std::uint8_t byte) { return static_cast<float>(byte) / 255; });
  }
  std::string name(ItemId item) const override { return (listing_->folder / listing_->files[item].name).string(); }

 private:
  std::shared_ptr<const FolderListing> listing_;
  ItemShape shape_;
};

// Names in a folder, sorted; those of folders or those of pictures. Entries that cannot be examined are passed over.
std::vector<std::string> names_in(const std::filesystem::path& folder, bool folders, const std::stop_token& stop) {
  std::vector<std::string> names;
  std::error_code code;
  for (std::filesystem::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    if (stop.stop_requested()) return {};
    std::error_code ignored;
    const bool wanted =
        folders ? at->is_directory(ignored) : has_picture_name(at->path()) && at->is_regular_file(ignored);
    if (wanted) names.push_back(at->path().filename().string());
    if (names.size() > limits::kFolderItems) {
      refuse_file(folder.string(), "holds too much", "at most " + count_text(limits::kFolderItems) + " pictures",
                  "more", "Choose a smaller folder.");
    }
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

FolderListing list_pictures(const std::filesystem::path& folder, const std::stop_token& stop) {
  std::error_code code;
  if (!std::filesystem::is_directory(folder, code)) {
    refuse_file(folder.string(), "is no folder", "a folder of pictures", "something else or nothing",
                "Choose a folder.");
  }
  FolderListing listing{folder, {}, {}};
  for (std::string& group : names_in(folder, true, stop)) {
    const std::vector<std::string> names = names_in(folder / group, false, stop);
    if (names.empty()) continue;
    const auto number = static_cast<std::uint32_t>(listing.classes.size());
    for (const std::string& name : names) listing.files.push_back({group + "/" + name, number});
    listing.classes.push_back(std::move(group));
  }
  if (listing.files.empty()) {
    for (std::string& name : names_in(folder, false, stop)) listing.files.push_back({std::move(name), 0});
    listing.classes = {"unlabelled"};
  }
  if (stop.stop_requested()) return {folder, {}, {}};
  if (listing.files.empty()) {
    refuse_file(folder.string(), "holds no picture", "PNG, JPEG, WebP, BMP or GIF files, best in one subfolder a class",
                "none", "Choose another folder.");
  }
  return listing;
}

Dataset picture_folder(std::shared_ptr<const FolderListing> listing, const ItemShape& shape) {
  Info info;
  info.id = info.label = listing->folder.filename().string();
  info.what = "Pictures of a folder, one class a subfolder.";
  info.source = listing->folder.string(), info.licence = "as its source says";
  info.kind = ItemKind::picture, info.shape = shape;
  info.value_unit = "brightness, 0 to 1", info.step_unit = "pixel";
  info.classes = listing->classes;
  return Dataset(std::move(info), std::make_shared<FolderSource>(std::move(listing), shape));
}

PictureLoader::PictureLoader(std::filesystem::path folder, const ItemShape& shape)
    : folder_(std::move(folder)), shape_(shape), thread_([this](const std::stop_token& stop) { run(stop); }) {}

PictureLoader::~PictureLoader() {
  cancel();
}

void PictureLoader::cancel() {
  thread_.request_stop();
  const std::scoped_lock lock(mutex_);
  progress_.cancelled = !progress_.finished;
}

PictureLoader::Progress PictureLoader::progress() const {
  const std::scoped_lock lock(mutex_);
  return progress_;
}

std::vector<PictureLoader::Loaded> PictureLoader::take() {
  std::vector<Loaded> taken;
  {
    const std::scoped_lock lock(mutex_);
    taken.swap(waiting_);
  }
  space_.notify_all();
  return taken;
}

void PictureLoader::run(const std::stop_token& stop) {
  try {
    auto listing = std::make_shared<const FolderListing>(list_pictures(folder_, stop));
    {
      const std::scoped_lock lock(mutex_);
      progress_.listing = listing;
    }
    for (ItemId item = 0; item < listing->files.size() && !stop.stop_requested(); ++item) {
      try {
        hand_over(item, decoded(folder_ / listing->files[item].name, shape_), "", stop);
      } catch (const FileError& error) {
        hand_over(item, {}, error.what(), stop);
      }
    }
  } catch (const FileError& error) {
    const std::scoped_lock lock(mutex_);
    progress_.failure = error.what();
  }
  const std::scoped_lock lock(mutex_);
  progress_.finished = !stop.stop_requested();
}

void PictureLoader::hand_over(ItemId item, std::vector<std::uint8_t> pixels, std::string problem,
                              const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  space_.wait(lock, stop, [&] { return waiting_.size() * shape_.size() < kWaitingBytes; });
  ++progress_.done;
  if (!problem.empty() && progress_.problems.size() < kProblems) progress_.problems.push_back(std::move(problem));
  if (!pixels.empty()) waiting_.push_back({item, std::move(pixels)});
}

}  // namespace vitrine::datasets
