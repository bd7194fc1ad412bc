// The state hash: what two sessions must agree on to be the same, in one canonical order.
#include "app/work/session.h"

namespace vitrine::work {
namespace {

void mix(Hasher& hasher, const Value& value) {
  hasher.word(value.index());
  if (const auto* flag = std::get_if<bool>(&value)) {
    hasher.word(*flag ? 1 : 0);
  } else if (const auto* count = std::get_if<std::int64_t>(&value)) {
    hasher.word(static_cast<std::uint64_t>(*count));
  } else if (const auto* number = std::get_if<double>(&value)) {
    hasher.real(*number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    hasher.text(*text);
  } else if (const auto* list = std::get_if<List>(&value)) {
    hasher.word(list->size());
    for (const Value& item : *list) mix(hasher, item);
  } else {
    const auto& record = std::get<Record>(value);
    hasher.word(record.size());
    for (const auto& [field, entry] : record) {
      hasher.text(field);
      mix(hasher, entry);
    }
  }
}

}  // namespace

Hash state_hash(Session& session) {
  Hasher hasher;
  const auto values = session.controls().values(session.settings());
  hasher.word(values.size());
  for (const auto& [path, value] : values) {
    hasher.text(path);
    mix(hasher, value);
  }
  const State state = session.save();
  hasher.word(static_cast<std::uint64_t>(state.step)).reals(state.slab);
  hasher.word(state.counters.size());
  for (const std::uint64_t counter : state.counters) hasher.word(counter);
  const Hash recipe = session.recipe();
  return hasher.word(recipe.high).word(recipe.low).finish();
}

}  // namespace vitrine::work
