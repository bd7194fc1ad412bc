// Every n-th pixel, so that what is written is an answer of the network and not a mean of some.
#include "views/playground/answers_table.h"

#include "app/work/words.h"
#include "engine/core/number.h"

namespace vitrine::views::playground {

std::string answers_csv(const Snapshot& s) {
  const CloseUp& image = *s.close_up;
  std::string out = "x1,x2";
  for (std::size_t k = 0; k < image.answers.size(); ++k)
    out += image.answers.size() == 1 ? ",answer" : "," + work::csv_field(s.points->title_of(static_cast<int>(k)));
  out += "\n";
  const int stride = (image.edge + kMostTablePlaces - 1) / kMostTablePlaces;
  for (int row = (stride - 1) / 2; row < image.edge; row += stride) {
    for (int column = (stride - 1) / 2; column < image.edge; column += stride) {
      const auto pixel = static_cast<std::size_t>(row * image.edge + column);
      const auto [x, y] = middle_of_pixel(image.window, image.edge, pixel);
      out += to_text(x) + "," + to_text(y);
      for (const Field& answers : image.answers) out += "," + to_text(answers[pixel]);
      out += "\n";
    }
  }
  return out;
}

}  // namespace vitrine::views::playground
