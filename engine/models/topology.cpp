// Layers from records, wired as inbound nodes say.
#include "engine/models/topology.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"
#include "engine/models/json.h"
#include "engine/nn/layers.h"

namespace vitrine::models {
namespace {

using nn::Config;
using nn::Form;
using nn::Layer;
using nn::Symbol;

std::string text_or(const Config& config, std::string_view otherwise) {
  return config.text() != nullptr ? *config.text() : std::string(otherwise);
}

const Config::List& list_of(const std::string& path, std::string_view what, const Config& config) {
  if (config.list() == nullptr) {
    throw UsageError(
        {path + " " + std::string(what), "is missing or no list", "a list", text_of(config), "Save the model again."});
  }
  if (config.list()->size() > limits::kModelLayers) {
    throw UsageError({path + " " + std::string(what), "is too long",
                      "at most " + to_text(std::int64_t{limits::kModelLayers}),
                      to_text(static_cast<std::int64_t>(config.list()->size())), "Check that it is a model."});
  }
  return *config.list();
}

// What a file says and a layer's table does not know: names of the other generation, and notes that mean nothing here.
struct Renamed {
  std::string_view kind, name, known;  // kind empty: any; known empty: left out
};
constexpr Renamed kRenamed[] = {{"", "batch_shape", "batch_input_shape"},
                                {"LeakyReLU", "negative_slope", "alpha"},
                                {"", "ragged", ""},
                                {"", "optional", ""},
                                {"", "synchronized", ""},
                                {"", "fused", ""},
                                {"", "build_config", ""},
                                {"", "registered_name", ""},
                                {"", "module", ""},
                                {"", "lora_rank", ""},
                                {"", "quantization_config", ""},
                                {"", "autocast", ""}};

std::string known_name(const nn::LayerKind& kind, std::string_view name) {
  for (const Renamed& renamed : kRenamed) {
    if (renamed.name == name && (renamed.kind.empty() || renamed.kind == kind.name)) return std::string(renamed.known);
  }
  return std::string(name);
}

// TensorFlow.js saves the regulariser of depthwise kernels twice: also where their constraint belongs.
bool is_misplaced(nn::Takes takes, const Config& value) {
  return takes == nn::Takes::constraint && text_or(member(value, "class_name"), "") == "L1L2";
}

class Reader {
 public:
  explicit Reader(nn::Convention convention) : convention_(convention) {}

  // `outer`: its path; empty for the whole model, which is called by its name. `input`: of which form a model's input
  // is where its first layer does not say.
  Layer layer(const std::string& outer, const Config& record, const Form* input) const {
    const Config& config = member(record, "config");
    const std::string class_name = text_or(member(record, "class_name"), "");
    if (class_name == "Sequential") return sequential(outer, config, input);
    if (class_name == "Model" || class_name == "Functional") return functional(outer, config);
    const std::string path = outer.empty() ? "model" : outer;
    const nn::LayerKind* kind = nn::find_kind(class_name);
    if (kind == nullptr) refuse_kind(path, class_name);
    if (config.record() == nullptr) {
      throw UsageError(
          {path + " (" + class_name + ")", "has no config", "a record", text_of(config), "Save the model again."});
    }
    Layer made;
    nn::naming(path, [&] { made = Layer(*kind, arguments(path, *kind, config), convention_); });
    return made;
  }

  nn::Model sequential(const std::string& outer, const Config& config, const Form* input) const {
    const std::string name = text_or(member(config, "name"), "sequential"), path = outer.empty() ? name : outer;
    const Config::List& records = list_of(path, "layers", config.list() != nullptr ? config : member(config, "layers"));
    std::vector<Layer> layers;
    const Config& said = member(config, "build_input_shape");
    std::vector<Symbol> x;
    for (const Config& record : records) {
      Config first = record;
      if (layers.empty() && input != nullptr)
        first = beginning_with(record, std::span<const std::int64_t>(input->extents));
      if (layers.empty() && input == nullptr && !said.nothing()) first = beginning_with(record, said);
      const Form form = x.empty() ? Form{} : x[0].form();
      layers.push_back(layer(path_in(path, record), first, x.empty() ? nullptr : &form));
      if (needs_form(records, layers.size())) x = wired(path, name, layers).wiring().outputs;
    }
    return wired(path, name, layers);
  }

