// Pictures, sprite sheets and folders of our own making, and what is told about damaged ones.
#include "datasets/images/picture.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "datasets/images/folder.h"
#include "datasets/images/sprite.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/datasets/small_files.h"
#include "tests/datasets/small_pictures.h"

namespace vitrine::datasets {
namespace {

bool near(const std::uint8_t* pixel, int r, int g, int b) {
  const int far = 60;  // lossy formats bleed at the edge of two colours
  return std::abs(pixel[0] - r) < far && std::abs(pixel[1] - g) < far && std::abs(pixel[2] - b) < far;
}

TEST_CASE("every format gives its size, red at the left and blue at the right") {
  for (const char* ending : {".png", ".jpg", ".webp", ".bmp"}) {
    CAPTURE(ending);
    const std::string bytes = small::picture(ending, 32, 12);
    const Picture picture = decode_picture(bytes, ending);
    REQUIRE(picture.width == 32);
    REQUIRE(picture.height == 12);
    CHECK(near(picture.pixels.data(), 255, 0, 0));
    CHECK(near(picture.pixels.data() + 31 * 3, 0, 0, 255));
  }
}

TEST_CASE("a GIF gives its first frame, interlaced or not, with white where it is transparent") {
  for (const bool interlaced : {false, true}) {
    const Picture picture = decode_picture(small::gif(interlaced), "a.gif");
    REQUIRE(picture.pixels.size() == 48);
    CHECK(picture.pixels[0] == 255);
    CHECK(picture.pixels[5] == 255);
    CHECK(picture.pixels[45] == 255);
    CHECK(picture.pixels[46] == 255);
  }
}

TEST_CASE("what is half transparent is laid over white") {
  const Picture picture = decode_picture(small::half_transparent_png(), "a.png");
  CHECK(picture.channels == 3);
  CHECK(picture.pixels[0] == 127);
  CHECK(picture.pixels[1] == 227);
}

TEST_CASE("a picture that is cut off is refused, wherever") {
  for (const std::string& whole : {small::picture(".png"), small::picture(".jpg"), small::picture(".webp"),
                                   small::picture(".bmp"), small::gif()}) {
    for (std::size_t length = 0; length + 3 < whole.size(); length += std::max<std::size_t>(1, whole.size() / 40)) {
      CAPTURE(length);
      CHECK_THROWS_AS(decode_picture(whole.substr(0, length), "cut"), FileError);
    }
  }
}

TEST_CASE("a header that claims too much is refused before anything is decoded") {
  std::string png = small::picture(".png");
  png[16] = 0, png[17] = 0, png[18] = '\xFF', png[19] = 0;
  png[20] = 0, png[21] = 0, png[22] = '\xFF', png[23] = 0;
  CHECK_THROWS_AS(decode_picture(png, "bomb.png"), FileError);
  std::string gif = small::gif();
  gif[6] = gif[7] = gif[8] = gif[9] = '\xFF';
  CHECK_THROWS_AS(decode_picture(gif, "bomb.gif"), FileError);
}

TEST_CASE("a JPEG is halved while it stays large enough, and keeps its colours") {
  const Picture picture = decode_picture(small::picture(".jpg", 256, 256), "a.jpg", 32);
  CHECK(picture.width == 64);
  CHECK(near(picture.pixels.data(), 255, 0, 0));
}

TEST_CASE("fitting takes the middle and means what a pixel covers") {
  const Picture stripe{4, 2, 1, {0, 100, 200, 50, 0, 100, 200, 50}};
  std::vector<std::uint8_t> one(1), colours(3);
  fit(stripe, {1, 1, 1}, one);
  CHECK(one[0] == 150);
  fit(stripe, {1, 1, 3}, colours);
  CHECK(colours == std::vector<std::uint8_t>{150, 150, 150});
}

TEST_CASE("a sprite sheet falls into samples with their labels, as tiles or as rows") {
  const std::string sheet = small::picture(".png", 16, 8);
  const std::string labels("\0\1\0\1\2\2\2\2", 8);
  const Dataset tiles = parse_sprites(sheet, labels, {.columns = 4, .rows = 4}, "s.png");
  CHECK(tiles.size() == 8);
  CHECK(tiles.info().classes == std::vector<std::string>{"0", "1", "2"});
  std::vector<float> values(4 * 4 * 3);
  tiles.read(5, values);
  CHECK(values[0] == 1);
  tiles.read(6, values);
  CHECK(values[2] == 1);
  const Dataset rows = parse_sprites(sheet, "", {.columns = 4, .rows = 4, .sample_a_row = true}, "s.png");
  CHECK(rows.size() == 8);
  const std::string one_hot("\1\0\0\1\1\0\0\1\1\0\0\1\1\0\0\1", 16);
  CHECK(parse_sprites(sheet, one_hot, {.columns = 4, .rows = 4}, "s.png").class_of(1) == 1);
  CHECK_THROWS_AS(parse_sprites(sheet, labels, {.columns = 5, .rows = 4}, "s.png"), FileError);
  CHECK_THROWS_AS(parse_sprites(sheet, std::string(9, '\1'), {.columns = 4, .rows = 4}, "s.png"), FileError);
}

struct PictureFolder : small::Folder {
  explicit PictureFolder(int each) {
    for (const char* group : {"cats", "dogs"}) {
      std::filesystem::create_directory(path / group);
      for (int i = 0; i < each; ++i) {
        write_file(path / group / (std::to_string(1000 + i) + ".png"), small::picture(".png"));
      }
    }
    write_file(path / "notes.txt", "no picture");
  }
};

TEST_CASE("a folder's subfolders are its classes, and its pictures are read when asked for") {
  const PictureFolder folder(3);
  auto listing = std::make_shared<const FolderListing>(list_pictures(folder.path));
  const Dataset data = picture_folder(listing, {8, 8, 3});
  CHECK(data.size() == 6);
  CHECK(data.info().classes == std::vector<std::string>{"cats", "dogs"});
  CHECK(data.class_of(3) == 1);
  CHECK(data.name(3).ends_with("dogs/1000.png"));
  std::vector<float> values(8 * 8 * 3);
  data.read(4, values);
  CHECK(values[0] == 1);
  CHECK(values[values.size() - 1] == 1);
  std::filesystem::remove(data.name(4));
  CHECK_THROWS_AS(data.read(4, values), FileError);
}

TEST_CASE("a loader brings every picture once, in order, and tells which it cannot read") {
  const PictureFolder folder(20);
  write_file(folder.path / "dogs" / "1005.png", "no picture at all");
  PictureLoader loader(folder.path, {4, 4, 3});
  std::vector<ItemId> came;
  for (bool more = true; more; std::this_thread::yield()) {
    more = !loader.progress().finished;  // what it brought before it said so is taken once more
    for (const auto& loaded : loader.take()) came.push_back(loaded.item);
  }
  CHECK(std::ranges::is_sorted(came));
  CHECK(came.size() == 39);
  const PictureLoader::Progress progress = loader.progress();
  CHECK(progress.done == 40);
  REQUIRE(progress.problems.size() == 1);
  CHECK(progress.problems[0].find("1005.png") != std::string::npos);
}

TEST_CASE("a loader that is full waits, and one that is cancelled ends") {
  const PictureFolder folder(30);
  PictureLoader loader(folder.path, {1024, 1024, 3});  // six of these fill it
  while (loader.progress().done < 6) std::this_thread::yield();
  CHECK(loader.progress().done <= 7);
  loader.cancel();
  CHECK(loader.progress().cancelled);
}

TEST_CASE("no folder and a folder without pictures are told") {
  const small::Folder folder;
  CHECK_THROWS_AS(list_pictures(folder.path / "absent"), FileError);
  CHECK_THROWS_AS(list_pictures(folder.path), FileError);
  PictureLoader loader(folder.path, {4, 4, 3});
  while (!loader.progress().finished) std::this_thread::yield();
  CHECK(loader.progress().failure.find("holds no picture") != std::string::npos);
}

TEST_CASE("what decoders print about a damaged picture is not heard, and what others say afterwards is") {
  const small::Folder folder;
  std::string cut = small::picture(".png", 64, 64);
  cut[cut.size() / 2] = static_cast<char>(cut[cut.size() / 2] ^ 0x55);
  const int before = ::dup(STDERR_FILENO);
  const int heard = ::open((folder.path / "heard").c_str(), O_WRONLY | O_CREAT, 0600);
  ::dup2(heard, STDERR_FILENO);
  CHECK_THROWS_AS(decode_picture(cut, "cut.png"), FileError);
  std::fputs("afterwards", stderr);
  std::fflush(stderr);
  ::dup2(before, STDERR_FILENO);
  ::close(before), ::close(heard);
#ifndef __SANITIZE_ADDRESS__
  CHECK(read_file(folder.path / "heard", 1 << 20) == "afterwards");
#endif
}

}  // namespace
}  // namespace vitrine::datasets
