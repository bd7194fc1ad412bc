// The ControlsColumn is a session's control table as a person meets it: groups with headings, one row for each control
// that is not edited on the stage. It shows the values of the newest snapshot, and until a snapshot has caught up with
// an edit, the value that was asked for, so that a knob never jumps back under the hand.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ui/rows.h"
#include "app/work/runner.h"

namespace vitrine::ui {

// Name, range, meaning and what rising does, as the help card shows them.
Help help_of(const work::Control& control);

// A value as its row would write it: a choice by its label, a number short, of text the beginning.
std::string words_of(const work::Control& control, const work::Value& value);

class ControlsColumn {
 public:
  using Values = std::vector<std::pair<std::string, work::Value>>;
  using Post = std::function<std::uint64_t(work::Command)>;  // the command's number
  // Draws beside rows, into no more than the rectangle; the height used.
  using Extra = std::function<float(Ui&, const Rect&, std::string_view group)>;

  // The defaults are the values of fresh settings: what a dot beside a label takes the control back to.
  ControlsColumn(const work::ControlTable& table, const Values& defaults);

  // Rows that do not fit move behind "More" beside the heading of their group; nothing scrolls.
  void draw(Ui& ui, const Rect& column, const work::Snapshot& snapshot, const Post& post, const Extra& above,
            const Extra& below);

  const work::ControlTable& table() const { return table_; }

  // What the column shows, to choose from; and the keyboard for the one that was chosen, wherever it is folded away.
  struct Found {
    std::string path, label, value;
  };
  std::vector<Found> all(const work::Snapshot& snapshot) const;
  void reveal(std::string path) { revealed_ = std::move(path); }

 private:
  struct Line {
    enum class Kind { control, record_head, add } kind = Kind::control;
    const work::Control* control = nullptr;  // for heads and "add": the list
    std::string path;
    std::size_t index = 0;  // of the record
  };
  struct Group {
    std::string title;
    std::vector<Line> lines = {};
    std::size_t shown = 0;                  // lines that are not behind "More"
    std::size_t often = std::string::npos;  // lines before the first that is rarely used
  };

  std::vector<Group> groups(const work::Snapshot& snapshot) const;
  float height(const Ui& ui, const Line& line) const;
  float height(const Ui& ui, const Group& group) const;
  float height(const Ui& ui, const Group& group, std::size_t from, std::size_t to) const;  // of these lines
  std::vector<std::size_t> column_ends(const Ui& ui, const Group& group, float room) const;
  void fold(const Ui& ui, std::vector<Group>& groups, float available) const;
  void draw_lines(Ui& ui, Rect& column, const Group& group, std::size_t from, std::size_t to,
                  const work::Snapshot& snapshot, const Post& post);
  void draw_more(Ui& ui, const Rect& head, const Group& group, const work::Snapshot& snapshot, const Post& post);
  void draw_control(Ui& ui, const Rect& rect, const Line& line, const work::Snapshot& snapshot, const Post& post);
  work::Value value_of(const Line& line, const work::Snapshot& snapshot) const;
  work::Value shown_value(const Line& line, const work::Snapshot& snapshot) const;
  const work::Value& default_of(const Line& line) const;

  const work::ControlTable& table_;
  std::map<std::string, work::Value, std::less<>> defaults_;
  std::map<std::string, std::pair<work::Value, std::uint64_t>> pending_;  // by path: asked for, by which command
  std::string revealed_;                                                  // waits to be drawn
  std::map<std::string, float, std::less<>> extra_;                       // heights beside rows, as last drawn
};

}  // namespace vitrine::ui
