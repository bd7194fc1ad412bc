// The plot of the second lesson: points, the curve that the wired formula draws, and how far it misses each.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/ui.h"
#include "views/neuron/session.h"

namespace vitrine::views::neuron {

// `shown` is the point whose numbers stand on the blocks. Returns the one that was chosen instead, just now.
std::optional<std::size_t> fit_plot(ui::Ui& ui, std::string_view id, const ui::Rect& rect, const Fit& fit,
                                    std::size_t shown, bool& inside);
void fit_picture(ui::Ui& ui, const ui::Rect& rect, const Fit& fit);  // without axes
std::string csv(const Fit& fit);                                     // a row for each point

}  // namespace vitrine::views::neuron
