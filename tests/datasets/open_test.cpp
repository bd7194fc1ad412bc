// Opening by content, and previews of what was opened.
#include "datasets/files/open.h"

#include <doctest/doctest.h>

#include <string>

#include "datasets/catalog.h"
#include "datasets/preview.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/datasets/small_files.h"
#include "tests/datasets/small_pictures.h"

namespace vitrine::datasets {
namespace {

using small::Folder;

// Every file is called the same: only what is in it can tell.
Dataset open_bytes(const Folder& folder, const std::string& bytes) {
  write_file(folder.path / "file", bytes);
  return open(folder.path / "file");
}

std::string series_text(std::size_t samples, bool header) {
  std::string text = header ? "label" : "";
  for (std::size_t i = 0; header && i < samples; ++i) text += ",t" + std::to_string(i);
  if (header) text += '\n';
  for (int row = 1; row <= 3; ++row) {
    text += std::to_string(row);
    for (std::size_t i = 0; i < samples; ++i) text += "," + std::to_string(row * 10) + "." + std::to_string(i);
    text += '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("a file is opened by what is in it, whatever it is called") {
  const Folder folder;
  CHECK(open_bytes(folder, small::idx()).info().shape == ItemShape{2, 3, 1});
  CHECK(open_bytes(folder, small::gzip(small::idx())).size() == 2);
  CHECK(open_bytes(folder, small::cifar()).info().shape == ItemShape{32, 32, 3});
  CHECK(open_bytes(folder, small::npz(true)).size() == 2);
  CHECK(open_bytes(folder, "BM,weight,kind\n1,2,a\n3,4,b\n").info().classes.size() == 2);
  CHECK(open_bytes(folder, series_text(20, false)).info().kind == ItemKind::series);
  CHECK(open_bytes(folder, series_text(20, true)).info().kind == ItemKind::series);
  CHECK(open_bytes(folder, series_text(3, true)).info().kind == ItemKind::point);
}

TEST_CASE("beats are known by their 140 samples and five labels") {
  const Folder folder;
  const Dataset beats = open_bytes(folder, series_text(140, false));
  CHECK(beats.info().classes.size() == 5);
  CHECK(beats.class_of(2) == 2);
}

TEST_CASE("a picture is a set of one, a folder of them is one with a class for each subfolder") {
  const Folder folder;
  std::filesystem::create_directories(folder.path / "cat");
  std::filesystem::create_directories(folder.path / "dog");
  const std::string png = small::picture(".png");
  write_file(folder.path / "cat" / "1.png", png);
  write_file(folder.path / "dog" / "1.png", png);
  CHECK(open(folder.path).info().classes == std::vector<std::string>{"cat", "dog"});
  CHECK(open_bytes(folder, png).size() == 1);
}

TEST_CASE("a folder of a published set is opened whole") {
  const Folder folder;
  write_file(folder.path / "data_batch_1.bin", small::cifar());
  write_file(folder.path / "test_batch.bin", small::cifar());
  write_file(folder.path / "receipt.json", "{\"files\": []}");
  CHECK(open(folder.path).size() == 4);
}

TEST_CASE("what cannot be recognised is refused with what is known, and a missing file with its path") {
  const Folder folder;
  const auto complaint = [&](const std::filesystem::path& path) {
    try {
      open(path);
    } catch (const FileError& error) {
      return error.complaint();
    }
    return Complaint{};
  };
  write_file(folder.path / "odd", std::string("\x01\x02\x03\x7F", 4));
  write_file(folder.path / "empty", "");
  for (const char* name : {"odd", "empty", "gone"}) {
    CAPTURE(name);
    const Complaint said = complaint(folder.path / name);
    CHECK(said.subject.find(name) != std::string::npos);
    CHECK(said.expected.find("CIFAR") != std::string::npos);
    CHECK(!said.got.empty());
    CHECK(!said.remedy.empty());
  }
}

TEST_CASE("a preview is spread over the whole set and knows its form") {
  const Preview beats = preview(make_dataset("heartbeats", {}), 6);
  CHECK(beats.form == PreviewForm::curves);
  CHECK(beats.values.size() == 6 * 140);
  CHECK(beats.items.back() >= 4000);
  CHECK(beats.classes.size() == 5);
  CHECK(preview(make_dataset("moons", {}), 1000).items.size() == 500);
  CHECK(form_of(make_dataset("shapes", {}).info()) == PreviewForm::pictures);
  Info measured;
  measured.shape = {1, 1, 5};
  CHECK(form_of(measured) == PreviewForm::table);
}

}  // namespace vitrine::datasets
