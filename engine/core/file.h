// Files as whole values: read with a cap, written atomically. A reader of a written file sees the old bytes or the new
// ones, never a mixture, whatever is killed when.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace vitrine {

// Reads a regular file of at most `cap` bytes; FileError otherwise (absent, a directory, a pipe, larger than the cap).
std::string read_file(const std::filesystem::path& path, std::size_t cap);

// Temporary in the same directory, fsync, rename, fsync of the directory. FileError names what failed and why.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace vitrine
