// Fields of 100 × 100 become tiles of half the edge, and of less where there are many: more would not be seen.
#include "views/playground/field.h"

#include <algorithm>
#include <cmath>

#include "engine/core/hash.h"
#include "engine/core/number.h"

namespace vitrine::views::playground {
namespace {

constexpr std::size_t kTile = kFieldSize / 2;
constexpr std::size_t kLeastTile = 6;
constexpr std::size_t kMostTilePixels = 200'000;  // of all tiles together: about what a screen shows of so many

std::size_t tile_edge(const Fields& fields) {
  std::size_t units = 0, edge = kTile;
  for (const auto& layer : fields.layers) units += layer.size();
  while (edge > kLeastTile && edge * edge * units > kMostTilePixels) --edge;
  return edge;
}

// A field as a tile of at most so many pixels along its edge: each the mean of what it covers.
void paint(ui::Texture& texture, const ui::Palette& palette, std::string key, const Field& field, std::size_t most,
           float reach, bool discretise) {
  const auto from = static_cast<std::size_t>(edge_of(field)), edge = std::min(from, most);
  std::vector<float> small;
  small.reserve(edge * edge);
  for (std::size_t row = 0; row < edge; ++row) {
    for (std::size_t column = 0; column < edge; ++column) {
      float sum = 0, count = 0;
      for (std::size_t y = row * from / edge; y < (row + 1) * from / edge; ++y) {
        for (std::size_t x = column * from / edge; x < (column + 1) * from / edge; ++x)
          sum += field[y * from + x], ++count;
      }
      const float mean = sum / count;
      small.push_back(discretise ? (mean >= 0 ? reach : -reach) : mean);
    }
  }
  texture.key = std::move(key);
  const auto pixels = static_cast<int>(edge);
  if (texture.image.width != pixels) texture.image = ui::Image(pixels, pixels);
  palette.paint(small, -reach, reach, texture.image);
  texture.version = hash_of(std::as_bytes(std::span(texture.image.rgba))).low;  // by what it shows
}

}  // namespace

float reach_of_feature(const Snapshot& s, int feature) {
  static constexpr std::array<float, kFeatures> kReach{4, 4, 16, 16, 12, 1, 1};
  if (feature < kFeatures) return kReach[static_cast<std::size_t>(feature)];
  float most = 0;  // a formula's own
  for (const float v : (*s.features)[static_cast<std::size_t>(feature)]) most = std::max(most, std::fabs(v));
  return most > 0 ? most : 1;
}

void Tiles::follow(const ui::Theme& theme, const Snapshot& s) {
  const bool discretise = static_cast<const Settings*>(s.settings.get())->discretise;
  const bool other_features = feature_fields_ != s.features;
  const bool repaint = other_features || look_ != theme.look() || discretise_ != discretise;
  if (look_ != theme.look()) palette_.emplace(theme, ui::ColourMap::diverging, 1.0f);
  if (repaint) {
    feature_fields_ = s.features;
    features_.resize(s.features->size());
    for (std::size_t f = 0; f < features_.size(); ++f) {
      paint(features_[f], *palette_, "playground.feature." + to_text(static_cast<std::int64_t>(f)), (*s.features)[f],
            kTile, reach_of_feature(s, static_cast<int>(f)), discretise);
    }
  }
  if (!repaint && fields_ == s.fields) return;
  look_ = theme.look();
  discretise_ = discretise;
  fields_ = s.fields;
  const std::size_t edge = tile_edge(*fields_);
  units_.resize(fields_->layers.size() - 1);
  for (std::size_t layer = 0; layer < units_.size(); ++layer) {
    units_[layer].resize(fields_->layers[layer].size());
    for (std::size_t unit = 0; unit < units_[layer].size(); ++unit) {
      paint(units_[layer][unit], *palette_,
            "playground.unit." + to_text(static_cast<std::int64_t>(layer)) + "." +
                to_text(static_cast<std::int64_t>(unit)),
            fields_->layers[layer][unit], edge, kReachOfUnit, discretise);
    }
  }
}

bool is_wrong(const Snapshot& s, std::size_t point) {
  constexpr double kFarOff = 0.3;  // of the values' range of 2
  const double label = s.points->all[point].label, answer = static_cast<double>((*s.answers)[point]);
  if (std::isnan(answer)) return false;
  if (s.points->are_values()) return std::fabs(answer - label) > kFarOff;
  return s.points->class_of(label) != s.points->class_of(answer);
}

std::vector<float> shown(const Field& field, bool discretise) {
  std::vector<float> values = field;
  if (!discretise) return values;
  for (float& value : values) value = value >= 0 ? 1.0f : -1.0f;
  return values;
}

}  // namespace vitrine::views::playground
