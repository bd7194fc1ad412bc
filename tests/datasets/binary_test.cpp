// IDX, CIFAR and NumPy files of our own making: read right, and refused with a clear place when they are damaged.
#include <doctest/doctest.h>

#include <filesystem>

#include "datasets/files/cifar.h"
#include "datasets/files/idx.h"
#include "datasets/files/npy.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/zip.h"
#include "tests/datasets/small_files.h"

namespace vitrine::datasets {
namespace {

std::vector<float> item_of(const Array& array, ItemId item) {
  std::vector<float> values(array.shape.size());
  array.read(item, values);
  return values;
}

TEST_CASE("an IDX file of every element type is read, big end first") {
  const Array bytes = parse_idx(small::idx(), "a.idx");
  CHECK(bytes.items == 2);
  CHECK(bytes.shape == ItemShape{2, 3, 1});
  CHECK(item_of(bytes, 1) == std::vector<float>{6, 7, 8, 9, 10, 255});
  std::string shorts("\0\0\x0B\x01\0\0\0\2\xFF\xFE\x01\0", 12);
  CHECK(item_of(parse_idx(shorts, "s.idx"), 0) == std::vector<float>{-2});
  CHECK(item_of(parse_idx(shorts, "s.idx"), 1) == std::vector<float>{256});
}

TEST_CASE("pictures find the labels beside them, packed or not") {
  const small::Folder folder;
  write_file(folder.path / "t-images-idx3-ubyte.gz", small::gzip(small::idx()));
  write_file(folder.path / "t-labels-idx1-ubyte.gz", small::gzip(small::idx_labels()));
  const Dataset data = load_idx(folder.path / "t-images-idx3-ubyte.gz");
  CHECK(data.size() == 2);
  CHECK(data.info().kind == ItemKind::picture);
  CHECK(data.info().classes == std::vector<std::string>{"3", "7"});
  CHECK(data.class_of(0) == 1);
  std::vector<float> values(6);
  data.read(1, values);
  CHECK(values[5] == 1);
}

TEST_CASE("whatever byte an IDX file ends at, it is refused") {
  const std::string whole = small::idx();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CHECK_THROWS_AS(parse_idx(whole.substr(0, length), "a.idx"), FileError);
  }
  CHECK_THROWS_AS(parse_idx(whole + "x", "a.idx"), FileError);
  std::string huge = whole;
  for (std::size_t i = 4; i < 16; ++i) huge[i] = '\xFF';  // 2^32 - 1 three times over
  CHECK_THROWS_AS(parse_idx(huge, "a.idx"), FileError);
}

TEST_CASE("a CIFAR record is a label and three planes") {
  const Dataset data = parse_cifar(small::cifar(), CifarKind::ten, "b.bin");
  CHECK(data.size() == 2);
  CHECK(data.class_of(1) == 9);
  std::vector<float> values(3072);
  data.read(1, values);
  CHECK(values[0] == doctest::Approx(1 / 255.0f));
  CHECK(values[1] == doctest::Approx(2 / 255.0f));
  CHECK(values[2] == doctest::Approx(3 / 255.0f));
  CHECK_THROWS_AS(parse_cifar(small::cifar().substr(1), CifarKind::ten, "b.bin"), FileError);
  std::string wrong = small::cifar();
  wrong[0] = 10;
  CHECK_THROWS_AS(parse_cifar(wrong, CifarKind::ten, "b.bin"), FileError);
  CHECK_THROWS_AS(parse_cifar("", CifarKind::ten, "b.bin"), FileError);
}

TEST_CASE("NumPy arrays are read in both orders and both byte orders") {
  const std::string floats = small::npy("<f4", false, "(2, 3)", small::raw<float>({1, 2, 3, 4, 5, 6}));
  CHECK(item_of(parse_npy(floats, "a.npy"), 1) == std::vector<float>{4, 5, 6});
  const std::string columns = small::npy("<f4", true, "(2, 3)", small::raw<float>({1, 4, 2, 5, 3, 6}));
  CHECK(item_of(parse_npy(columns, "a.npy"), 1) == std::vector<float>{4, 5, 6});
  CHECK(item_of(parse_npy(small::npy(">i2", false, "(1, 2)", std::string("\xFF\xFE\x01\0", 4)), "a.npy"), 0) ==
        std::vector<float>{-2, 256});
  const std::string halves =
      small::npy("<f2", false, "(4,)", small::raw<std::uint16_t>({0x3C00, 0xC500, 0x0001, 0x3555}));
  CHECK(item_of(parse_npy(halves, "a.npy"), 0) == std::vector<float>{1});
  CHECK(item_of(parse_npy(halves, "a.npy"), 1) == std::vector<float>{-5});
  CHECK(item_of(parse_npy(halves, "a.npy"), 2) == std::vector<float>{0x1p-24f});
  CHECK(item_of(parse_npy(halves, "a.npy"), 3)[0] == doctest::Approx(1.0 / 3).epsilon(1e-3));
  const std::string cube = small::npy("|u1", true, "(1, 2, 2, 2)", std::string("\0\1\2\3\4\5\6\7", 8));
  CHECK(item_of(parse_npy(cube, "a.npy"), 0) == std::vector<float>{0, 4, 2, 6, 1, 5, 3, 7});
}

TEST_CASE("what we write as .npy is read back") {
  const float values[] = {1.5f, -2, 3, 4};
  const std::size_t shape[] = {2, 2};
  const std::string bytes = npy_bytes(values, shape);
  CHECK(bytes.size() == 128 + 16);
  CHECK(item_of(parse_npy(bytes, "a.npy"), 0) == std::vector<float>{1.5f, -2});
}

TEST_CASE("a damaged .npy is refused wherever it is damaged") {
  const std::string whole = small::npy("<f4", false, "(2, 3)", small::raw<float>({1, 2, 3, 4, 5, 6}));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CHECK_THROWS_AS(parse_npy(whole.substr(0, length), "a.npy"), FileError);
  }
  for (const char* shape : {"()", "(0, 3)", "(2, -3)", "(18446744073709551615, 2)", "(1, 1, 1, 1, 1)", "(2, 3"}) {
    CHECK_THROWS_AS(parse_npy(small::npy("<f4", false, shape, small::raw<float>({1, 2, 3, 4, 5})), "a.npy"), FileError);
  }
  CHECK_THROWS_AS(parse_npy(small::npy("|O", false, "(2,)", "xxxxxxxxxxxxxxxx"), "a.npy"), FileError);
}

