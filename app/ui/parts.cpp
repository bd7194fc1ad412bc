// Four columns: what is set, what speaks, what colours mean, what shows data.
#include "app/ui/parts.h"

#include <array>
#include <cmath>

#include "app/ui/button.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/heat_map.h"
#include "app/ui/history_bar.h"
#include "app/ui/plot_axes.h"
#include "app/ui/row_parts.h"

namespace vitrine::ui {
namespace {

constexpr std::int64_t kPartSteps = 1401, kPartStands = 870;
constexpr int kPartTile = 40;

const std::vector<std::string> kPartLosses{"Absolute", "Squared", "Huber"}, kPartSegments{"one", "two", "three"},
    kPartOptimisers{"SGD", "Momentum", "Adam", "RMSProp"};

Help rate_help() {
  return {.name = "Learning rate",
          .range = "0.00001 to 10",
          .meaning = "How far each step moves the weights.",
          .rising = "Rising: faster, then shaky, then it diverges.",
          .reason = {}};
}

std::string hex(Colour colour) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string words = "#";
  for (int shift : {0, 8, 16}) {
    const auto part = colour >> shift & 0xFF;
    words += {kDigits[part >> 4], kDigits[part & 15]};
  }
  return words;
}

}  // namespace

Parts::Parts() {
  unsigned noise = 1;
  const auto random = [&noise] {
    return static_cast<float>((noise = noise * 1664525u + 1013904223u) >> 8) / 16777216.0f;
  };
  for (std::int64_t i = 0; i < kPartSteps; ++i) {
    const float t = static_cast<float>(i), settle = std::exp(-t / 60);
    const float shake = std::exp(0.24f * (random() - 0.5f)), late = std::exp(-std::max(0.0f, t - 900) / 110);
    steps_.push_back(i);
    train_.push_back((0.5f * settle + 0.011f * late) * shake + 0.001f);
    test_.push_back((0.5f * settle + 0.02f) * (i < 900 ? std::exp(0.4f * (random() - 0.4f)) : shake));
  }
  Network::Column first{Network::Kind::layer, "2 tanh", {{}, {}}, {}, {}},
      last_column{Network::Kind::layer, "1 tanh", {{}}, {}, {}};
  last_column.units[0].bias = 0.7;
  net_.columns = {first, last_column};
  net_.links = {{0, 0, 0, 1.9f, 0.001f}, {0, 1, 0, -0.5f, 0.001f}};
  net_.shows_flow = false;
  net_state_.pinned = {1, 0};
}

void Parts::paint_tiles(const Theme& theme) {
  tiles_.assign(3, {});
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    std::vector<float> values;
    for (int y = 0; y < kPartTile; ++y)
      for (int x = 0; x < kPartTile; ++x) {
        const float across = 6.2f * static_cast<float>(x) / kPartTile, up = 1 - 2 * static_cast<float>(y) / kPartTile;
        const auto which = static_cast<float>(i);
        values.push_back(std::tanh(4 * (up - 0.5f * std::sin((1.6f - 0.5f * which) * across + which))));
      }
    tiles_[i].key = "parts.tile" + std::to_string(i);
    tiles_[i].version = static_cast<std::uint64_t>(theme.look()) + 1;
    tiles_[i].image = Image(kPartTile, kPartTile);
    colour_values(theme, values, -1, 1, ColourMap::diverging, 1, tiles_[i].image);
  }
  net_.columns[0].units[0].tile = &tiles_[0];
  net_.columns[0].units[1].tile = &tiles_[1];
  net_.columns[1].units[0].tile = &tiles_[2];
}

