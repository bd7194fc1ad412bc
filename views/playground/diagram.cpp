// What the diagram shows, and which commands its events become.
#include "views/playground/diagram.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "app/ui/button.h"
#include "engine/core/number.h"
#include "views/playground/activations.h"
#include "views/playground/controls.h"

namespace vitrine::views::playground {

using namespace ui;
using work::command::Set;

namespace {

// The bounds of the table's rows, for the reasons why something cannot grow.
const work::Range& layers_range() {
  return control_table().find("network.layers")->range;
}
const work::Range& units_range() {
  return control_table().find("network.layers")->records->find("units")->range;
}

std::string sum_of(std::string_view one, std::int64_t n) {
  return to_text(n) + " " + std::string(one) + (n == 1 ? "" : "s");
}

Network::Column features_column(const Settings& settings, const Tiles& tiles) {
  Network::Column column{.kind = Network::Kind::features, .head = "Features"};
  for (int f = 0; f < kFeatures; ++f) {
    const Feature& feature = features()[static_cast<std::size_t>(f)];
    column.units.push_back(
        {.label = std::string(feature.label), .tile = &tiles.feature(f), .active = settings.*feature.on});
  }
  for (std::size_t i = 0; i < settings.formulas.size(); ++i) {
    const int f = kFeatures + static_cast<int>(i);
    column.units.push_back(
        {.label = feature_label(settings, f), .tile = &tiles.feature(f), .active = settings.formulas[i].on});
  }
  return column;
}

Network::Column layer_column(const Snapshot& s, const Tiles& tiles, int layer) {
  const bool output = layer == s.shape.layers();
  Network::Column column{.kind = output ? Network::Kind::output : Network::Kind::layer};
  const int units = s.shape.units(layer);
  const auto& biases = s.biases[static_cast<std::size_t>(layer) - 1];
  for (int unit = 0; unit < units; ++unit) {
    column.units.push_back({.tile = output ? nullptr : &tiles.unit(layer, unit),
                            .bias = static_cast<double>(biases[static_cast<std::size_t>(unit)])});
  }
  if (output) return column;
  std::string bend(bend_named(s.shape.activation(layer)).label);
  if (bend[0] >= 'A' && bend[0] <= 'Z' && (bend.size() < 2 || bend[1] >= 'a'))
    bend[0] = static_cast<char>(bend[0] - 'A' + 'a');
  column.head = to_text(std::int64_t{units}) + " " + bend;
  if (static_cast<double>(units) >= units_range().most())
    column.cannot_add = "A layer has at most " + sum_of("unit", units) + ".";
  if (units <= 1) column.cannot_remove = "A layer has at least one unit.";
  return column;
}

constexpr std::size_t kFewLinks = 2048;  // of a layer: all of them are handed on
constexpr std::size_t kStrongest = 256;  // of others about as many, told by a sample of their weights
constexpr std::size_t kSample = 1024;

// What a link weighs at least to be among the strongest of its layer.
float least_weight(const std::vector<float>& weights) {
  if (weights.size() <= kFewLinks) return 0;
  std::vector<float> sample;
  for (std::size_t i = 0; i < kSample; ++i) sample.push_back(std::fabs(weights[i * weights.size() / kSample]));
  const auto kept = static_cast<std::ptrdiff_t>(kStrongest * kSample / weights.size());
  std::ranges::nth_element(sample, sample.begin() + kept, std::greater<>());
  return sample[static_cast<std::size_t>(kept)];
}

void add_links(Network& net, const Snapshot& s, int layer) {
  if (layer == 1 && s.inputs.empty()) return;
  const auto at = static_cast<std::size_t>(layer) - 1;
  const int units = s.shape.units(layer);
  const float least = least_weight(s.weights[at]);
  for (int from = 0; from < s.shape.units(layer - 1); ++from) {
    for (int unit = 0; unit < units; ++unit) {
      const auto i = static_cast<std::size_t>(from * units + unit);
      if (std::fabs(s.weights[at][i]) < least) continue;
      const int place = layer == 1 ? s.inputs[static_cast<std::size_t>(from)] : from;
      const Network::Fate fate = s.live[at][i] != 0      ? Network::Fate::learns
                                 : s.weights[at][i] != 0 ? Network::Fate::frozen
                                                         : Network::Fate::gone;
      net.links.push_back({layer - 1, place, unit, s.weights[at][i], s.gradients[at][i], fate});
    }
  }
}

Network network_of(const Snapshot& s, const Settings& settings, const Tiles& tiles) {
  Network net;
  net.flow = static_cast<double>(s.step);
  net.columns.push_back(features_column(settings, tiles));
  for (int layer = 1; layer <= s.shape.layers(); ++layer) {
    net.columns.push_back(layer_column(s, tiles, layer));
    add_links(net, s, layer);
  }
  return net;
}

void toggle(const Settings& settings, UnitAt at, const Post& post) {
  if (!at.valid()) return;
  if (at.unit < kFeatures) {
    const Feature& feature = features()[static_cast<std::size_t>(at.unit)];
    return post(Set{std::string(feature.id), !(settings.*feature.on)});
  }
  const auto own = static_cast<std::size_t>(at.unit - kFeatures);
  if (own >= settings.formulas.size()) return;
  post(Set{"features.own[" + to_text(static_cast<std::int64_t>(own)) + "].on", !settings.formulas[own].on});
}

void resize(const Settings& settings, int column, std::int64_t by, const Post& post) {
  const auto layer = static_cast<std::size_t>(column) - 1;
  if (column < 1 || layer >= settings.layers.size()) return;
  post(Set{"network.layers[" + to_text(static_cast<std::int64_t>(layer)) + "].units",
           settings.layers[layer].units + by});
}

// Features count with those that are off, so that a link keeps its name when one is switched.
void edit_link(const NetworkEvents& events, const Network& net, const Post& post) {
  LinkPlace place{events.bias.column, 0, events.bias.unit + 1};
  if (!events.bias.valid()) {
    if (events.link < 0) return;
    const Network::Link& link = net.links[static_cast<std::size_t>(events.link)];
    place = {link.column + 1, link.from + 1, link.to + 1};
  }
  static constexpr std::array<std::string_view, 4> kDeeds{"", "freeze", "free", "delete"};
  const std::string what = events.deed == LinkDeed::none ? to_text(events.weight)
                                                         : std::string(kDeeds[static_cast<std::size_t>(events.deed)]);
  if (events.deed == LinkDeed::none && events.edit == Edit::none) return;
  post(Set{"network.link", write_link(place, what), events.deed != LinkDeed::none || events.edit == Edit::committed});
}

void draw_layer_count(Ui& ui, const Rect& foot, float middle, const Settings& settings, const Post& post) {
  const Theme& theme = ui.theme;
  const auto count = static_cast<std::int64_t>(settings.layers.size());
  const std::string words = count == 0 ? "no hidden layers" : sum_of("hidden layer", count);
  const float button = theme.px(measure::button_height), width = text_width(ui, Type::body, words);
  const float y = std::max(foot.bottom() - theme.line(Type::small) / 2, foot.y + button / 2);
  float x = snap(middle - width / 2 - button);
  const HelpRow row(ui, {x, y - button / 2, width + 2 * button, button});
  if (icon_button(ui, {x + button / 2, y}, "fewer layers", Icon::minus, "Fewer layers", "Takes the last layer away.",
                  count == 0 ? "There is none to take away." : "")) {
    post(work::command::Erase{"network.layers", static_cast<std::size_t>(count) - 1});
  }
  x += button;
  text(ui, {x, y - button / 2, width + 1, button}, words, {.colour = theme->ink2});
  x += width;
  const bool full = static_cast<double>(count) >= layers_range().most();
  if (icon_button(ui, {x + button / 2, y}, "more layers", Icon::plus, "More layers", "Adds a layer of two units.",
                  full ? sum_of("layer", count) + " are the most." : "")) {
    post(work::command::Insert{"network.layers", static_cast<std::size_t>(count),
                               work::Record{{"units", std::int64_t{2}}}});
  }
}

}  // namespace

void Diagram::draw(Ui& ui, Rect rect, float foot, const Snapshot& s, const Tiles& tiles, const Post& post) {
  const auto& settings = *static_cast<const Settings*>(s.settings.get());
  const Rect below = rect.take_bottom(foot);
  Network net = network_of(s, settings, tiles);
  net.shows_flow = settings.flow && !ui.reduce_motion;
  const NetworkEvents events = network(ui, "network", rect, net, state_);
  shown_ = events.shown;
  toggle(settings, events.toggled, post);
  resize(settings, events.add_to, 1, post);
  resize(settings, events.remove_from, -1, post);
  edit_link(events, net, post);
  const std::vector<float> middle = layout_network(ui, rect, net).middle;
  draw_layer_count(ui, below, (middle.front() + middle.back()) / 2, settings, post);
}

}  // namespace vitrine::views::playground
