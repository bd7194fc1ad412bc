// An Argument is one row of a table: a name, what values it takes, what it is when nobody says, and one sentence of
// meaning. Layers, initialisers, regularisers and constraints declare their arguments in such tables, once; reading
// them from code and from files, checking, writing them back and the reference in docs follow from the rows. A table is
// resolved into Arguments: one checked value for each row.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "engine/nn/config.h"

namespace vitrine::nn {

// Whose defaults an absent argument has: ours (as Keras), or those of TensorFlow.js, which its files leave out.
enum class Convention : std::uint8_t { ours, tfjs };

enum class Takes : std::uint8_t {
  whole,        // a whole number
  real,         // a finite number
  truth,        // true or false
  text,         // any text
  choice,       // one of a few words
  wholes,       // whole numbers; one number is a list of one
  extents,      // a shape: whole numbers, of which "none" (-1 in code) is unknown
  pairs,        // [before, after] for each axis; one number, or one pair, is for all
  reals,        // numbers; one number is a list of one
  activation,   // the name of one
  initialiser,  // a name, or a record of class_name and config; likewise the next two
  regulariser,
  constraint,
  layer,
  layers,
  ignored,  // stands in files and means nothing here
};

struct Required {};
using Usual = std::variant<Required, std::monostate, bool, double, std::string_view>;
inline constexpr Usual kRequired = Required{}, kNone = std::monostate{};

struct Argument {
  std::string_view name;
  Takes takes = Takes::real;
  Usual usual = kRequired;  // where TensorFlow.js is not told
  std::string_view meaning;
  std::string_view words{};  // of a choice
  double least = -std::numeric_limits<double>::max();
  double most = std::numeric_limits<double>::max();
  Usual ours_{};         // where we are not told, when that differs
  bool differs = false;  // from TensorFlow.js when it is left out

  constexpr Argument at_least(double bound) const { return with(*this, bound, most); }
  constexpr Argument between(double low, double high) const { return with(*this, low, high); }
  constexpr Argument ours(Usual usual_with_us) const {
    Argument changed = *this;
    changed.ours_ = usual_with_us;
    changed.differs = true;
    return changed;
  }
  const Usual& default_of(Convention convention) const {
    return convention == Convention::ours && differs ? ours_ : usual;
  }

 private:
  static constexpr Argument with(Argument changed, double low, double high) {
    changed.least = low;
    changed.most = high;
    return changed;
  }
};

// Tables made of groups that several layers share.
template <std::size_t... sizes>
constexpr auto join(const std::array<Argument, sizes>&... groups) {
  std::array<Argument, (sizes + ...)> all{};
  std::size_t at = 0;
  const auto append = [&](const auto& group) {
    for (const Argument& argument : group) all[at++] = argument;
  };
  (append(groups), ...);
  return all;
}
template <class... Rows>
constexpr auto rows(const Rows&... arguments) {
  return std::array<Argument, sizeof...(Rows)>{arguments...};
}

// One checked value for each row of a table. The getters assert that the row exists and takes such a value.
class Arguments {
 public:
  bool has(std::string_view name) const;  // the row exists and its value is not nothing
  std::int64_t whole(std::string_view name) const;
  double real(std::string_view name) const;
  bool truth(std::string_view name) const;
  std::string_view text(std::string_view name) const;
  Integers wholes(std::string_view name) const;
  Integers wholes(std::string_view name, std::size_t axes) const;  // one number stands for all axes
  Reals reals(std::string_view name) const;
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs(std::string_view name, std::size_t axes) const;
  const Config& operator[](std::string_view name) const;
  const Config::Record& record() const { return record_; }
  const std::string& path() const { return path_; }
  void set(std::string_view name, Config value);  // an existing row

  // Throws about one of them, naming the path.
  [[noreturn]] void refuse(std::string_view name, std::string fact, std::string expected, std::string remedy) const;

 private:
  friend Arguments resolve(std::string, std::span<const Argument>, const Config::Record&, Convention);
  std::string path_;
  Config::Record record_;  // in the order of the table
};

// UsageError naming the path ("model/conv1 (Conv2D)") and the argument: an unknown name, a missing one, a wrong kind, a
// value out of range, NaN.
Arguments resolve(std::string path, std::span<const Argument> table, const Config::Record& given,
                  Convention convention);
// For what a file may name and we do not know: the known name that is spelled most like it, or nothing.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known);

}  // namespace vitrine::nn