void Parts::rows(Ui& ui, Rect column) {
  const auto slider = [&] { return column.take_top(slider_height(ui)); };
  const auto choice = [&] { return column.take_top(choice_height(ui)); };
  heading(ui, column.take_top(heading_height(ui)), "Rows");
  const RealScale rates{.low = 1e-5, .high = 10, .logarithmic = true};
  saw(slider_row(ui, slider(), {.id = "rate", .label = "Learning rate", .help = rate_help()}, rate, rates), "rate");
  saw(slider_row(ui, slider(), {.id = "focused", .label = "Focused"}, focused, rates), "focused");
  saw(slider_row(ui, slider(), {.id = "off", .label = "Disabled", .disabled = "There is none to weigh."}, off, {}),
      "off");
  saw(slider_row(ui, slider(), {.id = "zero", .label = "From zero", .modified = true}, from_zero,
                 {.low = -1, .high = 1}),
      "zero");
  saw(slider_row(ui, slider(), {.id = "share", .label = "Hovered"}, share, {.low = 0, .high = 50, .unit = "%"}),
      "share");
  saw(integer_row(ui, slider(), {.id = "samples", .label = "Samples", .modified = true}, samples,
                  {.low = 10, .high = 500, .most = 100'000, .step = 10}),
      "samples");
  saw(choice_row(ui, choice(), {.id = "loss", .label = "Choice"}, loss, kPartLosses), "loss");
  saw(toggle_row(ui, choice(), {.id = "on", .label = "Toggle on"}, on), "on");
  saw(toggle_row(ui, choice(), {.id = "second", .label = "Toggle off"}, second), "second");
  saw(toggle_row(ui, choice(), {.id = "never", .label = "Disabled", .disabled = "Needs a camera."}, second), "never");
  saw(text_row(ui, choice(), {.id = "name", .label = "Text"}, name), "name");
  column.take_top(ui.theme.u(2));
  saw(segmented(ui, column.take_top(segmented_height(ui, false)), {.id = "segment", .label = ""}, segment,
                kPartSegments),
      "segment");
  column.take_top(ui.theme.u(5));
  buttons(ui, column);
  heading(ui, column.take_top(heading_height(ui)), "Choice, open");
  const Theme& theme = ui.theme;
  const float pad = theme.u(1), tall = snap(theme.px(measure::menu_row)) * static_cast<float>(kPartOptimisers.size());
  Rect card = snap(Rect{column.x, column.y, theme.u(55), tall + 2 * pad});
  fill(ui, card, theme->raised, theme.px(measure::radius_pane));
  outline(ui, card, theme.ink_share(theme->raised_edge), 1, theme.px(measure::radius_pane));
  const Ground raised(ui, theme->raised);
  Rect lines = card.inset(pad);
  menu_lines(ui, lines, 0, kPartOptimisers);
}

void Parts::buttons(Ui& ui, Rect& column) {
  const Theme& theme = ui.theme;
  const float gap = theme.u(3);
  heading(ui, column.take_top(heading_height(ui)), "Buttons");
  Rect line = column.take_top(theme.px(measure::button_height));
  button(ui, line.column(0, 3, gap), "train", "Train", {.kind = ButtonKind::primary, .icon = Icon::play});
  button(ui, line.column(1, 3, gap), "fork", "Fork", {.icon = Icon::fork});
  button(ui, line.column(2, 3, gap), "save", "Save", {.icon = Icon::save, .disabled = "Nothing has changed."});
  column.take_top(theme.u(4));
  line = column.take_top(theme.px(measure::button_height));
  button(ui, line.column(0, 3, gap), "wipe", "Wipe");
  Rect icons = line.column(1, 3, gap);
  icon_button(ui, icons.take_left(theme.u(9)).centre(), "reset", Icon::reset, "Start again");
  icon_button(ui, icons.take_left(theme.u(11)).centre(), "more", Icon::more, "More");
  play_button(ui, {line.right() - theme.u(12), line.middle_y()}, "play", false, "Train");
  column.take_top(theme.u(6));
}

void Parts::cards(Ui& ui, Rect column) {
  const Theme& theme = ui.theme;
  heading(ui, column.take_top(heading_height(ui)), "Error banner");
  error_banner(ui, column, "fault",
               {.fact = "beats.csv: line 41 has 139 values",
                .remedy = "Expected 140, as in line 1. Fill the gap or drop the row.",
                .action = "Drop the row"});
  column.take_top(theme.u(6));
  heading(ui, column.take_top(heading_height(ui)), "Toast");
  toast_card(ui, snap(column.take_top(theme.u(10))), "taken back",
             {.text = "Saved as spiral.vitrine", .action = "Undo"});
  column.take_top(theme.u(6));
  heading(ui, column.take_top(heading_height(ui)), "Help on a control (F1)");
  const Rect help = column.take_top(theme.u(theme.compact() ? 40.0f : 42.0f));
  help_card(ui, {help.x - theme.u(4), help.y, 0, 0}, rate_help());
  heading(ui, column.take_top(heading_height(ui)), "Read-out on a plot");
  const Rect plot = column.take_top(theme.u(26));
  const Reading readings[] = {{"epoch", "412"}, {"train loss", "0.0118"}, {"test loss", "0.0341"}};
  readout(ui, {plot.x - theme.u(3), plot.middle_y()}, plot, readings);
  runs(ui, column);
  heading(ui, column.take_top(heading_height(ui)), "Long work");
  long_work(ui, column.take_top(long_work_height(ui)), "work", "Embedding 50,000 pictures", "1 min 40 s left", 0.38f);
}

void Parts::runs(Ui& ui, Rect& column) {
  const TableColumn columns[] = {{.title = "run", .number = false, .share = 1.1f},
                                 {.title = "rate"},
                                 {.title = "test loss", .share = 1.3f},
                                 {.title = "stopped", .share = 1.7f}};
  const Colour quiet = ui.theme->ink2;
  const TableCell cells[] = {{"spiral 3"},
                             {"0.06"},
                             {"0.0192"},
                             {"running", quiet},
                             {"spiral 2"},
                             {"0.03"},
                             {"0.0975"},
                             {"epoch 1,400", quiet},
                             {"spiral 1"},
                             {"1"},
                             {"NaN", ui.theme->error},
                             {"epoch 12", quiet}};
  heading(ui, column.take_top(heading_height(ui)), "Table");
  const TableEvents events =
      table(ui, "runs", column.take_top(table_height(ui, 3)),
            {.columns = columns, .cells = cells, .chosen = chosen_run, .can_choose = true}, table_state_);
  if (events.chosen >= 0) chosen_run = events.chosen;
  column.take_top(ui.theme.u(6));
}

void Parts::colours(Ui& ui, Rect column) {
  const Theme& theme = ui.theme;
  constexpr int kSlices = 256;
  const auto strip = [&](float from) {
    const Rect place = column.take_top(theme.u(6));
    for (int i = 0; i < kSlices; ++i) {
      const float v = from + (1 - from) * static_cast<float>(i) / (kSlices - 1);
      const Rect slice = snap(place.column(i, kSlices, 0));
      fill(ui, {slice.x, slice.y, slice.w + 1, slice.h}, from < 0 ? theme.diverging(v) : theme.sequential(v));
    }
    column.take_top(theme.u(2));
  };
  heading(ui, column.take_top(heading_height(ui)), "Diverging");
  strip(-1);
  const Rect cells = column.take_top(theme.u(6));
  for (int i = 0; i < 9; ++i) {
    const float v = static_cast<float>(i - 4) / 4;
    const Rect cell = snap(cells.column(i, 9, theme.px(2)));
    fill(ui, cell, theme.diverging(v), theme.px(measure::radius_cell));
    const Ground ground(ui, theme.diverging(v));
    text(ui, cell, number_text(static_cast<double>(v), {.trim = true}),
         {.type = Type::small, .colour = text_on(theme.diverging(v)), .align = Align::centre});
  }
  column.take_top(theme.u(5));
  heading(ui, column.take_top(heading_height(ui)), "Sequential: the blue half");
  strip(0);
  column.take_top(theme.u(3));
  heading(ui, column.take_top(heading_height(ui)), "Categories: colour and shape");
  for (int r = 0; r < 2; ++r) {
    const Rect line = column.take_top(theme.u(13));
    for (int c = 0; c < 4; ++c) {
      const Rect cell = snap(line.column(c, 4, theme.u(2)));
      fill(ui, cell, theme->pane, theme.px(measure::radius_button));
      const Ground ground(ui, theme->pane);
      const int category = 4 * r + c;
      const Point at{cell.x + theme.u(4), cell.middle_y()};
      shape(ui, category, at, theme.px(6), theme.category(category), theme->point_casing,
            theme.mark(measure::point_casing));
      const Point ends[] = {{at.x + theme.u(3), at.y}, {at.x + theme.u(8), at.y}};
      polyline(ui, ends, theme.category(category), theme.stroke(measure::stroke_curve));
      text(ui, {at.x + theme.u(10), cell.y, theme.u(4), cell.h}, std::to_string(category + 1),
           {.type = Type::small, .colour = theme->ink2});
    }
    column.take_top(theme.u(2));
  }
  column.take_top(theme.u(4));
  heading(ui, column.take_top(heading_height(ui)), "Chrome");
  const Tokens& t = theme.t();
  const std::pair<const char*, Colour> chrome[] = {{"wall", t.wall},     {"pane", t.pane},       {"hair", t.hair},
                                                   {"ink 3", t.ink3},    {"ink 2", t.ink2},      {"ink", t.ink},
                                                   {"accent", t.accent}, {"warning", t.warning}, {"error", t.error}};
  for (int r = 0; r < 3; ++r) {
    const Rect line = column.take_top(theme.u(10));
    for (int c = 0; c < 3; ++c) {
      const auto& [name_of_it, colour] = chrome[3 * r + c];
      Rect cell = line.column(c, 3, theme.u(2));
      const Rect swatch = snap(cell.take_left(theme.u(7)).centred(theme.u(7), theme.u(7)));
      fill(ui, swatch, colour, theme.px(measure::radius_tile));
      outline(ui, swatch, theme.overlay(Overlay::hair_line), 1, theme.px(measure::radius_tile));
      cell.take_left(theme.u(2));
      const float tall = theme.line(Type::small);
      text(ui, {cell.x, cell.middle_y() - tall, cell.w, tall}, name_of_it, {.type = Type::small});
      text(ui, {cell.x, cell.middle_y(), cell.w, tall}, hex(colour), {.type = Type::small, .colour = theme->ink2});
    }
  }
  column.take_top(theme.u(4));
  icons_and_absence(ui, column);
}

void Parts::icons_and_absence(Ui& ui, Rect column) {
  const Theme& theme = ui.theme;
  constexpr int kAcross = 9;
  heading(ui, column.take_top(heading_height(ui)), "Icons");
  for (int i = 1; i < kIcons; ++i) {
    const Point at{column.x + theme.u(3) + static_cast<float>((i - 1) % kAcross) * column.w / kAcross,
                   column.y + theme.u(3) + static_cast<float>((i - 1) / kAcross) * theme.u(9)};
    icon(ui, static_cast<Icon>(i), at, theme.px(measure::icon), theme->ink);
  }
  column.take_top(theme.u(28));
  heading(ui, column.take_top(heading_height(ui)), "Empty state");
  const Rect box = snap(column.take_top(theme.u(30)));
  const Region pane(ui, "empty", box, theme->pane, theme.px(measure::radius_pane));
  empty_state(ui, box, "open", Icon::camera, "No camera on this machine",
              "The same exhibit runs on a clip or a folder.", "Open a clip …");
}

void Parts::type(Ui& ui, Rect column) {
  const Theme& theme = ui.theme;
  heading(ui, column.take_top(heading_height(ui)), "Type");
  const auto say = [&](Type which, std::string_view words, Colour colour = 0) {
    text(ui, column.take_top(theme.line(which) + theme.u(2)), words, {.type = which, .colour = colour});
  };
  say(Type::display, "Display 36");
  say(Type::title, "Title 24");
  Rect line = column.take_top(theme.u(9));
  const float big = number(ui, line.x, line.right(), baseline_in(ui, line, Type::big), "0.0192",
                           {.type = Type::big, .align = Align::left});
  text_on(ui, line.x + big + theme.u(5), line.right(), baseline_in(ui, line, Type::big), "big number 24, medium",
          {.type = Type::small, .colour = theme->ink2});
  say(Type::section, "Section 15, semibold");
  say(Type::body, "Body 15, ink 2, lines of 23", theme->ink2);
  line = column.take_top(theme.u(7));
  number(ui, line.x, line.right(), baseline_in(ui, line, Type::value), number_text(21480, {.decimals = 0}),
         {.align = Align::left, .unit = "epochs/s"});
  say(Type::small, "Small 13: ticks, captions, units");
  say(Type::mono, "w ← w − η ∂L/∂w  mono 13");
  column.take_top(theme.u(4));
  plots(ui, column);
}

void Parts::plots(Ui& ui, Rect column) {
  const Theme& theme = ui.theme;
  heading(ui, column.take_top(heading_height(ui)), "Unit tile and links");
  const Rect box = snap(column.take_top(theme.u(44)));
  {
    const Region pane(ui, "tiles", box, theme->pane, theme.px(measure::radius_pane));
    const NetworkEvents events = network(ui, "net", box.inset(theme.u(14), theme.u(3)), net_, net_state_);
    if (events.link >= 0) net_.links[static_cast<std::size_t>(events.link)].weight = events.weight;
  }
  column.take_top(theme.u(6));
  const Series curves[] = {{.label = "train", .values = train_, .category = 0},
                           {.label = "test", .values = test_, .category = 1}};
  line_plot(ui, "plot", column.take_top(theme.u(48)),
            {.heading = "Line plot",
             .steps = steps_,
             .series = curves,
             .x_name = "epoch",
             .x_title = "epochs",
             .y_low = 0.001,
             .y_high = 1,
             .logarithmic = true},
            plot_state_, brush_);
  column.take_top(theme.u(8));
  const Rect free = plot_heading(ui, column.take_top(plot_heading_height(ui)), "History: the run is the slider");
  const std::int64_t keyframes[] = {420}, forks[] = {420};
  history_bar(ui, "history", snap(column.take_top(theme.u(12))),
              {.steps = steps_,
               .values = train_,
               .keyframes = keyframes,
               .forks = forks,
               .step = kPartStands,
               .head = kPartSteps - 1,
               .heading_line = free});
}

void Parts::draw(Ui& ui) {
  const Theme& theme = ui.theme;
  paint_tiles(theme);
  Rect sheet = ui.window().inset(theme.u(7), theme.u(7));
  const Rect line = sheet.take_top(theme.line(Type::title));
  const float baseline = baseline_in(ui, line, Type::title);
  const float wide = text_on(ui, line.x, line.right(), baseline, "Parts", {.type = Type::title});
  constexpr std::array<const char*, kLooks> kNames = {"dark", "light", "high contrast"};
  text_on(ui, line.x + wide + theme.u(3), line.right(), baseline, kNames[static_cast<std::size_t>(theme.look())],
          {.colour = theme->ink2});
  sheet.take_top(theme.u(4));
  rows(ui, sheet.column(0, 4, theme.u(14)));
  cards(ui, sheet.column(1, 4, theme.u(14)));
  colours(ui, sheet.column(2, 4, theme.u(14)));
  type(ui, sheet.column(3, 4, theme.u(14)));
}

}  // namespace vitrine::ui
