// The AssetsPage lists data and weights, built in or published: what they are, whose they are, under which licence,
// what is here and what is missing. It shows a few items of each data set, and brings what is missing when a person
// asks.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/shell/assets/assets.h"
#include "app/shell/assets/fetch_process.h"
#include "app/ui/sample_view.h"

namespace vitrine::shell {

class AssetsPage {
 public:
  struct Options {
    std::filesystem::path data = {};     // where assets are installed
    std::function<void()> changed = {};  // draw again; called from any thread
    bool threaded = true;                // previews are made in a thread of their own
  };
  explicit AssetsPage(Options options);

  // Returns whether it wants to be closed.
  bool draw(ui::Ui& ui, const ui::Rect& rect);

 private:
  // One line of the list, of either kind.
  struct Entry {
    std::string id, label, kind, what, source, licence;
    const Asset* asset = nullptr;  // null: built in
    std::string trouble = {};      // why it cannot be used: what this system lacks, what is wrong with its files
    Installed installed = {};
  };
  // What the thread that makes previews has ready.
  struct Made {
    std::mutex mutex;
    std::optional<ui::Samples> samples;
    std::string trouble;
    bool done = false;
  };

  void look_up_all();
  void choose(std::size_t entry);
  void make_preview();
  void take_made();
  void follow_fetch();
  void start_fetch(const Asset& asset);
  bool draw_head(ui::Ui& ui, const ui::Rect& line);
  static std::vector<ui::TableCell> cells_of(const ui::Ui& ui, const Entry& entry);
  void draw_table(ui::Ui& ui, const ui::Rect& body, const ui::Rect& below, std::size_t shown);
  void draw_list(ui::Ui& ui, const ui::Rect& rect);
  void draw_entry(ui::Ui& ui, const ui::Rect& rect);
  ui::Rect draw_words(ui::Ui& ui, ui::Rect rect, const Entry& entry);
  void draw_fetch(ui::Ui& ui, const ui::Rect& line, const Entry& entry);

  Options options_;
  std::vector<Entry> entries_;
  std::size_t chosen_ = 0, first_ = 0;  // first: of the lines in sight
  bool looked_up_ = false;
  ui::TableState list_;
  ui::SampleView sample_;
  std::string preview_trouble_;
  bool making_ = false;
  std::size_t made_for_ = 0;   // the entry that was chosen when the thread started
  std::string fetch_trouble_;  // of the asset fetched last
  std::string fetched_;        // its id
  std::unique_ptr<FetchProcess> fetch_;
  std::shared_ptr<Made> made_ = std::make_shared<Made>();
  std::jthread maker_;
};

}  // namespace vitrine::shell
