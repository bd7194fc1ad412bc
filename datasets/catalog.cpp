// The data sets, one line each.
#include "datasets/catalog.h"

#include <algorithm>
#include <array>

#include "datasets/glyphs/glyphs.h"
#include "datasets/heartbeats/heartbeats.h"
#include "datasets/shapes/shapes.h"
#include "datasets/textures/textures.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::datasets {
namespace {

constexpr std::size_t kPublishedPlanes = 6;  // of the list below, from its start

constexpr std::array<DataSet, 14> kPlanes{{
    {"circle", "Circle", Task::classify, 500, circle, 2, "A disc in a ring."},
    {"xor", "Exclusive or", Task::classify, 500, exclusive_or, 2, "Opposite quarters belong together."},
    {"gauss", "Two clouds", Task::classify, 500, two_gaussians, 2, "Two clouds that a line parts."},
    {"spiral", "Spiral", Task::classify, 500, spiral, 2, "Two arms wound around each other."},
    {"reg-plane", "Slope", Task::regress, 1200, sloping_plane, 0, "A value that rises to the upper right."},
    {"reg-gauss", "Six hills", Task::regress, 1200, many_gaussians, 0, "Three hills and three hollows."},
    {"moons", "Moons", Task::classify, 500, moons, 2, "Two half moons hooked into each other."},
    {"rings", "Rings", Task::classify, 500, rings, 2, "Four rings of alternating class."},
    {"checkerboard", "Checkerboard", Task::classify, 800, checkerboard, 2, "Squares of alternating class."},
    {"spiral-arms", "Three arms", Task::classify, 600, spiral_arms, kSpiralArms, "Three arms, three classes."},
    {"curve-line", "Above a line", Task::classify, 500, above_line, 2, "Above or below y = x / 2."},
    {"curve-parabola", "Above a parabola", Task::classify, 500, above_parabola, 2, "Above or below y = x²/4 - 3."},
    {"curve-cubic", "Above a cubic", Task::classify, 500, above_cubic, 2, "Above or below y = (x³ - 16x)/12."},
    {"curve-sine", "Above a wave", Task::classify, 500, above_sine, 2, "Above or below y = 3 sin x."},
}};

std::optional<Complaint> nothing_missing() {
  return {};
}

Dataset recipe_of_beats(const Recipe& recipe) {
  return heartbeats({.seed = recipe.seed, .count = recipe.count});
}

std::vector<Entry> entries() {
  std::vector<Entry> all;
  for (const DataSet& set : kPlanes) {
    all.push_back({set.id, set.label, set.what, ItemKind::point, static_cast<std::size_t>(set.count), 0,
                   [&set](const Recipe& recipe) { return plane_dataset(set, recipe); }, nothing_missing});
  }
  all.push_back({"heartbeats", "Heartbeats", "Beats of an electrocardiogram, normal ones and four other kinds.",
                 ItemKind::series, 5000, 0, recipe_of_beats, nothing_missing});
  all.push_back({"glyphs", "Glyphs", "Digits and letters of the installed fonts, bent and slanted.", ItemKind::picture,
                 1800, 28, glyphs, missing_text_fonts});
  all.push_back({"emoji", "Emoji", "Pictures of a colour emoji font, in categories by Unicode's groups.",
                 ItemKind::picture, 560, 48, emoji, missing_emoji_font});
  all.push_back({"shapes", "Shapes", "Eight plain figures of any colour, size and turn.", ItemKind::picture, 800, 32,
                 shapes, nothing_missing});
  all.push_back({"textures", "Textures", "Eight ways to fill a plane with two colours.", ItemKind::picture, 800, 32,
                 textures, nothing_missing});
  return all;
}

void refuse(std::string_view id, std::string fact, std::string expected, std::size_t got) {
  throw UsageError({std::string(id), std::move(fact), std::move(expected), to_text(static_cast<std::int64_t>(got)),
                    "Choose a value within these bounds."});
}

}  // namespace

std::span<const DataSet> plane_sets() {
  return std::span(kPlanes).first(kPublishedPlanes);
}

std::span<const DataSet> all_plane_sets() {
  return kPlanes;
}

const DataSet* find_plane_set(std::string_view id) {
  const auto found = std::ranges::find(kPlanes, id, &DataSet::id);
  return found == kPlanes.end() ? nullptr : &*found;
}

std::span<const Entry> catalog() {
  static const std::vector<Entry> kEntries = entries();
  return kEntries;
}

const Entry* find_entry(std::string_view id) {
  const auto found = std::ranges::find(catalog(), id, &Entry::id);
  return found == catalog().end() ? nullptr : &*found;
}

Dataset make_dataset(std::string_view id, const Recipe& recipe) {
  const Entry* entry = find_entry(id);
  if (entry == nullptr) {
    throw UsageError({"the data set", "there is none of this name", "an id of the catalog, such as circle",
                      std::string(id), "Choose one of the list."});
  }
  Recipe whole = recipe;
  if (whole.count == 0) whole.count = entry->count;
  if (whole.edge == 0) whole.edge = entry->edge;
  if (whole.count > limits::kGeneratedItems) {
    refuse(id, "asks for too many items", "at most " + to_text(std::int64_t{limits::kGeneratedItems}), whole.count);
  }
  if (entry->kind == ItemKind::picture && (whole.edge < limits::kLeastEdge || whole.edge > limits::kGreatestEdge)) {
    refuse(id, "cannot be drawn at this size", "8 to 512 pixels", whole.edge);
  }
  if (entry->kind == ItemKind::picture && whole.count > limits::kArrayFileBytes / (3 * whole.edge * whole.edge)) {
    refuse(id, "asks for more pixels than fit into memory", "at most 1 GB of pixels", whole.count);
  }
  if (!(whole.noise >= 0 && whole.noise <= 1)) {
    throw UsageError(
        {std::string(id), "the noise is out of bounds", "0 to 1", to_text(whole.noise), "Choose less noise."});
  }
  if (const std::optional<Complaint> missing = entry->missing()) throw FileError(*missing);
  return entry->make(whole);
}

}  // namespace vitrine::datasets
