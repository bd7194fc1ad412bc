// Choosing a file: recent ones, and the folders of this machine.
#include <algorithm>

#include "app/shell/app.h"
#include "app/shell/menu.h"
#include "app/ui/draw.h"
#include "app/ui/item.h"

namespace vitrine::shell {

using namespace ui;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRows = 10;  // read at a glance; typing narrows them

struct Choice {
  MenuRow row;
  fs::path path;
  bool folder = false;
};

std::vector<Choice> choices_of(const std::vector<Listing::Entry>& entries, const fs::path& folder) {
  std::vector<Choice> all;
  for (const Listing::Entry& entry : entries)
    all.push_back({.row = {.label = entry.name, .detail = entry.folder ? "folder" : ""},
                   .path = folder / entry.name,
                   .folder = entry.folder});
  return all;
}

}  // namespace

// In the desktop's own dialog; in ours where the desktop has none.
void App::ask_for_file() {
  const auto answered = [post = post_](const Desktop::Picked& picked) {
    post->send([picked](App& app) {
      if (picked.how == Desktop::Picked::How::chosen) app.open_file(picked.file);
      if (picked.how == Desktop::Picked::How::absent) app.asked_ = Overlay::open;
    });
  };
  if (!desktop_)
    asked_ = Overlay::open;
  else if (!desktop_->pick_file("Open a .vitrine file", answered))
    toast_ = "The dialog is open already";
}

void App::list(const fs::path& folder) {
  if (folder == listed_) return;
  listed_ = folder;
  const auto read = [folder, post = post_] {
    post->send([listing = list_folder(folder, ".vitrine")](App& app) {
      if (app.listed_ == listing.folder) app.listing_ = listing;
    });
  };
  if (options_.threaded)
    lister_ = std::jthread(read);
  else
    read();
}

// A path to type, the files that were open before, and what is in the folder typed so far. Enter takes the marked row.
void App::draw_open(Ui& ui) {
  const fs::path path = typed_.empty() ? options_.documents / "" : meant(typed_, options_.home, options_.documents);
  list(path.parent_path());
  std::vector<Choice> choices;
  if (typed_.empty())
    for (const std::string& file : settings_.recent)
      choices.push_back(
          {.row = {.label = fs::path(file).filename().string(), .detail = fs::path(file).parent_path().string()},
           .path = file});
  if (listing_.folder == path.parent_path())
    std::ranges::move(choices_of(matching(listing_, path.filename().string()), listing_.folder),
                      std::back_inserter(choices));
  const std::size_t more = choices.size() > kRows ? choices.size() - kRows : 0;
  std::vector<MenuRow> rows;
  for (std::size_t i = 0; i < choices.size() - more; ++i) rows.push_back(choices[i].row);

  const float note = ui.theme.line(Type::small) + ui.theme.u(2);
  const Rect place =
      under_top_bar(ui, ui.theme.u(kWideOverlay), menu_height(ui, rows.size()) + ui.theme.u(kTallField) + note, false);
  const Popup popup(ui, kOverlay, place);
  if (!popup) return;
  Rect left = place;
  const int taken = draw_typed(ui, left, rows, {.id = "path", .hint = "Path of a .vitrine file", .replace = &replace_});
  std::string said = listing_.trouble;
  if (more > 0) said = std::to_string(more) + " more: type on";
  if (said.empty() && rows.empty()) said = "No .vitrine file here begins with that.";
  text(ui, left.take_top(note).inset(ui.theme.u(6), 0), said,
       {.type = Type::small, .colour = ui.theme->ink2, .may_cut = true});

  const Choice* chosen = taken < 0 ? nullptr : &choices[static_cast<std::size_t>(taken)];
  if (chosen && chosen->folder) {
    replace_ = chosen->path.string();
    marked_ = 0;
    return;
  }
  if (!chosen && (typed_.empty() || !imgui_compat::pressed(Key::enter))) return;
  ImGui::CloseCurrentPopup();
  open_file(chosen ? chosen->path : path);
}

}  // namespace vitrine::shell
