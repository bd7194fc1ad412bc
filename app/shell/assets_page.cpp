// A list at the left; words, a picture and one action at the right.
#include "app/shell/assets_page.h"

#include <algorithm>
#include <utility>

#include "app/shell/asset_samples.h"
#include "app/ui/button.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/number.h"
#include "datasets/catalog.h"
#include "datasets/files/open.h"
#include "engine/core/error.h"

namespace vitrine::shell {

using namespace ui;

namespace {

constexpr float kListShare = 0.46f;  // of the page's width
constexpr double kMega = 1e6, kKilo = 1e3;

std::string size_text(std::int64_t bytes) {
  const auto size = static_cast<double>(bytes);
  return size >= kMega ? number_text(size / kMega) + " MB" : number_text(size / kKilo) + " kB";
}

std::string count(std::size_t number) {
  return number_text(static_cast<double>(number), {.decimals = 0});
}

std::string_view state_text(const Installed& installed) {
  switch (installed.state) {
    case AssetState::missing:
      return "missing";
    case AssetState::present:
      return "here";
    case AssetState::damaged:
      return "damaged";
  }
  return "";
}

// What vouches for the installed files, in words.
std::string vouched(const Installed& installed) {
  const auto known_by = [&](std::string_view how) {
    return std::ranges::any_of(installed.files, [&](const InstalledFile& file) { return file.known_by == how; });
  };
  if (known_by("another edition")) return "Here, in another edition than the published one.";
  if (known_by("unknown")) return "Here. Nobody publishes what its sums must be.";
  return "Here, as published.";
}

}  // namespace

// What may have to be fetched comes first: the rest is always there.
AssetsPage::AssetsPage(Options options) : options_(std::move(options)) {
  for (const Asset& each : assets())
    entries_.push_back({.id = each.id,
                        .label = each.label,
                        .kind = each.kind,
                        .what = each.what,
                        .source = each.provenance,
                        .licence = each.licence,
                        .asset = &each});
  for (const datasets::Entry& each : datasets::catalog()) {
    const auto missing = each.missing();
    entries_.push_back({.id = std::string(each.id),
                        .label = std::string(each.label),
                        .kind = "built in",
                        .what = std::string(each.what),
                        .source = "Made by Vitrine from a seed; needs no file.",
                        .licence = {},
                        .trouble = missing ? sentence(*missing) : std::string()});
  }
}

void AssetsPage::look_up_all() {
  for (Entry& entry : entries_)
    if (entry.asset) entry.installed = look_up(*entry.asset, options_.data);
}

void AssetsPage::choose(std::size_t chosen) {
  chosen_ = chosen;
  sample_.show({});
  preview_trouble_.clear();
  if (!making_) make_preview();  // else when that one is done: a frame never waits for it
}

void AssetsPage::make_preview() {
  const Entry& entry = entries_[chosen_];
  const bool shows =
      entry.asset ? entry.kind == "dataset" && entry.installed.state == AssetState::present : entry.trouble.empty();
  if (!shows) return;
  made_for_ = chosen_;
  making_ = true;
  const auto make = [made = made_, id = entry.id, folder = entry.installed.folder, built_in = entry.asset == nullptr,
                     changed = options_.changed] {
    std::optional<Samples> samples;
    std::string trouble;
    try {
      samples = samples_of(built_in ? datasets::make_dataset(id, {}) : datasets::open(folder));
    } catch (const Error& error) {
      trouble = error.what();
    }
    {
      const std::lock_guard lock(made->mutex);
      made->samples = std::move(samples);
      made->trouble = std::move(trouble);
      made->done = true;
    }
    if (changed) changed();
  };
  if (options_.threaded)
    maker_ = std::jthread(make);
  else
    make();
}

void AssetsPage::take_made() {
  std::optional<Samples> samples;
  std::string trouble;
  {
    const std::lock_guard lock(made_->mutex);
    if (!std::exchange(made_->done, false)) return;
    samples = std::move(made_->samples);
    trouble = std::move(made_->trouble);
  }
  making_ = false;
  if (made_for_ != chosen_) return make_preview();
  preview_trouble_ = trouble;
  if (samples) sample_.show(std::move(*samples));
}

void AssetsPage::start_fetch(const Asset& asset) {
  fetch_trouble_.clear();
  fetched_ = asset.id;
  const auto program = fetch_program();
  try {
    if (!program) {
      throw FileError({"assets/fetch", "is not where it should be", "the program beside Vitrine's own", "nothing",
                       "Start Vitrine from its checkout or its installation."});
    }
    fetch_ = std::make_unique<FetchProcess>(
        *program, asset.id, options_.changed ? options_.changed : [] {});
  } catch (const FileError& error) {
    fetch_trouble_ = error.what();
  }
}

void AssetsPage::follow_fetch() {
  if (!fetch_) return;
  const FetchProgress now = fetch_->progress();
  if (!now.ended) return;
  if (!now.succeeded) fetch_trouble_ = now.sentence;
  fetch_.reset();
  look_up_all();
  choose(chosen_);
}

bool AssetsPage::draw_head(Ui& ui, const Rect& line) {
  Rect rest = line;
  const Rect cross = rest.take_right(ui.theme.px(measure::icon_pitch));
  const bool close = icon_button(ui, cross.centre(), "assets.close", Icon::cross, "Close", "Closes this page.");
  std::size_t here = 0, all = 0;
  for (const Entry& entry : entries_) {
    if (!entry.asset) continue;
    ++all;
    if (entry.installed.state == AssetState::present) ++here;
  }
  const float baseline = baseline_in(ui, rest, Type::section);
  const float name = text_on(ui, rest.x, rest.right(), baseline, "Data and weights", {.type = Type::section});
  text_on(
      ui, rest.x + name + ui.theme.u(3), rest.right(), baseline,
      count(here) + " of " + count(all) + " published ones are here, " + count(entries_.size() - all) + " are built in",
      {.type = Type::small, .colour = ui.theme->ink2, .may_cut = true});
  return close;
}

// What the table says of one entry, a cell a column.
std::vector<TableCell> AssetsPage::cells_of(const Ui& ui, const Entry& entry) {
  const bool here = entry.installed.state == AssetState::present;
  const bool usable = here || (!entry.asset && entry.trouble.empty());
  const std::optional<std::int64_t> published = entry.asset ? entry.asset->bytes : std::nullopt;
  const std::string size = here          ? size_text(entry.installed.bytes())
                           : published   ? size_text(*published)
                           : entry.asset ? "unknown"
                                         : "";
  const std::string state = entry.asset             ? std::string(state_text(entry.installed))
                            : entry.trouble.empty() ? "here"
                                                    : "no font";
  const Colour quiet = ui.theme->ink2;
  return {{entry.label},
          {entry.kind, quiet},
          {size, entry.asset && !here && !published ? quiet : 0},
          {state, usable ? ui.theme->ink : quiet}};
}

void AssetsPage::draw_table(Ui& ui, const Rect& body, const Rect& below, std::size_t shown) {
  static const std::vector<TableColumn> kColumns = {{.title = "name", .number = false, .share = 2.6f},
                                                    {.title = "kind", .number = false, .share = 1},
                                                    {.title = "size", .share = 1},
                                                    {.title = "state", .number = false, .share = 0.9f}};
  std::vector<TableCell> cells;
  for (const Entry& entry : entries_) std::ranges::move(cells_of(ui, entry), std::back_inserter(cells));
  Rect free = below;  // behind the words about where in the list this is
  free.take_left(below.w / 2);
  const TableEvents events = table(ui, "assets.list", body,
                                   {.columns = kColumns,
                                    .cells = cells,
                                    .chosen = static_cast<int>(chosen_),
                                    .can_choose = true,
                                    .heading_line = free,
                                    .first = static_cast<int>(first_),
                                    .most = static_cast<int>(shown)},
                                   list_);
  if (events.chosen >= 0) choose(static_cast<std::size_t>(events.chosen));
}

// As many lines as there is room for; the wheel and two words move on through the others.
void AssetsPage::draw_list(Ui& ui, const Rect& rect) {
  Rect body = rect;
  const float each = table_height(ui, 1) - table_height(ui, 0);
  const Rect below = body.take_bottom(ui.theme.u(8));
  const auto fit = static_cast<std::size_t>(std::max(1.0f, (body.h - table_height(ui, 0)) / each));
  const std::size_t last_first = entries_.size() > fit ? entries_.size() - fit : 0;
  const auto move = [&](std::ptrdiff_t by) {
    const auto wanted = static_cast<std::ptrdiff_t>(first_) + by;
    first_ = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, static_cast<std::ptrdiff_t>(last_first)));
  };
  const ImGuiIO& io = ImGui::GetIO();
  if (body.holds(Point{io.MousePos.x, io.MousePos.y}) && io.MouseWheel != 0) move(io.MouseWheel > 0 ? -3 : 3);
  move(0);

  const std::size_t shown = std::min(fit, entries_.size() - first_);
  draw_table(ui, body, below, shown);
  if (last_first == 0) return;

  const float baseline = baseline_in(ui, below, Type::small);
  const float width = text_on(ui, below.x, below.right(), baseline,
                              count(first_ + 1) + " to " + count(first_ + shown) + " of " + count(entries_.size()),
                              {.type = Type::small, .colour = ui.theme->ink2});
  float x = below.x + width + ui.theme.u(4);
  const auto page = static_cast<std::ptrdiff_t>(fit);
  if (plain_button(ui, x, baseline, "assets.earlier", "Earlier", Weight::quiet)) move(-page);
  x += plain_button_width(ui, "Earlier") + ui.theme.u(3);
  if (plain_button(ui, x, baseline, "assets.more", "More", Weight::quiet)) move(page);
}

