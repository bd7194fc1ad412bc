// Values of optimisers by name, their slots in a slab, and a whole update in a trace.
#include "engine/learn/optimiser.h"

#include <algorithm>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/learn/names.h"
#include "engine/ops/arithmetic.h"

namespace vitrine::learn {
namespace {

using nn::Argument;
using nn::Config;

constexpr std::string_view kPowers = "powers/";  // in front of the name of their region

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    list.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

std::string subject(const OptimiserKind& kind) {
  return "optimiser " + std::string(kind.name);
}

const Tensor& at(const Update::Values& values, std::string_view name) {
  const auto found = values.find(name);
  VITRINE_ASSERT(found != values.end());
  return found->second;
}

// Keys spelled as the table spells them; what is not in the table stays, so that resolving it can complain.
Config::Record respelled(const OptimiserKind& kind, Config::Record given) {
  for (auto& [key, value] : given) {
    for (const Argument& row : kind.hypers) {
      if (plain_name(row.name) == plain_name(key)) key = row.name;
    }
  }
  return given;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  }
  return plain;
}

Optimiser OptimiserKind::operator()(const nn::Named& named) const {
  return {*this, named};
}

Optimiser OptimiserKind::operator()(double rate, const nn::Named& named) const {
  Config::Record given = named;
  given.emplace_back(kRate, rate);
  return {*this, given};
}

Optimiser::Optimiser(const OptimiserKind& kind, const Config::Record& given, nn::Convention convention)
    : kind_(&kind), values_(nn::resolve(subject(kind), kind.hypers, given, convention)) {}

void Optimiser::set(std::string_view hyper, double value) {
  Config::Record changed = values_.record();
  const auto row = std::ranges::find(changed, hyper, &Config::Record::value_type::first);
  if (row == changed.end()) {
    throw UsageError({subject(*kind_), "has no hyper-parameter of this name", "one of its table", std::string(hyper),
                      "Look it up in docs/optimisers.md."});
  }
  row->second = value;
  values_ = nn::resolve(subject(*kind_), kind_->hypers, changed, nn::Convention::ours);
}

std::vector<Slot> Optimiser::slots() const {
  std::vector<Slot> slots;
  for (const Slot& slot : kind_->slots) {
    if (slot.only_if.empty() || values_.truth(slot.only_if)) slots.push_back(slot);
  }
  return slots;
}

std::vector<std::string_view> Optimiser::reals() const {
  std::vector<std::string_view> names;
  for (const Argument& row : kind_->hypers) {
    if (row.takes == nn::Takes::real) names.push_back(row.name);
  }
  return names;
}

Optimiser optimiser_of(std::string_view name, const Config::Record& given, nn::Convention convention) {
  std::vector<std::string_view> known;
  for (const OptimiserKind* kind : all_optimisers()) {
    if (plain_name(kind->name) == plain_name(name)) return {*kind, respelled(*kind, given), convention};
    known.push_back(kind->name);
  }
  throw UsageError({"optimiser", "is not known", std::string(nn::nearest(name, known)), std::string(name),
                    "Choose one of docs/optimisers.md."});
}

Config config_of(const Optimiser& optimiser) {
  return Config::Record{{"class_name", optimiser.kind().name}, {"config", optimiser.values().record()}};
}

Optimiser read_optimiser(const Config& written, nn::Convention convention) {
  if (const std::string* name = written.text()) return optimiser_of(*name, {}, convention);
  const Config* name = written.find("class_name");
  const Config* values = written.find("config");
  if (name == nullptr || name->text() == nullptr || (values != nullptr && values->record() == nullptr)) {
    throw UsageError({"optimiser", "is not written as one", "a name, or class_name and config", nn::text_of(written),
                      "Check the file."});
  }
  return optimiser_of(*name->text(), values == nullptr ? Config::Record() : *values->record(), convention);
}

const Tensor& Update::operator[](std::string_view hyper) const {
  return at(hypers_, hyper);
}
bool Update::chosen(std::string_view truth) const {
  return optimiser_.values().truth(truth);
}
const Tensor& Update::slot(std::string_view name) const {
  return at(*slots_, name);
}
const Tensor& Update::power(std::string_view hyper) const {
  return at(powers_, hyper);
}
Tensor Update::keep(std::string_view slot, const Tensor& value) {
  const auto found = slots_->find(slot);
  VITRINE_ASSERT(found != slots_->end());
  return found->second = value;
}
Tensor Update::turn(const Tensor& weight, const Tensor& gradient, Values& slots) {
  weight_ = weight;
  gradient_ = gradient;
  slots_ = &slots;
  return optimiser_.kind().rule(*this);
}

std::string slot_name(std::string_view weight, const Slot& slot) {
  return std::string(weight) + "/" + std::string(slot.name);
}

Slab make_slots(Backend& backend, const Optimiser& optimiser, std::span<const Moved> weights) {
  std::vector<std::pair<std::string, Shape>> regions;
  for (const Moved& weight : weights) {
    for (const Slot& slot : optimiser.slots()) regions.emplace_back(slot_name(weight.name, slot), weight.shape);
  }
  for (const std::string_view power : words(optimiser.kind().powers)) {
    regions.emplace_back(std::string(kPowers) + std::string(power), Shape{});
  }
  Slab slots(backend, std::move(regions), "optimiser");
  fill_slots(slots, optimiser, weights);
  return slots;
}

void fill_slots(Slab& slots, const Optimiser& optimiser, std::span<const Moved> weights) {
  const auto fill = [&](const Region& region, double value) {
    const std::vector<float> values(static_cast<std::size_t>(region.shape.elements()), static_cast<float>(value));
    slots.write(region, values);
  };
  for (const Moved& weight : weights) {
    for (const Slot& slot : optimiser.slots()) {
      fill(slots.region(slot_name(weight.name, slot)), slot.start.empty() ? 0 : optimiser.value(slot.start));
    }
  }
  for (const std::string_view power : words(optimiser.kind().powers)) {
    fill(slots.region(std::string(kPowers) + std::string(power)), 1);
  }
}

void set_powers(Slab& slots, const Optimiser& optimiser, std::int64_t steps) {
  // Multiplied as the steps do it: the same bits as after taking them.
  for (const std::string_view name : words(optimiser.kind().powers)) {
    const auto factor = static_cast<float>(optimiser.value(name));
    float power = 1, before = 2;
    for (std::int64_t step = 0; step < steps && power != before; ++step) before = std::exchange(power, power * factor);
    slots.write(slots.region(std::string(kPowers) + std::string(name)), {&power, 1});
  }
}

std::vector<Tensor> trace_updates(Tracer& tracer, const Optimiser& optimiser, const Slab& slots, const Turn& turn,
                                  bool keep) {
  Update::Values powers;
  for (const std::string_view name : words(optimiser.kind().powers)) {
    const Tensor region = tracer.region(slots, std::string(kPowers) + std::string(name));
    const Tensor power = region * at(turn.hypers, name);
    if (keep) tracer.assign(region, power);
    powers.emplace(name, power);
  }
  Update update(optimiser, turn.hypers, powers, turn.step);
  std::vector<Tensor> moved;
  for (std::size_t i = 0; i < turn.moved.size(); ++i) {
    Update::Values held, kept;
    for (const Slot& slot : optimiser.slots()) {
      held.emplace(slot.name, tracer.region(slots, slot_name(turn.moved[i].name, slot)));
    }
    kept = held;
    moved.push_back(update.turn(turn.weights[i], turn.gradients[i], kept));
    if (!keep) continue;
    for (const auto& [name, region] : held) tracer.assign(region, kept.at(name));
  }
  return moved;
}

}  // namespace vitrine::learn
