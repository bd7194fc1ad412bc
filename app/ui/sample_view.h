// A SampleView shows a few items of a data set as what they are: pictures, curves over one axis, points on the plane,
// or rows of numbers, each with the class that it belongs to. It takes plain values and knows no data set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/image_grid.h"
#include "app/ui/line_plot.h"
#include "app/ui/scatter.h"
#include "app/ui/table.h"

namespace vitrine::ui {

enum class SampleForm { pictures, curves, points, rows };

struct Samples {
  SampleForm form = SampleForm::rows;
  std::string heading = {};                         // "24 of 60,000"
  std::string step_name = {};                       // of curves: "sample"
  std::size_t rows = 1, columns = 1, channels = 1;  // of one item; its values lie row by row, channels innermost
  std::vector<float> values = {};                   // pictures: brightness, 0 to 1
  std::vector<float> labels = {};                   // one an item: a class's number, or the value to predict
  std::vector<std::string> classes = {};            // empty: labels are values
  std::size_t size() const { return labels.size(); }
};

inline constexpr std::size_t kMostCurves = 8;  // colours that can be told apart

class SampleView {
 public:
  void show(Samples samples);
  void draw(Ui& ui, std::string_view id, const Rect& rect);
  bool empty() const { return samples_.size() == 0; }

 private:
  void draw_pictures(Ui& ui, std::string_view id, const Rect& rect);
  void draw_curves(Ui& ui, std::string_view id, const Rect& rect);
  void draw_points(Ui& ui, std::string_view id, const Rect& rect);
  void draw_rows(Ui& ui, std::string_view id, const Rect& rect);
  std::uint8_t category(std::size_t i) const;
  std::string label_text(std::size_t i) const;

  Samples samples_;
  std::uint64_t version_ = 0;
  std::vector<Texture> textures_;
  std::vector<std::int64_t> steps_;
  std::vector<float> x_, y_;
  std::vector<std::uint8_t> categories_;
  Extent range_;
  ImageGridState grid_;
  LinePlotState plot_;
  ScatterState scatter_;
  TableState table_;
  Selection selection_;
  Brush brush_;
};

}  // namespace vitrine::ui