Rect AssetsPage::draw_words(Ui& ui, Rect rect, const Entry& entry) {
  const auto words = [&](std::string_view text, TextStyle style, float gap) {
    if (text.empty() || paragraph(ui, rect, text, style, false) > rect.h) return;
    rect.take_top(paragraph(ui, rect, text, style) + ui.theme.u(gap));
  };
  const Colour quiet = ui.theme->ink2;
  words(entry.label, {.type = Type::title}, 1);
  words(entry.what, {}, 2);
  words(entry.source, {.type = Type::small, .colour = quiet}, 1);
  if (!entry.licence.empty()) words("Licence: " + entry.licence, {.type = Type::small, .colour = quiet}, 1);
  if (entry.installed.state == AssetState::present)
    words(vouched(entry.installed), {.type = Type::small, .colour = quiet}, 1);
  if (entry.installed.state == AssetState::damaged)
    words("Some of its files are gone or not whole. Fetch it again.", {.type = Type::small}, 1);
  // Paths and addresses may be longer than the line.
  words(entry.trouble, {.type = Type::small, .may_cut = true}, 1);
  words(preview_trouble_, {.type = Type::small, .may_cut = true}, 1);
  if (entry.id == fetched_)
    words(fetch_trouble_, {.type = Type::small, .colour = ui.theme->warning, .may_cut = true}, 1);
  rect.take_top(ui.theme.u(2));
  return rect;
}

