// Values as text: one grammar, written and read here only.
#include "app/work/value.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/work/words.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::work {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_token(char c) {
  return starts_word(c) || is_digit(c) || c == '.' || c == '-' || c == '+';
}
bool is_reserved(std::string_view word) {
  return word == "true" || word == "false" || word == "nan" || word == "inf";
}
bool reads_bare(std::string_view text) {
  return !text.empty() && starts_word(text.front()) && std::all_of(text.begin(), text.end(), is_token) &&
         !is_reserved(text);
}

constexpr char kHexDigits[] = "0123456789abcdef";

void write_text(std::string& out, std::string_view text) {
  if (reads_bare(text)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += {'\\', 'x', kHexDigits[c >> 4], kHexDigits[c & 15]};
    } else {
      out += c;
    }
  }
  out += '"';
}

void write(std::string& out, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    out += *flag ? "true" : "false";
  } else if (const auto* count = std::get_if<std::int64_t>(&value)) {
    out += vitrine::to_text(*count);
  } else if (const auto* number = std::get_if<double>(&value)) {
    out += std::isnan(*number) ? "nan" : vitrine::to_text(*number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    write_text(out, *text);
  } else if (const auto* list = std::get_if<List>(&value)) {
    out += '[';
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (i != 0) out += ',';
      write(out, (*list)[i]);
    }
    out += ']';
  } else {
    out += '{';
    bool first = true;
    for (const auto& [field, entry] : std::get<Record>(value)) {
      if (!first) out += ',';
      first = false;
      write_text(out, field);
      out += ':';
      write(out, entry);
    }
    out += '}';
  }
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Value whole() {
    Value value = one(0);
    skip();
    if (at_ != text_.size()) fail("nothing more");
    return value;
  }

 private:
  [[noreturn]] void fail(std::string expected) const {
    std::string shown(text_.substr(0, 60));
    while (!is_utf8(shown)) shown.pop_back();
    if (shown.size() < text_.size()) shown += "…";
    std::string got = "the end";
    if (at_ < text_.size()) {
      const char c = text_[at_];
      got = c >= 0x20 && c < 0x7F ? std::string{'\'', c, '\''} : "a character that is not plain";
    }
    throw UsageError({"the value " + shown, "cannot be read at character " + to_text(std::int64_t(at_ + 1)),
                      std::move(expected), std::move(got),
                      "Write a number, true or false, an id, \"text\", a list [a,b] or a record {name:value}."});
  }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string_view token() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_token(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }

  Value one(int depth) {
    if (depth > limits::kNestingDepth)
      fail("at most " + to_text(std::int64_t{limits::kNestingDepth}) + " brackets deep");
    if (take('[')) return list(depth);
    if (take('{')) return record(depth);
    if (take('"')) return quoted();
    const std::size_t start = at_;
    const std::string_view word = token();
    if (word.empty()) fail("a value");
    if (starts_word(word.front())) {
      if (word == "true" || word == "false") return word == "true";
      if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
      if (word == "inf") return std::numeric_limits<double>::infinity();
      return std::string(word);
    }
    // "-0" is a real number: as an integer it would lose its sign.
    if (const auto count = parse_integer(word); count && word != "-0") return *count;
    if (const auto number = parse_real(word)) return *number;
    at_ = start;
    fail("a number");
  }

  Value list(int depth) {
    List items;
    if (take(']')) return items;
    do {
      if (items.size() == limits::kListLength)
        fail("at most " + to_text(std::int64_t{limits::kListLength}) + " entries");
      items.push_back(one(depth + 1));
    } while (take(','));
    if (!take(']')) fail("',' or ']'");
    return items;
  }

  Value record(int depth) {
    Record fields;
    if (take('}')) return fields;
    do {
      if (fields.size() == limits::kListLength)
        fail("at most " + to_text(std::int64_t{limits::kListLength}) + " fields");
      skip();
      std::string field = take('"') ? quoted() : std::string(token());
      if (field.empty()) fail("a field's name");
      if (!take(':')) fail("':'");
      fields.emplace_back(std::move(field), one(depth + 1));
    } while (take(','));
    if (!take('}')) fail("',' or '}'");
    std::vector<std::string_view> names;
    for (const auto& [field, value] : fields) names.push_back(field);
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) fail("each field once");
    return fields;
  }

  std::string quoted() {
    std::string out;
    while (at_ < text_.size() && text_[at_] != '"') {
      char c = text_[at_];
      if (c == '\\') {
        if (++at_ == text_.size()) fail("a character behind \\");
        c = text_[at_];
        if (c == 'n') {
          c = '\n';
        } else if (c == 'x') {
          c = hex();
        } else if (c != '"' && c != '\\') {
          fail("\\\", \\\\, \\n or \\x00");
        }
      }
      out += c;
      ++at_;
    }
    if (at_ == text_.size()) fail("a closing \"");
    ++at_;
    return out;
  }

  // Two digits behind \x; leaves at_ on the second. Plain control characters only, so that text stays UTF-8.
  char hex() {
    int code = 0;
    for (int i = 0; i < 2; ++i) {
      ++at_;
      const auto digit = at_ < text_.size() ? std::string_view(kHexDigits).find(text_[at_]) : std::string_view::npos;
      if (digit == std::string_view::npos) fail("two hexadecimal digits");
      code = 16 * code + static_cast<int>(digit);
    }
    if (code >= 0x80) fail("a code below 80");
    return static_cast<char>(code);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool same_number(std::int64_t count, double number) {
  return number >= -0x1p63 && number < 0x1p63 && number == std::trunc(number) &&
         static_cast<std::int64_t>(number) == count;
}

}  // namespace

// By meaning: 1 is 1.0, because text does not tell them apart, and not-a-number is itself.
bool operator==(const Value& a, const Value& b) {
  const auto* a_real = std::get_if<double>(&a);
  const auto* b_real = std::get_if<double>(&b);
  if (a_real && b_real) return *a_real == *b_real || (std::isnan(*a_real) && std::isnan(*b_real));
  if (const auto* count = std::get_if<std::int64_t>(&a); count && b_real) return same_number(*count, *b_real);
  if (const auto* count = std::get_if<std::int64_t>(&b); count && a_real) return same_number(*count, *a_real);
  using Alternatives = std::variant<bool, std::int64_t, double, std::string, List, Record>;
  return static_cast<const Alternatives&>(a) == static_cast<const Alternatives&>(b);
}

std::string to_text(const Value& value) {
  std::string out;
  write(out, value);
  return out;
}

Value parse_value(std::string_view text) {
  if (text.size() > limits::kTextBytes) {
    throw UsageError({"the value", "is too long",
                      "at most " + vitrine::to_text(std::int64_t{limits::kTextBytes}) + " bytes",
                      vitrine::to_text(std::int64_t(text.size())) + " bytes", "Shorten it."});
  }
  if (!is_utf8(text)) throw UsageError({"the value", "is not text", "UTF-8", "other bytes", "Write it as plain text."});
  return Parser(text).whole();
}

}  // namespace vitrine::work
