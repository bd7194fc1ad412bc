// An Exhibit is one room of the museum: an id, how to open its session, how to draw it, and its text. The registry
// lists them in gallery order; gallery, command line, screenshots, files and tests know exhibits only through it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ui/ui.h"
#include "app/work/runner.h"
#include "engine/tensor/backend.h"

namespace vitrine::views {

struct SessionContext {
  std::shared_ptr<Backend> backend;
  std::uint64_t seed = 0;
};

// How a view asks for something to happen: commands go to the session's worker, answers come with a later snapshot.
using Post = std::function<void(work::Command)>;

// A View draws content only; the shell owns the window. It may remember what is hovered, pinned or folded, nothing
// else.
class View {
 public:
  virtual ~View() = default;
  virtual void draw(ui::Ui& ui, const ui::Rect& pane, const work::Snapshot& snapshot, const Post& post) = 0;
  // The gallery's picture, from a running session.
  virtual void picture(ui::Ui& ui, const ui::Rect& rect, const work::Snapshot& snapshot) = 0;
  // What a group of the controls column shows besides its rows (thumbnails above, a table below); the height used.
  virtual float above_rows(ui::Ui&, const ui::Rect&, std::string_view /*group*/, const work::Snapshot&, const Post&) {
    return 0;
  }
  virtual float below_rows(ui::Ui&, const ui::Rect&, std::string_view /*group*/, const work::Snapshot&, const Post&) {
    return 0;
  }
  // Where two sessions answer differently, for two that run side by side: height in units, 0 where there is no such
  // picture.
  virtual float difference_units() const { return 0; }
  virtual void draw_difference(ui::Ui&, const ui::Rect&, const work::Snapshot& /*a*/, const work::Snapshot& /*b*/) {}
};

// The text of an exhibit, parsed from its text.md: "# title", paragraphs, "## Why it matters", "## Try" with one
// suggestion a line, in the order of Snapshot::tried.
struct Story {
  std::string title;
  std::vector<std::string> body, why, tries;
};
Story parse_story(std::string_view markdown);

// The same settings in short, where another program reads them.
struct ForeignText {
  std::string_view name, meaning;  // "Address", and what copying it does
  std::string text;                // empty: there is none
  std::string why_none;
};

// Where text comes from. Of a file whose name says that it is a table, whoever reads tables says what is wrong with it.
enum class TextFrom { anywhere, table_file };

struct Exhibit {
  std::string_view id;       // "playground": folder, command line, files
  std::string_view title;    // "Playground"
  std::string_view tagline;  // "Bend a boundary with a small network"
  std::string_view text;     // of text.md
  std::string_view step;     // what one step is called: "epoch"
  std::unique_ptr<work::Session> (*open)(const SessionContext&);
  std::unique_ptr<View> (*view)();
  // What pasted or dropped text means to this exhibit, if anything; none: it reads no text but links.
  std::optional<work::Permalink> (*read_text)(std::string_view text, TextFrom from) = nullptr;
  ForeignText (*write_text)(const void* settings) = nullptr;  // none: no other program has such settings
  // The settings by which this exhibit reads a dropped file of any size; empty where it is of another sort.
  std::vector<std::pair<std::string, work::Value>> (*settings_of_file)(const std::filesystem::path& file) = nullptr;
};

std::span<const Exhibit> exhibits();               // in gallery order
const Exhibit* find_exhibit(std::string_view id);  // null when there is none
// A link as it stands, or what the first exhibit that can read the text makes of it. UsageError for a broken link.
std::optional<work::Permalink> link_of_text(std::string_view text, TextFrom from = TextFrom::anywhere);

}  // namespace vitrine::views
