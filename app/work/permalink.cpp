// The grammar: a head, then parts between spaces; a space inside quotes or brackets belongs to its part.
#include "app/work/permalink.h"

#include <algorithm>

#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::work {
namespace {

constexpr std::string_view kHead = "vitrine:";
constexpr std::size_t kShown = 60;  // bytes of a part that an error repeats

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Takes the next part off the front.
std::string_view take_part(std::string_view& text) {
  text = trimmed(text);
  int depth = 0;
  bool quoted = false;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (quoted) {
      if (c == '\\') ++end;
      if (c == '"') quoted = false;
      continue;
    }
    if (is_space(c) && depth <= 0) break;
    if (c == '"') quoted = true;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
  }
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(part.size());
  return part;
}

[[noreturn]] void refuse(std::string_view part, std::string fact, std::string expected) {
  std::string shown(part.substr(0, kShown));
  while (!is_utf8(shown)) shown.pop_back();
  throw UsageError({"the link", std::move(fact), std::move(expected), shown.empty() ? "nothing" : shown,
                    "Copy the whole line again."});
}

}  // namespace

std::string to_text(const Permalink& link) {
  std::string text = std::string(kHead) + link.exhibit;
  for (const auto& [path, value] : link.settings) text += " " + path + "=" + to_text(value);
  return text;
}

bool looks_like_permalink(std::string_view text) {
  return trimmed(text).starts_with(kHead);
}

Permalink parse_permalink(std::string_view text) {
  if (text.size() > limits::kTextBytes) {
    throw UsageError({"the link", "is too long", "at most " + to_text(std::int64_t{limits::kTextBytes}) + " bytes",
                      to_text(static_cast<std::int64_t>(text.size())) + " bytes", "Save a file instead."});
  }
  if (!is_utf8(text)) throw UsageError({"the link", "is not text", "UTF-8", "other bytes", "Copy the line again."});
  Permalink link;
  const std::string_view head = take_part(text);
  if (!head.starts_with(kHead) || head.size() == kHead.size()) {
    refuse(head, "does not begin as one", std::string(kHead) + " and an exhibit");
  }
  link.exhibit = head.substr(kHead.size());
  for (std::string_view part = take_part(text); !part.empty(); part = take_part(text)) {
    const std::size_t equals = part.find('=');
    if (equals == 0 || equals == part.npos) refuse(part, "has a part that sets nothing", "path=value");
    std::string path(part.substr(0, equals));
    const bool twice =
        std::ranges::find(link.settings, path, [](const auto& each) { return each.first; }) != link.settings.end();
    if (twice) refuse(part, "sets a control twice", "each once");
    if (link.settings.size() == limits::kListLength) refuse(part, "has too many parts", "fewer");
    link.settings.emplace_back(std::move(path), parse_value(part.substr(equals + 1)));
  }
  return link;
}

}  // namespace vitrine::work