  nn::Model functional(const std::string& outer, const Config& config) const;

 private:
  // A model speaks of itself by its own name: in a model, the path comes in front.
  static nn::Model wired(const std::string& path, const std::string& name, const std::vector<Layer>& layers) {
    std::optional<nn::Model> model;
    nn::naming(path, [&] { model.emplace(nn::sequential(name, layers)); });
    return *model;
  }

  static std::string path_in(const std::string& model, const Config& record) {
    return model + "/" + text_or(member(record, "name"), text_or(member(member(record, "config"), "name"), "?"));
  }

  [[noreturn]] static void refuse_kind(const std::string& path, const std::string& class_name) {
    std::vector<std::string_view> known;
    for (const nn::LayerKind* kind : nn::all_kinds()) known.push_back(kind->name);
    const std::string_view like = nn::nearest(class_name, known);
    throw UsageError({path, "is of a class that is not known", "a class of layers",
                      "\"" + class_name.substr(0, 64) + "\"",
                      like.empty() ? "See the reference of layers." : "Is \"" + std::string(like) + "\" meant?"});
  }

  // Whether the next layer is a model that may have to be told its form.
  static bool needs_form(const Config::List& records, std::size_t next) {
    return next < records.size() && text_or(member(records[next], "class_name"), "") == "Sequential";
  }

  static Config beginning_with(const Config& record, Config extents) {
    if (record.record() == nullptr) return record;
    Config::Record changed = *record.record(), config;
    if (const Config* given = record.find("config"); given != nullptr && given->record() != nullptr)
      config = *given->record();
    for (const auto& entry : config) {
      if (entry.first == "batch_input_shape" || entry.first == "batch_shape") return record;
    }
    config.emplace_back("batch_input_shape", std::move(extents));
    for (auto& entry : changed) {
      if (entry.first == "config") entry.second = config;
    }
    return changed;
  }

  // The record's arguments by the names of the table, with layers for the records of layers.
  Config::Record arguments(const std::string& path, const nn::LayerKind& kind, const Config& config) const {
    Config::Record given;
    for (const auto& [name, value] : *config.record()) {
      const std::string known = known_name(kind, name);
      if (known.empty()) continue;
      const auto row = std::ranges::find(kind.arguments, known, &nn::Argument::name);
      const nn::Takes takes = row == kind.arguments.end() ? nn::Takes::ignored : row->takes;
      if (takes == nn::Takes::layer && value.record() != nullptr) {
        given.emplace_back(known, layer(path + "/" + known, value, nullptr));
      } else if (takes == nn::Takes::layers && value.list() != nullptr) {
        Config::List layers;
        for (const Config& entry : list_of(path, known, value))
          layers.emplace_back(layer(path + "/" + known, entry, nullptr));
        given.emplace_back(known, std::move(layers));
      } else if (kind.name == "Bidirectional" && known == "merge_mode" && value.nothing()) {
        given.emplace_back(known, "none");
      } else if (convention_ == nn::Convention::ours || !is_misplaced(takes, value)) {
        given.emplace_back(known, value);
      }
    }
    return given;
  }

