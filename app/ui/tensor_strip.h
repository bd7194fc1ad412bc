// A TensorStrip lays the channels of a tensor side by side as small maps, each value a pixel: what one node of a graph
// puts out. All share one range, so that a quiet channel looks quiet.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ui/plot_axes.h"
#include "app/ui/selection.h"

namespace vitrine::ui {

struct TensorStrip {
  std::string_view heading = {};
  int channels = 0, height = 0, width = 0;
  std::span<const float> values = {};  // channel after channel, rows from the top
  std::uint64_t version = 0;
  float reach = 1;  // ± at the ends of the map
};

struct TensorStripState {
  bool inside = false;
  int first = 0, cursor = 0;  // channels
  Texture picture = {};
  std::optional<Look> look = {};
  std::uint64_t version = 0;
  int shown_first = -1, shown = 0;
};

// The channel that is pointed at, −1 when none is. As many channels as fit; arrows and the wheel bring the others.
// With a selection its channels are items.
int tensor_strip(Ui& ui, std::string_view id, const Rect& rect, const TensorStrip& strip, TensorStripState& state,
                 Selection* selection = nullptr);
std::string csv(const TensorStrip& strip);

}  // namespace vitrine::ui
