// Every triangle is added to the hashes of the tiles it may touch; tiles with another hash than before are covered with
// few boxes.
#include "app/ui/damage.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>

namespace vitrine::ui {
namespace {

constexpr int kTile = 32;            // px: small enough for a number that changes, large enough to be few
constexpr int kHalvings = 4;         // so at most sixteen boxes: every triangle is held against each
constexpr float kDenseShare = 0.7f;  // a box with so many changed tiles is not worth another

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2⁶⁴ over the golden ratio: spreads every bit upwards
  hash = (hash ^ word) * kOdd;
  return hash ^ hash >> 29;
}

std::uint64_t with_vertex(std::uint64_t hash, const ImDrawVert& vertex) {
  static_assert(sizeof(ImDrawVert) == 20);
  std::uint64_t words[2];
  std::memcpy(words, &vertex, sizeof words);
  return mixed(mixed(mixed(hash, words[0]), words[1]), vertex.col);
}

// The same picture has the same version and lies where it lay.
std::uint64_t hash_of(const Texture& texture, const PixelBox& clip) {
  std::uint64_t hash = std::hash<std::string_view>{}(texture.key);
  hash = mixed(hash, texture.version);
  hash = mixed(hash, std::bit_cast<std::uintptr_t>(texture.image.rgba.data()));
  for (const int edge : {clip.x0, clip.y0, clip.x1, clip.y1}) hash = mixed(hash, static_cast<std::uint64_t>(edge));
  return hash;
}

}  // namespace

bool Damage::changed(int x, int y) const {
  const auto at = static_cast<std::size_t>(y * across_ + x);
  return now_[at] != before_[at];
}

void Damage::note(const ImDrawList& list, const ImDrawCmd& command, const PixelBox& clip) {
  const std::uint64_t seed = hash_of(texture_of(command), clip);
  const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
  const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
  for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
    const ImDrawVert &a = vertex[index[i]], &b = vertex[index[i + 1]], &c = vertex[index[i + 2]];
    const PixelBox box = box_of_triangle(a, b, c, clip);
    if (box.empty()) continue;
    const std::uint64_t hash = with_vertex(with_vertex(with_vertex(seed, a), b), c);
    for (int y = box.y0 / kTile; y <= (box.y1 - 1) / kTile; ++y)
      for (int x = box.x0 / kTile; x <= (box.x1 - 1) / kTile; ++x) {
        std::uint64_t& tile = now_[static_cast<std::size_t>(y * across_ + x)];
        tile = mixed(tile, hash);
      }
  }
}

// The fewest tiles that hold all changes, or two halves of them.
void Damage::cover(Tiles tiles, int halvings, std::vector<PixelBox>& boxes) const {
  Tiles held{tiles.x1, tiles.y1, tiles.x0, tiles.y0};
  int count = 0;
  for (int y = tiles.y0; y < tiles.y1; ++y)
    for (int x = tiles.x0; x < tiles.x1; ++x) {
      if (!changed(x, y)) continue;
      ++count;
      held = {std::min(held.x0, x), std::min(held.y0, y), std::max(held.x1, x + 1), std::max(held.y1, y + 1)};
    }
  if (count == 0) return;
  const int wide = held.x1 - held.x0, high = held.y1 - held.y0;
  if (halvings == 0 || static_cast<float>(count) >= kDenseShare * static_cast<float>(wide * high)) {
    boxes.push_back(
        {held.x0 * kTile, held.y0 * kTile, std::min(held.x1 * kTile, width_), std::min(held.y1 * kTile, height_)});
    return;
  }
  Tiles first = held, second = held;
  if (wide >= high)
    first.x1 = second.x0 = held.x0 + wide / 2;
  else
    first.y1 = second.y0 = held.y0 + high / 2;
  cover(first, halvings - 1, boxes);
  cover(second, halvings - 1, boxes);
}

std::vector<PixelBox> Damage::of(const ImDrawData& data, Colour clear) {
  const int width = static_cast<int>(data.DisplaySize.x), height = static_cast<int>(data.DisplaySize.y);
  const bool resized = width != width_ || height != height_;
  width_ = width, height_ = height;
  across_ = (width + kTile - 1) / kTile, down_ = (height + kTile - 1) / kTile;
  std::swap(before_, now_);
  now_.assign(static_cast<std::size_t>(across_ * down_), mixed(0, clear));
  for_each_command(data, [this](const ImDrawList& list, const ImDrawCmd& command, const PixelBox& clip) {
    note(list, command, clip);
  });
  if (resized) return {{0, 0, width, height}};
  std::vector<PixelBox> boxes;
  cover({0, 0, across_, down_}, kHalvings, boxes);
  return boxes;
}

}  // namespace vitrine::ui