void AssetsPage::draw_fetch(Ui& ui, const Rect& line, const Entry& entry) {
  if (fetch_ && entry.id == fetched_) {
    const FetchProgress now = fetch_->progress();
    const float share = now.total > 0 ? static_cast<float>(now.done) / static_cast<float>(now.total) : 0;
    std::string left = size_text(now.done);
    if (now.total > 0) left += " of " + size_text(now.total);
    const std::string what = now.what.empty() ? "Looking for it" : now.what;
    if (long_work(ui, line, "assets.cancel", what, left, share)) fetch_->cancel();
    return;
  }
  static const Help kHelp{.name = "Fetch",
                          .meaning =
                              "Starts assets/fetch, a program of its own, which brings this from where it is "
                              "published. Vitrine itself never touches the network."};
  const std::string label = entry.asset->bytes ? "Fetch " + size_text(*entry.asset->bytes) : "Fetch";
  const Rect place = Rect(line).take_left(button_width(ui, label));
  const std::string_view busy = fetch_ ? std::string_view("Another one is being fetched.") : std::string_view();
  if (button(ui, place, "assets.fetch", label, {.kind = ButtonKind::primary, .disabled = busy, .help = &kHelp}))
    start_fetch(*entry.asset);
}

void AssetsPage::draw_entry(Ui& ui, const Rect& rect) {
  const Entry& entry = entries_[chosen_];
  Rect body = rect;
  if (entry.asset && entry.installed.state != AssetState::present) {
    draw_fetch(ui, body.take_bottom(std::max(ui.theme.px(measure::button_height), long_work_height(ui))), entry);
    body.take_bottom(ui.theme.u(3));
  }
  body = draw_words(ui, body, entry);
  if (!sample_.empty() && body.h >= ui.theme.u(30)) sample_.draw(ui, "assets.sample", body);
}

bool AssetsPage::draw(Ui& ui, const Rect& rect) {
  if (!looked_up_) {
    looked_up_ = true;
    look_up_all();
    choose(0);
  }
  follow_fetch();
  take_made();
  Rect body = rect.inset(ui.theme.u(5), ui.theme.u(3));
  const bool close = draw_head(ui, body.take_top(ui.theme.u(10)));
  body.take_top(ui.theme.u(2));
  draw_list(ui, body.take_left(snap(body.w * kListShare)));
  body.take_left(ui.theme.u(10));
  draw_entry(ui, body);
  return close;
}

}  // namespace vitrine::shell
