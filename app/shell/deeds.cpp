// The table of deeds and the keys of one frame.
#include "app/shell/deeds.h"

#include <imgui.h>

#include <algorithm>

namespace vitrine::shell {
namespace {

using ui::Key;

constexpr DeedRow kDeeds[] = {
    {Deed::run, "Run or pause", Key::space, false, false, true},
    {Deed::step, "One step", Key::period, false, false, true},
    {Deed::step_inside, "One stop inside a step", Key::comma, false, false, true},
    {Deed::reset, "Reset", Key::r, false, false, true},
    {Deed::afresh, "Start afresh: every control and the run", Key::r, true, true, true},
    {Deed::fork, "Fork the run here", Key::none, false, false, true},
    {Deed::previous_run, "Previous run", Key::none, false, false, true},
    {Deed::next_run, "Next run", Key::none, false, false, true},
    {Deed::compare, "Compare with a copy, in lockstep", Key::b, true, false, true},
    {Deed::undo, "Undo", Key::z, true, false, true},
    {Deed::redo, "Redo", Key::y, true, false, true},
    {Deed::edits, "Edits to undo or redo", Key::h, true, false, true},
    {Deed::save, "Save", Key::s, true, false, true},
    {Deed::open, "Open a file", Key::o, true},
    {Deed::open_path, "Open a file by its path, or a recent one", Key::o, true, true},
    {Deed::copy_link, "Copy as a link", Key::c, true, true, true},
    {Deed::paste, "Paste a link or a path", Key::v, true},
    {Deed::home, "Gallery", Key::g, true, false, true},
    {Deed::search, "Find anything", Key::k, true},
    {Deed::help, "Keys", Key::f2},
    {Deed::story, "Fold or show the story", Key::f, false, false, true},
    {Deed::controls, "Show the controls", Key::c, false, false, true},
    {Deed::look, "Look and size"},
    {Deed::next_look, "Next look: dark, light, high contrast", Key::t},
    {Deed::devices, "Devices"},
    {Deed::assets, "Data and weights: what is here, what can be fetched"},
    {Deed::engine_room, "Engine room: memory and launches", Key::e, true, false, true},
    {Deed::presenter, "Presenter", Key::f5},
    {Deed::full_screen, "Full screen", Key::f11},
    {Deed::larger, "Larger", Key::plus, true},
    {Deed::smaller, "Smaller", Key::minus, true},
    {Deed::actual_size, "Actual size", Key::n0, true},
    {Deed::quit, "Quit", Key::q, true},
};

std::string name_of(Key key) {
  const auto offset = [key](Key first) { return static_cast<char>(static_cast<int>(key) - static_cast<int>(first)); };
  if (key >= Key::a && key <= Key::z) return std::string(1, static_cast<char>('A' + offset(Key::a)));
  if (key >= Key::n0 && key <= Key::n9) return std::string(1, static_cast<char>('0' + offset(Key::n0)));
  if (key >= Key::f1 && key <= Key::f12) return "F" + std::to_string(offset(Key::f1) + 1);
  switch (key) {
    case Key::space:
      return "Space";
    case Key::period:
      return ".";
    case Key::comma:
      return ",";
    case Key::plus:
      return "+";
    case Key::minus:
      return "−";
    default:
      return {};
  }
}

}  // namespace

std::span<const DeedRow> deeds() {
  return kDeeds;
}

const DeedRow& row_of(Deed deed) {
  return *std::ranges::find(kDeeds, deed, &DeedRow::deed);
}

std::string keys_of(const DeedRow& row) {
  return std::string(row.ctrl ? "Ctrl " : "") + (row.shift ? "Shift " : "") + name_of(row.key);
}

std::optional<Deed> pressed_deed(bool exhibit_open) {
  const bool busy = ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  for (const DeedRow& row : kDeeds) {
    if (busy && row.deed != Deed::quit) continue;
    if (row.key == Key::none || (row.on_stage && !exhibit_open)) continue;
    if (row.key == Key::space && ui::imgui_compat::focus_visible()) continue;
    // Where the plus needs Shift, Shift is part of the key.
    const bool shifted = row.key == Key::plus && ui::imgui_compat::shortcut(row.key, row.ctrl, true);
    if (shifted || ui::imgui_compat::shortcut(row.key, row.ctrl, row.shift)) return row.deed;
  }
  return std::nullopt;
}

}  // namespace vitrine::shell
