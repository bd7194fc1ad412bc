// Reading brings the rows of a run's files into memory, some megabytes at a time, so that whoever waits can be told how
// far it is, and can think better of it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

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
  bool read_block();                                       // false when all is there; FileError, UsageError
  double share() const;                                    // of what there is to read
  const std::string& file() const { return files_[at_]; }  // that is being read
  Sources finish() && { return std::move(sources_); }      // when read_block has answered false

 private:
  void read_windows(const std::string& path);
  void take(datasets::RowFile file);

  Settings settings_;
  Sources sources_;
  std::vector<std::string> files_;  // to learn from, and to judge by
  std::size_t at_ = 0;
  std::optional<datasets::RowForm> form_;    // of the training file
  std::optional<datasets::RowReader> rows_;  // while a file is open
};

}  // namespace vitrine::views::heartbeats
