// What a layout test asks: does every text fit and read, is every item reachable alone, is all of it in the window.
#include "app/ui/audit.h"

#include <cmath>

#include "engine/core/number.h"

namespace vitrine::ui {
namespace {
constexpr float kSlack = 1.0f;  // px: text is measured in floats and placed on whole pixels

std::string place(const Rect& r) {
  return " at " + fixed_text(r.x, 0) + ", " + fixed_text(r.y, 0) + " (" + fixed_text(r.w, 0) + " × " +
         fixed_text(r.h, 0) + ")";
}
}  // namespace

void Audit::begin(Rect window) {
  window_ = window;
  items_.clear();
  runs_.clear();
  covers_.clear();
}

// Between the two runs an opaque ground was drawn that holds the place where they meet.
bool Audit::covered(const Rect& part, std::uint32_t layer, std::size_t after, std::size_t before) const {
  for (const Cover& cover : covers_) {
    const bool between = cover.before > after && cover.before <= before;
    if (between && cover.layer == layer && cover.rect.holds(part, kSlack)) return true;
  }
  return false;
}

void Audit::find_text_over_text(std::vector<std::string>& found) const {
  for (std::size_t j = 0; j < runs_.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      const Run &below = runs_[i], &above = runs_[j];
      if (below.layer != above.layer || !below.ink.overlaps(above.ink, kSlack)) continue;
      if (below.text.empty() || above.text.empty()) continue;
      if (covered(below.ink.meeting(above.ink), above.layer, i, j)) continue;
      found.push_back("“" + above.text + "”" + place(above.ink) + " lies over “" + below.text + "”" + place(below.ink));
    }
  }
}

std::vector<std::string> Audit::faults() const {
  std::vector<std::string> found;
  for (const Run& run : runs_) {
    std::string name = "“" + run.text + "”";
    if (run.ink.w > run.fit.w + kSlack && !run.may_cut)
      found.push_back(name + place(run.fit) + " needs " + fixed_text(run.ink.w, 0) + " px of width");
    if (!window_.holds(run.ink, kSlack) && !run.may_cut)
      found.push_back(name + place(run.ink) + " is outside the window");
    float ratio = contrast(over(run.colour, run.ground), run.ground);
    if (ratio < kTextContrast && !run.exempt)
      found.push_back(name + place(run.ink) + " has a contrast of " + fixed_text(ratio, 2));
  }
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Item& a = items_[i];
    if (!window_.holds(a.rect, kSlack)) found.push_back(a.name + place(a.rect) + " is outside the window");
    for (std::size_t j = i + 1; a.id != 0 && j < items_.size(); ++j)
      if (items_[j].id == a.id) found.push_back(a.name + " and " + items_[j].name + " share an id");
    if (a.inner) continue;
    for (std::size_t j = i + 1; j < items_.size(); ++j) {
      const Item& b = items_[j];
      if (!b.inner && a.layer == b.layer && a.rect.overlaps(b.rect, kSlack))
        found.push_back(a.name + place(a.rect) + " overlaps " + b.name + place(b.rect));
    }
  }
  find_text_over_text(found);
  return found;
}

}  // namespace vitrine::ui
