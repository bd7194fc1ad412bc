// Characters drawn once by their fonts, then sampled through a pose.
#include "datasets/glyphs/glyphs.h"

#include <algorithm>
#include <memory>

#include "datasets/drawn.h"
#include "datasets/glyphs/emoji_groups.h"
#include "datasets/glyphs/font.h"

namespace vitrine::datasets {
namespace {

constexpr std::u32string_view kCharacters = U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t kDrawnHeight = 96;  // pixels of a character before it is sampled
constexpr std::size_t kMostFonts = 24;    // more look alike

// Colour and cover at a place of the bitmap, which fills -1 … 1 with its longer side; between pixels by their distance.
std::array<float, 4> sample(const Bitmap& bitmap, float x, float y) {
  const float half = static_cast<float>(std::max(bitmap.width, bitmap.height)) / 2;
  const float px = x * half + static_cast<float>(bitmap.width) / 2 - 0.5f;
  const float py = y * half + static_cast<float>(bitmap.height) / 2 - 0.5f;
  const float x0 = math::floor_of(px), y0 = math::floor_of(py);
  std::array<float, 4> sum{};
  for (int corner = 0; corner < 4; ++corner) {
    const float cx = x0 + static_cast<float>(corner & 1), cy = y0 + static_cast<float>(corner >> 1);
    if (cx < 0 || cy < 0 || cx >= static_cast<float>(bitmap.width) || cy >= static_cast<float>(bitmap.height)) continue;
    const std::size_t at = (static_cast<std::size_t>(cy) * bitmap.width + static_cast<std::size_t>(cx)) * 4;
    const float share = (1 - math::absolute(px - cx)) * (1 - math::absolute(py - cy));
    const float cover = share * static_cast<float>(bitmap.rgba[at + 3]) / 255;
    for (std::size_t i = 0; i < 3; ++i) sum[i] += cover * static_cast<float>(bitmap.rgba[at + i]) / 255;
    sum[3] += cover;
  }
  return sum;
}

// The characters of all fonts that have every one of them.
using Alphabet = std::vector<std::vector<Bitmap>>;

Alphabet alphabets() {
  Alphabet fonts;
  for (const std::string& file : text_fonts()) {
    if (fonts.size() == kMostFonts) break;
    const Font font(file);
    std::vector<Bitmap> drawn;
    for (const char32_t character : kCharacters) {
      auto bitmap = font.draw(character, kDrawnHeight);
      if (!bitmap) break;
      drawn.push_back(std::move(*bitmap));
    }
    if (drawn.size() == kCharacters.size()) fonts.push_back(std::move(drawn));
  }
  return fonts;
}

Painter bent_character(const Bitmap& bitmap, random::Draw& draw) {
  Pose pose = random_pose(draw, 0.25f, 0.62f, 0.82f, 0.12f);
  pose.shear = 0.35f * (2 * draw.uniform() - 1);
  const float bend = 0.08f * draw.normal(), beat = 1.5f + 1.5f * draw.uniform(), start = 6.28318531f * draw.uniform();
  const float ink = 0.75f + 0.25f * draw.uniform(), grain = 0.04f * draw.uniform();
  const std::uint64_t seed = std::uint64_t{draw.word()} << 32 | draw.word();
  return [=, &bitmap](float x, float y) {
    auto [gx, gy] = pose.place(x, y);
    gx += bend * math::sin_of(beat * gy + start);
    gy += bend * math::sin_of(beat * gx - start);
    const auto place = [](float v) { return static_cast<std::uint32_t>(static_cast<std::int32_t>(v * 1000)); };
    const float noise = static_cast<float>(random::philox({place(x), place(y), 0, 0}, seed)[0] >> 8) * 0x1p-24f;
    const float light = ink * sample(bitmap, gx, gy)[3] + grain * (noise - 0.5f) * 3;
    return Colour{light, light, light};
  };
}

struct EmojiPictures {
  std::vector<std::vector<Bitmap>> groups;
};

EmojiPictures emoji_pictures(const std::string& file) {
  const Font font(file);
  EmojiPictures all;
  for (const EmojiGroup& group : kEmojiGroups) {
    auto& drawn = all.groups.emplace_back();
    for (const EmojiRun& run : group.runs) {
      for (char32_t character = run.first; character != 0 && character <= run.last; ++character) {
        if (auto bitmap = font.draw(character, kDrawnHeight)) drawn.push_back(std::move(*bitmap));
      }
    }
  }
  return all;
}

Painter placed_emoji(const Bitmap& bitmap, random::Draw& draw) {
  const Pose pose = random_pose(draw, 0.35f, 0.65f, 0.95f, 0.12f);
  const Colour ground = mixed(random_colour(draw), {1, 1, 1}, 0.6f);  // pale, so that the picture stands out
  return [=, &bitmap](float x, float y) {
    const auto [ex, ey] = pose.place(x, y);
    const auto seen = sample(bitmap, ex, ey);
    Colour colour;
    for (std::size_t i = 0; i < 3; ++i) colour[i] = seen[i] + ground[i] * (1 - seen[3]);
    return colour;
  };
}

Complaint no_text_fonts() {
  return {"Glyphs", "cannot be drawn on this system", "an installed font with digits and Latin letters", "none",
          "Install a font, for example the package fonts-dejavu-core."};
}

Complaint no_emoji_font() {
  return {"Emoji", "cannot be drawn on this system", "an installed colour emoji font", "none",
          "Install one, for example the package fonts-noto-color-emoji."};
}

std::size_t any_of(std::size_t count, random::Draw& draw) {
  return static_cast<std::size_t>(std::uint64_t{draw.word()} * count >> 32);
}

}  // namespace

std::optional<Complaint> missing_text_fonts() {
  return text_fonts().empty() ? std::optional(no_text_fonts()) : std::nullopt;
}

std::optional<Complaint> missing_emoji_font() {
  return emoji_font() ? std::nullopt : std::optional(no_emoji_font());
}

Dataset glyphs(const Recipe& recipe) {
  const Alphabet fonts = alphabets();
  if (fonts.empty()) throw FileError(no_text_fonts());
  Info info;
  info.id = "glyphs", info.label = "Glyphs";
  info.what = "Digits and letters of the installed fonts, bent and slanted.";
  info.source = "Drawn with the fonts of this system.";
  info.licence = "The fonts' own; pictures of text are free of it in most countries.";
  for (const char32_t character : kCharacters) info.classes.emplace_back(1, static_cast<char>(character));
  return drawn_set(std::move(info), recipe, [&](std::size_t group, random::Draw& draw) {
    return bent_character(fonts[any_of(fonts.size(), draw)][group], draw);
  });
}

Dataset emoji(const Recipe& recipe) {
  const auto file = emoji_font();
  if (!file) throw FileError(no_emoji_font());
  const EmojiPictures pictures = emoji_pictures(*file);
  Info info;
  info.id = "emoji", info.label = "Emoji";
  info.what = "Pictures of a colour emoji font, in categories by Unicode's groups.";
  info.source = "Drawn with the colour emoji font of this system.";
  info.licence = "The font's own (Noto Color Emoji: SIL Open Font Licence 1.1).";
  std::vector<const std::vector<Bitmap>*> used;
  for (std::size_t i = 0; i < pictures.groups.size(); ++i) {
    if (pictures.groups[i].empty()) continue;  // an old font may lack a whole group
    info.classes.emplace_back(kEmojiGroups[i].name);
    used.push_back(&pictures.groups[i]);
  }
  return drawn_set(std::move(info), recipe, [&](std::size_t group, random::Draw& draw) {
    return placed_emoji((*used[group])[any_of(used[group]->size(), draw)], draw);
  });
}

}  // namespace vitrine::datasets
