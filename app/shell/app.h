// The App is everything inside the window: gallery or open exhibit, overlays, what keys do, files, settings. It draws
// one frame when asked and knows nothing of GLFW, so that the window, screenshots and scripts run the same code.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/shell/assets_page.h"
#include "app/shell/browse.h"
#include "app/shell/deeds.h"
#include "app/shell/desktop.h"
#include "app/shell/gallery.h"
#include "app/shell/menu.h"
#include "app/shell/open_exhibit.h"
#include "app/shell/presenter.h"
#include "app/shell/settings.h"
#include "app/shell/stage.h"
#include "app/ui/cards.h"
#include "app/ui/fonts.h"
#include "app/work/permalink.h"
#include "engine/backends.h"

namespace vitrine::shell {

// What a file says that is no document of ours: a link, an address, points, a table, whatever an exhibit can read; the
// exhibit that is meant, where one is, before all others.
std::optional<work::Permalink> link_in(const std::filesystem::path& file, const views::Exhibit* here = nullptr);

inline constexpr const char* kOverlay = "overlay";  // to Dear ImGui: one at a time, so one id
inline constexpr float kWideOverlay = 120;          // units
inline constexpr float kTallField = 12;             // units, of a field above a list

// A scale is a set of fonts, and hardly different ones are not worth building.
float whole_percents(float scale);

struct AppOptions {
  std::string device = "auto";
  int threads = 0;
  std::uint64_t seed = 0;
  bool threaded = true;             // sessions run in threads of their own; otherwise a step of theirs is a frame
  bool alive = true;                // gallery pictures move by themselves
  std::function<void()> wake = {};  // there is something new to draw; called from any thread
  Settings settings = {};
  std::filesystem::path home = {};       // what ~ means
  std::filesystem::path documents = {};  // where Save puts a file that has no place yet
  std::filesystem::path cache = {};      // where compiled kernels of a graphics processor are kept
  std::string bus = {};                  // the address of the desktop's session; empty: there is none
  std::filesystem::path data = {};       // where published data and weights are installed; empty: nowhere
  std::filesystem::path state = {};      // where unsaved work and crash reports are kept; empty: nowhere
};

class App {
 public:
  explicit App(AppOptions options);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Between frames only.
  void home();
  void open(const views::Exhibit& exhibit);           // as it was left, when it was left in this sitting
  void open_file(const std::filesystem::path& file);  // read elsewhere; what is wrong is said on screen
  void open_document(const work::Document& document, const std::filesystem::path& file);  // throws UsageError
  void open_link(const work::Permalink& link);  // throws UsageError when it is of no exhibit here
  void save_to(const std::filesystem::path& file);
  void clean_end();  // the person has left: nothing is to be rescued

  void prepare(ui::Ui& ui, ui::Fonts& fonts, float display_scale);  // before a frame: look, scale, measures
  void frame(ui::Ui& ui);
  double redraw_after(const ui::Ui& ui) const;  // seconds until something changes by itself; large: nothing does

  Settings& settings() { return settings_; }
  bool wants_full_screen() const { return full_screen_; }
  bool wants_to_quit() const { return quit_; }
  OpenExhibit* opened() { return open_.get(); }
  Gallery* gallery() { return gallery_.get(); }
  const Ledger& ledger() { return backend_->ledger(); }  // of the device in use

 private:
  enum class Overlay { none, search, keys, look, devices, assets, open, edits };
  struct Field {
    const char* id;
    const char* hint;
    std::optional<std::string>* replace = nullptr;  // what shall stand in it instead
  };
  using Letter = std::function<void(App&)>;
  struct Post {  // letters from other threads, and from this frame to the next
    std::mutex mutex;
    std::vector<Letter> letters;
    std::function<void()> wake;
    void send(Letter letter);
    std::vector<Letter> take();
  };

