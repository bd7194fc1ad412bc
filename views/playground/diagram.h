// The diagram of the Playground: features, layers and output with their links, edited where they stand.
#pragma once

#include "app/ui/network.h"
#include "views/exhibit.h"
#include "views/playground/field.h"

namespace vitrine::views::playground {

class Diagram {
 public:
  // The foot is below the diagram, level with the field's labels: there the layers are counted.
  void draw(ui::Ui& ui, ui::Rect rect, float foot, const Snapshot& s, const Tiles& tiles, const Post& post);
  ui::UnitAt shown() const { return shown_; }  // the unit whose answers fill the field

 private:
  ui::NetworkState state_;
  ui::UnitAt shown_;
};

}  // namespace vitrine::views::playground
