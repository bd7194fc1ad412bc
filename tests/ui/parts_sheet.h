// Every component in every state on one sheet of 400 × 250 units: what the layout test walks, and a picture to look at.
#pragma once

#include <string>
#include <vector>

#include "app/ui/button.h"
#include "app/ui/cards.h"
#include "app/ui/draw.h"
#include "app/ui/rows.h"

namespace vitrine::ui {

struct Parts {
  double rate = 0.06, from_zero = -0.31, share = 5, off = 0;
  std::int64_t samples = 260;
  bool on = true, second = false;
  int loss = 1, segment = 1, chosen_run = 0;
  std::string name = "spiral.vitrine";
  std::vector<std::string> losses{"Absolute", "Squared", "Huber"}, segments{"one", "two", "three"},
      runs{"spiral 3", "spiral 2", "spiral 1"};
  Edit last = Edit::none;
  std::string last_row;

  void saw(Edit edit, const char* row) {
    if (edit != Edit::none) last = edit, last_row = row;
  }

  void rows(Ui& ui, Rect column) {
    auto slider = [&] { return column.take_top(slider_height(ui)); };
    auto choice = [&] { return column.take_top(choice_height(ui)); };
    heading(ui, column.take_top(heading_height(ui)), "Rows");
    Help help{.name = "Learning rate",
              .range = "0.00001 to 10",
              .meaning = "How far each step moves the weights.",
              .rising = "Rising: faster, then shaky, then it diverges."};
    saw(slider_row(ui, slider(), {.id = "rate", .label = "Learning rate", .help = help}, rate,
                   {.low = 1e-5, .high = 10, .logarithmic = true}),
        "rate");
    saw(slider_row(ui, slider(), {.id = "zero", .label = "From zero", .modified = true}, from_zero,
                   {.low = -1, .high = 1}),
        "zero");
    saw(slider_row(ui, slider(), {.id = "off", .label = "Regularisation rate", .disabled = "There is none to weigh."},
                   off, {}),
        "off");
    saw(slider_row(ui, slider(), {.id = "share", .label = "Noise"}, share, {.low = 0, .high = 50, .unit = "%"}),
        "share");
    saw(integer_row(ui, slider(), {.id = "samples", .label = "Samples", .modified = true}, samples,
                    {.low = 10, .high = 500, .step = 10}),
        "samples");
    saw(choice_row(ui, choice(), {.id = "loss", .label = "Loss"}, loss, losses), "loss");
    saw(toggle_row(ui, choice(), {.id = "on", .label = "Toggle on"}, on), "on");
    saw(toggle_row(ui, choice(), {.id = "second", .label = "Toggle off"}, second), "second");
    saw(toggle_row(ui, choice(), {.id = "never", .label = "Disabled", .disabled = "Needs a camera."}, second), "never");
    saw(text_row(ui, choice(), {.id = "name", .label = "Name"}, name), "name");
    column.take_top(ui.theme.u(2));
    saw(segmented(ui, column.take_top(segmented_height(ui, false)), {.id = "segment", .label = ""}, segment, segments),
        "segment");
    column.take_top(ui.theme.u(3));
    saw(segmented(ui, column.take_top(segmented_height(ui, true)), {.id = "labelled", .label = "Speed"}, segment,
                  segments),
        "labelled");
    column.take_top(ui.theme.u(8));
    heading(ui, column.take_top(heading_height(ui)), "Buttons");
    Rect line = column.take_top(ui.theme.px(measure::button_height));
    float gap = ui.theme.u(3);
    button(ui, line.column(0, 3, gap), "train", "Train", {.kind = ButtonKind::primary, .icon = Icon::play});
    button(ui, line.column(1, 3, gap), "fork", "Fork", {.icon = Icon::fork});
    button(ui, line.column(2, 3, gap), "save", "Save", {.icon = Icon::save, .disabled = "Nothing has changed."});
    column.take_top(ui.theme.u(4));
    line = column.take_top(ui.theme.px(measure::button_height));
    button(ui, line.column(0, 3, gap), "wipe", "Wipe");
    icon_button(ui, line.column(1, 3, gap).centre(), "reset", Icon::reset, "Start again");
    icon_button(ui, line.column(2, 3, gap).centre(), "more", Icon::more, "More", "", "Nothing more is here.");
    column.take_top(ui.theme.u(5));
    saw(list(ui, column.take_top(3 * ui.theme.px(measure::table_row) + 1), {.id = "runs", .label = ""}, chosen_run,
             runs),
        "runs");
  }

  void cards(Ui& ui, Rect column) {
    const Theme& theme = ui.theme;
    heading(ui, column.take_top(heading_height(ui)), "Error banner");
    error_banner(ui, column, "fault",
                 {.fact = "beats.csv: line 41 has 139 values",
                  .remedy = "Expected 140, as in line 1. Fill the gap or drop the row.",
                  .action = "Drop the row"});
    column.take_top(theme.u(6));
    heading(ui, column.take_top(heading_height(ui)), "Help on a control (F1)");
    Rect help = column.take_top(theme.u(28));
    help_card(ui, {help.x - theme.u(4) - theme.u(0), help.y, 0, 0},
              {.name = "Learning rate",
               .range = "0.00001 to 10",
               .meaning = "How far each step moves the weights.",
               .rising = "Rising: faster, then shaky, then it diverges."});
    heading(ui, column.take_top(heading_height(ui)), "Read-out on a plot");
    Rect plot = column.take_top(theme.u(26));
    Reading readings[] = {{"epoch", "412"}, {"train loss", "0.0118"}, {"test loss", "0.0341"}};
    readout(ui, {plot.x, plot.middle_y()}, plot, readings);
    heading(ui, column.take_top(heading_height(ui)), "Long work");
    long_work(ui, column.take_top(long_work_height(ui)), "work", "Embedding 50,000 pictures", "1 min 40 s left", 0.38f);
    column.take_top(theme.u(8));
    heading(ui, column.take_top(heading_height(ui)), "Empty state");
    Rect box = column.take_top(theme.u(31));
    Region pane(ui, "empty", box, theme->pane, theme.px(measure::radius_pane));
    empty_state(ui, box, "open", Icon::camera, "No camera on this machine",
                "The same exhibit runs on a clip or a folder.", "Open a clip …");
  }