  nn::Convention convention_;
};

// A place in the wiring: output `tensor` of call `node` of a layer.
struct Place {
  std::string layer;
  std::size_t node = 0, tensor = 0;
};

std::optional<std::size_t> small_whole(const Config& config) {
  const double* number = config.number();
  if (number == nullptr || !(*number >= 0) || *number > static_cast<double>(limits::kModelLayers)) return {};
  return static_cast<std::size_t>(*number);
}

std::optional<Place> place_of(const Config& config) {
  const Config::List* list = config.list();
  if (list == nullptr || list->size() < 3 || (*list)[0].text() == nullptr) return {};
  const auto node = small_whole((*list)[1]), tensor = small_whole((*list)[2]);
  if (!node || !tensor) return {};
  return Place{*(*list)[0].text(), *node, *tensor};
}

// Every place that a list of places names, or a single one, or what Keras 3 writes: tensors with their history.
void collect(const Config& config, std::vector<Place>& places) {
  if (const auto place = place_of(config)) {
    places.push_back(*place);
  } else if (config.list() != nullptr) {
    for (const Config& entry : *config.list()) collect(entry, places);
  } else if (const Config* history = member(config, "config").find("keras_history")) {
    collect(*history, places);
  }
}

// A layer whose calls are still to be made.
struct Waiting {
  std::string name, path;
  const Config* record;
  std::vector<std::vector<Place>> calls;
  std::size_t made = 0;
  Layer layer;
};

// Makes the calls of a functional model, each as soon as its inputs are there.
class Wirer {
 public:
  Wirer(const Reader& reader, std::string model) : reader_(reader), model_(std::move(model)) {}

  void add(const Config& record) {
    const std::string own = text_or(member(member(record, "config"), "name"), "");
    Waiting waiting{text_or(member(record, "name"), own), {}, &record, {}, 0, {}};
    waiting.path = model_ + "/" + waiting.name;
    if (const Config::List* nodes = member(record, "inbound_nodes").list()) {
      for (const Config& node : *nodes) {
        waiting.calls.emplace_back();
        collect(node.find("args") != nullptr ? member(node, "args") : node, waiting.calls.back());
        total_ += 1 + waiting.calls.back().size();
      }
    }
    if (total_ > limits::kModelCalls) {
      throw UsageError({waiting.path, "is one call too many", "at most " + to_text(std::int64_t{limits::kModelCalls}),
                        "more", "Check that it is a model."});
    }
    if (!calls_.emplace(waiting.name, std::vector<std::vector<Symbol>>{}).second) {
      throw UsageError(
          {waiting.path, "is the name of two layers", "a name for each", waiting.name, "Save the model again."});
    }
    waiting_.push_back(std::move(waiting));
  }

  // Keras counts the making of a model as its first call, TensorFlow.js does not. Where a call is asked for that has
  // the number of calls as its own, it is counted so. `ends`: where the model's answers are.
  void number_models(const Config& ends) {
    std::vector<Place> places;
    collect(ends, places);
    for (const Waiting& waiting : waiting_) {
      for (const std::vector<Place>& call : waiting.calls) places.insert(places.end(), call.begin(), call.end());
    }
    for (const Waiting& waiting : waiting_) {
      const std::string kind = text_or(member(*waiting.record, "class_name"), "");
      if (kind != "Sequential" && kind != "Model" && kind != "Functional") continue;
      const auto past = [&](const Place& place) {
        return place.layer == waiting.name && place.node == waiting.calls.size();
      };
      if (std::ranges::any_of(places, past)) from_one_.insert(waiting.name);
    }
  }

  void make_calls() {
    for (bool progress = true; progress;) {
      progress = false;
      for (Waiting& waiting : waiting_) {
        while (ready(waiting)) {
          make(waiting);
          progress = true;
        }
      }
    }
    for (const Waiting& waiting : waiting_) {
      if (waiting.made < waiting.calls.size()) refuse_unmade(waiting);
    }
  }

  std::vector<Symbol> symbols(std::string_view what, const Config& config) const {
    std::vector<Place> places;
    collect(config, places);
    std::vector<Symbol> symbols;
    for (const Place& place : places) symbols.push_back(at(model_ + " " + std::string(what), place));
    return symbols;
  }

 private:
  bool known(const Place& place) const {
    const auto found = calls_.find(place.layer);
    return found != calls_.end() && call_of(place) < found->second.size();
  }

  std::size_t call_of(const Place& place) const {  // what comes before the first is none
    return place.node - (from_one_.contains(place.layer) ? 1 : 0);
  }

  bool ready(const Waiting& waiting) const {
    if (waiting.calls.empty()) return waiting.made == 0;  // an input
    return waiting.made < waiting.calls.size() &&
           std::ranges::all_of(waiting.calls[waiting.made], [&](const Place& place) { return known(place); });
  }

