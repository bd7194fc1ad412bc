// Fields of 100 × 100 become tiles of half the edge: more than a tile's pixels would not be seen.
#include "views/playground/field.h"

#include <algorithm>
#include <cmath>

#include "app/ui/heat_map.h"
#include "engine/core/hash.h"
#include "engine/core/number.h"

namespace vitrine::views::playground {
namespace {

constexpr int kTile = kFieldSize / 2;

void paint(ui::Texture& texture, const ui::Theme& theme, std::string key, const Field& field, float reach,
           bool discretise) {
  std::array<float, kTile * kTile> small;
  for (std::size_t row = 0; row < kTile; ++row) {
    for (std::size_t column = 0; column < kTile; ++column) {
      const float* at = field.data() + 2 * row * kFieldSize + 2 * column;
      const float mean = (at[0] + at[1] + at[kFieldSize] + at[kFieldSize + 1]) / 4;
      small[row * kTile + column] = discretise ? (mean >= 0 ? reach : -reach) : mean;
    }
  }
  texture.key = std::move(key);
  if (texture.image.width != kTile) texture.image = ui::Image(kTile, kTile);
  ui::colour_values(theme, small, -reach, reach, ui::ColourMap::diverging, 1, texture.image);
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
  if (repaint) {
    feature_fields_ = s.features;
    features_.resize(s.features->size());
    for (std::size_t f = 0; f < features_.size(); ++f) {
      paint(features_[f], theme, "playground.feature." + to_text(static_cast<std::int64_t>(f)), (*s.features)[f],
            reach_of_feature(s, static_cast<int>(f)), discretise);
    }
  }
  if (!repaint && fields_ == s.fields) return;
  look_ = theme.look();
  discretise_ = discretise;
  fields_ = s.fields;
  units_.resize(fields_->layers.size() - 1);
  for (std::size_t layer = 0; layer < units_.size(); ++layer) {
    units_[layer].resize(fields_->layers[layer].size());
    for (std::size_t unit = 0; unit < units_[layer].size(); ++unit) {
      paint(units_[layer][unit], theme,
            "playground.unit." + to_text(static_cast<std::int64_t>(layer)) + "." +
                to_text(static_cast<std::int64_t>(unit)),
            fields_->layers[layer][unit], kReachOfUnit, discretise);
    }
  }
}

std::vector<float> shown(const Field& field, bool discretise) {
  std::vector<float> values = field;
  if (!discretise) return values;
  for (float& value : values) value = value >= 0 ? 1.0f : -1.0f;
  return values;
}

}  // namespace vitrine::views::playground
