// A model as the records of its layers.
#include <algorithm>
#include <map>

#include "engine/models/save.h"
#include "engine/nn/layers.h"
#include "engine/nn/names.h"
#include "engine/nn/part.h"

namespace vitrine::models {
namespace {

using nn::Config;

Config extents_of(std::span<const std::int64_t> extents) {
  Config::List list;
  for (const std::int64_t extent : extents) {
    Config& written = list.emplace_back();
    if (extent != nn::kUnknown) written = extent;
  }
  return list;
}

Config record_of(const nn::Layer& layer, const nn::Form* input = nullptr);

nn::Takes takes_of(const nn::LayerKind& kind, std::string_view name) {
  for (const std::span<const nn::Argument> table : {kind.arguments, nn::common_arguments()}) {
    const auto row = std::ranges::find(table, name, &nn::Argument::name);
    if (row != table.end()) return row->takes;
  }
  return nn::Takes::ignored;
}

// TensorFlow.js knows fewer short names than we do, but every class with all that it is told. Two it spells otherwise.
template <class Part>
Config class_of(const nn::Chosen<Part>& chosen) {
  std::string name(chosen.part->name);
  if (name.starts_with("Lecun")) name[2] = 'C';
  return Config::Record{{"class_name", std::move(name)}, {"config", chosen.arguments.record()}};
}

// It has one class of regularisers: what L1 or L2 leave out is nothing.
Config regulariser_written(const std::string& path, const Config& value, nn::Convention convention) {
  const nn::Chosen<nn::Regulariser> chosen = nn::regulariser_of(path, value, convention);
  const Config arguments(chosen.arguments.record());
  Config::Record config{{"l1", 0.0}, {"l2", 0.0}};
  for (auto& [name, share] : config) {
    if (const Config* given = arguments.find(name)) share = *given;
  }
  return Config::Record{{"class_name", "L1L2"}, {"config", std::move(config)}};
}

Config written(const nn::Layer& layer, const std::string& name, const Config& value) {
  const std::string path = layer.name() + " " + name;
  const nn::Convention convention = layer.state().convention;
  if (value.nothing()) return value;
  switch (takes_of(layer.kind(), name)) {
    case nn::Takes::initialiser:
      return class_of(nn::initialiser_of(path, value, convention));
    case nn::Takes::constraint:
      return class_of(nn::constraint_of(path, value, convention));
    case nn::Takes::regulariser:
      return regulariser_written(path, value, convention);
    case nn::Takes::activation:
      return *value.text() == "silu" ? Config("swish") : value;
    case nn::Takes::layer:
      return record_of(value.layer());
    case nn::Takes::layers: {
      Config::List list;
      for (const Config& entry : *value.list()) list.push_back(record_of(entry.layer()));
      return list;
    }
    default:
      return value;
  }
}

// The arguments as the layer's table has them, but for what became of it since.
Config arguments_of(const nn::Layer& layer, const nn::Form* input) {
  Config::Record record;
  for (const auto& [name, value] : layer.arguments().record()) {
    if (name == "input_shape" || name == "batch_size") continue;  // batch_input_shape says both
    if (name == "name") {
      record.emplace_back(name, layer.name().empty() ? nn::snake_case(layer.kind().name) : layer.name());
    } else if (name == "trainable") {
      record.emplace_back(name, layer.trainable());
    } else if (name == "batch_input_shape") {
      const bool said = layer.arguments().has(name);
      if (input != nullptr) record.emplace_back(name, extents_of(input->extents));
      if (input == nullptr && said) record.emplace_back(name, extents_of(layer.arguments().wholes(name)));
    } else if (name == "merge_mode" && value.text() != nullptr && *value.text() == "none") {
      record.emplace_back(name, Config());
    } else if (takes_of(layer.kind(), name) != nn::Takes::ignored) {
      record.emplace_back(name, written(layer, name, value));
    }
  }
  return record;
}

Config sequential_of(const nn::Model& model) {
  Config::List layers;
  const nn::Form input = model.inputs()[0];
  for (const nn::Layer& layer : model.layers()) {
    if (layer.kind().name == nn::layers::InputLayer.name && !model.wiring().begins) continue;
    layers.push_back(record_of(layer, layers.empty() ? &input : nullptr));
  }
  return Config::Record{{"name", model.name()}, {"layers", std::move(layers)}};
}

// A model's own making counts as its first call, as Keras has it and as TensorFlow.js reads it.
class Calls {
 public:
  explicit Calls(const nn::Wiring& wiring) {
    std::map<const nn::LayerState*, std::int64_t> made;
    for (const auto& node : wiring.nodes) {
      const nn::LayerState* layer = &node->layer.state();
      const std::int64_t first = layer->wiring != nullptr ? 1 : 0;
      numbers_[node.get()] = made.try_emplace(layer, first).first->second++;
    }
  }
  Config::List place(const nn::Symbol& symbol) const {
    return {symbol.node().layer.name(), numbers_.at(&symbol.node()), static_cast<std::int64_t>(symbol.output())};
  }

 private:
  std::map<const nn::Node*, std::int64_t> numbers_;
};

Config functional_of(const nn::Model& model) {
  const nn::Wiring& wiring = model.wiring();
  const Calls calls(wiring);
  Config::List layers, inputs, outputs;
  for (const nn::Layer& layer : model.layers()) {
    Config::List nodes;
    for (const auto& node : wiring.nodes) {
      if (!(node->layer == layer) || node->inputs.empty()) continue;
      Config::List places;
      for (const nn::Symbol& input : node->inputs) {
        places.push_back(calls.place(input));
        Config::List place = *places.back().list();
        place.push_back(Config::Record{});
        places.back() = std::move(place);
      }
      nodes.push_back(std::move(places));
    }
    Config::Record record{{"name", layer.name()}};
    const Config described = record_of(layer);
    record.insert(record.end(), described.record()->begin(), described.record()->end());
    record.emplace_back("inbound_nodes", std::move(nodes));
    layers.push_back(std::move(record));
  }
  for (const nn::Symbol& input : wiring.inputs) inputs.push_back(calls.place(input));
  for (const nn::Symbol& output : wiring.outputs) outputs.push_back(calls.place(output));
  return Config::Record{{"name", model.name()},
                        {"layers", std::move(layers)},
                        {"input_layers", std::move(inputs)},
                        {"output_layers", std::move(outputs)}};
}

Config record_of(const nn::Layer& layer, const nn::Form* input) {
  if (layer.state().wiring == nullptr) {
    return Config::Record{{"class_name", layer.kind().name}, {"config", arguments_of(layer, input)}};
  }
  const nn::Model model(layer);
  const bool sequential = model.wiring().sequential;
  return Config::Record{{"class_name", sequential ? "Sequential" : "Model"},
                        {"config", sequential ? sequential_of(model) : functional_of(model)}};
}

}  // namespace

Config topology_of(const nn::Model& model) {
  Config::Record record = *record_of(model).record();
  record.emplace_back("keras_version", "tfjs-layers 4.22.0");  // whose defaults and spelling these are
  record.emplace_back("backend", "tensor_flow.js");
  return record;
}

}  // namespace vitrine::models
