// One table from its names to ours; names that change nothing about a run are passed over, as the published one does.
#include "app/cli/address.h"

#include <map>

#include "engine/core/error.h"

namespace vitrine::cli {
namespace {

enum class As { it_is, flag, units };

struct Name {
  std::string_view theirs, ours;
  As as;
};

constexpr Name kNames[] = {
    {"activation", "learning.activation", As::it_is},
    {"batchSize", "learning.batch", As::it_is},
    {"learningRate", "learning.rate", As::it_is},
    {"noise", "data.noise", As::it_is},
    {"percTrainData", "data.share", As::it_is},
    {"seed", "data.seed", As::it_is},
    {"networkShape", "network.layers", As::units},
    {"showTestData", "view.test", As::flag},
    {"discretize", "view.discretise", As::flag},
    {"x", "features.x1", As::flag},
    {"y", "features.x2", As::flag},
    {"xSquared", "features.x1_squared", As::flag},
    {"ySquared", "features.x2_squared", As::flag},
    {"xTimesY", "features.product", As::flag},
    {"sinX", "features.sine_x1", As::flag},
    {"sinY", "features.sine_x2", As::flag},
};

std::string layers_text(std::string_view units) {
  std::string text;
  while (!units.empty()) {
    const std::size_t end = std::min(units.find(','), units.size());
    text += (text.empty() ? "{units:" : ",{units:") + std::string(units.substr(0, end)) + "}";
    units.remove_prefix(std::min(end + 1, units.size()));
  }
  return "[" + text + "]";
}

[[noreturn]] void cannot(const std::string& name, const std::string& value) {
  throw UsageError({"--address", "asks for what this Playground does not do yet", "what it can do", name + "=" + value,
                    "Leave that out of the address."});
}

}  // namespace

std::vector<std::pair<std::string, std::string>> settings_of_address(std::string_view address) {
  if (const std::size_t mark = address.find('#'); mark != std::string_view::npos) address.remove_prefix(mark + 1);
  std::map<std::string, std::string, std::less<>> pairs;
  while (!address.empty()) {
    const std::string_view pair = address.substr(0, address.find('&'));
    address.remove_prefix(std::min(pair.size() + 1, address.size()));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) pairs.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  const auto value_of = [&](std::string_view name) {
    const auto found = pairs.find(name);
    return found == pairs.end() ? std::string() : found->second;
  };
  if (const std::string kind = value_of("regularization"); !kind.empty() && kind != "none")
    cannot("regularization", kind);
  if (const std::string zero = value_of("initZero"); !zero.empty() && zero != "false") cannot("initZero", zero);

  std::vector<std::pair<std::string, std::string>> settings;
  const bool regression = value_of("problem") == "regression";
  const std::string set = value_of(regression ? "regDataset" : "dataset");
  if (regression || !set.empty()) settings.emplace_back("data.set", set.empty() ? "reg-plane" : set);
  for (const Name& name : kNames) {
    const auto pair = pairs.find(name.theirs);
    if (pair == pairs.end()) continue;
    std::string value = pair->second;
    if (name.as == As::flag) value = value == "false" ? "false" : "true";
    if (name.as == As::units) value = layers_text(value);
    settings.emplace_back(name.ours, std::move(value));
  }
  return settings;
}

}  // namespace vitrine::cli
