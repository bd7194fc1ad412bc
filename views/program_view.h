// A ProgramView shows a program as a person reads it: the languages to choose from, a button that copies all of it, and
// its lines, those that the last edit changed marked.
#pragma once

#include "app/ui/listing.h"
#include "views/exhibit.h"
#include "views/program.h"

namespace vitrine::views {

class ProgramView {
 public:
  // The control is the choice of the language; its first line is as high as a plot's heading.
  void draw(ui::Ui& ui, ui::Rect rect, const work::Control& control, const ProgramText& program, const Post& post,
            const ForeignText* address = nullptr);

 private:
  ui::ListingState state_;
};

}  // namespace vitrine::views
