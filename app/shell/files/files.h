// A .vitrine file is one exhibit's document as JSON: settings as path and value text, the state with its exact floats,
// a checksum over both. It is hostile until read: whatever is wrong with it is a FileError that names file, place, what
// was expected, what was found and what to do, and nothing is half-loaded.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/work/runner.h"

namespace vitrine::shell {

void save_document(const std::filesystem::path& path, const work::Document& document);  // atomically
work::Document load_document(const std::filesystem::path& path);

// Loads and opens; what the exhibit then refuses is a FileError, too, and the runner is as it was.
void open_document(work::Runner& runner, const std::filesystem::path& path);

// The same without a disk; `name` is what errors call it.
std::string write_document(const work::Document& document);
work::Document read_document(std::string_view bytes, const std::string& name);

// Equal for documents that mean the same; a file ends with that of its own.
std::string checksum(const work::Document& document);

}  // namespace vitrine::shell
