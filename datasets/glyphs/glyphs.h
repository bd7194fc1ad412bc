// Pictures out of fonts. `glyphs`: digits and letters of the installed text fonts, bent, slanted and noisy, for what
// handwritten digits are used for. `emoji`: the pictures of a colour emoji font in categories by Unicode's groups. What
// a seed gives depends on the fonts of the system; the same fonts give the same bytes.
#pragma once

#include <optional>

#include "datasets/catalog.h"

namespace vitrine::datasets {

Dataset glyphs(const Recipe& recipe);
Dataset emoji(const Recipe& recipe);
std::optional<Complaint> missing_text_fonts();
std::optional<Complaint> missing_emoji_font();

}  // namespace vitrine::datasets
