// The big field of the Playground: what the output, or the unit that is pointed at, answers over the plane, with the
// points on it.
#pragma once

#include "app/ui/heat_map.h"
#include "app/ui/network.h"
#include "app/ui/selection.h"
#include "views/exhibit.h"
#include "views/playground/session.h"
#include "views/playground/surface_pane.h"

namespace vitrine::views::playground {

class FieldPane {
 public:
  // The labels' strip is left free at the bottom of the rectangle.
  void draw(ui::Ui& ui, ui::Rect rect, float labels, const Snapshot& s, ui::UnitAt pointed_at, ui::Selection& selection,
            const Post& post);
  float caption_height(const ui::Ui& ui, const Snapshot& s, float width) const;
  void draw_caption(ui::Ui& ui, ui::Rect line, const Snapshot& s);
  // The field alone, for the gallery.
  void picture(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s);

 private:
  void draw_over(ui::Ui& ui, const ui::Plane& plane, const Snapshot& s);
  void offer(ui::Ui& ui, const ui::Rect& line, const ui::Rect& area, bool hovered, const Snapshot& s,
             const ui::HeatMap& map);
  void draw_classes(ui::Ui& ui, const ui::Rect& area, const CloseUp& image, bool discretise);
  void ask(const Look& wanted, const Snapshot& s, const Post& post);
  std::span<const float> values_of(const CloseUp& image, std::uint64_t version, bool discretise);

  void look(const ui::PlaneViewEdit& wanted, const Post& post);
  void brush(const ui::HeatMapEvents& events, const Settings& settings, const Post& post);

  std::uint64_t asked_ = 0;  // of the last that was asked: what had been handled then
  struct Discretised {
    std::uint64_t version = 0;
    std::vector<float> values;
  } sides_;
  ui::Point at_;  // of the keyboard's brush
  bool pressed_ = false;
  ui::Point stroked_;  // where the brush in hand touched last
  ui::HeatMapState field_;
  SurfacePane surface_;
  ui::Texture classes_, picture_, scale_;
  std::vector<ui::IsoLine> lines_;
};

}  // namespace vitrine::views::playground
