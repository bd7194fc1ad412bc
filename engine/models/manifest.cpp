// Reading "weightsManifest", distrusting all of it.
#include "engine/models/manifest.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "engine/core/error.h"
#include "engine/core/model_limits.h"
#include "engine/core/number.h"

namespace vitrine::models {
namespace {

using nn::Config;

struct PackingName {
  Packing packing;
  std::string_view name;
  std::size_t bytes;
};
constexpr PackingName kPackings[] = {{Packing::none, "none", 0},
                                     {Packing::uint8, "uint8", 1},
                                     {Packing::uint16, "uint16", 2},
                                     {Packing::float16, "float16", 2}};
constexpr std::pair<std::string_view, DType> kTypes[] = {
    {"float32", DType::float32}, {"int32", DType::int32}, {"bool", DType::boolean}};

[[noreturn]] void refuse(const std::string& subject, std::string fact, std::string expected, const Config* got) {
  throw FileError({subject, std::move(fact), std::move(expected), got == nullptr ? "nothing" : text_of(*got),
                   "Save the model again."});
}

const std::string& text_at(const std::string& subject, const Config& record, std::string_view key) {
  const Config* found = record.find(key);
  if (found == nullptr || found->text() == nullptr) {
    refuse(subject, "has no \"" + std::string(key) + "\"", "a text", found);
  }
  return *found->text();
}

const Config::List& list_at(const std::string& subject, const Config& record, std::string_view key, std::size_t most) {
  const Config* found = record.find(key);
  if (found == nullptr || found->list() == nullptr) {
    refuse(subject, "has no \"" + std::string(key) + "\"", "a list", found);
  }
  if (found->list()->size() > most) {
    throw FileError({subject, "has too many " + std::string(key), "at most " + to_text(static_cast<std::int64_t>(most)),
                     to_text(static_cast<std::int64_t>(found->list()->size())), "Check that it is a model."});
  }
  return *found->list();
}

double real_at(const std::string& subject, const Config& record, std::string_view key) {
  const Config* found = record.find(key);
  if (found == nullptr || found->number() == nullptr || !std::isfinite(*found->number())) {
    refuse(subject, "has no \"" + std::string(key) + "\" of its packing", "a finite number", found);
  }
  return *found->number();
}

Shape shape_of(const std::string& subject, const Config& record) {
  Integers extents;
  std::int64_t elements = 1;
  for (const Config& entry : list_at(subject, record, "shape", limits::kRank)) {
    const double* extent = entry.number();
    const bool whole = extent != nullptr && *extent >= 0 && *extent == std::floor(*extent) &&
                       *extent <= static_cast<double>(limits::kModelWeightBytes);
    if (!whole) refuse(subject, "has an extent that cannot be", "a whole number", &entry);
    extents.push_back(static_cast<std::int64_t>(*extent));
    if (elements > static_cast<std::int64_t>(limits::kModelWeightBytes) / std::max<std::int64_t>(extents.back(), 1)) {
      throw FileError({subject, "is too large",
                       "at most " + bytes_text(static_cast<double>(limits::kModelWeightBytes)) + " for a model", "more",
                       "Check that it is a model."});
    }
    elements *= std::max<std::int64_t>(extents.back(), 1);
  }
  return Shape(extents);
}

void read_packing(const std::string& subject, const Config& written, StoredWeight& weight) {
  const std::string& name = text_at(subject, written, "dtype");
  const auto found = std::ranges::find(kPackings, name, &PackingName::name);
  if (found == std::end(kPackings) || found->packing == Packing::none) {
    refuse(subject, "is packed in an unknown way", "uint8, uint16 or float16", written.find("dtype"));
  }
  weight.packing = found->packing;
  if (weight.packing == Packing::float16) return;
  weight.scale = real_at(subject, written, "scale");
  weight.least = real_at(subject, written, "min");
}

StoredWeight weight_of(const std::string& model, const Config& written) {
  StoredWeight weight;
  weight.name = text_at(model + " weightsManifest", written, "name");
  const std::string subject = model + " " + weight.name.substr(0, 200);
  weight.spec.shape = shape_of(subject, written);
  const std::string& type = text_at(subject, written, "dtype");
  const auto found = std::ranges::find(kTypes, type, &std::pair<std::string_view, DType>::first);
  if (found == std::end(kTypes)) {
    refuse(subject, "is of a type that weights do not have", "float32, int32 or bool", written.find("dtype"));
  }
  weight.spec.dtype = found->second;
  const Config* group = written.find("group");
  weight.of_optimiser = group != nullptr && group->text() != nullptr && *group->text() == "optimizer";
  const Config* packing = written.find("quantization");
  if (packing != nullptr && !packing->nothing()) read_packing(subject, *packing, weight);
  return weight;
}

// Only by its words: a link that the folder's owner made may lead where it likes.
void expect_inside(const std::string& subject, const std::string& path) {
  const std::filesystem::path parts(path);
  const bool inside = !path.empty() && path.find('\0') == path.npos && !parts.is_absolute() &&
                      std::ranges::none_of(parts, [](const auto& part) { return part == ".."; });
  if (inside) return;
  throw FileError({subject, "names a file that is not in its folder", "paths below the folder of the model",
                   "\"" + path.substr(0, 200) + "\"", "Put the files of the model into one folder."});
}

}  // namespace

std::string_view name_of(Packing packing) {
  return std::ranges::find(kPackings, packing, &PackingName::packing)->name;
}

std::size_t StoredWeight::bytes() const {
  const std::size_t packed = std::ranges::find(kPackings, packing, &PackingName::packing)->bytes;
  return static_cast<std::size_t>(spec.shape.elements()) * (packed != 0 ? packed : bytes_of(spec.dtype));
}

std::size_t WeightGroup::bytes() const {
  std::size_t sum = 0;
  for (const StoredWeight& weight : weights) sum += weight.bytes();
  return sum;
}

std::vector<WeightGroup> manifest_of(const std::string& subject, const Config& written) {
  std::vector<WeightGroup> groups;
  std::set<std::string> names, paths;
  std::size_t bytes = 0;
  for (const Config& entry : list_at(subject, written, "weightsManifest", limits::kModelLayers)) {
    WeightGroup& group = groups.emplace_back();
    for (const Config& path : list_at(subject, entry, "paths", limits::kModelShards)) {
      if (path.text() == nullptr) refuse(subject, "has a shard without a path", "a text", &path);
      expect_inside(subject, *path.text());
      if (!paths.insert(*path.text()).second) refuse(subject, "names a shard twice", "a shard once", &path);
      group.paths.push_back(*path.text());
    }
    for (const Config& weight : list_at(subject, entry, "weights", limits::kModelWeights)) {
      group.weights.push_back(weight_of(subject, weight));
      const std::string& name = group.weights.back().name;
      if (!names.insert(name).second) {
        throw FileError({subject + " " + name.substr(0, 200), "is the name of two weights", "a name for each", name,
                         "Save the model again."});
      }
      bytes += std::max(group.weights.back().bytes(), group.weights.back().spec.bytes());
      if (bytes > limits::kModelWeightBytes) {
        throw FileError({subject, "has too many numbers",
                         "at most " + bytes_text(static_cast<double>(limits::kModelWeightBytes)), "more",
                         "Check that it is a model."});
      }
    }
  }
  return groups;
}

}  // namespace vitrine::models
