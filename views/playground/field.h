// The pictures of the Playground's diagram: a texture for every feature and unit, made when weights or look change.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "app/ui/heat_map.h"
#include "app/ui/texture.h"
#include "app/ui/theme.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

// The answers that the end of the colour map stands for.
float reach_of_feature(const Snapshot& s, int feature);
inline constexpr float kReachOfUnit = 1;

class Tiles {
 public:
  void follow(const ui::Theme& theme, const Snapshot& s);
  const ui::Texture& feature(int f) const { return features_[static_cast<std::size_t>(f)]; }
  const ui::Texture& unit(int layer, int unit) const {  // from 1, from 0; not of the output
    return units_[static_cast<std::size_t>(layer) - 1][static_cast<std::size_t>(unit)];
  }

 private:
  std::vector<ui::Texture> features_;
  std::shared_ptr<const std::vector<Field>> feature_fields_;
  std::vector<std::vector<ui::Texture>> units_;
  std::shared_ptr<const Fields> fields_;
  std::optional<ui::Palette> palette_;  // of the look
  std::optional<ui::Look> look_;
  bool discretise_ = false;
};

// Whether the network answers wrongly to that point: another class, or a value that is far off.
bool is_wrong(const Snapshot& s, std::size_t point);

// The field as it is asked for: as it is, or only which side of zero.
std::vector<float> shown(const Field& field, bool discretise);

}  // namespace vitrine::views::playground
