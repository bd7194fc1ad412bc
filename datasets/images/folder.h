// A folder of pictures is a data set whose classes are its subfolders. Listing reads names only; a picture is decoded
// when it is read. A PictureLoader does both on a thread of its own, so that fifty thousand pictures show their first
// ones at once and a person can stop at any time.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "datasets/dataset.h"

namespace vitrine::datasets {

struct FolderListing {
  struct File {
    std::string name;  // below the folder
    std::uint32_t group;
  };
  std::filesystem::path folder;
  std::vector<std::string> classes;  // subfolders in the order of their names; one, "unlabelled", when there are none
  std::vector<File> files;           // in the order of classes and names
};

// FileError when there is no folder or no picture in it. What has been found is lost when `stop` is asked for: empty
// then.
FolderListing list_pictures(const std::filesystem::path& folder, const std::stop_token& stop = {});
Dataset picture_folder(std::shared_ptr<const FolderListing> listing, const ItemShape& shape);

class PictureLoader {
 public:
  struct Loaded {
    ItemId item;
    std::vector<std::uint8_t> pixels;  // of the shape's size
  };
  struct Progress {
    std::shared_ptr<const FolderListing> listing;  // null until it is known
    std::size_t done = 0;                          // pictures decoded or given up on
    bool finished = false, cancelled = false;
    std::string failure;                // the folder itself cannot be used: a sentence
    std::vector<std::string> problems;  // the first pictures that cannot, as sentences
  };

  PictureLoader(std::filesystem::path folder, const ItemShape& shape);
  ~PictureLoader();
  PictureLoader(const PictureLoader&) = delete;
  PictureLoader& operator=(const PictureLoader&) = delete;

  Progress progress() const;
  std::vector<Loaded> take();  // what came since the last call, in the listing's order; never waits
  void cancel();               // answers at once; the thread ends after the picture it is at

 private:
  void run(const std::stop_token& stop);
  void hand_over(ItemId item, std::vector<std::uint8_t> pixels, std::string problem, const std::stop_token& stop);

  std::filesystem::path folder_;
  ItemShape shape_;
  mutable std::mutex mutex_;
  std::condition_variable_any space_;
  Progress progress_;
  std::vector<Loaded> waiting_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace vitrine::datasets
