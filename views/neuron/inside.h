// What happens inside one step of the neuron, as four columns with the real numbers: forward, loss, backward, update.
#pragma once

#include "app/ui/ui.h"
#include "views/exhibit.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {

float inside_height(const ui::Ui& ui);
void draw_inside(ui::Ui& ui, const ui::Rect& rect, const Snapshot& s, const Settings& settings, const Post& post);

}  // namespace vitrine::views::neuron
