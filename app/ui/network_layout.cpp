// Where the tiles of a network lie: as large as the fullest column allows, columns apart by equal links.
#include <algorithm>
#include <cmath>

#include "app/ui/network.h"
#include "app/ui/plot_axes.h"

namespace vitrine::ui {
namespace measure {
constexpr float tile = 48, tile_compact = 32, tile_least = 24, tile_gap = 2 * unit, label_gap = 3 * unit;
}
namespace {
constexpr std::size_t kMostTiles = 12;         // above, a layer is a strip
constexpr float kSpread = 1.4f, kEnds = 2.4f;  // few units stand further apart: pitch = kSpread · height / (n + kEnds)
constexpr float kTileShare = 0.6f, kMostTileShare = 0.75f;  // of the way from column to column that a tile may take
constexpr float kStripShare = 0.5f;  // of the way from column to column: so much is left for links
constexpr float kLabelLines = 2.5f;  // of an axis: its highest number and its title below
constexpr float kLastLink = 0.7f;    // the links to the output, of the length of the others

bool is_strip(const Network::Column& column, float height, float least, float gap) {
  auto n = static_cast<float>(column.units.size());
  return column.units.size() > kMostTiles || n * least + (n - 1) * gap > height;
}

std::vector<Rect> stacked(const Rect& body, float middle, std::size_t count, float width, float tile, float gap,
                          bool strip, float ends) {
  auto n = static_cast<float>(count);
  float pitch = body.h / std::max(n, 1.0f);
  if (!strip) {
    pitch = std::max(kSpread * body.h / (n + kEnds), tile + gap);
    if (count > 1) pitch = std::min(pitch, (body.h - tile - 2 * ends) / (n - 1));
  }
  float height = strip ? pitch : tile, top = body.middle_y() - (pitch * (n - 1) + height) / 2;
  std::vector<Rect> rects;
  for (std::size_t i = 0; i < count; ++i)
    rects.push_back(snap(Rect{middle - width / 2, top + pitch * static_cast<float>(i), width, height}));
  return rects;
}
}  // namespace

NetworkLayout layout_network(const Ui& ui, const Rect& rect, const Network& network) {
  const Theme& theme = ui.theme;
  NetworkLayout out;
  out.body = rect;
  out.heads = out.body.take_top(theme.line(Type::section) + theme.px(measure::heading_gap));
  float gap = theme.px(measure::tile_gap), least = theme.mark(measure::tile_least);
  out.tile = theme.mark(theme.compact() ? measure::tile_compact : measure::tile);
  float labels = 0;
  std::size_t n = network.columns.size();
  for (std::size_t c = 0; c < n; ++c) {
    const Network::Column& column = network.columns[c];
    out.strip.push_back(column.kind != Network::Kind::output && is_strip(column, out.body.h, least, gap));
    auto count = static_cast<float>(column.units.size());
    if (!out.strip[c] && count > 0 && column.kind != Network::Kind::output)
      out.tile = std::min(out.tile, (out.body.h - gap * (count - 1)) / count);
    if (c == 0)
      for (const Network::Unit& unit : column.units) labels = std::max(labels, text_width(ui, Type::small, unit.label));
  }
  out.tile = std::floor(out.tile);
  if (n == 0) return out;
  if (labels > 0) labels = snap(labels + theme.px(measure::label_gap));

  bool port = network.columns.back().kind == Network::Kind::output;
  const float links = static_cast<float>(n - 1) - (port && n > 2 ? 1 - kLastLink : 0);
  const auto pitch_of = [&](float tile) {
    return (rect.w - labels - (port ? 1 : 1.5f) * tile) / std::max(links, 1.0f);
  };
  float pitch = pitch_of(out.tile);     // at least
  if (out.tile > kTileShare * pitch) {  // many layers: smaller tiles, or none
    out.tile = std::max(std::min(least, out.tile), std::floor(kTileShare * pitch));
    pitch = pitch_of(out.tile);
    for (std::size_t c = 1; c < n && out.tile > kMostTileShare * pitch; ++c)
      out.strip[c] = network.columns[c].kind != Network::Kind::output;
  }
  const float left = rect.x + labels + out.tile / 2, right = rect.right() - (port ? 0 : out.tile / 2);
  const float strip = std::min(std::max(least, out.tile / 2), std::max(1.0f, std::floor(kStripShare * pitch)));
  const auto width_of = [&](std::size_t c) {
    return network.columns[c].kind == Network::Kind::output ? 0 : out.strip[c] ? strip : out.tile;
  };
  // Tiles before strips reach further than a strip would: links begin where they end.
  const float lead = n > 1 && !out.strip[0] && out.strip[1] ? (out.tile - strip) / 2 : 0;
  const float beside_labels = kLabelLines * theme.line(Type::small);  // ends of outputs: the field's axis has its own
  for (std::size_t c = 0; c < n; ++c) {
    const float share = c == 0 ? 0 : c + 1 == n ? 1 : static_cast<float>(c) / links;
    out.middle.push_back(snap(left + (c > 0 ? lead : 0) + (right - left - lead) * share));
    const bool output = network.columns[c].kind == Network::Kind::output;
    out.tiles.push_back(stacked(out.body, out.middle[c], network.columns[c].units.size(), width_of(c),
                                output ? 0 : out.tile, gap, out.strip[c], output ? beside_labels : 0));
  }
  return out;
}

}  // namespace vitrine::ui
