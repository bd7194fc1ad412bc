// Fields, quotes, ends of lines.
#include "datasets/files/csv_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "datasets/files/bytes.h"
#include "engine/core/error.h"
#include "engine/core/limits.h"
#include "engine/core/number.h"

namespace vitrine::datasets {
namespace {

constexpr std::size_t kSniffedRows = 20;  // enough to see a pattern, few enough to be instant

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

CsvRows::CsvRows(std::string_view text, std::string_view file, char delimiter, std::size_t first_line)
    : text_(text), file_(file), delimiter_(delimiter), line_(first_line), row_line_(first_line) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";  // that some programs put before UTF-8
  if (text_.starts_with(kMark)) text_.remove_prefix(kMark.size());
  if (first_line == 1) skip_remarks();
}

void CsvRows::skip_remarks() {
  const auto line_at = [this](std::size_t at) { return text_.substr(at, text_.find_first_of("\r\n", at) - at); };
  while (at_ < text_.size() && (text_[at_] == '#' || text_[at_] == '\n' || text_[at_] == '\r')) {
    const std::string_view remark = line_at(at_);
    std::size_t next = at_ + remark.size();
    if (next == text_.size()) return;
    next += text_[next] == '\r' && next + 1 < text_.size() && text_[next + 1] == '\n' ? 2 : 1;
    const std::string_view below = line_at(next);
    const std::size_t words = std::min(remark.find_first_not_of("# \t"), remark.size());
    const bool names = !remark.empty() && !below.empty() && !below.starts_with('#');
    if (names && fields_of(remark.substr(words)) == fields_of(below)) {
      at_ += words;
      return;
    }
    at_ = next;
    ++line_;
  }
}

std::size_t CsvRows::fields_of(std::string_view line) const {
  const auto parts = [&](char c) { return c == delimiter_ || (delimiter_ == ' ' && c == '\t'); };
  std::size_t count = 1;
  for (std::size_t i = 1; i < line.size(); ++i)
    if (parts(line[i]) && !(delimiter_ == ' ' && parts(line[i - 1]))) ++count;
  return count;
}

void CsvRows::fail(std::size_t column, std::string fact, std::string expected, std::string got,
                   std::string remedy) const {
  const std::string place = "line " + count_text(row_line_) + ", column " + count_text(column + 1);
  constexpr std::size_t kShown = 40;  // characters of what was found
  if (got.size() > kShown) got = got.substr(0, kShown) + "…";
  refuse_file(file_, place + " " + std::move(fact), std::move(expected), std::move(got), std::move(remedy));
}

bool CsvRows::next() {
  while (at_ < text_.size()) {
    read_row();
    if (fields_.size() > 1 || !fields_[0].empty()) return true;
  }
  return false;
}

void CsvRows::read_row() {
  fields_.clear();
  unquoted_.clear();
  row_line_ = line_;
  for (;;) {
    if (delimiter_ == ' ') at_ = std::min(text_.find_first_not_of(" \t", at_), text_.size());
    if (fields_.size() >= limits::kTableColumns) {
      fail(fields_.size(), "is one too many", "at most " + count_text(limits::kTableColumns) + " columns", "more",
           "Check the delimiter.");
    }
    const bool quotes = at_ < text_.size() && text_[at_] == '"';
    const std::string_view field = quotes ? quoted() : trimmed(plain());
    const char end = at_ < text_.size() ? text_[at_] : '\n';
    const bool last = end == '\n' || end == '\r';
    // Spaces at a line's end part nothing from nothing.
    if (!(delimiter_ == ' ' && last && field.empty() && !quotes && !fields_.empty())) fields_.push_back(field);
    if (at_ < text_.size()) ++at_;
    if (!last) continue;
    if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
    return;
  }
}

// A plain loop: a search for any of four characters takes several times as long, and this is most of what reading
// takes.
std::string_view CsvRows::plain() {
  const std::size_t start = at_;
  const char also = delimiter_ == ' ' ? '\t' : '\n';
  const auto ends = [&](char c) { return c == delimiter_ || c == '\n' || c == '\r' || c == also; };
  while (at_ < text_.size() && !ends(text_[at_])) ++at_;
  return text_.substr(start, at_ - start);
}

std::string_view CsvRows::quoted() {
  const std::size_t start = ++at_;
  bool doubled = false;
  for (;; ++at_) {
    if (at_ >= text_.size()) {
      fail(fields_.size(), "opens a quote that never closes", "a closing \"", "the end of the file",
           "Close the quote.");
    }
    if (text_[at_] == '\n') ++line_;
    if (text_[at_] != '"') continue;
    if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    ++at_;
  }
  std::string_view field = text_.substr(start, at_ - start);
  ++at_;
  if (const std::string_view rest = trimmed(plain()); !rest.empty()) {
    fail(fields_.size(), "goes on behind its closing quote", "a delimiter", std::string(rest),
         "Quote the whole field.");
  }
  if (!doubled) return field;
  std::string single;
  for (std::size_t i = 0; i < field.size(); ++i) {
    single += field[i];
    if (field[i] == '"') ++i;
  }
  return unquoted_.emplace_back(std::move(single));
}

char sniffed_delimiter(std::string_view text, std::string_view file) {
  char best = ',', fallback = ',';
  std::size_t most = 1, most_at_first = 1;
  // The comma stands behind those beside which it may be a decimal point.
  for (const char candidate : std::array<char, 5>{'\t', ';', '|', ',', ' '}) {
    CsvRows rows(text, file, candidate);
    std::size_t count = 0, width = 0;
    bool same = true;
    try {
      while (same && count < kSniffedRows && rows.next()) {
        if (count++ == 0) width = rows.fields().size();
        same = rows.fields().size() == width;
      }
    } catch (const FileError&) {
      same = false;  // with this delimiter the quotes make no sense
    }
    if (same && width > most) best = candidate, most = width;
    if (width > most_at_first) fallback = candidate, most_at_first = width;
  }
  return most > 1 ? best : fallback;
}

std::optional<float> field_number(std::string_view field, char delimiter) {
  if (field.starts_with('+')) field.remove_prefix(1);
  std::optional<double> value = parse_real(field);
  if (!value && delimiter != ',' && field.find(',') != field.npos && field.find('.') == field.npos) {
    std::string point(field);
    std::ranges::replace(point, ',', '.');
    value = parse_real(point);
  }
  if (!value) return {};
  const auto narrow = static_cast<float>(*value);
  return narrow - narrow == 0 ? std::optional(narrow) : std::nullopt;  // neither infinite nor no number
}

bool has_header(std::string_view text, std::string_view file, char delimiter) {
  CsvRows rows(text, file, delimiter);
  std::vector<bool> first;
  if (!rows.next()) return false;
  for (const auto field : rows.fields()) first.push_back(field_number(field, delimiter).has_value());
  if (std::ranges::count(first, true) == 0) return true;
  if (!rows.next() || rows.fields().size() != first.size()) return false;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (!first[i] && field_number(rows.fields()[i], delimiter)) return true;
  }
  return false;
}

}  // namespace vitrine::datasets
