// RowLabels counts what a column of labels says, and decides which of its kinds is the normal one. Other rows of the
// same origin are judged by the same decision: what is rare in one file may be most of the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::datasets {

// Is this what people call the column that says what a row is?
bool names_label(std::string_view column);
bool means_normal(std::string_view label);  // a word such as "normal"

class RowLabels {
 public:
  static constexpr std::size_t kMostKinds = 255;

  // The place of a label among those that occurred; nothing where there would be too many kinds. Numbers are the same
  // however they are written.
  std::optional<std::uint8_t> place_of(std::string_view field, char delimiter);
  std::size_t size() const { return counts_.size(); }

  // The kinds as a data set has them: the normal one first, the others by number or by word. `where` turns places into
  // them.
  struct Kinds {
    std::vector<std::string> names;   // on screen
    std::vector<std::string> labels;  // as the file has them
    std::vector<std::uint8_t> where;  // of each place
    std::string note;                 // how the normal one was found, where the labels do not say it
  };
  // 1 is the normal kind among numbers, unless a 0 occurs: then 0 in a column of anomalies, else the most frequent. A
  // word such as "normal" is it among words, else the most frequent.
  Kinds kinds(std::string_view column) const;
  // As other rows were named; labels that those lack are further kinds.
  Kinds kinds_like(const Kinds& others) const;

 private:
  struct Normal {
    std::string label, note;
  };
  Normal normal(std::string_view column) const;

  std::map<std::string, std::uint8_t, std::less<>> places_;
  std::vector<std::string> labels_;  // by place
  std::vector<std::size_t> counts_;
};

}  // namespace vitrine::datasets
