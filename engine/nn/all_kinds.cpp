// The list of kinds, by family.
#include "engine/nn/layers.h"

#include <algorithm>

namespace vitrine::nn {
namespace {

constexpr const LayerKind* kAll[] = {
    // core
    &layers::InputLayer,
    &layers::Dense,
    &layers::Activation,
};

bool has_alias(std::string_view aliases, std::string_view name) {
  for (std::size_t start = 0; start < aliases.size();) {
    const std::size_t end = std::min(aliases.find(' ', start), aliases.size());
    if (aliases.substr(start, end - start) == name) return true;
    start = end + 1;
  }
  return false;
}

}  // namespace

std::span<const LayerKind* const> all_kinds() {
  return kAll;
}

const LayerKind* find_kind(std::string_view name) {
  for (const LayerKind* kind : kAll) {
    if (kind->name == name || has_alias(kind->aliases, name)) return kind;
  }
  return nullptr;
}

}  // namespace vitrine::nn
