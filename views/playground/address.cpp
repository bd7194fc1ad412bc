// One table from its names to ours.
#include "views/playground/address.h"

#include <algorithm>
#include <map>

#include "datasets/catalog.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "views/playground/controls.h"

namespace vitrine::views::playground {
namespace {

enum class As { it_is, flag, units, noise };

struct Name {
  std::string_view theirs, ours;
  As as;
  std::string_view usual;  // as the published playground opens
};

constexpr Name kNames[] = {
    {"activation", "learning.activation", As::it_is, "tanh"},
    {"batchSize", "learning.batch", As::it_is, "10"},
    {"learningRate", "learning.rate", As::it_is, "0.03"},
    {"regularizationRate", "learning.penalty_rate", As::it_is, "0"},
    {"noise", "data.noise", As::noise, "0"},
    {"percTrainData", "data.share", As::it_is, "50"},
    {"seed", "data.seed", As::it_is, ""},
    {"networkShape", "network.layers", As::units, "4,2"},
    {"showTestData", "view.test", As::flag, "false"},
    {"discretize", "view.discretise", As::flag, "false"},
    {"x", "features.x1", As::flag, "true"},
    {"y", "features.x2", As::flag, "true"},
    {"xTimesY", "features.product", As::flag, "false"},
    {"xSquared", "features.x1_squared", As::flag, "false"},
    {"ySquared", "features.x2_squared", As::flag, "false"},
    {"sinX", "features.sine_x1", As::flag, "false"},
    {"sinY", "features.sine_x2", As::flag, "false"},
};

constexpr std::string_view kNoLayers = "networkShape";  // the one name that says something without a value

using Pairs = std::map<std::string, std::string, std::less<>>;

Pairs pairs_of(std::string_view address) {
  if (const std::size_t mark = address.find('#'); mark != std::string_view::npos) address.remove_prefix(mark + 1);
  while (!address.empty() && (address.back() == '\n' || address.back() == '\r' || address.back() == ' '))
    address.remove_suffix(1);
  Pairs pairs;
  while (!address.empty()) {
    const std::string_view pair = address.substr(0, address.find('&'));
    address.remove_prefix(std::min(pair.size() + 1, address.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = pair.substr(0, equals), value = pair.substr(equals + 1);
    if (!value.empty() || name == kNoLayers) pairs.insert_or_assign(std::string(name), value);  // else as if left out
  }
  return pairs;
}

std::string value_of(const Pairs& pairs, std::string_view name, std::string_view usual = {}) {
  const auto found = pairs.find(name);
  return found == pairs.end() ? std::string(usual) : found->second;
}

bool is_true(const std::string& value) {
  return !value.empty() && value != "false";
}

std::string layers_text(std::string_view units) {
  std::string text;
  while (!units.empty()) {
    const std::size_t end = std::min(units.find(','), units.size());
    text += (text.empty() ? "{units:" : ",{units:") + std::string(units.substr(0, end)) + "}";
    units.remove_prefix(std::min(end + 1, units.size()));
  }
  return "[" + text + "]";
}

// Above what its slider stretches to it falls back to one half, as there.
std::string noise_text(const std::string& value) {
  constexpr std::int64_t kMost = 80, kFallBack = 50;
  const auto noise = parse_integer(value);
  return noise ? to_text(*noise > kMost ? kFallBack : std::max<std::int64_t>(*noise, 0)) : value;
}

std::string text_as(As as, const std::string& value) {
  switch (as) {
    case As::flag:
      return is_true(value) ? "true" : "false";
    case As::units:
      return layers_text(value);
    case As::noise:
      return noise_text(value);
    case As::it_is:
      break;
  }
  return value;
}

bool is_published(std::string_view set) {
  return std::ranges::find(datasets::plane_sets(), set, &datasets::DataSet::id) != datasets::plane_sets().end();
}

}  // namespace

bool looks_like_address(std::string_view text) {
  const Pairs pairs = text.size() < limits::kTextBytes ? pairs_of(text) : Pairs();
  const auto holds = [&](std::string_view name) { return pairs.contains(name); };
  constexpr std::string_view kOthers[] = {"problem", "dataset", "regDataset", "regularization", "initZero"};
  return std::ranges::any_of(kOthers, holds) || std::ranges::any_of(kNames, holds, &Name::theirs);
}

std::vector<std::pair<std::string, std::string>> settings_of_address(std::string_view address) {
  const Pairs pairs = pairs_of(address);
  const bool regression = value_of(pairs, "problem") == "regression";
  std::vector<std::pair<std::string, std::string>> settings{
      {"data.set", regression ? value_of(pairs, "regDataset", "reg-plane") : value_of(pairs, "dataset", "circle")}};
  for (const Name& name : kNames) {
    const auto pair = pairs.find(name.theirs);
    if (pair == pairs.end() && name.usual.empty()) continue;
    settings.emplace_back(name.ours, text_as(name.as, pair == pairs.end() ? std::string(name.usual) : pair->second));
  }
  const std::string penalty = value_of(pairs, "regularization");
  settings.emplace_back("learning.penalty", penalty == "L1" || penalty == "L2" ? penalty : "none");
  settings.emplace_back("network.start", is_true(value_of(pairs, "initZero")) ? "Zeros" : std::string(kPublished));
  // What the published playground does not know is as it would be there.
  for (const auto& [ours, usual] :
       std::initializer_list<std::pair<const char*, const char*>>{{"data.balance", "100"},
                                                                  {"data.count", "0"},
                                                                  {"network.start_seed", "\"\""},
                                                                  {"learning.loss", "squared"},
                                                                  {"learning.optimiser", "SGD"},
                                                                  {"learning.schedule", "Constant"}}) {
    settings.emplace_back(ours, usual);
  }
  return settings;
}

void apply_address(std::string_view address, Settings& settings) {
  if (address.empty()) return;
  if (!looks_like_address(address)) {
    throw UsageError({"data.address", "is no address of the published playground", "name=value pairs behind a #",
                      std::string(address.substr(0, 80)), "Copy the whole address again."});
  }
  Settings changed = settings;
  for (const auto& [path, text] : settings_of_address(address)) {
    control_table().set(&changed, path, path == "data.seed" ? work::Value(text) : work::parse_value(text));
  }
  changed.held.clear();
  settings = std::move(changed);
}

std::string why_no_address(const Settings& s) {
  constexpr std::string_view kActivations[] = {"tanh", "relu", "sigmoid", "linear"};
  constexpr std::int64_t kMostLayers = 6, kMostUnits = 8, kMostNoise = 80;
  const auto is_shared = [](const LayerSettings& layer) { return layer.activation == kShared; };
  const auto is_small = [](const LayerSettings& layer) { return layer.units <= kMostUnits; };
  struct Lack {
    bool lacks;
    std::string_view what;
  };
  const Lack lacks[] = {
      {!is_published(s.set), "these points"},
      {!s.formulas.empty(), "features by formula"},
      {std::ranges::find(kActivations, s.activation) == std::end(kActivations), "this activation"},
      {!std::ranges::all_of(s.layers, is_shared), "an activation for each layer"},
      {std::ssize(s.layers) > kMostLayers || !std::ranges::all_of(s.layers, is_small), "a network as large"},
      {s.balance != 100 || s.count != 0, "other numbers of points"},
      {s.noise > kMostNoise, "as much noise"},
      {!s.start_seed.empty() || (s.start != kPublished && s.start != "Zeros"), "other first weights"},
      {s.loss != "squared", "another loss"},
      {s.optimiser != "SGD", "the optimiser"},
      {s.schedule != "Constant", "a schedule"},
  };
  const auto* lack = std::ranges::find(lacks, true, &Lack::lacks);
  return lack == std::end(lacks) ? "" : "The published playground does not know " + std::string(lack->what) + ".";
}

std::string address_of(const Settings& settings) {
  if (!why_no_address(settings).empty()) return {};
  const datasets::DataSet* set = datasets::find_plane_set(settings.set);
  const bool regression = set->task == datasets::Task::regress;
  std::string text = "#";
  const auto add = [&](std::string_view name, std::string_view value) {
    text += (text.size() > 1 ? "&" : "") + std::string(name) + "=" + std::string(value);
  };
  add("problem", regression ? "regression" : "classification");
  add(regression ? "regDataset" : "dataset", settings.set);
  for (const Name& name : kNames) {
    const work::Value value = control_table().get(&settings, name.ours);
    if (name.as == As::units) {
      std::string units;
      for (const LayerSettings& layer : settings.layers) units += (units.empty() ? "" : ",") + to_text(layer.units);
      add(name.theirs, units);
    } else if (const auto* word = std::get_if<std::string>(&value)) {
      add(name.theirs, *word);
    } else if (name.theirs == "regularizationRate" && settings.penalty == Penalty::none) {
      add(name.theirs, "0");
    } else {
      add(name.theirs, work::to_text(value));
    }
  }
  if (settings.penalty != Penalty::none) add("regularization", settings.penalty == Penalty::l1 ? "L1" : "L2");
  if (settings.start == "Zeros") add("initZero", "true");
  return text;
}

}  // namespace vitrine::views::playground
