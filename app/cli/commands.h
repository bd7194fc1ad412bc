// The commands, each from options to lines on stdout. Each returns its exit code; what goes wrong is thrown.
#pragma once

#include "app/cli/options.h"

namespace vitrine::cli {

int show_devices(const Options& options);
int show_assets(const Options& options);
int summary(const Options& options);
int predict(const Options& options);
int convert(const Options& options);
int train(const Options& options);
int list_benches(const Options& options);
int bench(const Options& options);
int bench_shell(const Options& options);
int list_exhibits(const Options& options);
int screenshot(const Options& options);
int window(const Options& options);

// The whole command line, errors to exit codes included.
int run(int count, const char* const* arguments, const shell::Environment& environment);

}  // namespace vitrine::cli
