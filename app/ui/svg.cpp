// Elements, attributes and escapes of SVG 1.1.
#include "app/ui/svg.h"

#include <array>

#include "app/ui/png.h"
#include "engine/core/number.h"

namespace vitrine::ui {
namespace {
constexpr int kDigits = 2;  // of a device pixel

std::string digits(float v) {
  std::string text = fixed_text(static_cast<double>(v), kDigits);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string attribute(std::string_view name, float v) {
  return " " + std::string(name) + "=\"" + digits(v) + "\"";
}

std::string place(const Rect& r) {
  return attribute("x", r.x) + attribute("y", r.y) + attribute("width", r.w) + attribute("height", r.h);
}

// fill="#rrggbb", and its opacity when it is not opaque.
std::string paint(std::string_view what, Colour colour) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text = " " + std::string(what) + "=\"#";
  for (int channel : {red(colour), green(colour), blue(colour)}) {
    text += kHex[static_cast<std::size_t>(channel / 16)];
    text += kHex[static_cast<std::size_t>(channel % 16)];
  }
  text += '"';
  if (alpha(colour) < 255) text += attribute(std::string(what) + "-opacity", static_cast<float>(alpha(colour)) / 255);
  return text;
}

std::string stroke(Colour colour, float width) {
  return " fill=\"none\"" + paint("stroke", colour) + attribute("stroke-width", width);
}

std::string corners(std::span<const Point> points) {
  std::string text = " points=\"";
  for (const Point& p : points) text += digits(p.x) + "," + digits(p.y) + " ";
  text.back() = '"';
  return text;
}

// Characters that mean something to XML, and those it forbids.
std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? kLetters[three >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}
}  // namespace

Svg::Svg(const Rect& page, float scale) {
  out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
  out_ += attribute("width", page.w / scale) + attribute("height", page.h / scale) + " viewBox=\"" + digits(page.x) +
          " " + digits(page.y) + " " + digits(page.w) + " " + digits(page.h) + "\">\n";
}

void Svg::box(const Rect& rect, Colour colour, float radius) {
  out_ += "<rect" + place(rect) + (radius > 0 ? attribute("rx", radius) : "") + paint("fill", colour) + "/>\n";
}

void Svg::frame(const Rect& rect, Colour colour, float width, float radius) {
  out_ += "<rect" + place(rect) + (radius > 0 ? attribute("rx", radius) : "") + stroke(colour, width) + "/>\n";
}

void Svg::path(std::span<const Point> points, Colour colour, float width, bool closed) {
  if (points.size() < 2) return;
  out_ += (closed ? "<polygon" : "<polyline") + corners(points) + stroke(colour, width) + "/>\n";
}

void Svg::dashes(std::span<const Point> points, Colour colour, float width, float on, float off) {
  if (points.size() < 2) return;
  out_ += "<polyline" + corners(points) + stroke(colour, width) + " stroke-dasharray=\"" + digits(on) + " " +
          digits(off) + "\"/>\n";
}

void Svg::polygon(std::span<const Point> points, Colour colour) {
  if (points.size() > 2) out_ += "<polygon" + corners(points) + paint("fill", colour) + "/>\n";
}

void Svg::disc(Point at, float radius, Colour colour) {
  out_ += "<circle" + attribute("cx", at.x) + attribute("cy", at.y) + attribute("r", radius) + paint("fill", colour) +
          "/>\n";
}

void Svg::ring(Point at, float radius, Colour colour, float width) {
  out_ += "<circle" + attribute("cx", at.x) + attribute("cy", at.y) + attribute("r", radius) + stroke(colour, width) +
          "/>\n";
}

void Svg::picture(const Texture& texture, const Rect& rect, float radius, float opacity) {
  if (texture.image.rgba.empty()) return;
  std::string clip;
  if (radius > 0) {
    clip_path(rect, radius);
    clip = " clip-path=\"url(#c" + to_text(std::int64_t{clips_}) + ")\"";
  }
  out_ += "<image" + place(rect) + " preserveAspectRatio=\"none\"" + clip +
          (opacity < 1 ? attribute("opacity", opacity) : "") +
          (texture.filter == Filter::nearest ? " style=\"image-rendering:pixelated\"" : "") +
          " xlink:href=\"data:image/png;base64," + base64(encode_png(texture.image)) + "\"/>\n";
}

void Svg::text(Point baseline, std::string_view text, Colour colour, const SvgText& style) {
  if (text.empty()) return;
  out_ += "<text" + attribute("x", baseline.x) + attribute("y", baseline.y) + " font-family=\"" +
          escaped(style.family) + ", sans-serif\"" + attribute("font-size", style.size) + " font-weight=\"" +
          to_text(std::int64_t{style.weight}) + "\"" + attribute("textLength", style.width) +
          " style=\"font-variant-numeric:tabular-nums\"" + paint("fill", colour) + ">" + escaped(text) + "</text>\n";
}

void Svg::clip_path(const Rect& rect, float radius) {
  out_ += "<clipPath id=\"c" + to_text(std::int64_t{++clips_}) + "\"><rect" + place(rect) + attribute("rx", radius) +
          "/></clipPath>\n";
}

void Svg::push_clip(const Rect& rect) {
  clip_path(rect, 0);
  out_ += "<g clip-path=\"url(#c" + to_text(std::int64_t{clips_}) + ")\">\n";
  ++open_;
}

void Svg::pop_clip() {
  if (open_ == 0) return;
  out_ += "</g>\n";
  --open_;
}

std::string Svg::finish() {
  while (open_ > 0) pop_clip();
  return out_ + "</svg>\n";
}

}  // namespace vitrine::ui
