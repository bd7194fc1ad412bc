// A fuzz program changes small files in ways that a counter names and gives them to one loader. An Error is an answer;
// anything else is a fault: a crash, another exception, or more memory than a loader may take. "--seconds N" goes on
// for so long, "--corpus FOLDER" replays what was found before, "--from N" starts at the N-th change, to see one again.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace vitrine::fuzz {

using Loader = std::function<void(std::string bytes)>;
int run(int argc, char** argv, const std::vector<std::string>& seeds, const Loader& loader);

}  // namespace vitrine::fuzz
