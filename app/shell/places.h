// Places are the folders that the desktop gives an app, following the XDG base directories: an unset, empty or relative
// value counts as absent.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine::shell {

using Environment = std::function<const char*(const char* name)>;  // getenv, or a test's own

std::filesystem::path settings_file(const Environment& environment);     // empty where there is no home
std::filesystem::path cache_folder(const Environment& environment);      // may be deleted at any time; empty likewise
std::filesystem::path state_folder(const Environment& environment);      // unsaved work, crash reports; empty likewise
std::string bus_address(const Environment& environment);                 // of the session; empty where there is none
std::filesystem::path data_folder(const Environment& environment);       // where assets are installed; empty likewise
std::filesystem::path home_folder(const Environment& environment);       // empty where there is none
std::filesystem::path documents_folder(const Environment& environment);  // the current folder where there is none

// XDG_DOCUMENTS_DIR of a user-dirs.dirs file; "$HOME" is replaced.
std::optional<std::filesystem::path> documents_line(std::string_view user_dirs, const std::filesystem::path& home);

}  // namespace vitrine::shell
