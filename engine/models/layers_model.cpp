// Topology first, then the manifest against it, then bytes, and memory for the model last: a file that lies about its
// size has cost nothing by then.
#include "engine/models/layers_model.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/model_limits.h"
#include "engine/core/number.h"
#include "engine/models/json.h"
#include "engine/models/packing.h"
#include "engine/models/topology.h"

namespace vitrine::models {
namespace {

using nn::Config;
using Entries = std::vector<nn::Weights::Entry>;

// Which entry of the model a name of a file means.
class Names {
 public:
  explicit Names(const Entries& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].spec().role == nn::WeightSpec::Role::state) continue;
      places_.emplace(entries[i].name, i);
      known_.push_back(entries[i].name);
    }
    for (std::size_t i = 0; i < entries.size(); ++i) places_.emplace(entries[i].alias, i);
  }

  const std::vector<std::string_view>& known() const { return known_; }

  std::size_t find(const std::string& subject, const std::string& written) const {
    const std::string name = written.ends_with(":0") ? written.substr(0, written.size() - 2) : written;
    for (const std::string& spelled : {name, without_cell(name)}) {
      if (const auto found = places_.find(spelled); found != places_.end()) return found->second;
    }
    const std::string_view like = nn::nearest(name, known_);
    throw FileError({subject + " " + written.substr(0, 200), "is a weight of no layer", "weights of the model's layers",
                     written.substr(0, 200),
                     like.empty() ? "Save the model again." : "Is " + std::string(like) + " meant?"});
  }

 private:
  // Later versions of Keras put a recurrent layer's cell between it and its weights.
  static std::string without_cell(const std::string& name) {
    const std::size_t last = name.rfind('/');
    if (last == name.npos || last == 0) return name;
    const std::size_t before = name.rfind('/', last - 1);
    return before == name.npos ? name : name.substr(0, before) + name.substr(last);
  }

  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<std::string_view> known_;
};

void expect_states_small(const std::string& subject, const Entries& entries) {
  std::int64_t states = 0;
  for (const auto& entry : entries) {
    if (entry.spec().role != nn::WeightSpec::Role::state) continue;
    states += entry.spec().shape.elements();
    if (states <= limits::kModelStates) continue;
    throw FileError({subject + " " + entry.name, "remembers too much between batches",
                     "at most " + to_text(limits::kModelStates) + " numbers", to_text(states),
                     "Save it with a smaller batch."});
  }
}

// A weight of the file and the entry it is for.
struct Match {
  std::size_t group, weight, entry;
};

std::vector<Match> matches_of(const std::string& subject, const std::vector<WeightGroup>& groups,
                              const Entries& entries) {
  const Names names(entries);
  std::vector<Match> matches;
  std::set<std::size_t> given;
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (std::size_t i = 0; i < groups[group].weights.size(); ++i) {
      const StoredWeight& weight = groups[group].weights[i];
      if (weight.of_optimiser) continue;
      const std::size_t entry = names.find(subject, weight.name);
      const Shape& wanted = entries[entry].spec().shape;
      if (wanted != weight.spec.shape) {
        throw FileError({subject + " " + entries[entry].name, "has another shape than its layer needs", text_of(wanted),
                         text_of(weight.spec.shape), "Save the model again."});
      }
      if (!given.insert(entry).second) {
        throw FileError({subject + " " + entries[entry].name, "is given twice", "each weight once", weight.name,
                         "Save the model again."});
      }
      matches.push_back({group, i, entry});
    }
  }
  for (std::size_t entry = 0; entry < entries.size(); ++entry) {
    if (given.contains(entry) || entries[entry].spec().role == nn::WeightSpec::Role::state) continue;
    throw FileError({subject + " " + entries[entry].name, "has no numbers in the file",
                     text_of(entries[entry].spec().shape), "nothing", "Save the model with all of its weights."});
  }
  return matches;
}

// All shards of a group as one text, exactly as long as its weights need.
std::string bytes_of(const std::string& subject, const WeightGroup& group, const ReadShard& read_shard) {
  const std::size_t wanted = group.bytes();
  std::string bytes;
  for (const std::string& path : group.paths) bytes += read_shard(path, wanted - bytes.size());
  if (bytes.size() == wanted) return bytes;
  std::size_t end = 0;  // of the first weight that is not whole
  const auto cut = std::ranges::find_if(group.weights, [&](const StoredWeight& weight) {
    end += weight.bytes();
    return end > bytes.size();
  });
  throw FileError({subject + " " + cut->name, "is cut off: the files of weights are too short",
                   to_text(static_cast<std::int64_t>(wanted)) + " bytes",
                   to_text(static_cast<std::int64_t>(bytes.size())), "Copy the whole folder of the model."});
}

std::filesystem::path file_in(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored) ? path / "model.json" : path;
}

// Whatever is wrong with the topology is wrong with the file.
nn::Model model_in(const std::string& subject, const Config& topology) {
  try {
    return model_of(topology);
  } catch (const Error& error) {
    Complaint complaint = error.complaint();
    complaint.subject = subject + " " + complaint.subject;
    throw FileError(complaint);
  }
}

}  // namespace

LayersModel read_layers_model(Backend& backend, const std::string& subject, std::string_view text,
                              const ReadShard& read_shard) {
  const Config written = parse_json(subject, text);
  const Config& topology = member(written, "modelTopology");
  if (topology.record() == nullptr) {
    throw FileError({subject, "has no \"modelTopology\"", "a model of layers", text_of(topology).substr(0, 80),
                     "Choose the model.json of a model of layers."});
  }
  nn::Model model = model_in(subject, topology);
  const Entries entries = nn::Weights::entries_of(model);
  expect_states_small(subject, entries);
  const std::vector<WeightGroup> groups = manifest_of(subject, written);
  const std::vector<Match> matches = matches_of(subject, groups, entries);
  std::vector<std::string> bytes;
  for (const WeightGroup& group : groups) bytes.push_back(bytes_of(subject, group, read_shard));

  LayersModel loaded{model, nn::Weights(backend, model, 0), member(written, "trainingConfig")};
  auto next = matches.begin();
  for (std::size_t group = 0; group < groups.size(); ++group) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < groups[group].weights.size(); ++i) {
      const StoredWeight& weight = groups[group].weights[i];
      std::vector<float> values = unpacked(weight, std::string_view(bytes[group]).substr(at, weight.bytes()));
      at += weight.bytes();
      if (weight.of_optimiser) {
        loaded.optimiser.push_back({weight.name, weight.spec.shape, std::move(values)});
      } else {
        loaded.weights.write(entries[(next++)->entry].name, values);
      }
    }
    std::string().swap(bytes[group]);
  }
  return loaded;
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> files{file_in(path)};
  const std::string subject = files[0].string();
  for (const WeightGroup& group :
       manifest_of(subject, parse_json(subject, read_file(files[0], limits::kModelTextBytes)))) {
    for (const std::string& shard : group.paths) files.push_back(files[0].parent_path() / shard);
  }
  return files;
}

LayersModel load(Backend& backend, const std::filesystem::path& path) {
  const std::filesystem::path file = file_in(path);
  const std::string text = read_file(file, limits::kModelTextBytes);
  return read_layers_model(backend, file.string(), text, [&](const std::string& shard, std::size_t cap) {
    return read_file(file.parent_path() / shard, cap);
  });
}

}  // namespace vitrine::models
