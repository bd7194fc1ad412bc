// Parts is the page of all components, drawn by the components themselves: each in its states, with numbers as an
// exhibit would have them. Nothing leads there but `vitrine screenshot parts`; designers and tests look at it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/ui/line_plot.h"
#include "app/ui/network.h"
#include "app/ui/rows.h"
#include "app/ui/table.h"

namespace vitrine::ui {

class Parts {
 public:
  Parts();
  void draw(Ui& ui);

  // What its rows were changed to, and the last change.
  double rate = 0.06, focused = 0.06, from_zero = -0.31, share = 5, off = 0;
  std::int64_t samples = 260;
  bool on = true, second = false;
  int loss = 1, segment = 1, chosen_run = 0;
  std::string name = "spiral.vitrine";
  Edit last = Edit::none;
  std::string last_row;

 private:
  void saw(Edit edit, const char* row) {
    if (edit != Edit::none) last = edit, last_row = row;
  }
  void rows(Ui& ui, Rect column);
  void buttons(Ui& ui, Rect& column);
  void cards(Ui& ui, Rect column);
  void runs(Ui& ui, Rect& column);
  void colours(Ui& ui, Rect column);
  void icons_and_absence(Ui& ui, Rect column);
  void type(Ui& ui, Rect column);
  void plots(Ui& ui, Rect column);
  void paint_tiles(const Theme& theme);

  std::vector<std::int64_t> steps_;
  std::vector<float> train_, test_;
  Network net_;
  std::vector<Texture> tiles_;
  NetworkState net_state_;
  LinePlotState plot_state_;
  TableState table_state_;
  Brush brush_;
};

}  // namespace vitrine::ui
