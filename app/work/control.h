// A Control is one thing a person can set or do, declared by one row in its session's table: an id path, the member it
// stands for, kind and range, a label, one sentence of meaning, what rising does. Everything else follows from the row:
// drawing, keyboard, tooltip, undo, files, state hash, --set, lessons, reference. A row may be a list of records with a
// table of their own; paths then go inside: `network.layers[2].activation`.
//
// A ControlTable is made once per Settings type with the builder below and never changes:
//
//   static const ControlTable table = Controls<Settings>()
//       .group("Learning")
//       .real("learning.rate", &Settings::rate, {.low = 0.00001, .high = 10, .logarithmic = true},
//             {"Learning rate", "How far each step moves the weights.", "Faster, then shaky, then it diverges."})
//       .table();
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/work/value.h"

namespace vitrine::work {

struct Words {
  std::string label;    // "Learning rate"
  std::string meaning;  // one sentence
  std::string rising;   // what a larger value does; empty where nothing rises
};

struct Range {
  double low = 0, high = 1;
  double step = 0;  // 0: any value
  bool logarithmic = false;
  std::string unit = {};  // "%", "epochs"; follows the number
  int digits = 3;         // significant ones shown
  double furthest = 0;    // what may be typed where the track ends sooner; 0: the track's end
  double most() const { return furthest > high ? furthest : high; }
};

struct Choice {
  std::string id;     // in files: "tanh"
  std::string label;  // on screen: "Tanh"
};

struct Control {
  enum class Kind { toggle, integer, real, choice, text, action, list };
  std::string id;
  std::string group;
  Kind kind = Kind::toggle;
  Words words;
  Range range;
  std::vector<Choice> choices;
  bool on_stage = false;                           // edited on the picture, so the controls column leaves it out
  bool rarely = false;                             // behind "More" before others, with what follows in its group
  bool trained = false;                            // training moves it, so differing from the default says nothing
  std::function<Value(const void* settings)> get;  // none for actions
  std::function<void(void* settings, const Value&)> set;      // checks kind and range, throws UsageError
  std::function<std::string(const void* settings)> disabled;  // why it does nothing now; empty: it does
  std::function<Value(const void* settings)> comes_to;        // what its value means now, where that says "by itself"
  std::function<bool(const void* settings)> elsewhere;        // another stage is shown: rows and palette leave it out
  std::shared_ptr<const class ControlTable> records;          // lists: the table of one record
  Value fresh_record;                                         // lists: what "add" inserts
};

class ControlTable {
 public:
  explicit ControlTable(std::vector<Control> rows) : rows_(std::move(rows)) {}
  const std::vector<Control>& rows() const { return rows_; }
  const Control* find(std::string_view id) const;

  // Paths reach into lists. An unknown path is a UsageError with the nearest one as remedy; nothing is half-set.
  Value get(const void* settings, std::string_view path) const;
  void set(void* settings, std::string_view path, const Value& value) const;
  void insert(void* settings, std::string_view list, std::size_t at, const Value& record) const;
  void erase(void* settings, std::string_view list, std::size_t at) const;

  // Every row that holds something, in sorted order of path: what is saved and hashed.
  Settings values(const void* settings) const;

 private:
  std::vector<Control> rows_;
};

template <class Settings>
class Controls {
 public:
  // A group may belong to one stage of its exhibit: `outside` says why its rows mean nothing in another.
  Controls& group(std::string title, std::function<std::string(const Settings&)> outside = nullptr);
  Controls& toggle(std::string id, bool Settings::*member, Words words);
  Controls& integer(std::string id, std::int64_t Settings::*member, Range range, Words words);
  Controls& real(std::string id, double Settings::*member, Range range, Words words);
  Controls& text(std::string id, std::string Settings::*member, Words words);
  Controls& action(std::string id, Words words);
  // The member is an enum whose values 0, 1, 2 … are the choices in order, or a std::string holding the chosen id.
  template <class Member>
  Controls& choice(std::string id, Member Settings::*member, std::vector<Choice> choices, Words words);
  template <class Item>
  Controls& list(std::string id, std::vector<Item> Settings::*member, ControlTable records, std::size_t most,
                 Words words);
  Controls& on_stage();                                                      // of the row just added
  Controls& rarely();                                                        // of the row just added
  Controls& trained();                                                       // of the row just added
  Controls& disabled_when(std::function<std::string(const Settings&)> why);  // of the row just added
  Controls& comes_to(std::function<Value(const Settings&)> value);           // likewise
  ControlTable table() { return ControlTable(std::move(rows_)); }

 private:
  Control& add(std::string id, Control::Kind kind, Words words);
  std::vector<Control> rows_;
  std::string group_;
  std::function<std::string(const Settings&)> outside_;
};

// What the accessors check with; each throws UsageError with fact, expected, got and remedy.
bool as_toggle(const Control& control, const Value& value);
std::int64_t as_integer(const Control& control, const Value& value);
double as_real(const Control& control, const Value& value);
std::string as_text(const Control& control, const Value& value);
std::size_t as_choice(const Control& control, const Value& value);  // index of the chosen one
const List& as_list(const Control& control, const Value& value, std::size_t most);

}  // namespace vitrine::work

#include "app/work/control_builder.h"  // IWYU pragma: export