  Symbol at(const std::string& path, const Place& place) const {
    if (!known(place) || place.tensor >= calls_.at(place.layer)[call_of(place)].size()) {
      throw UsageError({path, "names an answer that there is not", "an answer of one of its layers",
                        place.layer + "[" + to_text(static_cast<std::int64_t>(place.node)) + "][" +
                            to_text(static_cast<std::int64_t>(place.tensor)) + "]",
                        "Save the model again."});
    }
    return calls_.at(place.layer)[call_of(place)][place.tensor];
  }

  void make(Waiting& waiting) {
    std::vector<std::vector<Symbol>>& made = calls_[waiting.name];
    if (waiting.calls.empty()) {
      made.push_back({input(waiting)});
    } else {
      std::vector<Symbol> inputs;
      for (const Place& place : waiting.calls[waiting.made]) inputs.push_back(at(waiting.path, place));
      if (inputs.empty()) {
        throw UsageError(
            {waiting.path, "is called with nothing", "one or more inputs", "none", "Save the model again."});
      }
      const Form form = inputs[0].form();
      if (!waiting.layer) waiting.layer = reader_.layer(waiting.path, *waiting.record, &form);
      nn::naming(model_, [&] { made.push_back(waiting.layer.apply(inputs)); });
    }
    ++waiting.made;
  }

  Symbol input(const Waiting& waiting) const {
    const Layer layer = reader_.layer(waiting.path, *waiting.record, nullptr);
    if (layer.kind().name != nn::layers::InputLayer.name) {
      throw UsageError({waiting.path, "is called by nobody", "an InputLayer, or inbound nodes",
                        std::string(layer.kind().name), "Save the model again."});
    }
    const bool whole = layer.arguments().text("dtype") == "int32";
    const Form form{layer.arguments().wholes("batch_input_shape"), whole ? DType::int32 : DType::float32};
    Symbol symbol;
    nn::naming(waiting.path, [&] { symbol = nn::input_of(form, waiting.name); });
    return symbol;
  }

  [[noreturn]] void refuse_unmade(const Waiting& waiting) const {
    for (const Place& place : waiting.calls[waiting.made]) {
      if (calls_.contains(place.layer)) continue;
      throw UsageError({waiting.path, "is wired to a layer that there is not", "one of its layers", place.layer,
                        "Save the model again."});
    }
    throw UsageError({waiting.path, "waits for its own answer: the wiring goes in a circle", "layers in an order",
                      waiting.name, "Save the model again."});
  }

  const Reader& reader_;
  std::string model_;
  std::size_t total_ = 0;
  std::vector<Waiting> waiting_;
  std::set<std::string, std::less<>> from_one_;  // models whose calls the file counts from 1
  std::map<std::string, std::vector<std::vector<Symbol>>, std::less<>> calls_;  // by layer: the answers of each call
};

nn::Model Reader::functional(const std::string& outer, const Config& config) const {
  const std::string name = text_or(member(config, "name"), "model"), path = outer.empty() ? name : outer;
  Wirer wirer(*this, path);
  for (const Config& record : list_of(path, "layers", member(config, "layers"))) wirer.add(record);
  wirer.number_models(member(config, "output_layers"));
  wirer.make_calls();
  nn::Model model(wirer.symbols("input_layers", member(config, "input_layers")),
                  wirer.symbols("output_layers", member(config, "output_layers")), name);
  model.state().convention = convention_;
  return model;
}

}  // namespace

nn::Convention convention_of(const Config& topology) {
  return text_or(member(topology, "keras_version"), "tfjs").starts_with("tfjs") ? nn::Convention::tfjs
                                                                                : nn::Convention::ours;
}

nn::Model model_of(const Config& topology) {
  const Config& config = topology.find("model_config") != nullptr ? member(topology, "model_config") : topology;
  const Layer layer = Reader(convention_of(topology)).layer({}, config, nullptr);
  if (layer.state().wiring == nullptr) {
    throw UsageError({"model", "is a single layer", "Sequential, Model or Functional", std::string(layer.kind().name),
                      "Save the whole model."});
  }
  return nn::Model(layer);
}

}  // namespace vitrine::models
