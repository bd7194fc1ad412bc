// Laying the weights of a model out in a slab, filling them, and running the model on them.
#include "engine/nn/weights.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/core/number.h"
#include "engine/nn/part.h"

namespace vitrine::nn {
namespace {

using Entries = std::vector<Weights::Entry>;

struct Collector {
  std::set<const LayerState*> seen;  // a shared layer has its weights once
  std::set<std::string> taken;
  Entries entries;

  // A name of its own: that of files, or with the models around it in front, or with a number.
  std::string unique(const std::string& around, const std::string& name) {
    if (taken.insert(name).second) return name;
    const std::string longer = around + name;
    if (taken.insert(longer).second) return longer;
    std::int64_t number = 1;
    while (!taken.insert(longer + "_" + to_text(number)).second) ++number;
    return longer + "_" + to_text(number);
  }

  void collect(const Layer& layer, const std::string& around, const std::string& path) {
    if (!seen.insert(&layer.state()).second) return;
    for (std::size_t i = 0; i < layer.weights().size(); ++i) {
      const std::string name = path + "/" + layer.weights()[i].name;
      entries.push_back({unique(around, name), layer, i, name});
    }
    const bool model = layer.state().wiring != nullptr;
    for (const Child& child : layer.children()) {
      const std::string part = child.part.empty() ? "" : "/" + child.part;
      collect(child.layer, model ? around + layer.name() + "/" : around, model ? child.layer.name() : path + part);
    }
  }
};

std::vector<std::pair<std::string, Shape>> regions_of(const Entries& entries) {
  std::vector<std::pair<std::string, Shape>> regions;
  for (const Weights::Entry& entry : entries) regions.emplace_back(entry.name, entry.spec().shape);
  return regions;
}

std::string path_of(const Weights::Entry& entry) {
  return entry.name + " of " + path_of(entry.layer);
}

std::int64_t key_of(std::uint64_t seed, std::string_view name) {
  return static_cast<std::int64_t>(Hasher().word(seed).text(name).finish().low);
}

Tensor initial(const Weights::Entry& entry, std::uint64_t seed, const Tensor& zero) {
  const WeightSpec& spec = entry.spec();
  const Config config = spec.initialiser.nothing() ? Config("zeros") : spec.initialiser;
  const auto chosen = initialiser_of(path_of(entry), config, entry.layer.state().convention);
  const bool fixed = chosen.arguments.has("seed");
  const std::int64_t key =
      fixed ? key_of(static_cast<std::uint64_t>(chosen.arguments.whole("seed")), {}) : key_of(seed, entry.name);
  return chosen.part->make(chosen.arguments, {key, zero}, spec.shape);
}

}  // namespace

std::vector<Weights::Entry> Weights::entries_of(const Model& model) {
  Collector collector;
  collector.collect(model, {}, model.name());
  return std::move(collector.entries);
}

Weights::Weights(Backend& backend, const Model& model, std::uint64_t seed)
    : entries_(entries_of(model)), slab_(backend, regions_of(entries_), model.name()) {
  initialise(seed);
}

void Weights::initialise(std::uint64_t seed) {
  const float nothing = 0;
  const Tensor zero = tensor(backend(), {&nothing, 1}, {});
  for (const Entry& entry : entries_) {
    if (entry.spec().shape.elements() != 0) write(entry.name, initial(entry, seed, zero).floats());
  }
}

void Weights::reset_states() {
  for (const Entry& entry : entries_) {
    if (entry.spec().role != WeightSpec::Role::state) continue;
    write(entry.name, std::vector<float>(static_cast<std::size_t>(entry.spec().shape.elements()), 0.0f));
  }
}

std::size_t Weights::find(std::string_view name) const {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  if (found != entries_.end()) return static_cast<std::size_t>(found - entries_.begin());
  throw UsageError(
      {"weights", "have no entry of this name", "the name of one", std::string(name), "Check the spelling."});
}

std::size_t Weights::find(const LayerState& layer, std::size_t index) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (&entries_[i].layer.state() == &layer && entries_[i].index == index) return i;
  }
  throw UsageError({"weights", "have no numbers for a layer", "those of the model or of one it is part of", layer.name,
                    "Make the weights from the whole model."});
}

