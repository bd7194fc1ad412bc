// Formats written by hand, byte by byte.
#include "tests/datasets/small_files.h"

#include <unistd.h>

#include <cstdlib>

#include "engine/core/zip.h"

namespace vitrine::datasets::small {
namespace {

std::string little(std::size_t number, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>(number >> (8 * i) & 255);
  return text;
}

// The bare stream inside of zlib's two bytes before and four behind.
std::string bare(std::string_view bytes) {
  const std::string packed = deflate(bytes);
  return packed.substr(2, packed.size() - 6);
}

}  // namespace

std::string gzip(std::string_view bytes) {
  return std::string("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10) + bare(bytes) + little(crc32(bytes), 4) +
         little(bytes.size(), 4);
}

std::string idx() {
  return std::string("\0\0\x08\x03\0\0\0\2\0\0\0\2\0\0\0\3\0\1\2\3\4\5\6\7\x08\x09\x0A\xFF", 28);
}

std::string idx_labels() {
  return std::string("\0\0\x08\x01\0\0\0\2\7\3", 10);
}

std::string cifar() {
  std::string bytes(2 * 3073, '\0');
  bytes[0] = 4;
  bytes[3073] = 9;
  for (const std::size_t plane : {0u, 1u, 2u}) bytes[3074 + plane * 1024] = static_cast<char>(plane + 1);
  return bytes;
}

std::string npy(std::string_view type, bool fortran, std::string_view shape, std::string_view numbers) {
  const std::string header = "{'descr': '" + std::string(type) + "', 'fortran_order': " + (fortran ? "True" : "False") +
                             ", 'shape': " + std::string(shape) + ", }\n";
  return "\x93NUMPY" + std::string("\x01\0", 2) + little(header.size(), 2) + header + std::string(numbers);
}

std::string npz(bool packed) {
  const ZipEntry entries[] = {{"x.npy", npy("<f4", false, "(2, 2)", raw<float>({1, 2, 3, 4}))},
                              {"y.npy", npy("<i8", false, "(2,)", raw<std::int64_t>({8, 4}))}};
  return zip(packed, entries);
}

std::string zip(bool packed, std::span<const ZipEntry> entries) {
  std::string bytes, directory;
  for (const ZipEntry& file : entries) {
    const std::string body = packed ? bare(file.contents) : file.contents;
    const std::string common = little(packed ? 8 : 0, 2) + little(0, 4) + little(crc32(file.contents), 4) +
                               little(body.size(), 4) + little(file.contents.size(), 4) + little(file.name.size(), 2) +
                               little(0, 2);
    directory += "PK\x01\x02" + little(20, 2) + little(20, 2) + little(0, 2) + common + std::string(10, '\0') +
                 little(bytes.size(), 4) + file.name;
    bytes += "PK\x03\x04" + little(20, 2) + little(0, 2) + common + file.name + body;
  }
  return bytes + directory + "PK\x05\x06" + little(0, 4) + little(entries.size(), 2) + little(entries.size(), 2) +
         little(directory.size(), 4) + little(bytes.size(), 4) + little(0, 2);
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "vitrine-data-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  path = name;
}

Folder::~Folder() {
  std::filesystem::remove_all(path);
}

}  // namespace vitrine::datasets::small