  void after_this_frame(Letter letter);               // what is drawn now lives until it is shown
  void attempt(const std::function<void()>& work);    // what goes wrong is told on screen
  void ask(std::function<void(work::Runner&)> work);  // of the open session, on its own thread
  void show(const views::Exhibit& exhibit);
  void restore();
  std::unique_ptr<work::Runner> runner_of(const views::Exhibit& exhibit, std::shared_ptr<Backend> backend) const;
  std::unique_ptr<Drive> drive_of_picture(const views::Exhibit& exhibit) const;
  Side side(const views::Exhibit& exhibit) const;
  void compare();
  void leave(Letter then);  // what is open is kept for who comes back
  static Letter opening_of(const work::Permalink& link);
  static Letter opening_of(const std::filesystem::path& file, const views::Exhibit* here);  // here: the open one
  void go_on_with(const work::Document& document, std::shared_ptr<Backend> backend);
  void start_afresh();
  void tell(const work::Command& command);
  void tell_chosen(const work::Command& command);
  void do_deed(Deed deed);
  void do_run();
  void do_save();
  void do_story();
  void choose_look(ui::Look look);
  void present();
  void choose_run(int by);  // −1: the one before
  ui::Look look() const;    // the chosen one, or the desktop's
  void zoom(float factor);
  void copy_link();
  void paste();
  void keep(const ui::Outgoing& file);  // a figure that a widget made
  void set_typed(const std::string& path, const std::string& value);
  void use_device(const std::string& id);
  void reveal(const ui::Ui& ui, std::string path);  // a control, with the keyboard on it
  void take_from_widgets(ui::Ui& ui);
  void take_keys(const ui::Ui& ui);
  void draw_gallery(ui::Ui& ui, const std::string& device);
  void draw_open_exhibit(ui::Ui& ui, const std::string& device);
  void draw_overlays(ui::Ui& ui);
  void draw_overlay(ui::Ui& ui);
  void draw_search(ui::Ui& ui);
  struct Offers;  // rows of the search
  void offer_setting(Offers& offers);
  void offer_access(Offers& offers);
  void offer_foreign_text(Offers& offers);
  void offer_exhibits(Offers& offers);
  void offer_controls(const ui::Ui& ui, Offers& offers);
  void offer_deeds(Offers& offers);
  void draw_keys(ui::Ui& ui);
  void draw_look(ui::Ui& ui);
  void draw_devices(ui::Ui& ui);
  void draw_assets(ui::Ui& ui);
  void draw_open(ui::Ui& ui);
  void ask_for_file();
  void list(const std::filesystem::path& folder);
  void draw_edits(ui::Ui& ui);
  int draw_banner(ui::Ui& ui, const char* id, const ui::ErrorText& error);
  void draw_trouble(ui::Ui& ui);
  void draw_rescue(ui::Ui& ui);
  // The field above a list and the list: the row that was taken by mouse or Enter, or −1. Arrows move the mark.
  int draw_typed(ui::Ui& ui, ui::Rect& left, std::span<const MenuRow> rows, const Field& field);
  ui::Rect under_top_bar(const ui::Ui& ui, float width, float height, bool right) const;

  AppOptions options_;
  Settings settings_;
  std::shared_ptr<Backend> backend_;
  std::shared_ptr<Post> post_;
  std::shared_ptr<Rescue> rescue_;
  std::optional<std::filesystem::path> report_;  // of a crash that nobody was told of yet
  StageFolds folds_;
  Presenter presenter_;
  Overlay overlay_ = Overlay::none, asked_ = Overlay::none;
  std::string typed_;  // into the search or the path field
  int marked_ = 0;     // the row under the keyboard in the search
  std::vector<Device> devices_;
  std::string trouble_, toast_, toast_action_;  // the action of an offer to start afresh
  bool full_screen_ = false, quit_ = false, room_for_story_ = true;
  std::map<std::string, work::Document> left_;  // by exhibit: how it stood when it was left
  std::unique_ptr<AssetsPage> assets_;  // from when it was first asked for: a fetch goes on while it is not shown
  std::unique_ptr<Gallery> gallery_;
  std::unique_ptr<OpenExhibit> open_;
  Listing listing_;                     // of the folder that is being browsed
  std::filesystem::path listed_;        // the one that was asked for
  std::optional<std::string> replace_;  // what the path field shall hold
  std::optional<ui::Look> preferred_;   // by the desktop
  std::unique_ptr<Desktop> desktop_;
  std::jthread reader_, lister_;  // of a file that is being opened, of a folder
};

}  // namespace vitrine::shell
