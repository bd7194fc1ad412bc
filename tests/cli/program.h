// Runs the built program and keeps what it said.
#pragma once

#include <string>
#include <vector>

struct Outcome {
  int code = -1;  // exit code; 128 + signal if one ended it
  std::string out, err;
};

// `environment` is added to ours as NAME=value; `interrupt_after` sends SIGINT once that many lines came out.
Outcome run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {},
            int interrupt_after = -1);

// The same with another copy of the program.
Outcome run_copy(const std::string& program, const std::vector<std::string>& arguments,
                 const std::vector<std::string>& environment = {}, int interrupt_after = -1);

std::vector<std::string> lines(const std::string& text);