std::int64_t Weights::parameters(bool trainable_only) const {
  std::int64_t count = 0;
  for (const Entry& entry : entries_) {
    const bool counts = trainable_only ? entry.trainable() : entry.spec().role != WeightSpec::Role::state;
    if (counts) count += entry.spec().shape.elements();
  }
  return count;
}

std::vector<float> Weights::read(std::string_view name) const {
  const Region& region = slab_.regions()[find(name)];
  std::vector<float> values(static_cast<std::size_t>(region.shape.elements()));
  slab_.read(region, values);
  return values;
}

void Weights::write(std::string_view name, std::span<const float> values) {
  const Region& region = slab_.regions()[find(name)];
  if (static_cast<std::int64_t>(values.size()) != region.shape.elements()) {
    throw ShapeError({std::string(name), "is given another count of numbers than it has",
                      to_text(region.shape.elements()) + " for " + text_of(region.shape),
                      to_text(static_cast<std::int64_t>(values.size())), "Check where they come from."});
  }
  slab_.write(region, values);
}

Parameters Weights::regions(Tracer& tracer) const {
  Parameters parameters{this, {}};
  for (const Entry& entry : entries_) parameters.tensors.push_back(tracer.region(slab_, entry.name));
  return parameters;
}

Parameters Weights::now() const {
  Parameters parameters{this, {}};
  for (const Region& region : slab_.regions()) {
    parameters.tensors.push_back(tensor(backend(), read(region.name), region.shape));
  }
  return parameters;
}

Forward forward(const Model& model, const Parameters& parameters, std::span<const Tensor> inputs, const Mode& mode) {
  const Weights& weights = *parameters.weights;
  std::map<std::pair<const LayerState*, std::size_t>, std::size_t> places;
  for (std::size_t i = 0; i < weights.entries().size(); ++i) {
    places[{&weights.entries()[i].layer.state(), weights.entries()[i].index}] = i;
  }
  const auto place = [&](const LayerState& layer, std::size_t weight) {
    const auto found = places.find({&layer, weight});
    return found != places.end() ? found->second : weights.find(layer, weight);  // which says that there is none
  };
  Environment environment;
  environment.weight = [&](const LayerState& layer, std::size_t weight) {
    return parameters.tensors[place(layer, weight)];
  };
  environment.training = mode.training;
  environment.taps = mode.taps;
  environment.key = mode.key;
  environment.step = mode.step;
  const std::size_t wanted = model.wiring().inputs.size();
  if (inputs.size() != wanted) {
    throw UsageError({model.name(), "got the wrong number of inputs", to_text(static_cast<std::int64_t>(wanted)),
                      to_text(static_cast<std::int64_t>(inputs.size())), "Give one for each."});
  }
  std::vector<Masked> values;
  for (const Tensor& input : inputs) values.push_back({input, {}});
  Forward result;
  for (Masked& output : run(model, environment, std::move(values), 0)) {
    result.outputs.push_back(std::move(output.value));
    result.masks.push_back(std::move(output.mask));
  }
  for (StateUpdate& update : environment.updates) {
    result.updates.push_back({place(*update.layer, update.weight), std::move(update.value)});
  }
  result.penalties = std::move(environment.penalties);
  return result;
}

Tensor penalty_of(const Weights::Entry& entry, const Tensor& w) {
  if (entry.spec().regulariser.nothing()) return {};
  const auto chosen = regulariser_of(path_of(entry), entry.spec().regulariser, entry.layer.state().convention);
  return chosen.part->penalty(chosen.arguments, w);
}

Tensor constrained(const Weights::Entry& entry, const Tensor& w) {
  if (entry.spec().constraint.nothing()) return w;
  const auto chosen = constraint_of(path_of(entry), entry.spec().constraint, entry.layer.state().convention);
  return chosen.part->apply(chosen.arguments, w);
}

}  // namespace vitrine::nn