TEST_CASE("a .npz gives items and labels, stored or deflated, and refuses wrong sums and lengths") {
  const small::Folder folder;
  for (const bool packed : {false, true}) {
    const std::string bytes = small::npz(packed);
    write_file(folder.path / "a.npz", bytes);
    const Dataset data = load_numpy(folder.path / "a.npz");
    CHECK(data.size() == 2);
    CHECK(data.info().classes == std::vector<std::string>{"4", "8"});
    CHECK(data.class_of(0) == 1);
    std::string damaged = bytes;
    damaged[bytes.find("NUMPY") + (packed ? 40 : 130)] ^= 1;
    CHECK_THROWS_AS(parse_npz(damaged, "a.npz"), FileError);
    for (std::size_t length = 0; length < bytes.size(); length += 7) {
      CHECK_THROWS_AS(parse_npz(bytes.substr(0, length), "a.npz"), FileError);
    }
  }
}

TEST_CASE("a value that is no finite number is told with its item") {
  const small::Folder folder;
  write_file(folder.path / "a.npy", small::npy("<f4", false, "(2, 1)", small::raw<float>({1, 0.0f / 0.0f})));
  try {
    load_numpy(folder.path / "a.npy");
    FAIL("it was taken");
  } catch (const FileError& error) {
    CHECK(std::string(error.what()).find("item 1") != std::string::npos);
  }
}

}  // namespace
}  // namespace vitrine::datasets
