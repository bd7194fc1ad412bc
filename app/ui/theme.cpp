// The one table of colours and type sizes, and the arithmetic of colour.
#include "app/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace vitrine::ui {
namespace {

constexpr Tokens kDark = {.wall = rgb(0x15171A),
                          .pane = rgb(0x0C0E10),
                          .ink = rgb(0xF2F3F0),
                          .ink2 = rgb(0xA9AEB4),
                          .ink3 = rgb(0x8A9097),
                          .hair = rgb(0x2B2F34),
                          .accent = rgb(0x5FD3A6),
                          .on_accent = rgb(0x06140E),
                          .warning = rgb(0xE8C24A),
                          .error = rgb(0xFF8478),
                          .raised = rgb(0x25272A),
                          .segment = 0,
                          .overlay_gain = 1,
                          .error_overlay = 0.12f,
                          .raised_edge = 0.14f,
                          .pane_edge = false,
                          .diverging = {rgb(0xFF9A4A), rgb(0xCC742D), rgb(0x8C5122), rgb(0x4A2F1A), rgb(0x15181B),
                                        rgb(0x1C3850), rgb(0x2A6499), rgb(0x3D8FD6), rgb(0x67B7FF)},
                          .categories = {rgb(0x5AAEF5), rgb(0xF58A3C), rgb(0xF9EA5A), rgb(0xB3FBC2), rgb(0xBA6A96),
                                         rgb(0xD53B42), rgb(0x926DDE), rgb(0x60DFEB)},
                          .point1 = rgb(0x9BD0FF),
                          .point2 = rgb(0xFFB778),
                          .point_test = rgb(0xFFFFFF),
                          .point_casing = rgb(0x0C0E10)};

constexpr Tokens kLight = {.wall = rgb(0xF1F0ED),
                           .pane = rgb(0xFFFFFF),
                           .ink = rgb(0x17191B),
                           .ink2 = rgb(0x4F555B),
                           .ink3 = rgb(0x676D73),
                           .hair = rgb(0xDAD8D3),
                           .accent = rgb(0x0A7A58),
                           .on_accent = rgb(0xFFFFFF),
                           .warning = rgb(0x856000),
                           .error = rgb(0xB3261E),
                           .raised = rgb(0xFFFFFF),
                           .segment = rgb(0xFFFFFF),
                           .overlay_gain = 1,
                           .error_overlay = 0.08f,
                           .raised_edge = 0.14f,
                           .pane_edge = true,
                           .diverging = {rgb(0xC25E00), rgb(0xDE833F), rgb(0xF0AC7C), rgb(0xFAD5BA), rgb(0xF6F5F2),
                                         rgb(0xC3DCF5), rgb(0x8CB9E8), rgb(0x4E92D4), rgb(0x0F69B5)},
                           .categories = {rgb(0x1B6AB3), rgb(0xD9640F), rgb(0x685200), rgb(0x42A37F), rgb(0xB81977),
                                          rgb(0x650004), rgb(0xA77AFA), rgb(0x013645)},
                           .point1 = rgb(0x1B6AB3),
                           .point2 = rgb(0xB85200),
                           .point_test = rgb(0x17191B),
                           .point_casing = rgb(0xFFFFFF)};

constexpr Tokens kContrast = {.wall = rgb(0x000000),
                              .pane = rgb(0x000000),
                              .ink = rgb(0xFFFFFF),
                              .ink2 = rgb(0xFFFFFF),
                              .ink3 = rgb(0xD6D6D6),
                              .hair = rgb(0xFFFFFF),
                              .accent = rgb(0x5CFFC3),
                              .on_accent = rgb(0x000000),
                              .warning = rgb(0xFFD84D),
                              .error = rgb(0xFF9A90),
                              .raised = rgb(0x000000),
                              .segment = 0,
                              .overlay_gain = 2.2f,
                              .error_overlay = 0.12f,
                              .raised_edge = 1,
                              .pane_edge = true,
                              .diverging = {rgb(0xFFB060), rgb(0xD08844), rgb(0x8F5E30), rgb(0x4D321A), rgb(0x000000),
                                            rgb(0x243C4D), rgb(0x427090), rgb(0x5FA3D1), rgb(0x95D3FF)},
                              .categories = kDark.categories,
                              .point1 = rgb(0x9BD0FF),
                              .point2 = rgb(0xFFB778),
                              .point_test = rgb(0xFFFFFF),
                              .point_casing = rgb(0x000000)};

constexpr float overlay_share(Overlay which) {
  switch (which) {
    case Overlay::hovered_row:
      return 0.05f;
    case Overlay::tray:
      return 0.06f;
    case Overlay::quiet:
      return 0.08f;
    case Overlay::bar_track:
      return 0.09f;
    case Overlay::area:
      return 0.12f;
    case Overlay::track:
      return 0.14f;
    case Overlay::quiet_hover:
      return 0.14f;
    case Overlay::segment:
      return 0.15f;
    case Overlay::future:
      return 0.22f;
    case Overlay::axis:
      return 0.28f;
    case Overlay::hair_line:
      return 0.35f;
  }
  return 0;
}

constexpr TypeSize kTypeSizes[kTypes] = {{36, 42}, {24, 30}, {24, 30}, {15, 22}, {15, 23},
                                         {15, 20}, {13, 18}, {13, 18}, {13, 20}};

Colour pack(float r, float g, float b, float a) {
  auto byte = [](float v) { return static_cast<Colour>(std::lround(std::clamp(v, 0.0f, 255.0f))); };
  return byte(a) << 24 | byte(b) << 16 | byte(g) << 8 | byte(r);
}

float linear(int channel) {
  float v = static_cast<float>(channel) / 255;
  return v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f);
}

