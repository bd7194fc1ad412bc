// Text: measured, cut, placed by its baseline, reported.
#include <algorithm>
#include <cmath>

#include <imgui_internal.h>

#include "app/ui/draw.h"
#include "app/ui/fonts.h"
#include "app/ui/imgui_compat.h"
#include "app/ui/svg.h"

namespace vitrine::ui {
namespace {
constexpr std::uint32_t kTopLayer = 1;  // of what lies over all windows: no window has this id
}

std::size_t next_character(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

float text_width(const Ui& ui, Type type, std::string_view text) {
  const ImFont* font = ui.fonts->font(type);
  float width = 0;
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    unsigned c = 0;
    at += std::max(1, ImTextCharFromUtf8(&c, at, end));
    width += font->GetCharAdvance(static_cast<ImWchar>(c));
  }
  return width;
}

void glyphs(Ui& ui, float x, float baseline, std::string_view text, Type type, Colour colour) {
  if (text.empty()) return;
  const ImFont* font = ui.fonts->font(type);
  ImDrawList* list = ui.canvas();
  Colour ink = fade(colour, ui.dim);
  float top = snap(baseline) - ui.fonts->ascent(type);
  int reserved = static_cast<int>(text.size()), drawn = 0;
  list->PrimReserve(6 * reserved, 4 * reserved);
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    unsigned c = 0;
    at += std::max(1, ImTextCharFromUtf8(&c, at, end));
    const ImFontGlyph* glyph = font->FindGlyph(static_cast<ImWchar>(c));
    if (glyph && glyph->Visible) {
      float left = snap(x);
      list->PrimRectUV({left + glyph->X0, top + glyph->Y0}, {left + glyph->X1, top + glyph->Y1}, {glyph->U0, glyph->V0},
                       {glyph->U1, glyph->V1}, ink);
      ++drawn;
    }
    x += font->GetCharAdvance(static_cast<ImWchar>(c));
  }
  list->PrimUnreserve(6 * (reserved - drawn), 4 * (reserved - drawn));
}

void record_run(Ui& ui, float x, float baseline, float width, std::string_view text, Type type, Colour colour) {
  if (!ui.svg) return;
  const bool strong = type == Type::display || type == Type::title || type == Type::section;
  const bool medium = type == Type::big || type == Type::value || type == Type::small_value;
  ui.svg->text({x, baseline}, text, fade(colour, ui.dim),
               {.family = type == Type::mono ? std::string_view("DejaVu Sans Mono") : ui.fonts->family(),
                .size = ui.theme.size(type),
                .weight = strong   ? 600
                          : medium ? 500
                                   : 400,
                .width = width});
}

std::uint32_t audit_layer(const Ui& ui) {
  return ui.list ? kTopLayer : imgui_compat::layer();
}

void report_run(Ui& ui, Audit::Run run, Type type, float baseline) {
  if (!ui.audit) return;
  float cap = ui.fonts->cap_height(type);
  run.fit.y = run.ink.y = baseline - cap;
  run.fit.h = run.ink.h = cap;
  run.ground = ui.ground;
  run.exempt = ui.dim < 1;
  run.layer = audit_layer(ui);
  ui.audit->run(std::move(run));
}

std::string fitting(const Ui& ui, Type type, std::string_view text, float width) {
  if (text_width(ui, type, text) <= width + 1) return std::string(text);
  float used = text_width(ui, type, "…");
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t next = next_character(text, end);
    used += text_width(ui, type, text.substr(end, next - end));
    if (used > width) break;
    end = next;
  }
  return std::string(text.substr(0, end)) + "…";
}

float text_on(Ui& ui, float left, float right, float baseline, std::string_view text, TextStyle style) {
  Colour colour = style.colour ? style.colour : ui.theme->ink;
  float whole = text_width(ui, style.type, text), width = whole, space = right - left;
  std::string cut;
  std::string_view shown = text;
  if (whole > space + 1) {
    cut = fitting(ui, style.type, text, space);
    width = text_width(ui, style.type, cut);
    shown = cut;
  }
  float x = style.align == Align::left    ? left
            : style.align == Align::right ? right - width
                                          : left + (space - width) / 2;
  x = snap(x);
  baseline = snap(baseline);
  report_run(ui,
             {std::string(text),
              {left, 0, space, 0},
              {x, 0, style.may_cut ? width : whole, 0},
              colour,
              0,
              style.may_cut,
              false},
             style.type, baseline);
  record_run(ui, x, baseline, width, shown, style.type, colour);
  glyphs(ui, x, baseline, shown, style.type, colour);
  return width;
}

float baseline_in(const Ui& ui, const Rect& box, Type type) {
  return snap(box.middle_y() + ui.fonts->cap_height(type) / 2);
}

float text(Ui& ui, const Rect& box, std::string_view text, TextStyle style) {
  return text_on(ui, box.x, box.right(), baseline_in(ui, box, style.type), text, style);
}

// As many bytes of a word as there is room for; at least one character.
static std::size_t bytes_that_fit(const Ui& ui, Type type, std::string_view word, float room) {
  std::size_t end = next_character(word, 0);
  float width = text_width(ui, type, word.substr(0, end));
  while (end < word.size()) {
    const std::size_t next = next_character(word, end);
    width += text_width(ui, type, word.substr(end, next - end));
    if (width > room) break;
    end = next;
  }
  return end;
}

float paragraph(Ui& ui, const Rect& box, std::string_view text, TextStyle style, bool draw) {
  float pitch = ui.theme.line(style.type), space = text_width(ui, style.type, " "), y = box.y;
  auto put = [&](std::string_view one) {
    if (draw) ui::text(ui, {box.x, y, box.w, pitch}, one, style);
    y += pitch;
  };
  while (!text.empty()) {
    std::string_view rest = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(rest.size() + 1, text.size()));
    std::size_t end = 0, at = 0;
    float width = 0;
    while (at < rest.size()) {
      std::size_t word_end = std::min(rest.find(' ', at), rest.size());
      float word = text_width(ui, style.type, rest.substr(at, word_end - at));
      if (end > 0 && width + space + word > box.w) {
        put(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        at = end = 0, width = 0;
        continue;
      }
      if (word > box.w && box.w > 0 && !style.may_cut) {  // no line holds it: a path, an address
        const std::size_t part = bytes_that_fit(ui, style.type, rest.substr(0, word_end), box.w);
        put(rest.substr(0, part));
        rest.remove_prefix(part);
        at = 0;
        continue;
      }
      width += (end > 0 ? space : 0) + word;
      end = word_end;
      at = word_end + 1;
    }
    put(rest);
  }
  return y - box.y;
}

}  // namespace vitrine::ui
