// Reading brings the rows of a run's files into memory, some megabytes at a time, so that whoever waits can be told how
// far it is, and can think better of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/work/errand.h"
#include "app/work/value.h"
#include "datasets/anomaly/row_file.h"
#include "views/heartbeats/settings.h"

namespace vitrine::views::heartbeats {

struct Sources {                                           // where the rows of a run come from
  std::optional<datasets::Dataset> train = {}, test = {};  // without test rows a part of the training rows serves
  std::vector<std::string> fields = {};                    // names of the values of a row, where they are fields
  std::vector<std::string> series = {};                    // names of several series that stand one behind the other
  std::vector<std::string> notes = {};                     // sentences about data of which something is missing
};

class Reading {
 public:
  explicit Reading(const Settings& settings);
  bool read_block();                                   // false when all is there; FileError, UsageError
  double share() const;                                // of the bytes that there are to read
  std::size_t rows() const;                            // read so far
  Sources finish() && { return std::move(sources_); }  // when read_block has answered false

 private:
  void read_windows(const std::string& path);
  void take(datasets::RowFile file);

  struct File {
    std::string path;
    std::uintmax_t bytes = 0;
  };
  Settings settings_;
  Sources sources_;
  std::vector<File> files_;  // to learn from, and to judge by
  std::size_t at_ = 0;
  std::size_t rows_behind_ = 0;              // of the files before
  std::optional<datasets::RowForm> form_;    // of the training file
  std::optional<datasets::RowReader> rows_;  // while a file is open
};

// What a dropped file means here: rows to learn from. Empty where it is no table by its name.
std::vector<std::pair<std::string, work::Value>> settings_of_file(const std::filesystem::path& file);
bool same_sources(const Settings& a, const Settings& b);
Sources read_sources(const Settings& settings, work::Errand& errand);  // FileError, UsageError, CalledOff

}  // namespace vitrine::views::heartbeats
