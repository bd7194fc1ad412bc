// The Grammar is what the command line takes: one row a command, one row an option. Help, parsing and what is missing
// are read off these rows.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/options.h"

namespace vitrine::cli {

enum class Takes {
  nothing,  // a flag
  one,
  many,     // all that follow
  repeated  // one each time
};

struct OptionRow {
  std::string_view commands;  // by name, with blanks between; empty: all of them
  const char* name;           // "--seed"; without dashes: by its place
  const char* meaning;
  void (*read)(Options& options, const std::string& name, const std::string& text);
  Takes takes = Takes::one;
  const char* example = nullptr;  // it must be given, and this is what it may be
  const char* missing = nullptr;  // what is said to be missing; if nothing, its name
};

// What was written for each row. Rows are read in their order, whatever the order on the command line.
struct Given {
  std::map<const OptionRow*, std::vector<std::string>> texts;
  bool has(std::string_view name) const;
};

struct CommandRow {
  const char* name;
  const char* parent;  // null: stands by itself
  const char* meaning;
  Command command;
  void (*finish)(const CommandRow& row, const Given& given, Options& options) = nullptr;  // what no single option says
};

std::span<const OptionRow> option_rows();
std::span<const CommandRow> command_rows();
void need(bool given, const char* what, const char* example);  // UsageError when it is not

}  // namespace vitrine::cli
