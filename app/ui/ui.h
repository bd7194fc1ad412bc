// Ui is what every part of the window is handed: theme, fonts, textures, the ground it draws on, and the little that
// must outlive a frame (the field being edited, the help waiting to be shown, the toast). The shell owns one for its
// window and a headless test one for its pixels; there is no other state.
#pragma once

#include <imgui.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/audit.h"
#include "app/ui/layout.h"
#include "app/ui/texture_store.h"
#include "app/ui/theme.h"

namespace vitrine::ui {

class Fonts;
class Svg;

// What a control says about itself when asked: hover for 400 ms, or F1.
struct Help {
  std::string name = {}, range = {}, meaning = {}, rising = {};
  std::string reason = {};  // why it cannot be used now
  bool empty() const { return meaning.empty() && rising.empty() && reason.empty(); }
};

struct Toast {
  std::string text = {}, action = {};  // "Saved as spiral.vitrine", "Undo"
  double until = 0;                    // seconds of ImGui time; set by show_toast
};

// A file that a widget made and somebody else must find a place for.
struct Outgoing {
  std::string name, bytes;  // "loss.svg"
};

// How an item is shown on a page of components, whoever points where.
enum class Pose { hovered, focused, held, inside };  // inside: with the keyboard, of a canvas

struct Ui {
  Theme theme;
  const Fonts* fonts;
  TextureStore* textures;
  Audit* audit = nullptr;
  bool reduce_motion = false;
  Svg* svg = nullptr;  // what is drawn is written down there, too

  Colour ground = 0;           // opaque colour under what is drawn now
  ImDrawList* list = nullptr;  // where to draw instead of the current window's list
  float dim = 1;               // opacity of what is drawn now: disabled buttons

  struct {
    ImGuiID id = 0;  // the row whose value is a field now; 0 none
    std::string text;
    int age = 0;  // frames since it opened: the first one takes the keyboard
  } editing = {};
  ImGuiID refocus = 0;        // gets the keyboard back when it is drawn next
  bool keyboard_seen = true;  // what has the keyboard was drawn in the last frame
  struct {
    ImGuiID id = 0;  // the item that may show its help
    double since = 0;
    bool asked = false, seen = false, show = false;  // asked: by F1; seen: in this frame
    Rect anchor, row;  // row: what the card must leave free, where neighbours stand beside the item
    Rect card;         // where it was drawn last
    Help help;
  } help = {};
  Rect spot = {};  // the canvas that the pointer is in
  Rect row = {};   // of the items drawn now; empty: they stand below each other
  Toast toast = {};
  bool toast_taken = false;                             // its action was pressed in the last frame
  std::map<std::string, Pose, std::less<>> poses = {};  // by id; empty everywhere but on that page
  std::string menu_filter = {};                         // what was typed into the open menu
  std::vector<Outgoing> outbox = {};                    // taken by the shell after the frame
  struct {
    std::string path;         // of the control that is pointed at: its row, or a line that says it
    ImGuiID by = 0;           // what points at it
    std::string wanted = {};  // to be brought forward: taken by the shell after the frame
    // Only who began to point may end it.
    void point(ImGuiID who, std::string_view at) {
      if (!at.empty()) {
        path = at, by = who;
      } else if (by == who) {
        path.clear(), by = 0;
      }
    }
  } control = {};
  ImGuiID dragging = 0;  // the slider that is held
  bool drag_changed = false;

  ImDrawList* canvas() const { return list ? list : ImGui::GetWindowDrawList(); }
  Rect window() const { return {0, 0, ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y}; }
};

inline ImVec2 vec(Point p) {
  return {p.x, p.y};
}
inline ImVec2 top_left(const Rect& r) {
  return {r.x, r.y};
}
inline ImVec2 bottom_right(const Rect& r) {
  return {r.right(), r.bottom()};
}

// Once a context: keyboard navigation on, stock looks off, sizes for the scale. Again when look or scale change.
void apply_style(const Theme& theme);

// Round every frame, between ImGui::NewFrame and ImGui::Render: the borderless window that is the wall; then help card
// and toast on top. end_frame tells whether the toast's action was taken.
void begin_frame(Ui& ui);
bool end_frame(Ui& ui);

// A part of the window with its own ground and clip, for as long as the value lives.
class Region {
 public:
  Region(Ui& ui, const char* id, const Rect& rect, Colour ground, float radius = 0);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

 private:
  Ui& ui_;
  Colour before_;
};

// Text drawn while this lives stands on that ground (a hovered row, a tray, a cell).
class Ground {
 public:
  Ground(Ui& ui, Colour ground) : ui_(ui), before_(ui.ground) { ui.ground = ground; }
  ~Ground() { ui_.ground = before_; }
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;

 private:
  Ui& ui_;
  Colour before_;
};

// Items drawn while this lives stand beside each other in that row: their help goes above or below all of it.
class HelpRow {
 public:
  HelpRow(Ui& ui, const Rect& row) : ui_(ui), before_(ui.row) { ui.row = row; }
  ~HelpRow() { ui_.row = before_; }
  HelpRow(const HelpRow&) = delete;
  HelpRow& operator=(const HelpRow&) = delete;

 private:
  Ui& ui_;
  Rect before_;
};

// What is drawn while this lives lies over all windows.
class OnTop {
 public:
  explicit OnTop(Ui& ui) : ui_(ui), before_(ui.list) { ui.list = ImGui::GetForegroundDrawList(); }
  ~OnTop() { ui_.list = before_; }
  OnTop(const OnTop&) = delete;
  OnTop& operator=(const OnTop&) = delete;

 private:
  Ui& ui_;
  ImDrawList* before_;
};

}  // namespace vitrine::ui