  void colours(Ui& ui, Rect column) {
    const Theme& theme = ui.theme;
    heading(ui, column.take_top(heading_height(ui)), "Diverging");
    Rect strip = column.take_top(theme.u(6));
    for (int i = 0; i < 9; ++i) {
      float v = static_cast<float>(i - 4) / 4;
      Rect cell = strip.column(i, 9, theme.px(2));
      fill(ui, cell, theme.diverging(v), theme.px(measure::radius_cell));
      Ground ground(ui, theme.diverging(v));
      text(ui, cell, number_text(v, {.trim = true}),
           {.type = Type::small, .colour = text_on(theme.diverging(v)), .align = Align::centre});
    }
    column.take_top(theme.u(7));
    heading(ui, column.take_top(heading_height(ui)), "Categories: colour and shape");
    for (int r = 0; r < 2; ++r) {
      Rect line = column.take_top(theme.u(13));
      for (int c = 0; c < 4; ++c) {
        Rect cell = line.column(c, 4, theme.u(2));
        fill(ui, cell, theme->pane, theme.px(measure::radius_button));
        Ground ground(ui, theme->pane);
        Point at{cell.x + theme.u(5), cell.middle_y()};
        int category = 4 * r + c;
        shape(ui, category, at, theme.px(6), theme.category(category), theme->point_casing, theme.px(1.4f));
        Point ends[] = {{at.x + theme.u(4), at.y}, {at.x + theme.u(9), at.y}};
        dashed(ui, ends, theme.category(category), theme.px(measure::stroke_curve), theme.px(4),
               theme.px(r == 0 ? 0.0f : 3.0f));
        text(ui, {at.x + theme.u(10), cell.y, theme.u(4), cell.h}, number_text(category + 1, {.decimals = 0}),
             {.type = Type::small, .colour = theme->ink3});
      }
      column.take_top(theme.u(2));
    }
    column.take_top(theme.u(6));
    Rect head = column.take_top(heading_height(ui));
    heading(ui, head, "Icons");
    LegendKey keys[] = {{.label = "train", .category = 0},
                        {.label = "test", .category = 1, .dashed = true},
                        {.label = "data", .category = 0, .points = true}};
    legend(ui, {head.x, head.y, head.w, theme.line(Type::section)}, keys);
    for (int i = 1; i < kIcons; ++i) {
      Point at{column.x + theme.u(4) + static_cast<float>((i - 1) % 9) * theme.u(9.4f),
               column.y + theme.u(5) + static_cast<float>((i - 1) / 9) * theme.u(10)};
      icon(ui, static_cast<Icon>(i), at, theme.px(measure::icon), theme->ink);
    }
    column.take_top(theme.u(36));
    mark(ui, {column.x, column.y, theme.u(5.5f), theme.u(5.5f)});
    play_button(ui, {column.x + theme.u(18), column.y + theme.u(3)}, "play", false, "Train");
  }

  void type(Ui& ui, Rect column) {
    const Theme& theme = ui.theme;
    heading(ui, column.take_top(heading_height(ui)), "Type");
    struct {
      Type type;
      const char* text;
    } const lines[] = {{Type::display, "Display 36"},           {Type::title, "Title 24"},
                       {Type::section, "Section 15, semibold"}, {Type::body, "Body 15, ink 2, lines of 23"},
                       {Type::value, "Value 15, medium"},       {Type::small, "Small 13: ticks, captions, units"},
                       {Type::mono, "w ← w − η ∂L/∂w  mono 13"}};
    for (const auto& one : lines)
      text(ui, column.take_top(theme.line(one.type) + theme.u(2)), one.text,
           {.type = one.type, .colour = one.type == Type::body ? theme->ink2 : theme->ink});
    Rect line = column.take_top(theme.u(10));
    number(ui, line.x, line.right(), baseline_in(ui, line, Type::big), "0.0192",
           {.type = Type::big, .align = Align::left});
    line = column.take_top(theme.u(6));
    number(ui, line.x, line.right(), baseline_in(ui, line, Type::value), number_text(21480, {.decimals = 0}),
           {.align = Align::left, .unit = "epochs/s"});
    column.take_top(theme.u(4));
    paragraph(
        ui, column,
        "Every tile shows one unit's answer over the whole plane. Layer 1 can only draw soft straight edges; layer "
        "2 adds them up into curves; ŷ = w₁x₁ + w₂x₂ + b.",
        {.colour = theme->ink2});
  }

  void draw(Ui& ui) {
    const Theme& theme = ui.theme;
    Rect sheet = ui.window().inset(theme.u(7), theme.u(7));
    text(ui, sheet.take_top(theme.line(Type::title)), "Parts", {.type = Type::title});
    sheet.take_top(theme.u(5));
    Rect columns[4];
    for (int i = 0; i < 4; ++i) {
      columns[i] = sheet.column(i, 4, theme.u(14));
    }
    rows(ui, columns[0]);
    cards(ui, columns[1]);
    colours(ui, columns[2]);
    type(ui, columns[3]);
  }
};

}  // namespace vitrine::ui
