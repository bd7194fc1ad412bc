// A Dataset is a numbered list of items of one shape, each with a label: points, series or pictures. It says what it
// is, where it comes from and under which licence, and reads one item at a time into the caller's memory, so it does
// not matter whether the items lie in memory, in the bytes of a file, or in fifty thousand files that are opened when
// asked for. An item's number never changes: splits, batches and linked views name items by it. Copies are cheap and
// share their items, and any thread may read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace vitrine::datasets {

using ItemId = std::uint32_t;

enum class Task { classify, regress };
enum class ItemKind { point, series, picture };

// Numbers of one item, channels innermost: a picture is rows × columns × 3, a beat 1 × 140 × 1, a point 1 × 1 × 2.
struct ItemShape {
  std::size_t rows = 1, columns = 1, channels = 1;
  std::size_t size() const { return rows * columns * channels; }
  bool operator==(const ItemShape&) const = default;
};

struct Info {
  std::string id, label;  // in files and on the command line; on screen
  std::string what;       // one sentence
  std::string source;     // who made it, and where it was found
  std::string licence;
  Task task = Task::classify;
  ItemKind kind = ItemKind::point;
  ItemShape shape;
  std::string value_unit;            // of the numbers: "brightness, 0 to 1"
  std::string step_unit;             // from one number to the next: "sample", "pixel"; empty when there is no such step
  std::vector<std::string> classes;  // names; a label is a number of this list. Empty when a value is to be predicted
};

// Where the items come from. Implementations hold no state that reading changes.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::size_t size() const = 0;
  virtual float label(ItemId item) const = 0;  // a class's number, or the value to predict
  // Fills all of `values`, which has the shape's size. A lazy source may throw FileError; memory never does.
  virtual void read(ItemId item, std::span<float> values) const = 0;
  virtual std::string name(ItemId item) const;  // the file's path where there is one, else the number
};

class Dataset {
 public:
  Dataset(Info info, std::shared_ptr<const Source> source);

  const Info& info() const { return *info_; }
  std::size_t size() const { return source_->size(); }
  float label(ItemId item) const;
  std::size_t class_of(ItemId item) const;  // of a set to classify
  void read(ItemId item, std::span<float> values) const;
  std::string name(ItemId item) const;

 private:
  std::shared_ptr<const Info> info_;
  std::shared_ptr<const Source> source_;
};

std::vector<std::size_t> class_counts(const Dataset& data);

}  // namespace vitrine::datasets
