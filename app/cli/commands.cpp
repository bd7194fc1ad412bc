// The short commands, and the way from a command line to an exit code.
#include "app/cli/commands.h"

#include <unistd.h>

#include <csignal>
#include <exception>

#include "app/cli/interrupt.h"
#include "app/cli/print.h"
#include "engine/backends.h"
#include "engine/core/error.h"
#include "views/exhibit.h"

namespace vitrine::cli {
namespace {

// Each family of errors has one exit code, and this is where.
int exit_code(const std::exception& error) {
  if (dynamic_cast<const UsageError*>(&error)) return 2;
  if (dynamic_cast<const DisplayError*>(&error)) return 3;
  if (dynamic_cast<const FileError*>(&error)) return 4;
  if (dynamic_cast<const UnsupportedOp*>(&error)) return 4;
  if (dynamic_cast<const DeviceError*>(&error)) return 5;
  return 1;
}

int obey(const Options& options) {
  switch (options.command) {
    case Command::help:
      print(options.text);
      return 0;
    case Command::version:
      print("vitrine " VITRINE_VERSION);
      return 0;
    case Command::list_exhibits:
      return list_exhibits(options);
    case Command::devices:
      return show_devices(options);
    case Command::assets:
      return show_assets(options);
    case Command::summary:
      return summary(options);
    case Command::predict:
      return predict(options);
    case Command::convert:
      return convert(options);
    case Command::train:
      return train(options);
    case Command::list_benches:
      return list_benches(options);
    case Command::bench:
      return bench(options);
    case Command::screenshot:
      return screenshot(options);
    case Command::window:
      return window(options);
  }
  return 1;
}

}  // namespace

int show_devices(const Options& options) {
  work::List devices;
  for (const Device& device : list_devices()) {
    devices.push_back(Line{{"id", device.info.id},
                           {"name", device.info.name},
                           {"kind", device.info.kind},
                           {"memory_bytes", static_cast<std::int64_t>(device.info.memory_bytes)},
                           {"usable", device.usable},
                           {"chosen", device.chosen},
                           {"reason", device.reason},
                           {"isa", device.info.isa},
                           {"arithmetic", device.info.arithmetic}});
  }
  print(options.json, Line{{"devices", std::move(devices)}});
  return 0;
}

int list_exhibits(const Options& options) {
  for (const views::Exhibit& exhibit : views::exhibits()) {
    if (options.json) {
      print(true, Line{{"exhibit", std::string(exhibit.id)},
                       {"title", std::string(exhibit.title)},
                       {"tagline", std::string(exhibit.tagline)}});
    } else {
      print(exhibit.id);
    }
  }
  return 0;
}

int run(int count, const char* const* arguments, const shell::Environment& environment) {
  // Nothing of ours is ever half-written, so leaving is enough; commands that take longer hold an Interrupt.
  std::signal(SIGINT, [](int) { ::_exit(kInterrupted); });
  try {
    Options options = parse(count, arguments);
    options.environment = environment;
    return obey(options);
  } catch (const std::exception& error) {
    complain(error.what());
    return exit_code(error);
  }
}

}  // namespace vitrine::cli
