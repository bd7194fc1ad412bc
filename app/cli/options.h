// Options are what a command line asks for, as plain values: the parser fills them, the commands read them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/shell/places.h"

namespace vitrine::cli {

enum class Command {
  help,
  version,
  window,
  list_exhibits,
  devices,
  assets,
  summary,
  predict,
  convert,
  train,
  list_benches,
  bench,
  screenshot
};

struct Options {
  Command command = Command::window;
  std::string text;  // of --help

  std::string device = "auto";
  int threads = 0;
  std::uint64_t seed = 0;
  bool json = false, quiet = false;
  shell::Environment environment;  // of the process

  bool missing = false;  // assets: only what is not there

  std::filesystem::path model;                // summary, predict, convert
  std::vector<std::filesystem::path> inputs;  // predict; one for each input, or several for one
  std::filesystem::path labels;               // a name in each line
  std::string tap;                            // the layer whose answers are asked for; empty: the model's
  std::int64_t top = 0;                       // how many classes to name

  std::string target, packing = "none";  // convert; no target: the ending of `out` says it
  bool per_channel = false;

  std::string exhibit;                                   // train, screenshot
  std::vector<std::pair<std::string, std::string>> set;  // control path and value, in order
  std::string address;                                   // train playground: of the published one
  std::filesystem::path train_file, test_file;           // train heartbeats
  std::int64_t epochs = 0;
  std::vector<std::int64_t> at;  // ascending, each once

  std::string task;               // bench
  double seconds = 1;             // to measure for
  double minutes = 10;            // shell: to train for, while memory is watched
  std::filesystem::path compare;  // an earlier --out

  std::filesystem::path open, out;
  int width = 1600, height = 1000;
  double scale = 1;
  std::string theme = "dark";
  std::int64_t steps = 0;
};

Options parse(int count, const char* const* arguments);  // UsageError with a hint

}  // namespace vitrine::cli
