// What the trainings of the command line share.
#pragma once

#include <string>

#include "app/cli/options.h"
#include "app/work/runner.h"

namespace vitrine::cli {

void set(work::Runner& runner, const std::string& path, const work::Value& value);  // throws what is wrong with it

int train_heartbeats(work::Runner& runner, const Options& options);

}  // namespace vitrine::cli
