// Words and numbers in the order in which they appear, and one rule for what is normal.
#include "datasets/anomaly/row_labels.h"

#include <algorithm>
#include <utility>

#include "datasets/files/bytes.h"
#include "datasets/files/csv_rows.h"
#include "engine/core/number.h"

namespace vitrine::datasets {
namespace {

template <class List>
bool among(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

bool counts_anomalies(std::string_view column) {
  static constexpr std::string_view kNames[] = {"anomaly", "is_anomaly", "outlier", "is_outlier", "fraud"};
  return among(kNames, in_lower_case(column));
}

// "Kind 2" rather than a bare number; a word speaks for itself.
std::string name_of(std::string_view label) {
  return parse_real(label) ? "Kind " + std::string(label) : std::string(label);
}

bool before(const std::string& a, const std::string& b) {
  const auto x = parse_real(a), y = parse_real(b);
  if (x && y) return *x < *y;
  return x || y ? x.has_value() : a < b;
}

}  // namespace

bool names_label(std::string_view column) {
  static constexpr std::string_view kNames[] = {"label", "class", "target", "species", "kind"};
  return among(kNames, in_lower_case(column)) || counts_anomalies(column);
}

// KDD's labels end in a point.
bool means_normal(std::string_view label) {
  static constexpr std::string_view kWords[] = {"normal", "normal.", "ok", "good", "benign", "healthy", "false", "no"};
  return among(kWords, in_lower_case(label));
}

std::optional<std::uint8_t> RowLabels::place_of(std::string_view field, char delimiter) {
  auto found = places_.find(field);
  if (found == places_.end()) {  // perhaps the same number, written in another way
    const auto number = field_number(field, delimiter);
    const std::string label = number ? to_text(*number + 0.0f) : std::string(field);  // −0 is 0
    const auto same = std::ranges::find(labels_, label);
    const auto place = static_cast<std::size_t>(same - labels_.begin());
    constexpr std::size_t kMostSpellings = 4096;
    if (place == kMostKinds || places_.size() == kMostSpellings) return {};
    if (same == labels_.end()) labels_.push_back(label), counts_.push_back(0);
    found = places_.emplace(std::string(field), static_cast<std::uint8_t>(place)).first;
  }
  ++counts_[found->second];
  return found->second;
}

RowLabels::Normal RowLabels::normal(std::string_view column) const {
  const auto is_word = [](const std::string& label) { return !parse_real(label).has_value(); };
  if (std::ranges::any_of(labels_, is_word)) {
    const auto found = std::ranges::find_if(labels_, means_normal);
    if (found != labels_.end()) return {*found, ""};
  } else {
    if (counts_anomalies(column)) return {"0", ""};
    if (!among(labels_, "0")) return {"1", ""};
  }
  const auto most = static_cast<std::size_t>(std::ranges::max_element(counts_) - counts_.begin());
  return {labels_[most],
          "The labels do not say what is normal; the most frequent, " + labels_[most] + ", is taken for it."};
}

RowLabels::Kinds RowLabels::kinds(std::string_view column) const {
  if (labels_.empty()) return {{"Normal"}, {""}, {}, {}};
  Normal first = normal(column);
  Kinds all{{"Normal"}, {std::move(first.label)}, {}, std::move(first.note)};
  std::vector<std::string> others = labels_;
  std::erase(others, all.labels.front());
  std::ranges::sort(others, before);
  for (std::string& label : others) {
    all.names.push_back(name_of(label));
    all.labels.push_back(std::move(label));
  }
  Kinds kinds = kinds_like(all);
  kinds.note = std::move(all.note);
  return kinds;
}

RowLabels::Kinds RowLabels::kinds_like(const Kinds& others) const {
  Kinds kinds{others.names, others.labels, {}, {}};
  for (const std::string& label : labels_) {
    const auto place = static_cast<std::size_t>(std::ranges::find(kinds.labels, label) - kinds.labels.begin());
    if (place == kinds.labels.size()) kinds.names.push_back(name_of(label)), kinds.labels.push_back(label);
    kinds.where.push_back(static_cast<std::uint8_t>(std::min(place, kMostKinds)));
  }
  return kinds;
}

}  // namespace vitrine::datasets
