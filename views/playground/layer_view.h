// How the layers stand: the gradient of each, how weights and slopes are spread, and units that answer the same
// everywhere. One of them at a time, as view.instrument says.
#pragma once

#include "app/ui/bars.h"
#include "app/ui/histogram.h"
#include "app/ui/network.h"
#include "views/playground/session.h"

namespace vitrine::views::playground {

class LayerView {
 public:
  // Spreads are of the layer of the unit that is pointed at, else of all.
  void draw(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, ui::UnitAt unit);

 private:
  void draw_bars(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, Instrument instrument);
  void draw_spread(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, Instrument instrument, int layer);

  ui::BarsState bars_;
  ui::HistogramState spread_;
};

}  // namespace vitrine::views::playground
