// conformance DIR [--only SECTIONS] [--op NAME] [--device D] [--json]: replays what real TensorFlow.js answered.
#include <algorithm>
#include <iostream>
#include <sstream>

#include "engine/backends.h"
#include "engine/core/error.h"
#include "tests/conformance/sections.h"

namespace vitrine::conformance {
namespace {

struct Section {
  std::string_view name;
  void (*replay)(const Replay&);
};
constexpr Section kSections[] = {{"ops", replay_ops},  {"layers", replay_layers}, {"train", replay_training},
                                 {"fit", replay_fits}, {"models", replay_models}, {"memory", replay_memory}};

struct Request {
  std::filesystem::path folder;
  std::set<std::string, std::less<>> sections, ops;
  std::string device = "cpu";
  bool json = false;
};

void add_words(std::set<std::string, std::less<>>& words, const std::string& list) {
  std::istringstream in(list);
  for (std::string word; std::getline(in, word, ',');) words.insert(word);
}

Request request_of(std::span<char*> arguments) {
  Request request;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string word = arguments[i];
    const auto next = [&]() -> std::string {
      if (++i < arguments.size()) return arguments[i];
      throw UsageError({word, "needs a value", "", "", "Write it behind the option."});
    };
    if (word == "--only") {
      add_words(request.sections, next());
    } else if (word == "--op") {
      add_words(request.ops, next());
    } else if (word == "--device") {
      request.device = next();
    } else if (word == "--json") {
      request.json = true;
    } else if (word.starts_with("--") || !request.folder.empty()) {
      throw UsageError({word, "is not understood", "DIR [--only SECTIONS] [--op NAME] [--device D] [--json]", "",
                        "Sections and names are separated by commas."});
    } else {
      request.folder = word;
    }
  }
  if (request.folder.empty()) throw UsageError({"conformance", "needs a folder", "", "", "Name the corpus folder."});
  return request;
}

int replay_all(const Request& request) {
  const auto backend = open_device(request.device);
  Skips skips(VITRINE_CONFORMANCE_SKIPS);
  Report report(request.json);
  const Replay replay{request.folder, *backend, request.ops, skips, report};
  const bool everything = request.sections.empty() && request.ops.empty();
  for (const Section& section : kSections) {
    const bool asked = request.sections.contains(section.name);
    if (asked || everything || (request.sections.empty() && section.name == "ops")) section.replay(replay);
  }
  for (const std::string& name : request.sections) {
    if (std::ranges::find(kSections, name, &Section::name) != std::end(kSections)) continue;
    const std::string* reason = skips.reason(name, name, true);
    report.skip(name, reason != nullptr ? *reason : "there is no replay of this section", reason != nullptr);
  }
  if (everything) {
    for (const std::string& pattern : skips.unused()) {
      report.fail({"skips.txt", {}, "\"" + pattern + "\" matches no case: remove the line", {}, {}, {}});
    }
  }
  return report.finish();
}

}  // namespace
}  // namespace vitrine::conformance

int main(int count, char** arguments) {
  using namespace vitrine;
  try {
    return conformance::replay_all(conformance::request_of({arguments, static_cast<std::size_t>(count)}));
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return dynamic_cast<const FileError*>(&error) != nullptr     ? 4
           : dynamic_cast<const DeviceError*>(&error) != nullptr ? 5
                                                                 : 2;
  } catch (const std::exception& error) {  // the corpus is not what its README says
    std::cerr << "conformance: " << error.what() << '\n';
    return 4;
  }
}