struct Triple {
  float a, b, c;
};

// Full dichromacy in linear light: Machado, Oliveira, Fernandes 2009, severity 1.
Triple seen(Colour colour, Sight sight) {
  static constexpr float kSight[4][9] = {
      {1, 0, 0, 0, 1, 0, 0, 0, 1},
      {0.152286f, 1.052583f, -0.204868f, 0.114503f, 0.786281f, 0.099216f, -0.003882f, -0.048116f, 1.051998f},
      {0.367322f, 0.860646f, -0.227968f, 0.280085f, 0.672501f, 0.047413f, -0.011820f, 0.042940f, 0.968881f},
      {1.255528f, -0.076749f, -0.178779f, -0.078411f, 0.930809f, 0.147602f, 0.004733f, 0.691367f, 0.303900f}};
  const float* m = kSight[static_cast<int>(sight)];
  float r = linear(red(colour)), g = linear(green(colour)), b = linear(blue(colour));
  auto row = [&](int i) { return std::clamp(m[i] * r + m[i + 1] * g + m[i + 2] * b, 0.0f, 1.0f); };
  return {row(0), row(3), row(6)};
}

// Björn Ottosson's OKLab.
Triple oklab(Triple rgb_linear) {
  auto [r, g, b] = rgb_linear;
  float l = std::cbrt(0.4122214708f * r + 0.5363325363f * g + 0.0514459929f * b);
  float m = std::cbrt(0.2119034982f * r + 0.6806995451f * g + 0.1073969566f * b);
  float s = std::cbrt(0.0883024619f * r + 0.2817188376f * g + 0.6299787005f * b);
  return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
          1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
          0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

}  // namespace

const Tokens& tokens(Look look) {
  return look == Look::dark ? kDark : look == Look::light ? kLight : kContrast;
}

TypeSize type_size(Type type) {
  return kTypeSizes[static_cast<int>(type)];
}

Colour fade(Colour c, float opacity) {
  Colour a = static_cast<Colour>(std::lround(static_cast<float>(alpha(c)) * std::clamp(opacity, 0.0f, 1.0f)));
  return (c & 0x00FFFFFF) | a << 24;
}

Colour mix(Colour a, Colour b, float share) {
  auto blend = [share](int x, int y) { return static_cast<float>(x) + share * static_cast<float>(y - x); };
  return pack(blend(red(a), red(b)), blend(green(a), green(b)), blend(blue(a), blue(b)), 255);
}

Colour over(Colour top, Colour ground) {
  return mix(ground, top, static_cast<float>(alpha(top)) / 255);
}

float luminance(Colour c) {
  return 0.2126f * linear(red(c)) + 0.7152f * linear(green(c)) + 0.0722f * linear(blue(c));
}

float contrast(Colour a, Colour b) {
  float x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05f) / (std::min(x, y) + 0.05f);
}

Colour text_on(Colour cell) {
  return luminance(cell) > 0.179f ? rgb(0x000000) : rgb(0xFFFFFF);
}

float oklab_distance(Colour a, Colour b, Sight sight) {
  Triple p = oklab(seen(a, sight)), q = oklab(seen(b, sight));
  return std::hypot(p.a - q.a, p.b - q.b, p.c - q.c);
}

float Theme::u(float units) const {
  return std::round(units * measure::unit * scale_);
}
float Theme::size(Type type) const {
  return std::round(type_size(type).size * scale_);
}
float Theme::line(Type type) const {
  return std::round(type_size(type).line * scale_);
}
float Theme::slider_pitch() const {
  return std::round((compact_ ? measure::slider_pitch_compact : measure::slider_pitch) * scale_);
}
float Theme::choice_pitch() const {
  return std::round((compact_ ? measure::choice_pitch_compact : measure::choice_pitch) * scale_);
}

Colour Theme::ink_share(float share) const {
  return fade(t().ink, share * t().overlay_gain);
}
Colour Theme::overlay(Overlay which) const {
  return ink_share(overlay_share(which));
}
Colour Theme::overlay(Overlay which, Colour ground) const {
  return over(overlay(which), ground);
}

Colour Theme::diverging(float v) const {
  if (std::isnan(v)) return t().error;
  float at = (std::clamp(v, -1.0f, 1.0f) + 1) * 4;
  int stop = std::min(static_cast<int>(at), 7);
  auto i = static_cast<std::size_t>(stop);
  return mix(t().diverging[i], t().diverging[i + 1], at - static_cast<float>(stop));
}

Colour Theme::sequential(float v) const {
  return diverging(v < 0 ? 0.0f : v);
}

Colour Theme::category(int i) const {
  return i >= 0 && i < kCategories ? t().categories[static_cast<std::size_t>(i)] : t().ink3;
}

Colour Theme::inverse_quiet() const {
  return mix(t().pane, t().ink, 0.25f);
}

Colour Theme::signed_ink(float v) const {
  return v == 0 ? t().ink : mix(v < 0 ? t().diverging.front() : t().diverging.back(), t().ink, 0.20f);
}

}  // namespace vitrine::ui
